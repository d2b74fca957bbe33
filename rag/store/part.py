"""A part of the index: some documents with all that is known of them. Written once, never changed.

::

    store/part-<hex>/   sources.json    what is known of each document, and what made the part
                        texts.bin …     the texts and the layouts, compressed, one by one
                        sentences.npy passages.npy    the units: columns, then rows
                        vectors-….npy   of sentences and passages, in eight bits; zeros where there is none
                        projection.npy  of a large part: see rag/store/vectors.py
                        postings/ words/    see rag/store/postings.py, rag/store/concordance.py
                        whole.json      sizes and checksums of the other files; written last

A part is described by its own files alone, so that what a killed process wrote can be taken up.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.files import flush
from rag.store.blobs import Blobs
from rag.store.postings import Postings
from rag.store.units import PASSAGE, SENTENCE, Columns
from rag.store.vectors import Packed, Vectors, projection
from rag.store.word_table import WordTable
from rag.text import Definition
from rag.types import Layout, Level, Remark, Source, SourceInfo, layout_from, text_hash

LEVELS: tuple[Level, ...] = ("sentence", "passage")
SOURCES, WHOLE = "sources.json", "whole.json"
DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, IndexError)
"""What is raised where a file of a part is not there or not whole."""

Makers = Mapping[str, int | str]
"""Versions of what made a part, by name."""


@dataclass(frozen=True, slots=True)
class Record:
    """A document of a part.

    Attributes:
        info: what is known of it.
        file_sha256: of the file that it was read from.
        sentences, passages: how many it has.
        definitions: abbreviations that it explains.
    """

    info: SourceInfo
    file_sha256: str
    sentences: int
    passages: int
    definitions: tuple[Definition, ...] = ()


@dataclass(frozen=True)
class Part:
    """Documents, in memory or mapped; their numbers, and those of their rows, are the part's own."""

    records: Sequence[Record]
    speakers: Sequence[str]
    texts: Blobs
    layouts: Blobs
    units: Mapping[Level, Columns]
    vectors: Mapping[Level, Packed]
    postings: Postings
    words: WordTable
    projection: Vectors | None = None

    def ends(self, level: Level) -> NDArray[np.int64]:
        """For each document, the row after its last one."""
        return _ends(self.records, level)

    def source(self, number: int) -> Source:
        """A document with its text.

        Raises:
            ValueError: the text is not the one that was indexed.
        """
        info = self.records[number].info
        text = self.texts[number].decode("utf-8", "surrogatepass")
        if text_hash(text) != info.sha256:
            raise ValueError(f"the text of {info.id} is not what was indexed")
        return Source(info, text)

    def layout(self, number: int) -> Layout:
        """The layout of a document.

        Raises:
            ValueError, KeyError, TypeError: it is damaged.
        """
        return layout_from(json.loads(self.layouts[number]))


def save_part(part: Part, folder: Path, makers: Makers) -> None:
    """Write a part into a new folder."""
    folder.mkdir(parents=True)
    described = {
        "makers": dict(makers),
        "speakers": list(part.speakers),
        "records": [asdict(record) for record in part.records],
    }
    # surrogatepass: a file name that is not UTF-8 has surrogates
    text = json.dumps(described, ensure_ascii=False).encode("utf-8", "surrogatepass")
    (folder / SOURCES).write_bytes(text)
    part.texts.save(folder / "texts.bin")
    part.layouts.save(folder / "layouts.bin")
    for level in LEVELS:
        names = SENTENCE if level == "sentence" else PASSAGE
        np.save(folder / f"{level}s.npy", np.stack([part.units[level][name] for name in names]))
        np.save(folder / f"vectors-{level}s.npy", part.vectors[level])
    by = projection(part.vectors["passage"])
    if by is not None:
        np.save(folder / "projection.npy", by)
    part.postings.save(folder / "postings")
    part.words.save(folder / "words")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = {path.relative_to(folder).as_posix(): _sum(path) for path in files}
    (folder / WHOLE).write_text(json.dumps(sums), encoding="ascii")
    for path in (*folder.rglob("*"), folder, folder.parent):
        flush(path)


