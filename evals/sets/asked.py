"""Questions put to real indexes: what the first search knows of each candidate, and which answer.

Besides those that the sources answer, or that are near to them and are not answered, there are questions of
other corpora ("far"), and answered ones from whose candidates the passages that answer are taken out.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals import SEED
from evals.sets.debates import debates_of, is_part, write_corpus
from evals.sets.squad import Split, load_squad, split_of
from rag.drill.question_set import Gold, SetQuestion
from rag.reader import Passage
from rag.search import make_query, read_question
from rag.search.features import NAMES, Scores
from rag.search.find import choose, features_of
from rag.search.read import passage_of
from rag.settings import load_settings
from rag.store import Index, Snapshot
from rag.store.synchronise import sync
from rag.types import no_progress

FAR = 4
"""How many questions of other corpora each is asked."""
TAKEN_OUT = 0.25
"""Share of the answered questions that are asked again without what answers."""
ASKED = 30
"""How many questions each debate is asked of its own, drawn with a seed."""
PIAF_PASSAGES, PIAF_QUESTIONS = 300, 300
"""How much of a reading set is asked."""
GAPS = [column for column, name in enumerate(NAMES) if name.endswith("_gap")]
"""Columns that compare a candidate with the best one."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to a corpus. ``n`` candidate sentences in ``p`` passages.

    Attributes:
        corpus: name of the debate, or of the reading set.
        features: shape ``(n, features)``, see :mod:`rag.search.features`.
        home: shape ``(n,)``, number of each one's passage.
        number: shape ``(n,)``, number of each in its passage.
        right: shape ``(n,)``, which answer.
        passages: as the reader sees them.
        sides: whose each passage is.
    """

    corpus: str
    kind: str
    question: str
    lang: str
    features: Scores
    home: NDArray[np.int64]
    number: NDArray[np.int64]
    right: NDArray[np.bool_]
    answerable: bool
    passages: Sequence[Passage]
    sides: Sequence[str | None]


def debate_cases(part: Split) -> Iterator[Case]:
    """The questions of the debates of a part, each put to its own debate, and some to others."""
    debates = debates_of(part)
    chance = random.Random(SEED)
    for debate in debates:
        others = [question for other in debates if other is not debate for question in other.questions]
        far = [replace(q, kind="far", gold=()) for q in chance.sample(others, min(FAR, len(others)))]
        with _indexed(partial(write_corpus, debate.name)) as index:
            own = chance.sample(debate.questions, min(ASKED, len(debate.questions)))
            placed = [replace(q, gold=tuple(debate.placed(gold) for gold in q.gold)) for q in own]
            yield from _asked(index, debate.name, [*placed, *far], chance)


def reading_cases(file: Path, part: Split) -> Iterator[Case]:
    """Some questions of a reading set in SQuAD format, put to some of its passages."""
    paragraphs, readings = load_squad(file)
    chance = random.Random(SEED)
    own = [n for n, paragraph in enumerate(paragraphs) if split_of(paragraph.article) == part]
    chosen = set(chance.sample(own, min(PIAF_PASSAGES, len(own))))
    asked = []
    for reading in readings:
        if reading.paragraph in chosen:
            text, begin = paragraphs[reading.paragraph].text, reading.answers[0]
            gold = Gold(f"p{reading.paragraph}", text[begin : reading.ends[0]], begin, reading.ends[0])
            asked.append(SetQuestion(reading.question, (gold,), kind="original", lang="fr"))

    def write(folder: Path) -> None:
        folder.mkdir()
        for n in chosen:
            (folder / f"p{n}.txt").write_text(paragraphs[n].text, encoding="utf-8")

    with _indexed(write) as index:
        yield from _asked(index, "piaf", chance.sample(asked, min(PIAF_QUESTIONS, len(asked))), chance)


@contextmanager
def _indexed(write: Callable[[Path], None]) -> Iterator[Index]:
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
        corpus = Path(folder) / "corpus"
        write(corpus)
        index = Index(load_settings(corpus=corpus, store=Path(folder) / "store"))
        try:
            sync(index, progress=no_progress)
            yield index
        finally:
            index.close()


def _asked(
    index: Index, corpus: str, questions: Iterable[SetQuestion], chance: random.Random
) -> Iterator[Case]:
    snapshot, passages = index.snapshot(), {}
    for asked in questions:
        question = read_question(asked.question, [str(before) for before in asked.history])
        query = make_query(snapshot, index, question)
        chosen = choose(snapshot, query)
        rows = chosen.passages.rows
        for row in rows:
            if int(row) not in passages:
                passages[int(row)] = passage_of(snapshot, int(row))
        sentences = chosen.sentences.rows
        home = np.searchsorted(rows, snapshot.sentences["passage"][sentences])
        case = Case(
            corpus=corpus,
            kind=asked.kind or "",
            question=question.text,
            lang=question.lang,
            features=features_of(snapshot, query, chosen),
            home=home,
            number=sentences - snapshot.passages["first"][rows][home],
            right=_right(snapshot, sentences, asked.gold),
            answerable=bool(asked.gold),
            passages=[passages[int(row)] for row in rows],
            sides=[snapshot.infos[int(n)].side for n in snapshot.passages["source"][rows]],
        )
        yield case
        if case.answerable and chance.random() < TAKEN_OUT:
            yield _taken_out(case)


def _right(snapshot: Snapshot, rows: NDArray[np.int64], golds: Sequence[Gold]) -> NDArray[np.bool_]:
    def answers(row: int) -> bool:
        source, sentence = snapshot.sentence(row)
        own = sentence.start, sentence.end
        return any(
            gold.source == source.info.id and is_part(own, (gold.start or 0, gold.end or 0)) for gold in golds
        )

    return np.array([answers(int(row)) for row in rows], bool)


def _taken_out(case: Case) -> Case:
    """The same without the passages that hold an answer."""
    kept = ~np.isin(case.home, np.unique(case.home[case.right]))
    features = case.features[kept]
    if len(features):  # gaps are to the best of those that are left
        features[:, GAPS] -= features[:, GAPS].max(axis=0)
    return replace(
        case,
        kind="taken out",
        features=features,
        home=case.home[kept],
        number=case.number[kept],
        right=case.right[kept],
        answerable=False,
    )
