"""Is the text of a document what its reader reads: ``python -m evals documents``.

Documents are made of descriptions, so that what is right is known to the character
(:mod:`evals.sets.made`), and read as the corpus is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein
from rich.table import Table

from evals.sets.made.model import Called, Expected
from evals.sets.made.office import is_there
from evals.sets.made.shelf import Document, all_documents
from rag.documents import make_source
from rag.errors import UnreadableFile
from rag.types import PLAIN, Layout, Part, Progress

LEAST = {"characters": 0.995, "order": 0.98, "sentences": 0.98}
"""Promised of each kind; false figures and leaks are 0."""
LARGEST = 50_000_000
SHARES = ("characters", "order", "sentences", "paragraphs", "headings", "notes")
COUNTS = ("false figures", "leaks")

_LEADERS = re.compile(r"(?:[ \u00a0]*[.…·_]){4,}|[ \u00a0]*…+(?=[ \u00a0]*\d+$)")
_BULLET = re.compile(r"^\s*[-•–▪◦*]\s+|^\s*#{1,6} |^> ")  # of Markdown the text is the file's own
_LETTERS = str.maketrans("ᵉʳˢᵗʰⁿᵈᵒ", "ersthndo")
_FIGURE = re.compile(r"[^\W\d_]*[\d⁰¹²³⁴-⁹₀-₉]+(?:[.,]\d+)*")
_SENTENCE = re.compile(r"(?<=[.!?»”]) (?=[A-ZÀ-Ý«“])")


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was read; ``lines`` and ``text`` are folded."""

    document: Document
    lines: tuple[str, ...] = ()
    text: str = ""
    error: str = ""
    raw: str = ""
    layout: Layout = PLAIN


def fold(line: str) -> str:
    """A line without what may differ: white space, the bullet, leaders, which letters are raised."""
    bare = _BULLET.sub("", _LEADERS.sub(" ", line)).translate(_LETTERS)
    return " ".join(bare.split())


def read(document: Document) -> Read:
    """Read a document as the corpus is read."""
    try:
        source = make_source(document.name, "made", document.data, None, LARGEST)
    except UnreadableFile as error:
        return Read(document, error=str(error))
    return read_as(document, source.text, source.layout)


def read_as(document: Document, text: str, layout: Layout = PLAIN) -> Read:
    """A document of which some text was read."""
    free = set(map(fold, document.right.free))
    lines = tuple(line for line in map(fold, text.splitlines()) if line and line not in free)
    return Read(document, lines, " ".join(lines), "", text, layout)


def measured(found: Read) -> dict[str, Any]:
    """What is right and wrong of a document, counted; ``faults`` in words."""
    right = found.document.right
    pieces = [fold(piece.text) for piece in right.pieces]
    whole = " ".join(pieces)
    steps = [fold(piece.text) for piece in right.pieces if not piece.floats]
    pairs = list(pairwise(steps))
    sentences = [sentence for piece in pieces for sentence in _SENTENCE.split(piece)]
    lost = [sentence for sentence in sentences if sentence not in found.text]
    apart = [piece for piece in pieces if piece not in set(found.lines)]
    false, leaks = list(_false(found, whole)), list(_leaks(found, whole))
    return {
        "kind": found.document.kind,
        "name": found.document.name,
        "characters": (len(whole) - min(len(whole), _distance(found.text, right)), len(whole)),
        "order": (sum(_follows(found.text, *pair) for pair in pairs), len(pairs)),
        "sentences": (len(sentences) - len(lost), len(sentences)),
        "paragraphs": (len(pieces) - len(apart), len(pieces)),
        "headings": (
            sum(h in _parts(found, "heading") for h in map(fold, right.headings)),
            len(right.headings),
        ),
        "notes": (sum(_is_tied(found, call) for call in right.calls), len(right.calls)),
        "false figures": len(false),
        "leaks": len(leaks),
        "faults": [
            *([found.error] if found.error else ()),
            *(f"false figure: {figure}" for figure in false),
            *(f"must not be there: {leak}" for leak in leaks),
            *(f"sentence lost: {sentence}" for sentence in lost),
            *(f"no line of its own: {piece}" for piece in apart if piece in found.text),
        ],
    }


def _parts(found: Read, kind: str) -> dict[str, Part]:
    return {fold(found.raw[p.start : p.end]): p for p in found.layout.parts if p.kind == kind}


def _is_tied(found: Read, call: Called) -> bool:
    """Whether a note is known for one, and where it is called."""
    part = _parts(found, "note").get(fold(call.note))
    if part is None or part.at < 0:
        return False
    return fold(found.raw[max(0, part.at - 80) : part.at]).endswith(fold(call.before))