def open_part(folder: Path) -> Part:
    """Open a part, its large files by mapping.

    Raises:
        DAMAGE: a file is not there, or has not the size it was written with.
    """
    if bad := spoilt(folder, thorough=False):
        raise ValueError(f"{folder.name}/{min(bad)} is cut short")
    _, speakers, records = read_sources(folder)
    projected = folder / "projection.npy"
    return Part(
        records,
        speakers,
        Blobs.open(folder / "texts.bin"),
        Blobs.open(folder / "layouts.bin"),
        {
            "sentence": _columns(folder / "sentences.npy", SENTENCE),
            "passage": _columns(folder / "passages.npy", PASSAGE),
        },
        {level: _mapped(folder / f"vectors-{level}s.npy") for level in LEVELS},
        Postings.open(folder / "postings"),
        WordTable.open(folder / "words"),
        _mapped(projected) if projected.exists() else None,
    )


def read_sources(folder: Path) -> tuple[Makers, list[str], list[Record]]:
    """What made a part, who speaks in it, and its documents.

    Raises:
        DAMAGE: it cannot be read.
    """
    described = json.loads((folder / SOURCES).read_bytes().decode("utf-8", "surrogatepass"))
    return described["makers"], described["speakers"], [_record(each) for each in described["records"]]


def spoilt(folder: Path, thorough: bool = True) -> set[str]:
    """Names of the files of a part that are not as they were written, in every byte or in their size.

    Raises:
        DAMAGE: it is not told how they were.
    """
    return {name for name, told in _sums(folder).items() if not _is_as_told(folder / name, told, thorough)}


def is_spoilt(folder: Path) -> bool:
    """Whether any byte of a part is not as it was written."""
    try:
        return bool(spoilt(folder))
    except DAMAGE:
        return True


def _is_as_told(file: Path, told: Sequence[int], thorough: bool) -> bool:
    try:
        return _sum(file) == [*told] if thorough else _size(file) == told[0]
    except OSError:
        return False


def vectors_of(folder: Path, records: Sequence[Record]) -> Iterator[tuple[str, dict[Level, Packed]]]:
    """The vectors of the documents of a part, with the names of their units.

    Raises:
        DAMAGE: they cannot be read.
    """
    stored = {level: _mapped(folder / f"vectors-{level}s.npy") for level in LEVELS}
    ends = {level: _ends(records, level) for level in LEVELS}
    for number, record in enumerate(records):
        yield (
            record.info.unit_name,
            {level: stored[level][_rows(ends[level], number)] for level in LEVELS},
        )


def _ends(records: Sequence[Record], level: Level) -> NDArray[np.int64]:
    counts = (r.sentences if level == "sentence" else r.passages for r in records)
    return np.cumsum(np.fromiter(counts, np.int64, len(records)))


def _rows(ends: NDArray[np.int64], number: int) -> slice:
    return slice(int(ends[number - 1]) if number else 0, int(ends[number]))


def _sums(folder: Path) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = json.loads((folder / WHOLE).read_text(encoding="ascii"))
    return found


def _size(file: Path) -> int:
    return file.stat().st_size


def _sum(file: Path) -> list[int]:
    value = 0
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            value = zlib.crc32(block, value)
    return [_size(file), value]


def _mapped(file: Path) -> NDArray[Any]:
    # a memmap's own [] is slow
    return np.asarray(np.load(file, mmap_mode="r", allow_pickle=False))


def _columns(file: Path, names: Iterable[str]) -> Columns:
    return dict(zip(names, _mapped(file), strict=True))


def _record(data: dict[str, object]) -> Record:
    info = dict(data["info"])  # type: ignore[call-overload]
    info["editorial"], info["ocr"] = tuple(info["editorial"]), tuple(info["ocr"])
    info["speakers"] = tuple((name, side) for name, side in info["speakers"])
    info["remarks"] = tuple(Remark(**remark) for remark in info["remarks"])
    told = tuple((short, name) for short, name in data["definitions"])  # type: ignore[attr-defined]
    return Record(**{**data, "info": SourceInfo(**info), "definitions": told})  # type: ignore[arg-type]
