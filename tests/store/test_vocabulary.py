"""The words of a corpus: counted, kept, their vectors taken over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from rag.store.vocabulary import Vocabulary
from rag.text.analyzer import content_words

SENTENCES = (
    "La rémunération des soldats augmentera de 12 % en 2027.",
    "Le général commande une armée de 800 000 soldats.",
    "Le jardin est fermé.",
)


def encode(words: Sequence[str]) -> np.ndarray:
    """A direction for each word, told by its letters."""
    vectors = np.zeros((len(words), 64), np.float32)
    for row, word in enumerate(words):
        vectors[row, sum(word.encode()) % 64] = 1
    return vectors


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary.build([content_words(sentence) for sentence in SENTENCES], encode)


def test_it_is_kept(vocabulary: Vocabulary, tmp_path: Path) -> None:
    vocabulary.save(tmp_path / "v")
    again = Vocabulary.load(tmp_path / "v")
    assert again.words == vocabulary.words
    assert np.array_equal(again.vectors, vocabulary.vectors)
    for row in range(len(SENTENCES)):
        assert list(again.sentence(row)) == list(vocabulary.sentence(row))
    assert [again.words[i] for i in again.sentence(2)] == ["jardin", "fermé"]
    number = again.number("soldats")
    assert number is not None
    assert again.frequency[number] == 2
    assert again.number("girafe") is None


def test_how_many_words_sentences_have(vocabulary: Vocabulary) -> None:
    assert vocabulary.lengths(np.array([2, 0, 2])).tolist() == [2, 5, 2]
    assert vocabulary.lengths(np.array([], np.int64)).tolist() == []
    blank = Vocabulary.build([[], ["mot"], []], encode)
    assert blank.lengths(np.arange(3)).tolist() == [0, 1, 0]


def test_a_word_is_alike_itself(vocabulary: Vocabulary) -> None:
    assert "jardin" in vocabulary.alike(encode(["jardin"])[0].tolist())
    assert vocabulary.alike([0.0] * 64) == []


def test_an_empty_vocabulary(tmp_path: Path) -> None:
    Vocabulary.build([[], []], encode).save(tmp_path / "v")
    empty = Vocabulary.load(tmp_path / "v")
    assert len(empty) == 0
    assert empty.lengths(np.arange(2)).tolist() == [0, 0]
    assert empty.alike([1.0]) == []


def test_known_words_are_not_encoded_again(vocabulary: Vocabulary) -> None:
    def refuse(words: Sequence[str]) -> NoReturn:
        raise AssertionError(words)

    again = Vocabulary.build([content_words(s) for s in SENTENCES[:2]], refuse, vocabulary)
    for word in again.words:
        before, after = vocabulary.number(word), again.number(word)
        assert before is not None and after is not None
        assert np.array_equal(again.vectors[after], vocabulary.vectors[before])
