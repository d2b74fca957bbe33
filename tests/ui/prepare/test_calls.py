"""What the page asks of the server for briefs."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.brief import Brief, from_record, to_record
from rag.settings import load_settings
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.ui.dossier.calls import DossierCalls
from rag.ui.prepare.calls import PrepareCalls
from rag.ui.prepare.jobs import Jobs
from tests.helpers.briefs import brief_of
from tests.helpers.debates import DECREE, LEAFLET
from tests.helpers.pages import read

Calls = dict[str, Callable[..., Any]]
PRAISE = "dont le retour enrichit la forêt"


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    folder = tmp_path_factory.mktemp("wolves")
    (folder / "docs").mkdir()
    (folder / "docs/arrete.md").write_text(DECREE, encoding="utf-8")
    (folder / "docs/tract.md").write_text(LEAFLET, encoding="utf-8")
    (folder / "docs/debate.yaml").write_text(
        "sides:\n  Préfecture: green\n  Bergers: red\n", encoding="utf-8"
    )
    index = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
    sync(index)
    yield Tools(Assistant(index))
    index.close()


@pytest.fixture(scope="module")
def calls(tools: Tools) -> Calls:
    jobs: Jobs[Brief] = Jobs()
    functions = [*PrepareCalls(tools, jobs).functions(), *DossierCalls(tools).functions()]
    return {each.__name__: each for each in functions}


@pytest.fixture(scope="module")
def record(tools: Tools) -> str:
    return to_record(brief_of(tools.index))


def call(calls: Calls, name: str, **asked: object) -> dict[str, Any]:
    result: dict[str, Any] = calls[name]({"lang": "fr", **asked})
    return result


def exported(calls: Calls, **asked: object) -> bytes:
    return base64.b64decode(call(calls, "brief_export", **asked)["data"])


def test_a_brief_is_made_while_the_page_asks_how_far_it_is(calls: Calls, tools: Tools) -> None:
    name = call(calls, "brief_begin", motion="")["job"]
    while "html" not in (news := call(calls, "brief_news", job=name)):
        assert set(news) == {"stage", "done", "total"}
        assert news["stage"].endswith("…")
    brief = from_record(news["record"])
    assert brief.sides == ("Préfecture", "Bergers"), "in the order of the debate"
    assert news["said"].startswith("Arguments")
    texts = read([news["html"]]).texts["quote-text"]
    assert texts and all(any(text in source for source in (DECREE, LEAFLET)) for text in texts)


def test_what_goes_wrong_is_said(calls: Calls) -> None:
    name = call(calls, "brief_begin", motion="x" * 5000)["job"]
    while "error" not in (news := call(calls, "brief_news", job=name)):
        assert "html" not in news
    assert "trop long" in news["error"]
    assert call(calls, "brief_stop", job=name) == {}
    assert "recommencez" in call(calls, "brief_news", job=name)["error"]
    assert "préparez à nouveau" in call(calls, "brief_show", record="{}")["error"]
    assert "préparez à nouveau" in call(calls, "brief_show", record="{}", edits={"quotes": [1]})["error"]


def test_it_is_shown_as_it_is_wanted(calls: Calls, record: str) -> None:
    place = ["arrete", DECREE.split("---\n")[2].find(PRAISE), 0]
    place[2] = int(place[1]) + len(PRAISE)
    edits = {"arguments": ["a4"], "quotes": [place], "headings": {"a2": "Qui paie ?"}, "order": []}
    page = read([call(calls, "brief_show", record=record, edits=edits)["html"]])
    assert page.texts["own-heading"] == ["titre donné par vous"]
    assert PRAISE not in page.texts["quote-text"]
    assert len(page.texts["brief-argument"]) == 2


def test_a_quote_that_is_no_slice_is_left_out_and_that_is_said(calls: Calls, record: str) -> None:
    for forged in (
        record.replace(PRAISE, PRAISE.replace("enrichit", "appauvrit")),
        record.replace('"sha256":"', '"sha256":"0'),
    ):
        given = call(calls, "brief_show", record=forged)
        assert PRAISE not in read([given["html"]]).texts.get("quote-text", [])
        assert "appauvrit" not in given["html"]
        assert "leurs sources ont changé" in given["said"]


def test_it_is_exported_as_it_is_wanted(calls: Calls, record: str) -> None:
    asked = {"record": record, "edits": {"headings": {"a2": "Qui paie ?"}, "arguments": ["a3"]}}
    text = exported(calls, **asked, format="md").decode()
    assert "Qui paie ? (titre donné par vous)" in text
    assert "> Chaque brebis tuée sera indemnisée" in text
    assert "La ruine de nos alpages" not in text
    assert b"Qui paie ? (titre" in exported(calls, **asked, format="html")
    with zipfile.ZipFile(io.BytesIO(exported(calls, **asked, format="docx"))) as word:
        assert "Qui paie ? (titre" in word.read("word/document.xml").decode()
    drawn = exported(calls, **asked, format="svg").decode()
    assert drawn.startswith("<svg") and "side-2" in drawn, "green, as the debate has it"
    assert ".exe" in call(calls, "brief_export", **asked, format="exe")["error"]


def test_all_its_quotes_become_cards_each_once(calls: Calls, record: str) -> None:
    asked = {"do": "add_brief", "record": record, "edits": {}}
    given = call(calls, "change_dossier", **asked)
    cards = given["dossier"]["cards"]
    places = [(card["quote"]["source"]["id"], card["quote"]["start"], card["quote"]["end"]) for card in cards]
    assert len(set(places)) == len(places) == 5
    again = call(calls, "change_dossier", **asked, dossier=json.loads(json.dumps(given["dossier"])))
    assert len(again["dossier"]["cards"]) == 5
