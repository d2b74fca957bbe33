"""The search in the documents: its lists as HTML, its filters, what it refuses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.search.retriever import Retriever
from rag.store.index import Index
from rag.ui.documents.search import search_form
from rag.ui.documents.search_calls import SearchCalls
from tests.helpers.damages import DAMAGES, Damage, corrupt
from tests.helpers.indexes import made, open_in
from tests.helpers.pages import TRICKS, Reader
from tests.helpers.transcripts import LETTER, SIDED


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    hostile = f'---\ntitle: "<b>Tricks</b>"\nside: Riverains\n---\nLe tramway <i>arrive</i>. {TRICKS}\n'
    return made(tmp_path_factory.mktemp("find"), {"debat.md": SIDED, "lettre.md": LETTER, "x.md": hostile})


def call(index: Index, name: str, **asked: object) -> dict[str, Any]:
    functions = {found.__name__: found for found in SearchCalls(Tools(Assistant(index))).functions()}
    given: dict[str, Any] = functions[name]({"lang": "fr", **asked})
    return given


def read(html: str) -> Reader:
    return Reader(html)


def test_hits_are_marked_in_their_context_and_lead_to_their_place(index: Index) -> None:
    found = call(index, "find_words", query="le TRAMWAY")
    page = read(found["html"])
    assert found["said"] == "6 occurrences"
    assert "Le tramway coûte trop cher à la ville." in page.texts["hit-text"][0]
    assert set(re.findall(r"<mark>(.*?)</mark>", found["html"])) == {"Le tramway", "le tramway"}
    texts = {info.id: index.snapshot().source(n).text for n, info in enumerate(index.infos())}
    for source, start, end in re.findall(
        r'data-source="(\w+)".*?data-start="(\d+)" data-end="(\d+)"', found["html"]
    ):
        assert texts[source][int(start) : int(end)].lower() == "le tramway"
    assert not {"b", "i", "img", "script"} & page.tags
    assert "<b>Tricks</b>" in "".join(page.texts["hit-of"])


def test_filters_narrow_both_lists(index: Index) -> None:
    for name in ("find_words", "find_meaning"):
        assert "Riverains" not in call(index, name, query="tramway", side="Pour")["html"]
        assert "M. Costa" in call(index, name, query="tramway", speaker="M. Costa", side="")["html"]
        assert "Costa" not in call(index, name, query="tramway", source="lettre")["html"]
        assert set(call(index, name, query="tramway", source="nulle")) == {"error"}
    options = call(index, "find_filters")
    assert 'value="M. Costa"' in options["speaker"]
    assert 'value="lettre">Lettre des riverains' in options["source"]
    assert "Tous les côtés" in options["side"]


def test_case_and_accents_may_count(index: Index) -> None:
    assert call(index, "find_words", query="Coute moins")["said"] == "1 occurrence"
    nothing = call(index, "find_words", query="Coute moins", exact="1")
    assert (nothing["html"], nothing["more"]) == ("", False)
    assert "nulle part" in nothing["said"]


def test_there_may_be_more(index: Index) -> None:
    found = call(index, "find_words", query="tramway", count=2)
    assert (found["said"], found["more"]) == ("7 occurrences, les 2 premières", True)
    assert call(index, "find_meaning", query="tramway", count=1)["said"] == "1 passage"
    assert call(index, "find_meaning", query="tramway", count="x")["more"] is False


def test_what_cannot_be_looked_for_is_said_in_a_line(index: Index, tmp_path: Path) -> None:
    for query in ("", "   ", "x" * 1001):
        for name in ("find_words", "find_meaning"):
            assert set(call(index, name, query=query)) == {"error"}
    assert "pas de mot" in call(index, "find_words", query="🙂")["error"]
    (tmp_path / "corpus").mkdir()
    nothing = open_in(tmp_path)
    assert call(nothing, "find_filters") == {}
    assert set(call(nothing, "find_words", query="mot")) == {"error"}


def test_every_field_of_the_form_has_a_name() -> None:
    form = search_form("fr")
    assert form.count("<select") == len(re.findall(r'<label class="field">[^<]+<select', form)) == 3
    assert re.search(r'<input type="search"[^>]+aria-label="[^"]+"', form)
    assert form.count('role="status"') == 3


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_passages_that_are_damaged_are_left_out(
    damage: Damage, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'class="hit-text"' in call(index, "find_meaning", query="tramway")["html"]
    corrupt(monkeypatch, Retriever, "search", damage)
    assert call(index, "find_meaning", query="tramway")["html"] == ""
