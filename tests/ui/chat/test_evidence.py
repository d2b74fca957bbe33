"""A source as the page shows it: whole, its parts where their offsets say."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.settings import load_settings
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.types import text_hash
from rag.ui.chat.calls import Calls
from rag.ui.chat.evidence import source_html
from tests.helpers.pages import TRICKS, values_of
from tests.helpers.transcripts import debate


class Blocks(HTMLParser):
    """Text and offset of each element of a source's text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.starts: list[int] = []
        self.texts: list[str] = []
        self.inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = dict(attrs).get("data-start")
        if start is not None:
            self.starts.append(int(start))
            self.texts.append("")
        self.inside = start is not None

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def test_a_source_is_shown_whole_and_found_by_counting(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    long = "Une phrase 𝒜 entière de plus, assez longue pour tenir toute seule à sa place, ici."
    body = f"# Titre\n\n{TRICKS}\n\n{long}\n\n\n- un point.\n"
    (corpus / "un.md").write_bytes(body.encode())
    (corpus / "pages.txt").write_text(f"{long}\f{long}\n", encoding="utf-8")
    opened = Index(load_settings(store=tmp_path / "store", corpus=corpus))
    sync(opened)
    snapshot = opened.snapshot()
    for number, info in enumerate(snapshot.infos):
        html = source_html(snapshot, number, {}, "fr")
        blocks = Blocks(html)
        text = snapshot.source(number).text
        assert "".join(blocks.texts) == text, info.id
        for start, block in zip(blocks.starts, blocks.texts, strict=True):
            assert text[start : start + len(block)] == block
    pages = source_html(snapshot, 0, {}, "fr")
    assert values_of([pages], "data-page") == ["p. 1", "p. 2"]


def test_a_source_that_is_gone_is_said_to_be(index: Index) -> None:
    calls = Calls(Tools(Assistant(index)))
    assert "error" in calls.source({"lang": "fr", "source": "../etc/passwd"})
    given = calls.source({"lang": "fr", "source": "declaration"})
    assert given["title"] == "Déclaration de Paris"
    assert given["sha256"] == text_hash("".join(Blocks(given["html"]).texts))


def test_a_transcript_shows_who_speaks_and_asks_them_alone(tmp_path: Path) -> None:
    snapshot = debate(tmp_path).snapshot()
    html = source_html(snapshot, 0, {}, "fr")
    assert values_of(html, "data-speaker").count("M. Costa") == 4  # a button, and three turns
    assert 'data-do="scope" data-speaker="Mme Ferrand"' in html
    assert "".join(Blocks(html).texts) == snapshot.source(0).text
    assert "data-speaker" not in source_html(snapshot, 1, {}, "fr")
