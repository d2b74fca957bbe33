"""The manifest: what is live. Replacing it is the commit."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from rag.errors import StoreError
from rag.files import flush
from rag.store.part import DAMAGE, Record, read_sources
from rag.types import Language, SourceInfo

FORMAT = 4
"""Changes whenever the files below can no longer be read by older code."""

MANIFEST = "manifest.json"

Unread = tuple[tuple[str, dict[Language, str]], ...]
"""Paths of files that cannot be read, and why, by language."""


def manifest_stamp(store: Path) -> tuple[int, ...]:
    """Changes whenever another state is committed; empty when there is none."""
    try:
        with (store / MANIFEST).open("rb") as file:  # opened: else a network file system may not look
            stat = os.fstat(file.fileno())
    except OSError:
        return ()
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def store_id(store: Path) -> str:
    """Random name of a store, made at the first call."""
    file = store / "store-id"
    if not file.exists():
        draft = store / f"store-id.{secrets.token_hex(6)}"
        draft.write_text(draft.suffix[1:])
        os.replace(draft, file)
    return file.read_text()


@dataclass(frozen=True, slots=True)
class IndexedSource:
    """A live source: where it stands, and the file it was read from.

    Attributes:
        part: name of the part that holds it.
        number: its number there.
        record: what the part says of it.
        size, mtime_ns: of its file, when it was last looked at.
    """

    part: str
    number: int
    record: Record
    size: int
    mtime_ns: int

    @property
    def info(self) -> SourceInfo:
        """What is known of it."""
        return self.record.info

    @property
    def file_sha256(self) -> str:
        """Of the file it was read from."""
        return self.record.file_sha256

    @property
    def sentences(self) -> int:
        """How many it has."""
        return self.record.sentences

    @property
    def passages(self) -> int:
        """How many it has."""
        return self.record.passages


@dataclass(frozen=True)
class Manifest:
    """What is live. Two stores with equal manifests answer alike.

    Attributes:
        format, encoder, segmenter, analyzer, reader: versions of what made the index.
        chroma: which Chroma holds the vectors; see :func:`rag.store.chroma.chroma_place`.
        corpus: absolute path of the corpus folder.
        sources: sorted by id.
        skipped: files that could not be read.
    """

    format: int
    encoder: str
    segmenter: int
    analyzer: int
    reader: int
    chroma: str
    corpus: str
    sources: tuple[IndexedSource, ...]
    skipped: Unread

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Names of the parts that hold a live source; sorted."""
        return tuple(sorted({entry.part for entry in self.sources}))

    def write(self, store: Path) -> None:
        """Make this the live state: the commit."""
        data = {name: value for name, value in vars(self).items() if name not in ("sources", "parts")}
        held: dict[str, list[tuple[int, int, int]]] = {name: [] for name in self.parts}
        for entry in self.sources:
            held[entry.part].append((entry.number, entry.size, entry.mtime_ns))
        draft = store / f"{MANIFEST}.new"
        # surrogatepass: a file name that is not UTF-8 has surrogates.
        with draft.open("w", encoding="utf-8", errors="surrogatepass") as file:
            json.dump({**data, "parts": held}, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, store / MANIFEST)
        flush(store)

    @classmethod
    def read(cls, store: Path) -> Manifest | None:
        """The live state, or ``None`` when there is none that this version can use.

        Raises:
            StoreError: it is there and cannot be read.
        """
        try:
            data = json.loads((store / MANIFEST).read_text(encoding="utf-8", errors="surrogatepass"))
            if data["format"] != FORMAT:
                return None
            held = data.pop("parts")
            found = (_entries(store / name, entries) for name, entries in held.items())
            data["sources"] = tuple(sorted((e for each in found for e in each), key=lambda e: e.info.id))
            data["skipped"] = tuple((path, dict(reason)) for path, reason in data["skipped"])
            return cls(**data)
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise StoreError("not_read", file=store / MANIFEST, reason=error.strerror) from None
        except DAMAGE:
            return None  # damaged from outside: the index is rebuilt from the corpus


def is_of_other_version(store: Path) -> bool:
    """Whether a store holds an index that another version of the program made, and this one cannot use."""
    try:
        made = json.loads((store / MANIFEST).read_text(encoding="utf-8", errors="surrogatepass"))
        return bool(made["format"] != FORMAT)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _entries(folder: Path, held: Iterable[tuple[int, int, int]]) -> list[IndexedSource]:
    records = records_of(folder)
    return [IndexedSource(folder.name, number, records[number], *stat) for number, *stat in held]


@lru_cache(64)  # a part is never changed
def records_of(folder: Path) -> list[Record]:
    """The documents of a part.

    Raises:
        DAMAGE: it cannot be read.
    """
    return read_sources(folder)[2]