def _distance(got: str, right: Expected) -> int:
    """Letters to change; what floats is right wherever it stands whole."""
    rest: list[str] = []
    for piece in right.pieces:
        text = fold(piece.text)
        if piece.floats and text in got:
            got = " ".join(got.replace(text, " ", 1).split())
        else:
            rest.append(text)
    return Levenshtein.distance(got, " ".join(rest))


def _follows(text: str, first: str, second: str) -> bool:
    start = text.find(first)
    return start >= 0 and text.find(second, start + len(first)) >= 0


def _false(found: Read, whole: str) -> Iterator[str]:
    """Figures that the document does not print, with what stands around them."""
    printed = set(_FIGURE.findall(" ".join((whole, *map(fold, found.document.right.printed)))))
    for one in _FIGURE.finditer(found.text):
        if one[0] not in printed and not found.document.right.is_page_number(one[0]):
            yield found.text[max(0, one.start() - 20) : one.end() + 20]


def _leaks(found: Read, whole: str) -> Iterator[str]:
    right = found.document.right
    for text in map(fold, right.absent):
        if found.text.count(text) > whole.count(text):
            yield text
    if right.foot:
        foot = re.compile(r"\d+".join(map(re.escape, re.split("#+", right.foot))))
        known = {fold(piece.text) for piece in right.pieces}
        yield from (line for line in found.lines if foot.fullmatch(line) and line not in known)


def run(
    progress: Progress, limit: int | None = None, kind: str = "", keep: Path | None = None
) -> dict[str, Any]:
    """Read all documents that can be made here: those of LibreOffice need it.

    Args:
        progress: told what is read.
        limit: how many of each kind.
        kind: how the names of the kinds begin.
        keep: a folder for documents, with the right text and the text read beside each.
    """
    documents = list(all_documents(kind, limit, is_there()))
    rows: list[dict[str, Any]] = []
    for number, document in enumerate(documents):
        progress(document.name, number, len(documents))
        found = read(document)
        rows.append(measured(found))
        if keep:
            _keep(found, keep)
    return report_of(rows)


def _keep(found: Read, folder: Path) -> None:
    document = found.document
    place = folder / document.kind.replace("/", "-").replace(" ", "-")
    place.mkdir(parents=True, exist_ok=True)
    (place / document.name).write_bytes(document.data)
    right = "\n".join(fold(piece.text) for piece in document.right.pieces)
    (place / f"{document.name}.right").write_text(right, encoding="utf-8")
    (place / f"{document.name}.read").write_text("\n".join(found.lines) or found.error, encoding="utf-8")


def report_of(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Figures of each kind and of all, and the documents."""
    kinds = dict.fromkeys(row["kind"] for row in rows)
    figures = {kind: _figures([row for row in rows if row["kind"] == kind]) for kind in kinds}
    return {"kinds": {**figures, "all": _figures(rows)}, "documents": list(rows)}


def _figures(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {"documents": len(rows)}
    for column in SHARES:
        right, there = (sum(row[column][i] for row in rows) for i in (0, 1))
        found[column] = right / there if there else None
    return {**found, **{column: sum(row[column] for row in rows) for column in COUNTS}}


def tables(report: dict[str, Any], faults: int = 0) -> Iterator[Table | str]:
    """The figures of each kind; the first faults of each document."""
    shown = Table("kind", "documents", *SHARES, *COUNTS)
    for kind, found in report["kinds"].items():
        shown.add_row(kind, *_cells(found))
    yield shown
    for row in report["documents"] if faults else ():
        for fault in islice(row["faults"], faults):
            yield f"{row['kind']}, {row['name']}: {fault}"


def _cells(found: dict[str, Any]) -> list[str]:
    shares = ["" if found[column] is None else f"{100 * found[column]:.2f}" for column in SHARES]
    return [str(found["documents"]), *shares, *(str(found[column]) for column in COUNTS)]


def markdown(report: dict[str, Any]) -> str:
    """The figures of each kind for the documentation."""
    rows = [["kind", "documents", *SHARES, *COUNTS]]
    rows += [["---", *("---:" for _ in rows[0][1:])]]
    rows += [[kind, *_cells(found)] for kind, found in report["kinds"].items()]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def failures(report: dict[str, Any]) -> list[str]:
    """Kinds that fall short of what is promised."""
    short = [
        f"documents, {kind}: {name} {100 * found[name]:.2f} %, {100 * least:g} % promised"
        for kind, found in report["kinds"].items()
        for name, least in LEAST.items()
        if found[name] < least
    ]
    return short + [
        f"documents, {row['kind']}, {row['name']}: {row[name]} {name}"
        for row in report["documents"]
        for name in COUNTS
        if row[name]
    ]
