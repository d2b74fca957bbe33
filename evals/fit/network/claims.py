"""What the judge is fitted on: claims with passages, and what sentences of these do to the claim.

=============  ===========================================================================================
set            what of it
=============  ===========================================================================================
claims         ``claims.jsonl`` of the debates of the part ``fit``
statements     those of ``evals/data/statements.jsonl`` on debates of the part ``fit``, of its half ``dev``
RTE3-FR        development half: entailed, contradicted, neither
DACCORD        contradicted or compatible
GQNLI-FR       entailed, contradicted, neutral
MultiNLI       15,001 of its pairs, French, English, one by the other: entailed, contradicted, neutral
STS-B          French, English, one by the other: those of one meaning, and those of none in common
altered        sentences of debates, PIAF and SQuAD as they are, and with a number, date, name, negation
               or modal verb changed
=============  ===========================================================================================

Where a set does not tell two labels apart, either is right.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.fit.network.examples import Corpus, Unit
from evals.sets.alterations import Alterations
from evals.sets.claims import originals
from evals.sets.debates import Debate, is_part
from evals.sets.judgements import Judged, judged_of
from evals.sets.statements import load_statements
from rag.reader import Passage
from rag.reader.judge import LABELS
from rag.text import language_of
from rag.types import Source, SourceInfo

Labels = frozenset[int]
"""Numbers of the labels that are right."""
SUPPORTED, CONTRADICTED, WEAKENED, NEITHER = (frozenset([n]) for n in range(len(LABELS)))
NEUTRAL = NEITHER | WEAKENED
UNLISTED = 0.12
"""How much a sentence counts that is only known not to be listed."""
DRAWN = 6000
"""How many altered sentences of a reading set are taken."""
SAME, APART = 4.8, 1.2
"""Likeness of two sentences of STS-B, of 5, from which they say the same, up to which nothing in common."""
RIGHT = {
    "entailment": SUPPORTED,
    "contradiction": CONTRADICTED,
    "contradictory": CONTRADICTED,
    "neutral": NEUTRAL,
    "unknown": NEUTRAL,
    "compatibles": SUPPORTED | NEUTRAL,
}
"""What the labels of other sets mean."""
ALTERED = {
    "negation dropped": CONTRADICTED,
    "negation added": CONTRADICTED,
    "number": CONTRADICTED,
    "date": CONTRADICTED,
    "name": CONTRADICTED | NEITHER,
    "modal": WEAKENED | SUPPORTED,
}
"""What a sentence does to itself altered."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a sentence: which labels are right, and how much that counts."""

    labels: Labels
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with a passage; ``told`` has what is known of its sentences, by number."""

    claim: str
    unit: Unit
    told: Mapping[int, Told]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """Claims of one kind, and the share of a step that is of them."""

    name: str
    share: float
    claims: Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Inference:
    """Where the sets of others are.

    Attributes:
        nli: folder with ``rte3-fr-dev.tsv``, ``daccord.tsv`` and ``gqnli-fr.tsv``.
        multinli: folder with ``multinli.train.fr.tsv`` and ``multinli.train.en.tsv``, line by line the same.
        stsb: folder with ``stsb-fr-train.csv`` and ``stsb-en-train.csv``.
    """

    nli: Path
    multinli: Path
    stsb: Path


def fitted_on(
    sets: Inference,
    debates: Sequence[tuple[Debate, Corpus]],
    reading: Sequence[Corpus],
    chance: random.Random,
) -> list[ClaimSet]:
    """All that the judge is fitted on; the corpora are of the part ``fit``."""
    corpora = [corpus for _, corpus in debates]
    changed = [claim for corpus in corpora for claim in altered(corpus, chance)]
    for corpus in reading:
        every = list(altered(corpus, chance))
        changed += chance.sample(every, min(DRAWN, len(every)))
    return [
        ClaimSet("claims", 0.5, [c for debate, corpus in debates for c in of_debate(debate, corpus, chance)]),
        ClaimSet("statements", 0.02, list(statements(corpora))),
        ClaimSet("altered", 0.05, changed),
        ClaimSet("multinli", 0.31, translated(sets.multinli)),
        ClaimSet("rte3", 0.05, inference(sets.nli / "rte3-fr-dev.tsv")),
        ClaimSet("daccord", 0.04, inference(sets.nli / "daccord.tsv")),
        ClaimSet("gqnli", 0.01, inference(sets.nli / "gqnli-fr.tsv")),
        ClaimSet("stsb", 0.02, alike(sets.stsb)),
    ]


def of_debate(debate: Debate, corpus: Corpus, chance: random.Random, away: int = 1) -> Iterator[Claim]:
    """The claims on a debate, each with every passage that has a listed sentence, and some without."""
    for judged in judged_of(debate):
        rest = []
        for unit in corpus.units:
            told = _told(judged, debate, unit)
            if told:
                yield Claim(judged.claim, unit, told, judged.kind)
            else:
                rest.append(unit)
        for unit in chance.sample(rest, min(away, len(rest))):
            yield Claim(judged.claim, unit, {}, judged.kind)


def _told(judged: Judged, debate: Debate, unit: Unit) -> dict[int, Told]:
    told = {}
    for number, label in enumerate(LABELS):
        places = [debate.place(gold) for gold in judged.golds[label] if gold.source == unit.source]
        for row, (start, end) in enumerate(unit.passage.sentences):
            if any(is_part((unit.start + start, unit.start + end), place) for place in places):
                told[row] = Told(frozenset([number]))
    return told


def statements(corpora: Iterable[Corpus]) -> Iterator[Claim]:
    """The statements on some debates; the half ``test`` is left to the evaluation suite."""
    units: dict[tuple[str, str], list[Unit]] = {}
    for corpus in corpora:
        for unit in corpus.units:
            units.setdefault((corpus.name, unit.source), []).append(unit)
    for statement in (each for each in load_statements() if each.split == "dev"):
        for unit in units.get((statement.debate, statement.source), ()):
            at = unit.passage.text.find(statement.quote)
            if at < 0:
                continue
            rows = [
                n
                for n, span in enumerate(unit.passage.sentences)
                if is_part(span, (at, at + len(statement.quote)))
            ]
            labels = SUPPORTED if statement.holds else CONTRADICTED | NEUTRAL
            if len(rows) == 1:
                yield Claim(statement.sentence, unit, {rows[0]: Told(labels)}, "statement")


def inference(file: Path) -> list[Claim]:
    """Premises and hypotheses of a set in French, in tab-separated values."""
    return [_single(row["hypothesis"], row["premise"], RIGHT[row["label_text"]]) for row in _rows(file, True)]


def translated(folder: Path) -> list[Claim]:
    """Pairs of MultiNLI: French, English, and the hypothesis in the other language than the premise."""
    french, english = (_rows(folder / f"multinli.train.{lang}.tsv", False) for lang in ("fr", "en"))
    return [
        _single(_set(one["hypo"]), _set(two["premise"]), RIGHT[one["label"]])
        for fr, en in zip(french, english, strict=True)
        for one, two in ((fr, fr), (en, en), (fr, en), (en, fr))
    ]


def _rows(file: Path, quoted: bool) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
        return list(rows)


def _set(tokens: str) -> str:
    """Words and marks set apart by blanks, as they are written."""
    return re.sub(r"(?<=\w['’]) (?=\w)| (?=[.,)%]| ?n 't\b)|(?<=\() ", "", tokens).replace("n 't", "n't")


def alike(folder: Path) -> list[Claim]:
    """Pairs of STS-B, French, English and mixed, each way round."""
    read = {}
    for lang in ("fr", "en"):
        with (folder / f"stsb-{lang}-train.csv").open(encoding="utf-8", newline="") as lines:
            read[lang] = list(csv.reader(lines))
    found = []
    for french, english in zip(read["fr"], read["en"], strict=True):
        score = float(french[2])
        if not APART < score < SAME:
            labels = SUPPORTED if score >= SAME else NEITHER
            (a, b), (c, d) = french[:2], english[:2]
            found += [
                _single(one, two, labels) for one, two in ((a, b), (d, c), (a, d), (c, b)) if one != two
            ]
    return found


def _single(claim: str, sentence: str, labels: Labels) -> Claim:
    passage = Passage(sentence, ((0, len(sentence)),))
    return Claim(claim, Unit(passage, "", 0, "", "", language_of(sentence)), {0: Told(labels)})


def altered(corpus: Corpus, chance: random.Random) -> Iterator[Claim]:
    """Sentences of a corpus as they are and altered, each put to its own passage."""
    for units in _by_language(corpus.units):
        sources = [_source(number, unit) for number, unit in enumerate(units)]
        every = originals(sources)
        alterations = Alterations(every, chance)
        for original in every:
            unit = units[int(original.source.id)]
            rows = [n for n, (a, b) in enumerate(unit.passage.sentences) if a <= original.start < b]
            if not rows or len(original.text.split()) > 60:
                continue
            found = [(case.kind, case.text) for case in alterations.of(original) if case.kind in ALTERED]
            kinds = sorted({kind for kind, _ in found})
            others = {n: Told(NEITHER, UNLISTED) for n in range(len(unit.passage.sentences))}
            yield Claim(original.text, unit, {**others, rows[0]: Told(SUPPORTED)}, "same")
            for kind in chance.sample(kinds, min(2, len(kinds))):
                text = chance.choice([text for of, text in found if of == kind])
                yield Claim(text, unit, {**others, rows[0]: Told(ALTERED[kind])}, kind)


def _by_language(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    for lang in sorted({unit.lang for unit in units}):
        yield [unit for unit in units if unit.lang == lang]


def _source(number: int, unit: Unit) -> Source:
    text = unit.passage.text
    info = SourceInfo(str(number), "", "", None, "", unit.lang, "", "", (), "", len(text))
    return Source(info, text)
