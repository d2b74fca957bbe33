"""Reading the page's HTML; sources, quotes and answers made up for it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from rag.answer.composition import compose
from rag.types import Answer, Place, Quote, Source, SourceInfo, text_hash

TRICKS = (
    "  <script>alert(1)</script>\u00a0« *gras* » & <img src=x onerror=alert(2)> _souligné_ 1986. $x$ [1]\r\n"
    "\u202eà l’envers\u202c\t`code` </p></blockquote> \"guillemets\" 'simples' &amp;  "
)


class Reader(HTMLParser):
    """Reads HTML back: the tags that open and close, and the text of the elements of each class."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self.texts: dict[str, list[str]] = {}
        self.feed(html)
        self.close()
        assert not self.open, "every tag is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs).get("class") or ""
        if tag != "input":  # it has no end
            self.open.append((tag, names))
        self.tags.add(tag)
        for name in names.split():
            self.texts.setdefault(name, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, names in self.open:
            for name in names.split():
                self.texts[name][-1] += data


def values_of(parts: list[str], name: str) -> list[str]:
    found: list[str] = []

    class Finder(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value or "" for key, value in attrs if key == name)

    Finder().feed("".join(parts))
    return found


def read(parts: list[str]) -> Reader:
    return Reader("".join(parts))


def make_source(text: str, source_id: str = "un", side: str | None = "Pour", **fields: Any) -> Source:
    info = SourceInfo(
        id=source_id,
        path=f"{source_id}.md",
        title=fields.get("title", "Titre"),
        side=side,
        date=fields.get("date", "2026-01-06"),
        language="fr",
        note=fields.get("note", "Traduit de l’anglais"),
        kind="",
        editorial=fields.get("editorial", ("side",)),
        sha256=text_hash(text),
        characters=len(text),
        address=fields.get("address", ""),
        retrieved=fields.get("retrieved", ""),
        editor=fields.get("editor", ""),
    )
    return Source(info, text)


def make_quote(source: Source, start: int, end: int, lead_in: str = "") -> Quote:
    text = source.text
    return Quote(
        n=1,
        source=source.info,
        place=Place(0, 3, 1),
        start=start,
        end=end,
        text=text[start:end],
        before=text[:start],
        after=text[end:],
        score=0.9,
        lead_in=lead_in,
    )


def make_answer(quotes: list[Quote], silent: tuple[str, ...] = (), **fields: Any) -> Answer:
    blocks, numbered = compose(quotes, silent, "fr")
    given: dict[str, Any] = {
        "question": "Quoi ?",
        "rewritten_question": None,
        "lang": "fr",
        "mode": "sources",
        "answerable": bool(quotes),
        "confidence": 0.9,
        "blocks": blocks,
        "quotes": numbered,
        "near": (),
        "sides": {"Pour": tuple(quote.n for quote in numbered)},
        "silent_sides": silent,
    }
    return Answer(**{**given, **fields})


OURS = {
    "article", "bdi", "blockquote", "button", "cite", "del", "details", "div", "figcaption", "figure", "h3",
    "h4", "ins", "li", "option", "p", "path", "section", "span", "strong", "summary", "svg", "ul",
}  # fmt: skip
