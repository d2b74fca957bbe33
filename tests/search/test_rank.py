"""Vocabulary, features and the two models."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.search.features import NAMES, Candidates, analyse, matrix
from rag.search.question import read_question
from rag.search.rank import ANSWER_NAMES, Ranker, answer_matrix, fuse, load_ranker
from rag.store.vocabulary import Vocabulary
from rag.text.analyzer import content_words
from rag.text.cues import CUES, asks_nothing, asks_whether, cues_expected, cues_offered, focus, names
from rag.weights import weights_file

SENTENCES = (
    "La rémunération des soldats augmentera de 12 % en 2027.",
    "Le général commande une armée de 800 000 soldats.",
    "Le jardin est fermé.",
)
MEANINGS = {"salaire": 0, "rémunération": 0, "soldats": 1, "soldiers": 1, "armée": 2, "jardin": 3}


def encode(words: Sequence[str]) -> np.ndarray:
    """Words of one meaning share a direction; every other word has its own."""
    vectors = np.zeros((len(words), 64), np.float32)
    for row, word in enumerate(words):
        vectors[row, MEANINGS.get(word, 8 + sum(word.encode()) % 56)] = 1
    return vectors


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary.build([content_words(s) for s in SENTENCES], encode)


def candidates(home: Sequence[int] = (0, 1, 2)) -> Candidates:
    count, passages = len(home), max(home) + 1
    zeros = np.zeros(count, np.float32)
    return Candidates(
        rows=np.arange(count),
        home=np.array(home),
        lexical=zeros,
        dense=zeros,
        passage_lexical=np.zeros(passages, np.float32),
        passage_dense=np.zeros(passages, np.float32),
        offered=np.array([cues_offered(s) for s in SENTENCES[:count]], np.int32),
        corpus_size=count,
    )


def column(question: str, name: str, vocabulary: Vocabulary, home: Sequence[int] = (0, 1, 2)) -> list[float]:
    asked = analyse(read_question(question), encode)
    return [float(x) for x in matrix(asked, candidates(home), vocabulary)[:, NAMES.index(name)]]


def test_content_words() -> None:
    assert content_words("L’armée de 800 000 soldats, et le cessez-le-feu") == [
        "armée", "800000", "soldats", "cessez-le-feu",
    ]  # fmt: skip
    assert content_words("the army of the soldiers") == ["army", "soldiers"]
    assert content_words("") == []


def test_vocabulary_round_trip(vocabulary: Vocabulary, tmp_path: Path) -> None:
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


def test_an_empty_vocabulary(tmp_path: Path) -> None:
    empty = Vocabulary.build([[], []], encode)
    empty.save(tmp_path / "v")
    assert len(Vocabulary.load(tmp_path / "v")) == 0
    asked = analyse(read_question("soldats"), encode)
    assert np.isfinite(matrix(asked, candidates((0, 1)), empty)).all()


def test_known_words_are_not_encoded_again(vocabulary: Vocabulary) -> None:
    def refuse(words: list[str]) -> np.ndarray:
        raise AssertionError(words)

    again = Vocabulary.build([content_words(s) for s in SENTENCES[:2]], refuse, vocabulary)
    number = again.number("soldats")
    assert number is not None
    assert again.vectors[number][1] == 1


def test_a_synonym_covers_like_the_word_itself(vocabulary: Vocabulary) -> None:
    assert column("salaire", "soft", vocabulary) == pytest.approx([1, 0, 0])
    assert column("salaire soldiers", "soft_passage", vocabulary)[0] == pytest.approx(1)


def test_a_misspelt_word_is_matched(vocabulary: Vocabulary) -> None:
    assert column("renumeration", "soft", vocabulary)[0] > 0.75
    assert column("renumeration", "soft", vocabulary)[2] < 0.5


def test_numbers_match_exactly_or_not(vocabulary: Vocabulary) -> None:
    assert column("800 000", "soft", vocabulary) == pytest.approx([0, 1, 0])
    assert column("900 000", "soft", vocabulary) == pytest.approx([0, 0, 0])


def test_the_window_reaches_back_within_a_passage_only(vocabulary: Vocabulary) -> None:
    assert column("salaire", "soft_window", vocabulary, (0, 0, 1)) == pytest.approx([1, 1, 0])
    assert column("salaire", "soft_window", vocabulary, (0, 1, 2)) == pytest.approx([1, 0, 0])


def test_gaps_are_to_the_best(vocabulary: Vocabulary) -> None:
    assert max(column("soldats armée", "soft_gap", vocabulary)) == 0
    assert column("salaire", "soft_rest", vocabulary) == pytest.approx([1, -1, -1])


def test_the_weakest_word_tells_what_is_missing(vocabulary: Vocabulary) -> None:
    assert column("soldats armée", "weakest_passage", vocabulary)[1] == pytest.approx(1)
    assert column("soldats hôtel", "weakest_corpus", vocabulary)[1] < 0.2


def test_cues() -> None:
    def named(mask: int) -> set[str]:
        return {cue for bit, cue in enumerate(CUES) if mask >> bit & 1}

    assert named(cues_expected("Combien de soldats ?")) == {"number"}
    assert named(cues_expected("When does it start?")) == {"time"}
    assert named(cues_expected("Pourquoi la France agit-elle ?")) == {"cause"}
    assert named(cues_expected("Où est le siège ?")) == {"place"}
    assert named(cues_expected("Who chaired it?")) == {"person"}
    assert {"number", "time"} <= named(cues_offered(SENTENCES[0]))
    assert not named(cues_offered("Le jardin est fermé."))


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Quel général commandera la force ?", ["général"]),
        ("Dans quel hôtel s’est tenue la réunion ?", ["hôtel"]),
        ("Quels sont les objectifs de la ligue ?", ["objectifs"]),
        ("Combien de soldats y aurait-il ?", ["soldats"]),
        ("Which missiles will be delivered?", ["missiles"]),
        ("Quel pays a refusé ?", []),  # the answer names the country, not the word
        ("Qui a refusé ?", []),
    ],
)
def test_focus_is_the_noun_asked_for(question: str, word: list[str]) -> None:
    assert focus(question) == word


def test_names_are_capitalised_words_inside() -> None:
    assert names("Pourquoi le Japon a-t-il quitté la Ligue ?") == ["japon", "ligue"]
    assert names("Japon ou Chine ?") == ["chine"]
    assert names("pourquoi le japon ?") == []


def test_kinds_of_question() -> None:
    assert asks_whether("Faut-il que l’Europe paie ?")
    assert asks_whether("Will they pay?")
    assert not asks_whether("À quelle date la ligne sera-t-elle ouverte ?")
    assert asks_nothing("ligne ouverture date")
    assert not asks_nothing("Comment paie-t-on ?")


def test_a_missing_name_and_a_missing_focus_are_seen(vocabulary: Vocabulary) -> None:
    assert column("Combien de soldats commande le général ?", "focus_sentence", vocabulary)[:2] == [1, 1]
    assert max(column("Combien de girafes ?", "focus_corpus", vocabulary)) < 0.7
    assert max(column("Le jardin de Zanzibar ?", "names_corpus", vocabulary)) < 0.7
    assert min(column("Le jardin ?", "names_corpus", vocabulary)) == 1


def test_cue_columns_reward_what_is_asked_for(vocabulary: Vocabulary) -> None:
    assert column("Combien de soldats ?", "number", vocabulary) == [1, 1, -1]
    assert column("Le jardin ?", "number", vocabulary) == [0, 0, 0]


@given(st.text(max_size=60))
def test_features_are_finite_whatever_is_asked(question: str) -> None:
    vocabulary = Vocabulary.build([content_words(s) for s in SENTENCES], encode)
    features = matrix(analyse(read_question(question), encode), candidates(), vocabulary)
    assert features.shape == (3, len(NAMES))
    assert np.isfinite(features).all()


def test_no_candidates() -> None:
    nothing = np.zeros(0, np.int64)
    none = np.zeros(0, np.float32)
    empty = Candidates(nothing, nothing, none, none, none, none, np.zeros(0, np.int32), 0)
    asked = analyse(read_question(""), encode)
    assert matrix(asked, empty, Vocabulary.build([], encode)).shape == (0, len(NAMES))


@pytest.mark.parametrize("encoder", ["use", "e5"])
def test_the_committed_weights_name_every_feature(encoder: str) -> None:
    data = json.loads(weights_file("ranker", encoder).read_text(encoding="utf-8"))
    assert set(data["ranking"]) == set(NAMES)
    assert set(data["answer"]) == {"bias", *ANSWER_NAMES}
    assert {"data", "split", "seed", "command"} <= set(data["provenance"])
    assert load_ranker(encoder).ranking.shape == (len(NAMES),)


def test_answer_columns_are_products() -> None:
    features = np.arange(2 * len(NAMES), dtype=np.float32).reshape(2, -1)
    columns = answer_matrix(
        features,
        analyse(read_question("Combien de soldats ?"), encode),
        size=10,
        foreign=np.array([True, False]),
    )
    assert columns.shape == (2, len(ANSWER_NAMES))
    crossed = columns[:, ANSWER_NAMES.index("dense*foreign")]
    assert list(crossed) == [features[0, NAMES.index("dense")], 0]


def test_probabilities_by_hand() -> None:
    ranker = Ranker(
        ranking=np.zeros(len(NAMES), np.float32), answer=np.zeros(len(ANSWER_NAMES), np.float32), bias=0.0
    )
    features = np.zeros((1, len(NAMES)), np.float32)
    assert ranker.probabilities(features, analyse(read_question("soldats"), encode), 5, np.array([False]))[
        0
    ] == pytest.approx(0.5)


def test_fusion_by_hand() -> None:
    one, zero = np.ones(1, np.float32), np.zeros(1, np.float32)
    assert fuse(one, one, one, one)[0] == pytest.approx(1)
    assert fuse(zero, zero, zero, zero)[0] == 0
    assert fuse(one, zero, zero, zero)[0] == pytest.approx(1 / 1.9)
    assert fuse(one, one, one, one, "e5")[0] == pytest.approx(1)
    assert fuse(zero, one, zero, one, "e5")[0] == pytest.approx(1.8 / 3)
