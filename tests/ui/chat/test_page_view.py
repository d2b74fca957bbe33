"""A quote on its page, and the text of a source with what its format tells: what the page is given."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag import Assistant, Index, load_settings, sync
from rag.api.tools import Tools
from rag.errors import CorpusError
from rag.store.snapshot import Snapshot
from rag.ui.chat.page_calls import PageCalls
from rag.ui.chat.source_text import text_html
from rag.ui.documents.calls import CorpusCalls
from rag.ui.figures import quote_figure
from tests.helpers.pages import Reader, values_of
from tests.helpers.paper import COST, HEADER, HIDDEN, NOTE, OVER, report


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    folder = tmp_path_factory.mktemp("page_view")
    (folder / "docs/Ville").mkdir(parents=True)
    (folder / "docs/Ville/rapport.pdf").write_bytes(report())
    (folder / "docs/lettre.md").write_text("Prix | 2026\n\nLa digue coûtera cher.\n", encoding="utf-8")
    index = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
    sync(index)
    yield Tools(Assistant(index))
    index.close()


@pytest.fixture
def snapshot(tools: Tools) -> Snapshot:
    return tools.index.snapshot()


def call(tools: Tools, name: str, **asked: Any) -> dict[str, Any]:
    functions = {function.__name__: function for function in PageCalls(tools).functions()}
    info = tools.index.infos()[1]
    return dict(functions[name]({"lang": "fr", "source": "rapport", "sha256": info.sha256, **asked}))


def test_the_page_gives_the_words_with_their_places_and_a_picture(tools: Tools, snapshot: Snapshot) -> None:
    start = snapshot.source(1).text.index(" ".join(OVER))
    given = call(tools, "quote_page", start=start, end=start + len(" ".join(OVER)))
    assert given["text"] == " ".join(OVER)
    assert Reader(given["html"].replace("<img ", "<input ")).texts["page-words"][0].endswith(given["text"])
    assert values_of([given["html"]], "data-page") == ["1", "2"]
    alt = "Page 1 de «\u00a0Rapport sur la digue\u00a0», le passage cité est surligné"
    assert values_of([given["html"]], "alt")[0] == alt
    marks = [value for value in values_of([given["html"]], "style") if value.startswith("left:")]
    assert len(marks) == 2
    picture = call(tools, "page_picture", page=1, width=500)["picture"]
    assert base64.b64decode(picture.removeprefix("data:image/png;base64,")).startswith(b"\x89PNG")


def test_what_cannot_be_shown_is_said_and_a_long_file_is_waited_for(
    tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "a changé" in call(tools, "quote_page", start=0, end=5, sha256="0" * 64)["error"]
    assert "seuls les PDF" in call(tools, "quote_page", source="lettre", sha256="", start=0, end=5)["error"]
    assert "error" in call(tools, "page_picture", page="1", width=500)

    def slow(*_: Any, **__: Any) -> None:
        raise CorpusError("page_slow", file="rapport.pdf")

    monkeypatch.setattr(tools, "page_of", slow)
    assert "un moment" in call(tools, "quote_page", start=0, end=5)["waiting"]


def test_only_quotes_of_a_pdf_offer_their_page(tools: Tools, snapshot: Snapshot) -> None:
    for source, text, offered in (("rapport", COST[0], True), ("lettre", "La digue coûtera cher.", False)):
        number = snapshot.number_of(source) or 0
        start = snapshot.source(number).text.index(text)
        quote = tools.dossier_card(source, start, start + len(text)).quote
        assert ('data-do="show-page"' in quote_figure(quote, "fr", {})) == offered


def test_the_text_shows_notes_pages_and_rows_and_stays_the_text(snapshot: Snapshot) -> None:
    html = text_html(snapshot, 1, {}, "fr")
    text = snapshot.source(1).text
    read = Reader(f'<div class="all">{html}</div>')
    assert read.texts["all"] == [text]
    assert read.texts["note"] == [NOTE]
    assert (read.texts["note-mark"], read.texts["note-back"]) == ([""], [""])
    assert values_of([html], "data-mark") == ["1", "1"]
    assert "p. 1" in values_of([html], "data-page")
    assert values_of([html], "data-turn") == ["p. 2"]  # the sentence goes on there
    before, after = html.split('class="note-mark"')
    assert before.count(COST[1][-20:]) == 1 and COST[1][-20:] not in after
    assert Reader(text_html(snapshot, 0, {}, "fr")).texts["row"] == ["Prix | 2026"]


def test_the_documents_view_shows_what_was_left_out(tools: Tools, tmp_path: Path) -> None:
    functions = {function.__name__: function for function in CorpusCalls(tools, tmp_path).functions()}
    html = functions["reading"]({"lang": "fr", "source": "rapport"})["html"]
    read = Reader(html)
    assert read.texts["read-remarks"] == ["Du texte caché a été laissé de côté (1)."]
    assert "En-têtes laissés de côté (2)" in html
    assert f"<bdi>{HEADER}</bdi> <span>p. 1-2</span>" in html
    assert f"<bdi>{HIDDEN}</bdi> <span>p. 2</span>" in html
    assert f"<bdi>{NOTE}</bdi> <span>note 1, p. 1</span>" in html
    assert "Numéros de page laissés de côté (2)" in html
    plain = functions["reading"]({"lang": "en", "source": "lettre"})["html"]
    assert "Nothing was left out" in plain and "<details" not in plain
    assert "error" in functions["reading"]({"lang": "fr", "source": "nulle"})
    rows = functions["documents"]({"lang": "fr"})["html"]
    assert "Ce qui a été lu\u00a0: 1 remarque" in rows
