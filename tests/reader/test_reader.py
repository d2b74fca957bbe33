"""The reader with the weights that come with the program."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reader import cross
from rag.reader import reader as reader_module
from rag.reader.pairs import Passage
from rag.reader.reader import UNREAD, Reader, Reading, _likeliest, load_reader
from rag.types import Span
from tests.helpers.segments import texts, units

QUESTION = "Combien de navires compte la flotte ?"
FLEET = (
    "Le port de Brest est ouvert toute l’année.",
    "La flotte compte 412 navires de pêche.",
    "Les marins mangent du poisson le vendredi.",
    "Aucun accord n’a été signé avec la région.",
)
OBVIOUS: dict[str, tuple[tuple[str, ...], int]] = {
    QUESTION: (FLEET, 1),
    "Qui a dessiné le phare de Kéréon ?": (
        (
            "Le village vit de la pêche et du tourisme.",
            "La lande est couverte de bruyère en été.",
            "Le phare de Kéréon a été dessiné par l’ingénieur Hélène Morvan.",
        ),
        2,
    ),
    "How many ships are in the fleet?": (
        (
            "The fleet has 412 fishing ships.",
            "The harbour is open all year round.",
            "Sailors eat fish on Fridays.",
        ),
        0,
    ),
    "When was the lighthouse built?": (
        (
            "The village lives on fishing and tourism.",
            "The lighthouse was built in 1911.",
            "In summer the moor is covered with heather.",
        ),
        1,
    ),
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def passage_of(*sentences: str, head: str = "") -> Passage:
    """A passage of some sentences, with a space between them."""
    spans: list[Span] = []
    text = ""
    for sentence in sentences:
        start = len(text) + (1 if text else 0)
        text = f"{text} {sentence}" if text else sentence
        spans.append((start, len(text)))
    return Passage(text, tuple(spans), head)


def alike(one: Reading, other: Reading) -> bool:
    """Whether two readings of a passage say the same."""
    same = np.abs(one.scores - other.scores).max(initial=0) < 1e-2
    marks = zip(one.marks, other.marks, strict=True)
    return bool(same) and all(
        (a is None) == (b is None) and (a is None or b is None or (a.span == b.span)) for a, b in marks
    )


# --- what it finds --------------------------------------------------------------------------------


@pytest.mark.parametrize("question", OBVIOUS)
def test_a_sentence_that_answers_stands_above_others_of_its_passage(reader: Reader, question: str) -> None:
    sentences, right = OBVIOUS[question]
    [reading] = reader.read(question, [passage_of(*sentences)])
    assert int(reading.scores.argmax()) == right


@pytest.mark.parametrize("question", OBVIOUS)
def test_a_passage_that_answers_stands_above_others(reader: Reader, question: str) -> None:
    sentences, right = OBVIOUS[question]
    readings = reader.read(question, [passage_of(sentence) for sentence in sentences])
    assert int(np.argmax([reading.scores[0] for reading in readings])) == right


def test_a_question_about_something_else_is_answered_less(reader: Reader) -> None:
    passage = passage_of(*FLEET)
    asked, other = (
        reader.read(question, [passage])[0].scores.max()
        for question in (QUESTION, "Quelle est la capitale du Pérou ?")
    )
    assert asked > other + 1


# --- the same, however it is read -----------------------------------------------------------------


def test_reading_twice_gives_the_same(reader: Reader) -> None:
    passages = [passage_of(*sentences) for sentences, _ in OBVIOUS.values()]
    first, again = reader.read(QUESTION, passages), reader.read(QUESTION, passages)
    assert all(alike(one, other) for one, other in zip(first, again, strict=True))


def test_readings_are_in_the_order_of_the_passages(reader: Reader) -> None:
    passages = [passage_of(*FLEET[:n]) for n in (4, 1, 3, 2)]
    readings = reader.read(QUESTION, passages)
    assert [len(reading.scores) for reading in readings] == [4, 1, 3, 2]
    for passage, reading in zip(passages, readings, strict=True):
        [alone] = reader.read(QUESTION, [passage])
        assert alike(alone, reading)


def test_many_threads_read_as_one(reader: Reader) -> None:
    passages = [passage_of(*FLEET), passage_of(*FLEET[::-1])]
    questions = list(OBVIOUS)
    expected = [reader.read(question, passages) for question in questions]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: reader.read(questions[n % 4], passages), range(12)))
    for n, readings in enumerate(found):
        assert all(alike(one, other) for one, other in zip(readings, expected[n % 4], strict=True))


def test_readings_are_kept_and_the_oldest_forgotten(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross, "REMEMBERED", 2)
    read: list[int] = []

    class Counted:
        def vectors(self, rows: Sequence[Sequence[int]], passages: Sequence[int]) -> object:
            read.append(len(rows))
            return reader._body.vectors(rows, passages)

    other = Reader(Counted(), reader.heads, reader._pairs)  # type: ignore[arg-type]
    a, b, c = (passage_of(sentence) for sentence in FLEET[:3])
    for passage in (a, b, a, c, a, b):  # c pushes out b, not a, which was asked for since
        other.read(QUESTION, [passage])
    assert read == [1, 1, 0, 1, 0, 1]
    other.read("Où ?", [a, a])
    assert read[-1] == 1, "another question is read anew, a passage given twice once"


def sureness(*ends: float) -> float:
    """How sure a span is whose first token is known, from log-odds of where it ends."""
    count = len(ends)
    starts = [9.0, *[-9.0] * (count - 1)]
    spans = np.array([[-9.0, -9.0], *zip(starts, ends, strict=True)], np.float32)
    tokens = np.arange(1, count + 1)
    return _likeliest(spans, tokens, [(n, n + 1) for n in range(count + 1)])[1]


def test_words_that_share_half_are_sure_together() -> None:
    assert sureness(-9, 2, -9, 2, -9) > 0.95, "with its unit or without"
    assert sureness(2, -9, -9, -9, 2) == pytest.approx(0.5, abs=0.01), "one word or all five"
    assert sureness(0, 0, 0, 0, 0) < 1


# --- whatever it is given -------------------------------------------------------------------------


def check(passage: Passage, reading: Reading) -> None:
    """What holds of every reading."""
    assert reading.scores.shape == (len(passage.sentences),) == (len(reading.marks),)
    assert np.isfinite(reading.scores).all()
    for score, mark, (first, last) in zip(reading.scores, reading.marks, passage.sentences, strict=True):
        if mark is None:
            assert score == UNREAD
            continue
        start, end = mark.span
        assert first <= start < end <= last
        assert 0 <= mark.sure <= 1.001
        for edge in (start, end):
            inside = first < edge < last
            assert not (inside and passage.text[edge - 1].isalnum() and passage.text[edge].isalnum())


@given(texts, st.sampled_from(["", QUESTION, "\ud800", "🦜 ?", "pourquoi " * 400]))
@settings(max_examples=25)
def test_any_text_is_read_with_any_question(text: str, question: str) -> None:
    passage = Passage(text, tuple((sentence.start, sentence.end) for sentence in units(text)))
    [reading] = load_reader().read(question, [passage])
    check(passage, reading)


@pytest.mark.parametrize("question", OBVIOUS)
def test_marks_lie_within_their_sentences_and_cut_no_word(reader: Reader, question: str) -> None:
    passages = [passage_of(*sentences, head="Un titre (un camp)") for sentences, _ in OBVIOUS.values()]
    for passage, reading in zip(passages, reader.read(question, passages), strict=True):
        assert None not in reading.marks
        check(passage, reading)


def test_a_mark_grows_to_whole_words() -> None:
    def whole(text: str, words: str, sentence: Span | None = None) -> str:
        start = text.index(words)
        first, last = reader_module._whole(text, sentence or (0, len(text)), (start, start + len(words)))
        return text[first:last]

    assert whole("Les députés votent.", "put") == "députés"
    assert whole("Les députés votent.", "tés vot") == "députés votent"
    assert whole("en 2026, dit-on", "20") == "2026"
    assert whole("l’accord", "acc") == "accord"
    assert whole("un 🦜 vert", " 🦜") == "🦜"
    assert whole("paix;laguerre", "gue", (7, 13)) == "guerre", "no further than the sentence"


def test_a_sentence_that_is_cut_off_is_unread(reader: Reader) -> None:
    passage = passage_of("Il pleut sur le port et la mer monte. " * 60, FLEET[1])
    [reading] = reader.read(QUESTION, [passage])
    assert reading.marks[1] is None
    assert reading.scores[1] == UNREAD
    [turned] = reader.read(QUESTION, [passage_of(FLEET[1], FLEET[0] * 60)])
    assert turned.scores[1] != UNREAD, "the part that is read tells"


def test_nothing_to_read(reader: Reader) -> None:
    assert reader.read(QUESTION, []) == []
    empty: Sequence[Passage] = [Passage("", ()), Passage("Sans phrase.", ()), passage_of(FLEET[1])]
    readings = reader.read(QUESTION, empty)
    assert [len(reading.scores) for reading in readings] == [0, 0, 1]
    assert [len(reading.marks) for reading in readings] == [0, 0, 1]
    assert len(reader.read("", empty)) == 3
