"""The question set of the evaluation is sound, and a bad one is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals import metrics
from evals.sets.questions import CORPUS, DOCUMENTS, QUESTIONS, load_questions, sample
from evals.suites.rows import passage_units
from rag import Assistant
from rag.documents.corpus import read_source
from rag.errors import InputError

SET = load_questions(QUESTIONS)
TEXTS = {Path(name).stem: read_source(CORPUS, name, Path(name).stem, 10**7).text for name in DOCUMENTS}


def test_gold_slices_stand_in_the_sources() -> None:
    for asked in SET:
        for gold in asked.gold:
            assert TEXTS[gold.source][gold.start : gold.end] == gold.text, asked.id


def test_every_answerable_question_can_be_answered_by_one_passage(shipped: Assistant) -> None:
    units = passage_units(shipped.index.snapshot())
    for asked in SET:
        assert bool(asked.gold) == asked.answerable == bool(asked.sides), asked.id
        assert not asked.answerable or metrics.relevant(units, asked.gold), asked.id


def test_families_do_not_straddle_splits() -> None:
    splits: dict[str, set[str]] = {}
    for asked in SET:
        splits.setdefault(asked.family, set()).add(asked.split)
    assert all(len(found) == 1 for found in splits.values())
    assert {asked.split for asked in SET} == {"dev", "test"}


def test_the_set_is_large_and_two_to_one_french() -> None:
    french = sum(asked.lang == "fr" for asked in SET)
    assert len(SET) >= 150
    assert len({asked.id for asked in SET}) == len(SET)
    assert 1.6 <= french / (len(SET) - french) <= 2.4


def test_gold_sides_are_those_of_the_sources(shipped: Assistant) -> None:
    side_of = {info.id: info.side for info in shipped.index.snapshot().infos}
    for asked in SET:
        assert {side_of[gold.source] for gold in asked.gold} == set(asked.sides), asked.id


def test_a_sample_is_the_same_each_time_and_keeps_the_order() -> None:
    first = sample(SET, 6, seed=1)
    assert first == sample(SET, 6, seed=1) != sample(SET, 6, seed=2)
    assert [SET.index(asked) for asked in first] == sorted(SET.index(asked) for asked in first)
    assert sample(SET, None, 1) == sample(SET, 10**6, 1) == SET


@pytest.mark.parametrize("content", [None, "not JSON\n", '{"id": "q"}\n', "[]\n"])
def test_a_bad_question_set_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "questions.jsonl"
    if content is not None:
        file.write_text(content)
    with pytest.raises(InputError, match=re.escape(str(file))):
        load_questions(file)
