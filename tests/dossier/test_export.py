"""Exports of a dossier: the same text, the same headings, and no quote that is not one."""

from __future__ import annotations

import datetime
import html.parser
import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx as word
import pytest
from markdown_it import MarkdownIt

from rag import Assistant
from rag.dossier.cards import added, make_card, titled
from rag.dossier.check import Checked, checked
from rag.dossier.formats.export import export
from rag.dossier.formats.html import page
from rag.dossier.formats.markdown import markdown
from rag.dossier.formats.word import docx
from rag.dossier.types import Card, Dossier
from rag.errors import InputError
from rag.store.edition import Edition
from rag.types import Source

TODAY = datetime.date(2026, 2, 3)


@pytest.fixture
def generation(shipped: Assistant) -> Edition:
    return shipped.index.snapshot()


def texts(generation: Edition) -> dict[str, Source]:
    return {info.id: generation.source(n) for n, info in enumerate(generation.infos)}


@pytest.fixture
def dossier(generation: Edition) -> Dossier:
    """Ten cards: whole sentences of both sources, under headings of every depth; two not verified."""
    made = titled(Dossier(), "Paix & <guerre> ?")
    sections = [("Pour", "But", "La paix"), ("Pour", "Moyens"), ("Contre",), (), ("Pour", "But", "La paix")]
    rows = [3, 5, 8, 12, 20, 30, 34, 37, 40, 43]
    for number, row in enumerate(rows):
        source, sentence = generation.sentence(row)
        first = sentence.start + 3
        card = make_card(
            generation, source.id, sentence.start, sentence.end, f"Tag *{number}*",
            "note_1" if number == 1 else "",
            sections[number % 5], [(first, first + 10)] if number % 2 else [],
        )  # fmt: skip
        made = added(made, card)
    cards = list(made.cards)
    cards[8] = with_source(cards[8], sha256="0" * 64)
    cards[8] = replace(cards[8], quote=replace(cards[8].quote, text=cards[8].quote.text[::-1]))
    cards[9] = with_source(cards[9], id="disparu")
    return replace(made, cards=tuple(cards))


def with_source(card: Card, **changes: str) -> Card:
    source = replace(card.quote.source, **changes)  # type: ignore[arg-type]
    return replace(card, quote=replace(card.quote, source=source))


@pytest.fixture
def found(dossier: Dossier, generation: Edition) -> Checked:
    return checked(dossier, generation, "fr", today=TODAY)


def flat(text: str) -> str:
    return " ".join(text.split(" ")).replace("\n", " ")


def test_cards_of_one_heading_are_together(found: Checked) -> None:
    paths = [item.path for item in found.cards]
    assert sorted(paths, key=paths.index) == paths
    assert [item.status for item in found.cards].count("verified") == 8
    assert found.unverified == 2
    assert {path for path in paths if len(path) == 1} >= {("Contre",), ("Coalition",)}


def test_what_is_said_of_a_source_is_brought_up_to_date(generation: Edition, dossier: Dossier) -> None:
    stale = replace(dossier, cards=(with_source(dossier.cards[0], title="Ancien titre"),))
    (item,) = checked(stale, generation, "fr", today=TODAY).cards
    assert item.status == "verified"
    assert item.card.quote.source.title != "Ancien titre"


def test_what_stands_around_a_quote_is_read_anew(generation: Edition, dossier: Dossier) -> None:
    card = dossier.cards[1]
    lies = replace(card.quote, place=replace(card.quote.place, paragraph=99), before="¤", after="¤")
    (item,) = checked(Dossier("", (replace(card, quote=lies),)), generation, "fr", today=TODAY).cards
    assert (item.status, item.card.quote) == ("verified", card.quote)


# --- Word -----------------------------------------------------------------------------------------


