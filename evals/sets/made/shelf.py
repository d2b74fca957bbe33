"""All documents that are made, each with what is right of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from evals.sets.made import markup, office, slides, word
from evals.sets.made.articles import BY_HAND, amended, article, boxed, brief, contents, hidden
from evals.sets.made.model import Expected, Made, expected
from evals.sets.made.pages import printed
from evals.sets.made.sheet import Look

LANDSCAPE = (842.0, 595.0)
BOOK = (420.0, 595.0)
OFFICE = "LibreOffice"
"""In the name of the kinds that it prints."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file, and what is right of it. ``kind`` is what it is counted with."""

    kind: str
    name: str
    data: bytes
    right: Expected


def all_documents(kind: str = "", limit: int | None = None, with_office: bool = True) -> Iterator[Document]:
    """All documents, or those whose kind begins so.

    Args:
        kind: how the name of the kind begins.
        limit: how many of each kind.
        with_office: whether those that LibreOffice prints are made.
    """
    for name, make in KINDS.items():
        if name.startswith(kind) and (with_office or OFFICE not in name):
            yield from islice(make(name, limit), limit)


# --- PDF ------------------------------------------------------------------------------------------

_SET: tuple[tuple[Made, Look], ...] = (
    (BY_HAND, Look(margin=90)),
    (replace(BY_HAND, name="cantines-two"), Look(columns=2, gap=12, indent=10)),
    (replace(BY_HAND, name="cantines-signs"), Look(size=BOOK, margin=50, signs=True)),
    (brief("brief-fr", "fr", 11), Look(justified=False, hyphens=False)),
    (brief("brief-en", "en", 12), Look(face="Vera", ligatures=True, indent=14)),
    (article("report-fr", "fr", 13, 6), Look(ruled=False)),
    (article("report-en", "en", 14, 6), Look(face="Helvetica", indent=12)),
    (article("two-fr", "fr", 15, 8), Look(columns=2, gap=12, indent=10)),
    (article("two-en", "en", 16, 7), Look(columns=2, gap=24, spaces=False)),
    (article("two-ragged", "fr", 17, 8), Look(columns=2, gap=16, justified=False)),
    (article("three-fr", "fr", 18, 9), Look(columns=3, gap=12, size=LANDSCAPE, points=9)),
    (article("three-en", "en", 19, 9), Look(columns=3, gap=14, points=8, indent=8, ruled=False)),
    (boxed(article("box-one", "fr", 20, 5), 1), Look(indent=12)),
    (boxed(article("box-over", "en", 21, 6), 2), Look(columns=2, gap=14, indent=10)),
    (article("book-notes", "fr", 22, long=5), Look(size=BOOK, margin=50, indent=10)),
    (article("two-notes", "en", 23, long=4), Look(columns=2, gap=14, points=9)),
    (contents(article("contents-fr", "fr", 24)), Look(indent=12)),
    (contents(article("contents-en", "en", 25)), Look(columns=2, face="Vera", ligatures=True)),
    (hidden(article("white", "fr", 26, 2)), Look()),
    (hidden(article("mode3", "en", 27, 2)), Look(columns=2, hide="mode3")),
    (hidden(article("off-page", "fr", 28, 2)), Look(hide="off", indent=10)),
    (hidden(article("tiny", "en", 29, 2)), Look(hide="tiny")),
    (article("turned", "fr", 30, 6), Look(size=LANDSCAPE, rotate=True, columns=2)),
    (article("turned-wide", "en", 31), Look(size=LANDSCAPE, rotate=True, spaces=False)),
    (article("large", "en", 32, 5), Look(points=12, indent=18, face="Vera", ligatures=True)),
)


def _pdf(kind: str, limit: int | None) -> Iterator[Document]:
    for made, look in _SET:
        yield Document(kind, f"{made.name}.pdf", printed(made, look), expected(made))


