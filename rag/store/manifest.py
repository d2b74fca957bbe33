"""The manifest: what is live. Replacing it is the commit."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.errors import StoreError
from rag.files import flush
from rag.types import Language, Remark, SourceInfo

FORMAT = 3
"""Changes whenever the files below can no longer be read by older code."""

MANIFEST = "manifest.json"

Unread = tuple[tuple[str, dict[Language, str]], ...]
"""Paths of files that cannot be read, and why, by language."""


def manifest_stamp(store: Path) -> tuple[int, ...]:
    """Changes whenever another state is committed; empty when there is none."""
    try:
        stat = (store / MANIFEST).stat()
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
    """A live source and the file it was read from."""

    info: SourceInfo
    file_sha256: str
    size: int
    mtime_ns: int
    sentences: int
    passages: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is live. Two stores with equal manifests answer alike.

    Attributes:
        format, encoder, segmenter, analyzer, reader: versions of what made the index.
        chroma: address of the Chroma server, empty for the embedded one.
        corpus: absolute path of the corpus folder.
        generation: name of the folder with texts, units and lexical index.
        segments: for each pair of Chroma collections, the texts whose vectors it holds, by the names of their
            units.
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
    generation: str
    segments: dict[str, list[str]]
    sources: tuple[IndexedSource, ...]
    skipped: Unread

    def write(self, store: Path) -> None:
        """Make this the live state: the commit."""
        draft = store / f"{MANIFEST}.new"
        # surrogatepass: a file name that is not UTF-8 has surrogates.
        with draft.open("w", encoding="utf-8", errors="surrogatepass") as file:
            json.dump(asdict(self), file, indent=1)
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
            data["sources"] = tuple(_indexed_source(entry) for entry in data["sources"])
            data["skipped"] = tuple((path, dict(reason)) for path, reason in data["skipped"])
            return cls(**data)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            return None  # damaged from outside: the index is rebuilt from the corpus
        except OSError as error:
            raise StoreError("not_read", file=store / MANIFEST, reason=error.strerror) from None


def is_of_other_version(store: Path) -> bool:
    """Whether a store holds an index that another version of the program made, and this one cannot use."""
    try:
        made = json.loads((store / MANIFEST).read_text(encoding="utf-8", errors="surrogatepass"))
        return bool(made["format"] != FORMAT)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _indexed_source(entry: dict[str, object]) -> IndexedSource:
    info = dict(entry["info"])  # type: ignore[call-overload]
    info["editorial"], info["ocr"] = tuple(info["editorial"]), tuple(info["ocr"])
    info["speakers"] = tuple((name, side) for name, side in info["speakers"])
    info["remarks"] = tuple(Remark(**remark) for remark in info["remarks"])
    return IndexedSource(**{**entry, "info": SourceInfo(**info)})  # type: ignore[arg-type]