def test_word_has_real_headings_and_the_very_text(found: Checked) -> None:
    document = word.Document(io.BytesIO(docx(found)))
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert ("Heading 1", "Pour") in headings
    assert ("Heading 2", "But") in headings
    assert ("Heading 3", "La paix") in headings
    assert sum(name == "Heading 4" for name, _ in headings) == 10
    evidence = [p.text for p in document.paragraphs if p.style.name == "Evidence"]
    verified = [item.card.quote for item in found.cards if item.status == "verified"]
    assert evidence == [flat(quote.text) for quote in verified]
    runs = [
        run.text
        for p in document.paragraphs
        for run in p.runs
        if run.style.name == "Key Words" and run.style.font.bold and run.style.font.underline
    ]
    assert runs == [q.text[a - q.start : b - q.start] for q in verified for a, b in q.highlights]
    cites = [p.text for p in document.paragraphs if p.style.name == "Cite"]
    for item, told in zip(found.cards, cites, strict=True):
        quote = item.card.quote
        assert f"caractères {quote.start} à {quote.end}" in told
        assert quote.source.sha256[:12] in told
        assert quote.source.title in told


def test_word_holds_any_characters(generation: Edition, dossier: Dossier) -> None:
    card = replace(dossier.cards[0], tag="a\x00b\x0bc\ud800 \U0001f600", note="\x07")
    data = docx(checked(Dossier("\x01", (card,)), generation, "en", today=TODAY))
    assert "a\ufffdb c\ufffd \U0001f600" in [p.text for p in word.Document(io.BytesIO(data)).paragraphs]


def test_libreoffice_opens_it(found: Checked, tmp_path: Path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not reader:
        pytest.skip("needs LibreOffice (libreoffice-writer-nogui) and pdftotext (poppler-utils)")
    export(tmp_path / "d.docx", found)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "d.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    told = subprocess.run(
        [reader, str(tmp_path / "d.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    even = re.sub(r"\W+", "", told)
    for item in found.cards:
        assert re.sub(r"\W+", "", item.card.quote.text) in even
        assert re.sub(r"\W+", "", item.card.tag) in even
    assert "NONVÉRIFIÉ" in even


# --- Markdown and HTML ----------------------------------------------------------------------------


class Reader(html.parser.HTMLParser):
    """The text of each element of some kinds."""

    def __init__(self, *kinds: str) -> None:
        super().__init__()
        self.kinds, self.open, self.found = kinds, 0, []  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self.kinds:
            self.open += 1
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.open -= tag in self.kinds

    def handle_data(self, data: str) -> None:
        if self.open:
            self.found[-1] += data


def read(text: str, *kinds: str) -> list[str]:
    reader = Reader(*kinds)
    reader.feed(text)
    return [found.strip() for found in reader.found]


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_what_is_read_is_the_very_text(found: Checked, form: str) -> None:
    shown = page(found) if form == "html" else MarkdownIt().render(markdown(found))
    verified = [item.card.quote for item in found.cards if item.status == "verified"]
    assert read(shown, "blockquote") == [flat(quote.text).strip() for quote in verified]
    keys = [q.text[a - q.start : b - q.start].strip() for q in verified for a, b in q.highlights]
    assert read(shown, "mark" if form == "html" else "u") == keys
    tags = [
        item.card.tag if item.status == "verified" else f"[NON VÉRIFIÉ] {item.card.tag}"
        for item in found.cards
    ]
    assert read(shown, "h4") == tags
    assert len(read(shown, "del")) == 2
    assert "Pour" in read(shown, "h1")
    assert "caractères" in shown
    assert "3 février 2026" in shown


def test_markup_in_a_source_is_text(generation: Edition, dossier: Dossier) -> None:
    odd = "1. *gras* _x_ `y` [a](b) <i>c</i> & # | ~~z~~ $m$ \\ != - + 2"
    card = replace(dossier.cards[0], tag=odd, note=odd, section=(odd,))
    found = checked(Dossier("- titre", (card,)), generation, "fr", today=TODAY)
    for shown in (page(found), MarkdownIt().enable(["table", "strikethrough"]).render(markdown(found))):
        assert read(shown, "h4") == [odd]
        assert odd in read(shown, "h1")


def test_html_needs_no_other_file(found: Checked) -> None:
    text = page(found)
    assert not re.search(r"(?:src|href)=|url\(|@import|<script", text)
    assert "@page" in text
    assert "@media print" in text


def test_an_empty_dossier_and_a_wrong_suffix(generation: Edition, tmp_path: Path) -> None:
    found = checked(Dossier(), generation, "en", today=TODAY)
    for suffix in (".docx", ".md", ".HTML"):
        export(tmp_path / f"d{suffix}", found)
    with pytest.raises(InputError, match=r"\.docx"):
        export(tmp_path / "d.pdf", found)
    assert len(list(tmp_path.iterdir())) == 3