_PRINTED: tuple[tuple[Made, int], ...] = (
    (replace(BY_HAND, name="cantines-three"), 3),
    (article("report-fr", "fr", 41, 6), 1),
    (article("report-en", "en", 42, 5), 1),
    (article("two-fr", "fr", 43, 8), 2),
    (article("two-en", "en", 44, 8), 2),
    (article("three-fr", "fr", 45, 9), 3),
    (boxed(article("box-one", "en", 46), 3), 1),
    (boxed(article("box-two", "fr", 47, 6), 4), 2),
    (article("notes", "fr", 48, long=6), 1),
    (article("two-notes", "en", 49, long=2), 2),
    (contents(article("contents", "fr", 50)), 1),
    (hidden(article("white", "en", 53, 2)), 1),
)


def _office_pdf(kind: str, limit: int | None) -> Iterator[Document]:
    texts = {made.name: office.flat(made, columns, to_print=True) for made, columns in _PRINTED[:limit]}
    files = office.converted(texts, "pdf")
    for made, _ in _PRINTED[:limit]:
        yield Document(kind, f"{made.name}.pdf", files[made.name], expected(made))


# --- Word and its like ----------------------------------------------------------------------------

_WORD: tuple[tuple[Made, str, str], ...] = (
    (BY_HAND, "endnote", ""),
    (article("report-fr", "fr", 61), "footnote", ""),
    (article("report-en", "en", 62, 4), "footnote", ""),
    (amended(article("changes-fr", "fr", 63, 2)), "footnote", "Vérifier ce chiffre de 99 999."),
    (amended(article("changes-en", "en", 64, 2)), "endnote", "Check this figure of 88,888."),
    (hidden(article("hidden-fr", "fr", 65, 2)), "footnote", ""),
    (boxed(article("box", "en", 66, 2), 5), "footnote", ""),
    (contents(article("contents", "fr", 67)), "footnote", ""),
)


def _word(kind: str, limit: int | None) -> Iterator[Document]:
    for made, notes, comment in _WORD:
        right = expected(made)
        right = replace(right, absent=(*right.absent, *([comment] if comment else ())))
        yield Document(kind, f"{made.name}.docx", word.printed(made, notes, comment), right)


_WRITTEN = (
    replace(BY_HAND, name="cantines"),
    article("report-en", "en", 71, 4),
    hidden(amended(article("changes", "fr", 72, 2))),
    boxed(contents(article("box", "fr", 73)), 6),
)


def _office(kind: str, limit: int | None) -> Iterator[Document]:
    suffix = kind.split(",")[0].lower().replace("word", "docx")
    made_of = {made.name: _as_book(made) if suffix == "epub" else made for made in _WRITTEN[:limit]}
    files = office.converted({name: office.flat(made) for name, made in made_of.items()}, suffix)
    for name, made in made_of.items():
        right = expected(made)
        if suffix == "epub":  # where headings are paragraphs in large letters
            right = replace(right, headings=())
        yield Document(kind, f"{name}.{suffix}", files[name], right)


def _as_book(made: Made) -> Made:
    """What LibreOffice keeps of a document in an EPUB: no numbers, heads of tables, changes, pages."""
    made = made.without("table", "contents", "page", "aside", "caption")
    plain = (b for b in made.blocks if not any(mark in b.text for mark in ("{h:", "{-", "{s:")))
    return replace(
        made,
        blocks=tuple(replace(b, mark="-" if b.kind == "item" else "") for b in plain),
        foot="",
        heads=("", ""),
    )


def _book(kind: str, limit: int | None) -> Iterator[Document]:
    for made in (BY_HAND, article("report", "en", 81, 4), article("livre", "fr", 82)):
        yield Document(kind, f"{made.name}.epub", markup.book(made), expected(_unpaged(made)))


# --- pages, text, mail ----------------------------------------------------------------------------


def _unpaged(made: Made, lettered: str = "a.") -> Made:
    """A document without pages, whose lettered items are marked as the kind can mark them."""
    marks = {f"{letter})": lettered.replace("a", letter) for letter in "abc"}
    if lettered == "1.":
        marks = {f"{letter})": f"{number}." for number, letter in enumerate("abc", 1)}
    blocks = tuple(replace(block, mark=marks.get(block.mark, block.mark)) for block in made.blocks)
    return replace(made, heads=("", ""), foot="", blocks=blocks)


