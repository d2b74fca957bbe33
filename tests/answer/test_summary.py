"""The sentences that carry some sources: which are chosen, and how many of each."""

from __future__ import annotations

import numpy as np
import pytest

from rag import Index
from rag.answer import summary
from rag.answer.summary import carrying, centrality
from tests.helpers.indexes import made

PLAN = """# Le plan du lac

Le plan du lac interdit les bateaux à moteur sur le lac.

Le plan prévoit trois choses :

- une amende de 90 euros pour les bateaux à moteur du lac ;
- un ponton gratuit pour les barques du lac et du plan.

## Le calendrier

Les bateaux à moteur quitteront le lac avant le mois de juin. Pourquoi les bateaux quitteraient-ils le lac ?

Ils reviendront peut-être, mais sans leurs moteurs, sur le lac du plan.
"""
LETTER = "\n\n".join(
    ["Le plan du lac ruine les pêcheurs qui vivent des bateaux à moteur."]
    + [f"Les pêcheurs du port numéro {n} vivent des bateaux à moteur sur le lac." for n in range(6)]
)
TALE = "Une chèvre blanche mangeait des chardons au bord du chemin creux.\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    documents = {"eau/plan.md": PLAN, "peche/lettre.md": LETTER, "peche/conte.md": TALE}
    return made(tmp_path_factory.mktemp("summary"), documents)


def chosen(index: Index, count: int, *ids: str) -> list[tuple[str, str]]:
    snapshot = index.snapshot()
    numbers = [n for n, info in enumerate(snapshot.infos) if not ids or info.id in ids]
    rows = carrying(snapshot, numbers, count)
    return [(snapshot.info_at(row).id, snapshot.text_of("sentence", row)) for row in rows]


def test_what_the_rest_is_like_is_chosen(index: Index) -> None:
    assert chosen(index, 1, "plan") == [("plan", "Le plan du lac interdit les bateaux à moteur sur le lac.")]


def test_no_heading_and_no_announcement_is_chosen_and_what_leans_comes_last(index: Index) -> None:
    texts = [text for _, text in chosen(index, 99, "plan")]
    assert len(texts) == 6
    assert not any(text.startswith("#") or text.endswith(":") for text in texts)
    assert [text[:9] for text in texts] == [
        "Le plan d", "- une ame", "- un pont", "Les batea", "Pourquoi ", "Ils revie",
    ]  # fmt: skip
    assert [text[:15] for _, text in chosen(index, 2, "plan")] == ["Le plan du lac ", "Les bateaux à m"]


def test_each_source_has_its_share_and_each_side_before_a_second_source_of_one(index: Index) -> None:
    assert [source for source, _ in chosen(index, 2)].count("plan") == 1
    assert {source for source, _ in chosen(index, 3)} == {"plan", "lettre", "conte"}
    five = [source for source, _ in chosen(index, 5)]
    assert {name: five.count(name) for name in five} == {"conte": 1, "lettre": 2, "plan": 2}


def test_what_repeats_what_is_chosen_waits(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "La digue du port protège les maisons du quai de la mer."
    others = "Les maisons du quai sont vieilles de trois siècles. La mer du port monte depuis trois siècles."
    index = made(tmp_path_factory.mktemp("twice"), {"digue.md": f"{said}\n\n{said}\n\n{others}\n"})
    assert [text for _, text in chosen(index, 2)].count(said) == 1
    monkeypatch.setattr(summary, "REPEATING", 0.0)
    monkeypatch.setattr(summary, "SAME", 2.0)
    assert [text for _, text in chosen(index, 2)].count(said) == 2


def test_they_come_in_the_order_of_the_sources_each_once(index: Index) -> None:
    snapshot = index.snapshot()
    rows = carrying(snapshot, [2, 0, 1, 0], 8)
    assert rows == sorted(set(rows))
    assert len(rows) == 8


def test_nothing_is_chosen_of_nothing(index: Index) -> None:
    snapshot = index.snapshot()
    assert carrying(snapshot, [], 5) == carrying(snapshot, [0], 0) == []


def test_of_very_many_sentences_the_first_of_each_source_are_weighed(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "MOST", 6)
    texts = chosen(index, 99)
    assert [source for source, _ in texts].count("lettre") == 2
    assert ("lettre", LETTER.split("\n\n")[0]) in texts
    monkeypatch.setattr(summary, "MOST", 1)
    assert len({source for source, _ in chosen(index, 99)}) == 1


def test_what_comes_first_carries_what_comes_after() -> None:
    one, other = np.eye(2, dtype=np.float32)
    both = (one + other) / np.sqrt(2)
    worth = centrality(np.array([both, one, other], np.float32))
    assert worth.argmax() == 0
    assert (worth.min(), worth.max()) == (0, 1)
    backwards = centrality(np.array([one, other, both], np.float32))
    assert backwards.argmin() == 2
    assert centrality(np.array([one])).tolist() == [0]
    assert centrality(np.array([one, one])).tolist() == [0, 0]
