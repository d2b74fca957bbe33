"""Examples as rows of tokens and as tensors; skipped where what fits the networks is not installed."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path

import pytest

pytest.importorskip("torch")

from evals.fit.network import batch
from evals.fit.network.batch import ACCORDING, NO_SPAN, Maker, Row, as_typed, batch_of, chunks, misspelt
from evals.fit.network.examples import Corpus, Example, debate_corpus
from evals.sets.debates import load_debate
from rag.reader import load_pairs
from rag.reader.pairs import HEAD, PAD
from tests.helpers.reading_sets import SAILORS, write_debate

QUESTION = "À quelle heure l’été ferme-t-il les 12 écoles ?"
DRAWS = range(300)


@pytest.fixture
def small(tmp_path: Path) -> Corpus:
    return debate_corpus(load_debate(write_debate(tmp_path / "port")), seed=1)


def maker(seed: int) -> Maker:
    return Maker(load_pairs(), random.Random(seed))


def text_of(row: Row, corpus: Corpus, example: Example, tokens: list[int]) -> str:
    """What some tokens of a row stand for in the passage that answers."""
    places = [row.pair.offsets[token] for token in tokens]
    passage = corpus.units[example.golds[0].unit].passage
    return passage.text[places[0][0] : places[-1][1]]


# --- questions as they are typed ------------------------------------------------------------------


def unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def kind_of(found: str) -> str:
    """What was done to the question."""
    body, told = found.removesuffix(" ?"), QUESTION.removesuffix(" ?")
    bare = unaccented(told)
    if body == told:
        return "as it was"
    return "bare" if body == bare else "mistyped"


def test_questions_are_misspelt_at_times_and_in_every_way() -> None:
    made = [misspelt(QUESTION, random.Random(seed)) for seed in DRAWS]
    kinds = [kind_of(each) for each in made]
    assert set(kinds) == {"as it was", "bare", "mistyped"}
    assert 0.75 < kinds.count("as it was") / len(kinds) < 0.95
    assert 0.05 < sum(not each.endswith("?") for each in made) / len(made) < 0.2


def test_a_misspelling_is_small_and_leaves_numbers_alone() -> None:
    for seed in DRAWS:
        found = misspelt(QUESTION, random.Random(seed))
        assert re.findall(r"\d+", found) == ["12"]
        assert abs(len(found.removesuffix(" ?")) - len(QUESTION.removesuffix(" ?"))) <= 2


def test_a_question_is_at_times_put_to_the_documents() -> None:
    made = [as_typed(QUESTION, random.Random(seed)) for seed in DRAWS]
    told = [each for each in made if len(each) > len(QUESTION) + 5]
    assert 0.02 < len(told) / len(DRAWS) < 0.1
    openings = {each[:5].lower() for each in ACCORDING["fr"]}
    assert all(unaccented(each[:5]) in set(map(unaccented, openings)) for each in told)


def test_the_shortest_question_can_be_misspelt() -> None:
    for seed in DRAWS:
        as_typed("Q", random.Random(seed))


# --- rows -----------------------------------------------------------------------------------------


def test_the_rows_of_an_answered_question(small: Corpus) -> None:
    fact = small.examples[0]
    taken_out = 0
    for seed in DRAWS:
        rows = maker(seed).drawn(small, fact, spans=True)
        assert 1 <= len(rows) <= batch.PASSAGES
        told = [row for row in rows if row.gold]
        taken_out += not told
        for row in told:
            [number] = row.gold
            tokens = [n for n, owner in enumerate(row.pair.owners) if owner == number]
            assert text_of(row, small, fact, tokens) == SAILORS
            first, last = row.span
            assert text_of(row, small, fact, list(range(first, last + 1))) == "140 marins"
        for row in rows:
            if not row.gold:
                assert row.span == (NO_SPAN, NO_SPAN)
    assert 0.1 < taken_out / len(DRAWS) < 0.3


def test_what_is_taken_out_is_not_read(small: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "TAKEN_OUT", 1.0)
    fact = small.examples[0]
    passage = small.units[fact.golds[0].unit].passage
    away = passage.text.index("140 marins")
    rows = maker(1).drawn(small, fact, spans=True)
    assert not any(row.gold for row in rows)
    inside = rows[-1].pair  # the passage that answered comes last
    assert any(passage.text[slice(*span)] == "La" for span in inside.offsets)
    assert not any(start <= away < end for start, end in inside.offsets)


def test_an_unanswered_question_has_no_gold(small: Corpus) -> None:
    for seed in range(20):
        assert not any(row.gold for row in maker(seed).drawn(small, small.examples[1], spans=True))


def test_without_a_short_answer_nothing_is_to_be_marked_where_the_corpus_has_some(small: Corpus) -> None:
    follow_up = small.examples[2]
    for spans, wanted in ((True, (0, 0)), (False, (NO_SPAN, NO_SPAN))):
        told = [row for seed in range(20) for row in maker(seed).drawn(small, follow_up, spans) if row.gold]
        assert told
        assert {row.span for row in told} == {wanted}


def test_passages_for_the_encoder_have_their_golds(small: Corpus) -> None:
    fact = small.examples[0]
    for seed in range(40):
        first, *others = maker(seed).passages_for(small, fact, negatives=2)
        [number] = first.gold
        tokens = [n for n, owner in enumerate(first.pair.owners) if owner == number]
        assert text_of(first, small, fact, tokens) == SAILORS
        assert others
        assert not any(row.gold for row in others)


# --- tensors --------------------------------------------------------------------------------------


def test_rows_as_tensors(small: Corpus) -> None:
    rows = maker(1).drawn(small, small.examples[0], spans=True)
    made = batch_of(rows)
    assert made.ids.shape == made.kinds.shape == made.mask.shape == made.question.shape
    assert made.ids.shape[1] % 8 == 0
    for n, row in enumerate(rows):
        size = len(row.pair.ids)
        assert made.ids[n, :size].tolist() == list(row.pair.ids)
        assert set(made.ids[n, size:].tolist()) <= {PAD}
        assert made.mask[n].sum() == size
        assert made.question[n].sum() == pytest.approx(1)
        numbers = sorted(set(row.pair.owners) - {HEAD})
        for s, number in enumerate(numbers):
            own = [n for n, owner in enumerate(row.pair.owners) if owner == number]
            assert made.sentences[n, s].nonzero().flatten().tolist() == own
            assert made.sentences[n, s].sum() == pytest.approx(1)
            assert bool(made.gold[n, s]) == (number in row.gold)
        assert not made.sentences[n, len(numbers) :].any()
        assert tuple(made.spans[n].tolist()) == row.span


def test_chunks_hold_every_row_once_and_are_not_too_large(small: Corpus) -> None:
    rows = [row for seed in range(8) for row in maker(seed).drawn(small, small.examples[0], spans=True)]
    made = list(chunks(rows, tokens=256))
    assert sorted(n for chunk in made for n in chunk) == list(range(len(rows)))
    assert len(made) > 1
    for chunk in made:
        assert len(chunk) * max(len(rows[n].pair.ids) for n in chunk) <= 256