_PAGES = (
    replace(BY_HAND, name="cantines"),
    article("article-fr", "fr", 91),
    article("article-en", "en", 92, 2),
    hidden(article("hidden", "fr", 93, 2)),
    brief("brief-en", "en", 94),
    article("long", "fr", 95, 5, notes=False),
)


def _html(kind: str, limit: int | None) -> Iterator[Document]:
    for number, made in enumerate(map(_unpaged, _PAGES)):
        noisy = replace(made, beside=markup.NOISE[made.language] if number else ())
        data = markup.page(made, noisy=number > 0, tags=number % 2 == 1)
        yield Document(kind, f"{made.name}.html", data, expected(noisy))
    struck = _unpaged(article("struck", "en", 96, 2))
    struck = replace(struck, blocks=(*struck.blocks[:3], _STRUCK, *struck.blocks[3:]))
    yield Document(kind, "struck.html", markup.page(struck), expected(struck))
    old = replace(_unpaged(article("old", "fr", 98)), beside=markup.NOISE["fr"])
    yield Document(kind, "old.html", markup.page(old, tags=False, breaks=True), expected(old))


_STRUCK = amended(brief("struck", "en", 97)).blocks[2]


def _markdown(kind: str, limit: int | None) -> Iterator[Document]:
    for each in (BY_HAND, article("report", "en", 101), article("rapport", "fr", 102)):
        made = _unpaged(each, "1.")
        yield Document(kind, f"{made.name}.md", markup.markdown(made), expected(made))


def _mail(kind: str, limit: int | None) -> Iterator[Document]:
    free = ("From: a@example.org", "To: b@example.org")
    for made, is_html in ((brief("plain", "fr", 111), False), (article("html", "en", 112, 2), True)):
        right = replace(
            expected(_unpaged(made)), free=(*free, f"Subject: {made.title}"), absent=(markup.ONLY_HTML,)
        )
        yield Document(kind, f"{made.name}.eml", markup.mail(made, is_html), right)


# --- slides, sheets, subtitles --------------------------------------------------------------------


def _slides(kind: str, limit: int | None) -> Iterator[Document]:
    for made in (
        article("slides-fr", "fr", 121, notes=False),
        boxed(article("slides-en", "en", 122, 2, notes=False), 7),
    ):
        yield Document(kind, f"{made.name}.pptx", *slides.slides(made))


def _sheets(kind: str, limit: int | None) -> Iterator[Document]:
    table = slides.rows("fr", 131)
    yield Document(
        kind, "montants.csv", slides.separated(table, ";", "cp1252"), Expected(slides.as_pieces(table))
    )
    table = slides.rows("en", 132)
    yield Document(
        kind, "sums.csv", slides.separated(table, ",", "utf-8-sig"), Expected(slides.as_pieces(table))
    )
    tables = {"Budget": slides.rows("fr", 133), "Suite": slides.rows("fr", 134, 5)}
    yield Document(kind, "budget.xlsx", *slides.sheets(tables, slides.rows("fr", 135, 3), "fr"))
    tables = {"Budget": slides.rows("en", 136)}
    yield Document(kind, "sums.xlsx", *slides.sheets(tables, slides.rows("en", 137, 3), "en"))


def _subtitles(kind: str, limit: int | None) -> Iterator[Document]:
    for name, language, is_vtt in (("debat", "fr", False), ("debat", "fr", True), ("debate", "en", True)):
        data, right = slides.subtitles(language, 141 + is_vtt, is_vtt)
        yield Document(kind, f"{name}.{'vtt' if is_vtt else 'srt'}", data, right)


KINDS: dict[str, Callable[[str, int | None], Iterator[Document]]] = {
    "PDF": _pdf,
    "PDF, LibreOffice": _office_pdf,
    "Word": _word,
    "Word, LibreOffice": _office,
    "ODT, LibreOffice": _office,
    "RTF, LibreOffice": _office,
    "EPUB": _book,
    "EPUB, LibreOffice": _office,
    "HTML": _html,
    "Markdown": _markdown,
    "E-mail": _mail,
    "Slides": _slides,
    "Sheets": _sheets,
    "Subtitles": _subtitles,
}
"""What makes the documents of each kind."""
