"""Documents on the page before they are added, and what takes back that they were."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.api import Tools
from rag.store.index import Index
from rag.types import Language
from rag.ui.documents.calls import CorpusCalls
from rag.ui.documents.view import corpus_list, corpus_panel
from rag.ui.html import whence
from tests.helpers.indexes import made, open_in
from tests.helpers.pages import TRICKS, make_source, read
from tests.helpers.uploads import infos
from tests.helpers.web import ARTICLE, Reply, Web, article, serving

FRONT = "title: Pétition\nside: Riverains\ndate: 2026-02-10\nauthor: Paul Mercier\n"
PETITION = f"---\n{FRONT}---\nLa rue est bruyante.\n"


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as site:
        yield site


@pytest.fixture
def index(tmp_path: Path) -> Index:
    made(tmp_path)
    (tmp_path / "uploads").mkdir()
    return open_in(tmp_path, fetch_private=True)


@pytest.fixture
def calls(index: Index, tmp_path: Path) -> CorpusCalls:
    return CorpusCalls(Tools(Assistant(index)), tmp_path / "uploads")


def call(calls: CorpusCalls, function: str, **asked: object) -> dict[str, Any]:
    by_name = {one.__name__: one for one in calls.functions()}
    result: dict[str, Any] = by_name[function]({"lang": "fr", **asked})
    return result


def add(calls: CorpusCalls, *files: dict[str, str]) -> dict[str, Any]:
    async def run() -> dict[str, Any]:
        return [update async for update in calls.add({"lang": "fr", "batch": "b", "files": list(files)})][-1]

    return asyncio.run(run())


def sent(tmp_path: Path, content: str, name: str = "a.md") -> dict[str, str]:
    folder = tmp_path / "uploads" / name
    folder.mkdir()
    (folder / name).write_text(content, encoding="utf-8")
    return {"path": str(folder / name), "name": name}


def test_a_file_says_of_itself_what_the_reader_found(calls: CorpusCalls, tmp_path: Path) -> None:
    file = sent(tmp_path, PETITION)
    said = call(calls, "peek", **file)
    assert said["fields"] == {
        "title": "Pétition", "side": "Riverains", "date": "2026-02-10", "author": "Paul Mercier",
        "language": "fr", "note": "",
    }  # fmt: skip
    assert said["opening"] == "La rue est bruyante."
    assert "vide" in call(calls, "peek", **sent(tmp_path, "", "vide.txt"))["error"]
    assert "n’est plus là" in call(calls, "peek", path="/etc/passwd")["error"]
    assert call(calls, "forget_upload", **file) == {}
    assert not (tmp_path / "uploads/a.md").exists()


def test_what_is_changed_by_hand_wins_and_the_rest_is_the_documents(
    calls: CorpusCalls, index: Index, tmp_path: Path
) -> None:
    done = add(calls, {**sent(tmp_path, PETITION), "date": "2026-02-11", "side": ""})
    (name,) = done["added"]
    info = infos(index)[name]
    assert (info.title, info.side, info.date, info.editorial) == ("Pétition", None, "2026-02-11", ("date",))
    assert "est ajouté" in done["said"]
    shown = call(calls, "remove_added", sources=done["added"])
    assert 'data-source="a"' not in shown["html"] and 'data-source="notes"' in shown["html"]


def test_text_is_pasted_beside_files_each_with_its_outcome(
    calls: CorpusCalls, index: Index, tmp_path: Path
) -> None:
    lone = {"text": "Je roule en fauteuil.", "title": "Lettre", "side": "Nous", "language": "en"}
    done = add(
        calls, lone, {"text": "Sans titre."}, sent(tmp_path, "", "vide.txt"), {"text": "", "title": "Vide"}
    )
    said = read([done["results"]]).texts
    assert ["Lettre" in said["added"][0], len(said["error"])] == [True, 3]
    assert "donnez un titre" in said["error"][0]
    info = infos(index)["Lettre"]
    assert (info.language, info.editorial, info.characters) == ("en", ("title", "side"), 21)


def test_the_only_documents_cannot_be_taken_back(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    calls = CorpusCalls(Tools(Assistant(open_in(tmp_path))), tmp_path / "uploads")
    assert "added" not in add(calls, {"text": "Un texte.", "title": "Seul"})


def test_a_page_is_looked_at_before_it_is_added(
    calls: CorpusCalls, index: Index, tmp_path: Path, web: Web
) -> None:
    web.replies["/bus"] = Reply(article())
    page = call(calls, "fetch_page", address=web.at("/bus"))
    assert page["fields"]["title"] == "La gratuité des bus"
    assert page["opening"].endswith(ARTICLE)
    done = add(calls, {**{key: page[key] for key in ("name", "address", "retrieved")}, "path": page["sent"]})
    info = infos(index)[done["added"][0]]
    assert (info.address, info.retrieved) == (web.at("/bus"), page["retrieved"])
    assert list((tmp_path / "uploads").iterdir()) == []
    assert len(web.asked) == 1
    assert "même texte" in call(calls, "fetch_page", address=web.at("/bus"))["error"]
    assert "n’a pas cette page (404)" in call(calls, "fetch_page", address=web.at("/none"))["error"]
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize("setting", [{"read_only": True}, {"fetch": False}])
def test_no_page_is_asked_for_where_that_is_off(tmp_path: Path, web: Web, setting: dict[str, bool]) -> None:
    made(tmp_path)
    index = open_in(tmp_path, fetch_private=True, **setting)
    calls = CorpusCalls(Tools(Assistant(index)), tmp_path / "uploads")
    assert "error" in call(calls, "fetch_page", address=web.at("/"))
    assert web.asked == []


def test_a_change_is_taken_back_with_its_whole_side(calls: CorpusCalls, index: Index, tmp_path: Path) -> None:
    call(calls, "describe_source", source="notes", fields={"side": "ours"})
    before = infos(index)
    asked = {"source": "notes", "whole_side": True, "fields": {"side": "Nous", "title": "Carnet"}}
    done = call(calls, "describe_source", **asked)
    assert {info.side for info in infos(index).values()} == {"Nous", "theirs"}
    assert "Carnet" in done["said"]
    call(calls, "describe_back", tokens=done["tokens"])
    assert infos(index) == before
    assert "déjà été rétabli" in call(calls, "describe_back", tokens=done["tokens"])["error"]
    assert call(calls, "describe_source", source="notes", fields={"side": "ours"})["tokens"] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_ways_in_are_those_that_there_are(lang: Language) -> None:
    whole = corpus_panel(lang, 50_000_000, read_only=False, fetches=True)
    offline = corpus_panel(lang, 50_000_000, read_only=False, fetches=False)
    closed = corpus_panel(lang, 50_000_000, read_only=True, fetches=True)
    assert [page.count('class="fetching"') for page in (whole, offline, closed)] == [1, 0, 0]
    assert [page.count('data-do="paste-text"') for page in (whole, offline, closed)] == [1, 1, 0]
    ids = re.findall(r' id="([^"]+)"', whole)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-describedby="([^"]+)"', whole)) <= set(ids)


def test_what_the_keeper_gave_is_known_to_the_form() -> None:
    info = make_source("Texte.", editorial=("title", "date"), editor="").info
    other = make_source("Deux.", "deux", editorial=("side",), editor="Réplique").info
    shown = corpus_list([info, other], {}, "fr", read_only=False)
    assert re.findall(r'data-editorial="([^"]*)"', shown) == ["title date", ""]


def test_only_addresses_of_the_web_are_links() -> None:
    info = make_source("Texte.", address="https://a.example/b?c=1&d", retrieved="2026-11-29").info
    assert whence(info, "en").endswith("</a>, retrieved 29 November 2026")
    assert 'href="https://a.example/b?c=1&amp;d"' in whence(info, "en")
    for address in ("javascript:alert(1)", "http://[bad", "https://", TRICKS):
        shown = whence(make_source("Texte.", address=address).info, "fr")
        assert "href" not in shown or "[bad" in shown
        assert "<script" not in shown and "<img" not in shown
