"""Several debates on one server: none is ever answered from another."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag import Assistant, Index, load_settings, sync
from rag.api.debates import Debates
from rag.api.services import Services
from rag.api.tools import Tools
from rag.errors import SettingsError
from rag.workspace.shelf import Shelf

CITIES = ("Arles", "Brest", "Calais", "Dijon")
QUESTION = "Combien coûtera le tramway ?"


def cost(number: int) -> str:
    return f"Le tramway coûtera {number + 2}00 millions d’euros."


@pytest.fixture
def debates(tmp_path: Path) -> Debates:
    settings = load_settings(
        corpus=tmp_path / "corpus", store=tmp_path / "store", debates=tmp_path / "debates"
    )
    shelf = Shelf(settings)
    folders = [settings.corpus, *(shelf.new(city).settings.corpus for city in CITIES)]
    settings.corpus.mkdir()
    for number, folder in enumerate(folders):
        (folder / "budget.txt").write_text(cost(number), encoding="utf-8")
    index = Index(settings)
    sync(index)
    return Debates(Tools(Assistant(index)))


def test_twenty_people_in_five_debates_get_none_of_anothers(debates: Debates) -> None:
    services = Services(debates)
    names = ["", *(city.lower() for city in CITIES)] * 4

    def asked(name: str) -> tuple[str, list[str]]:
        answer = asyncio.run(services.ask(QUESTION, debate=name))
        return name, [quote["text"] for quote in answer["quotes"]]

    with ThreadPoolExecutor(20) as people:
        found = list(people.map(asked, names))
    right = {name: cost(number) for number, name in enumerate(names[:5])}
    assert found == [(name, [right[name]]) for name in names]
    assert len(asyncio.run(services.debates())) == 5


def test_the_least_used_is_closed_for_room_and_answers_again(debates: Debates) -> None:
    small = debates.own.index.settings.model_copy(update={"open_mb": 0.001})
    debates.own.index.settings = small
    first = debates.tools("arles")
    second = debates.tools("brest")
    assert debates.tools("brest") is second and debates.tools("") is debates.own
    assert list(debates._open) == ["brest"]
    assert first.ask(QUESTION).quotes[0].text == cost(1)  # whoever holds it still is answered
    assert debates.tools("arles").ask(QUESTION).quotes[0].text == cost(1)


def test_one_that_is_gone_is_said_to_be(debates: Debates) -> None:
    debates.tools("arles")
    token = debates.remove("arles")
    for name in ("arles", "..", "rien"):
        with pytest.raises(SettingsError) as raised:
            debates.tools(name)
        assert raised.value.key == "debate_unknown"
    with pytest.raises(SettingsError):
        asyncio.run(Services(debates).ask(QUESTION, debate=7))  # type: ignore[arg-type]
    debates.shelf.restore(token)
    assert debates.tools("arles").ask(QUESTION).quotes[0].text == cost(1)


def test_a_server_of_a_named_debate_has_the_others_too(debates: Debates) -> None:
    settings = debates.own.index.settings.for_debate("dijon")
    other = Debates(Tools(Assistant(Index(settings))))
    assert other.tools("dijon") is other.own
    assert [row["name"] for row in other.listed()] == ["", "arles", "brest", "calais"]
