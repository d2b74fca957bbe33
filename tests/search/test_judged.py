"""What sentences do to a claim: passages given, or those nearest to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag import Index
from rag.reader import Label
from rag.search import READ, Relation, judge_nearest
from rag.search.bearing import Bearing
from rag.search.judged import CLAIMS
from tests.helpers.indexes import made
from tests.helpers.judges import PLAIN, judged_by

FLEET, PORT, ELSEWHERE = (
    "La flotte compte douze navires.",
    "Le port est ouvert.",
    "Elle fut bâtie à Lisbonne.",
)
DOCUMENTS = {
    "ours/a.txt": f"{FLEET} {ELSEWHERE}\n\n{PORT}\n",
    "theirs/b.txt": "La flotte compte neuf navires seulement. Le port est fermé depuis lundi.\n",
    "notes.txt": "La flotte compte mille navires, dit-on.\n",
}


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-4)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = made(tmp_path_factory.mktemp("fleet"), DOCUMENTS)
    yield index
    index.close()


def test_all_sentences_of_the_passages_are_judged_at_once(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = index.snapshot()
    judge = judged_by(monkeypatch, {FLEET: {"neuf": ("contradicted", 0.9), "Lisbonne": ("weakened", 0.6)}})
    found = judge_nearest(index, snapshot, FLEET, sided=False)
    [read] = judge.passages
    assert len(read) == len(snapshot.passages["start"])
    told = {snapshot.text_of("sentence", each.row): each for each in found}
    assert len(told) == len(snapshot.sentences["start"]) == 6
    nine = told["La flotte compte neuf navires seulement."]
    assert (nine.relation, nine.likely, nine.bears) == ("contradicts", near(0.9), near(0.9))
    assert (told[ELSEWHERE].relation, told[ELSEWHERE].bears) == ("weakens", near(0.6))
    assert told[PORT].bears == near(0)


@pytest.mark.parametrize(
    ("label", "relation"),
    [("supported", "supports"), ("contradicted", "contradicts"), ("weakened", "weakens")],
)
def test_what_is_done_to_a_claim_is_what_a_sentence_does(
    index: Index, monkeypatch: pytest.MonkeyPatch, label: Label, relation: Relation
) -> None:
    judged_by(monkeypatch, {FLEET: {FLEET: (label, 0.3)}})
    (found, *_) = judge_nearest(index, index.snapshot(), FLEET)
    assert (found.relation, found.likely) == (relation, near(0.3)), "however little is likely"


def test_what_likeliest_bears_on_a_claim_comes_first_and_only_sides_are_heard(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = index.snapshot()
    told = {"neuf": ("contradicted", 0.7), "fermé": ("weakened", 0.9), "mille": ("supported", 0.99)}
    judged_by(monkeypatch, {FLEET: told})  # type: ignore[dict-item]
    found = judge_nearest(index, snapshot, FLEET)
    assert [each.bears for each in found] == near([0.9, 0.7, 0, 0, 0])
    assert [each.row for each in found[2:]] == sorted(each.row for each in found[2:])
    assert {snapshot.info_at(each.row).side for each in found} == {"ours", "theirs"}


def test_of_a_long_claim_each_sentence_is_judged_by_itself(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = index.snapshot()
    judge = judged_by(
        monkeypatch,
        {
            FLEET: {"neuf": ("contradicted", 0.7), "fermé": ("supported", 0.6)},
            PORT: {"fermé": ("contradicted", 0.9), "neuf": ("weakened", 0.2)},
        },
    )
    parts = [FLEET, PORT, "Les blés manquent.", "Les moulins tournent."]
    found = judge_nearest(index, snapshot, " ".join(parts))
    assert judge.claims == parts[:CLAIMS]
    assert len({each.row for each in found}) == len(found) == 5, "each sentence once"
    assert [(each.relation, each.likely) for each in found[:2]] == [
        ("contradicts", near(0.9)),
        ("contradicts", near(0.7)),
    ], "with what it likeliest does to any part"


def test_whose_words_they_are_counts_where_it_is_known_who_makes_a_claim(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = index.snapshot()
    judged_by(monkeypatch, {FLEET: dict.fromkeys(["douze", "neuf"], ("supported", 0.7))})
    own = np.array([[0, -9, 0]], np.float32)
    by_side = Bearing(np.concatenate([np.eye(3, dtype=np.float32), own]), np.array([0, 6, 0], np.float32))
    monkeypatch.setattr("rag.search.judged.load_bearing", lambda how: by_side if how == "held" else PLAIN)
    for side, denied in ((None, None), ("ours", "theirs"), ("theirs", "ours")):
        found = judge_nearest(index, snapshot, FLEET, side=side)[:2]
        relations = {snapshot.info_at(each.row).side: each.relation for each in found}
        assert relations == {s: "contradicts" if s == denied else "supports" for s in ("ours", "theirs")}
        assert [each.bears for each in found] == near([0.7, 0.7]), "which is another question"


def test_few_passages_are_judged_some_of_each_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {f"ours/{n}.txt": f"La flotte numéro {n} compte douze navires." for n in range(READ + 4)}
    index = made(tmp_path, ours | {"theirs/b.txt": "Il pleut sur le quai."})
    judge = judged_by(monkeypatch, {})
    for count in (READ, READ - 2):
        judge_nearest(index, index.snapshot(), FLEET, count)
        texts = [passage.text for passage in judge.passages[-1]]
        assert len(texts) == count
        assert "Il pleut sur le quai." in texts
    index.close()
