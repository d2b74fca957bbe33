"""A debate as one file to share: ``.replique``, a zip.

::

    replique.json      format, version, what is said of the debate; path, size and SHA-256 of each file below
    documents/…        the documents as they are, with the files beside them that describe them
    dossier.json       the dossier, if there is one
    questions.jsonl    the question set, if there is one

There is no index: it is made where the file is imported. What is imported comes from anybody. Nothing is
written but a new debate's own folder, and none of it stays unless all is right: every entry is one that
``replique.json`` names, is a plain file with the size and the hash given there, and has a path that every
system takes, below that folder. Sizes are limited while entries are unpacked, not only as they are declared.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.documents import corpus_root
from rag.dossier import from_json
from rag.errors import CorpusError, InputError, RepliqueError
from rag.files import DEVICE, NOT_IN_NAMES, UNPRINTABLE, replaced, write
from rag.settings import Settings
from rag.workspace.description import (
    COLOURS,
    DESCRIBED_MOST,
    FILE,
    Description,
    SideStyle,
    write_description,
)
from rag.workspace.shelf import DOCUMENTS, DOSSIER, QUESTIONS, Shelf, Workspace

SUFFIX = ".replique"
FORMAT, VERSION = "replique-debate", 1
CONTENTS = "replique.json"
FILES_MOST = 5_000
CONTENTS_MOST = 4_000_000
"""Largest ``replique.json``, in bytes."""
DIRECTORY_MOST = 8_000_000
"""Largest list of entries at the end of the zip, in bytes."""
PART_MOST = 120
"""Longest name of a file or a folder, in characters."""
DEPTH_MOST = 12

_EPOCH = (1980, 1, 1, 0, 0, 0)  # of every entry: the same debate gives the same bytes
_END = struct.Struct("<4s8xI")  # end of central directory: its size, as APPNOTE 4.3.16 has it
_END_MOST = 22 + 65_535
_HARM = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class _File(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    path: str
    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class _Contents(BaseModel):
    model_config = ConfigDict(strict=True)

    format: str
    version: int
    title: str = Field(min_length=1, max_length=DESCRIBED_MOST["title"])
    motion: str = Field("", max_length=DESCRIBED_MOST["motion"])
    language: str = Field("", pattern="^(fr|en|)$")
    sides: dict[str, str] = {}
    files: list[_File] = Field(max_length=FILES_MOST)

    def described(self) -> Description:
        """What is said of the debate, each text on one line."""
        known = [(" ".join(name.split()), colour) for name, colour in self.sides.items() if colour in COLOURS]
        sides = tuple(SideStyle(name, colour) for name, colour in known if name)
        title, motion = (" ".join(text.split()) for text in (self.title, self.motion))
        return Description(title, motion, self.language, sides)


# --- export ---------------------------------------------------------------------------------------------


def export_debate(workspace: Workspace, file: Path, dossier: bytes | None = None) -> None:
    """Write a debate into one file, in one step.

    Args:
        workspace: the debate.
        file: where to.
        dossier: of the page, instead of the one that the folder has.

    Raises:
        CorpusError: a document cannot be read, or the file cannot be written.
        InputError: the file has another suffix than :data:`SUFFIX`, or there are too many documents.
    """
    if file.suffix != SUFFIX:
        raise InputError("archive_suffix", file=file, suffix=SUFFIX)
    held = dict(_held(workspace, dossier))
    if len(held) > FILES_MOST:
        raise InputError("archive_files", count=len(held), most=FILES_MOST)
    files = [_told(path, _bytes(data)) for path, data in held.items()]
    contents = json.dumps({**_contents(workspace), "files": files}, ensure_ascii=False, indent=1)
    try:
        with replaced(file) as draft, zipfile.ZipFile(draft, "w") as archive:
            _put(archive, CONTENTS, contents.encode())
            for told, data in zip(files, held.values(), strict=True):
                again = _bytes(data)
                if _told(told["path"], again) != told:
                    raise CorpusError("archive_changing", path=told["path"])
                _put(archive, told["path"], again)
    except OSError as error:
        raise CorpusError("not_written", file=file, reason=error.strerror) from None


def _contents(workspace: Workspace) -> dict[str, Any]:
    description = workspace.described()
    return {
        "format": FORMAT,
        "version": VERSION,
        **asdict(description),
        "title": description.title or workspace.name or workspace.settings.corpus_dir().resolve().name,
        "sides": {side.name: side.colour for side in description.sides},
    }


def _held(workspace: Workspace, dossier: bytes | None) -> Iterator[tuple[str, Path | bytes]]:
    """Path in the archive of each file, and where it is or what is in it; by path."""
    folder = corpus_root(workspace.settings.corpus_dir())
    for path in sorted(_documents(folder)):
        yield f"{DOCUMENTS}/{path.relative_to(folder).as_posix()}", path
    beside: dict[str, Path | bytes] = {**workspace.beside()}
    if dossier is not None:
        beside[DOSSIER] = dossier
    yield from beside.items()


def _documents(folder: Path) -> Iterator[Path]:
    """Every plain file that is not hidden, but the description; no link is followed."""
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(here, name)
            is_hidden = name.startswith((".", "~$")) or path == folder / FILE
            if not is_hidden and not path.is_symlink() and path.is_file():
                yield path


def _bytes(file: Path | bytes) -> bytes:
    if isinstance(file, bytes):
        return file
    try:
        return file.read_bytes()
    except OSError as error:
        raise CorpusError("not_read", file=file, reason=error.strerror) from None


def _told(path: str, data: bytes) -> dict[str, Any]:
    return {"path": path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _put(archive: zipfile.ZipFile, path: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    archive.writestr(entry, data, zipfile.ZIP_DEFLATED)


# --- import ---------------------------------------------------------------------------------------------


def import_debate(shelf: Shelf, file: Path, title: str = "") -> Workspace:
    """Make a debate of a file that anybody may have made.

    Args:
        shelf: where the debate is put.
        file: the archive.
        title: of the debate; its own by default, numbered where another is called so.

    Raises:
        ReadOnly: no debate may be made.
        InputError: the file is no debate, is damaged, too large, or holds what it must not.
        CorpusError: the folder cannot be made.
    """
    limits = shelf.settings
    try:
        _demand_small_directory(file)
        with zipfile.ZipFile(file) as archive:
            entries = _entries(archive)
            contents = _read_contents(archive, entries)
            described = contents.described()
            wanted = " ".join(title.split()) or shelf.free_title(described.title)
            described = replace(described, title=wanted)
            _demand_sound(contents.files, entries, limits)

            def fill(draft: Path) -> None:
                (draft / DOCUMENTS).mkdir()
                for told in contents.files:
                    _unpack(archive, entries[told.path], told, draft)
                write_description(draft / FILE, described)

            return shelf.make(described.title, fill)
    except RepliqueError:
        raise
    except FileNotFoundError:
        raise InputError("archive_missing", file=file.name) from None
    except (PermissionError, IsADirectoryError) as error:
        raise InputError("not_read", file=file.name, reason=error.strerror) from None
    except _HARM:  # what zipfile and zlib raise on bytes that are no sound zip
        raise InputError("archive_damaged", file=file.name) from None


def _demand_small_directory(file: Path) -> None:
    """Refuse a zip whose list of entries is larger than any of ours, before it is read whole."""
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - _END_MOST))
        tail = stream.read(_END_MOST)
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _END.size:
        raise zipfile.BadZipFile
    if _END.unpack_from(tail, found)[-1] > DIRECTORY_MOST:
        raise InputError("archive_other")


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by their names, each once."""
    listed = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    if len(listed) > FILES_MOST + 1:
        raise InputError("archive_files", count=len(listed), most=FILES_MOST)
    entries = {entry.filename: entry for entry in listed}
    if len(entries) < len(listed):
        raise InputError("archive_damaged", file=CONTENTS)
    for entry in listed:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG) or entry.flag_bits & 1:
            raise InputError("archive_entry", path=_shown(entry.filename))
    return entries


def _read_contents(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> _Contents:
    if CONTENTS not in entries:
        raise InputError("archive_other")
    with archive.open(entries[CONTENTS]) as stream:
        data = stream.read(CONTENTS_MOST + 1)
    try:
        found = json.loads(data.decode("utf-8")) if len(data) <= CONTENTS_MOST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise InputError("archive_other")
    if found.get("version") != VERSION:
        raise InputError("archive_version", version=_shown(str(found.get("version"))))
    try:
        return _Contents.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise InputError("archive_field", place=_shown(place), problem=first["msg"].lower()) from None


def _demand_sound(files: list[_File], entries: Mapping[str, zipfile.ZipInfo], limits: Settings) -> None:
    """Refuse paths that must not be, more than may be, and a list that is not that of the entries."""
    for told in files:
        if not _is_safe(told.path):
            raise InputError("archive_path", path=_shown(told.path))
        if told.size > limits.max_file_bytes:
            raise InputError("archive_file_large", path=_shown(told.path), most=limits.max_file_mb)
    if sum(told.size for told in files) > limits.max_debate_mb * 1_000_000:
        raise InputError("archive_large", most=limits.max_debate_mb)
    paths = [told.path for told in files]
    folded = {_folded(path) for path in paths}
    above = {_folded(str(parent)) for path in paths for parent in PurePosixPath(path).parents}
    if len(folded) < len(paths) or folded & above or {*paths, CONTENTS} != set(entries):
        raise InputError("archive_list")


def _is_safe(path: str) -> bool:
    """Whether a file may be put there: a document, the dossier or the question set, whatever the system."""
    if path in (DOSSIER, QUESTIONS):
        return True
    parts = path.split("/")
    if parts[0] != DOCUMENTS or not 2 <= len(parts) <= DEPTH_MOST or parts[1:] == [FILE]:
        return False
    return all(_is_safe_name(part) for part in parts)


def _is_safe_name(part: str) -> bool:
    return (
        0 < len(part) <= PART_MOST
        and len(part.encode("utf-8", "replace")) <= 2 * PART_MOST
        and part == part.strip(" ")
        and not part.startswith(".")
        and not part.endswith(".")
        and not NOT_IN_NAMES.search(part)
        and not DEVICE.fullmatch(part)
        and UNPRINTABLE.isdisjoint(map(unicodedata.category, part))
    )


def _folded(path: str) -> str:
    """The same for two names that some system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, told: _File, draft: Path) -> None:
    with archive.open(entry) as stream:
        data = stream.read(told.size + 1)
    if len(data) != told.size or hashlib.sha256(data).hexdigest() != told.sha256:
        raise InputError("archive_file", path=_shown(told.path))
    if told.path == DOSSIER:
        _demand_dossier(data)
    target = draft.joinpath(*told.path.split("/"))
    target.parent.mkdir(parents=True, exist_ok=True)
    write(target, data)


def _demand_dossier(data: bytes) -> None:
    """Refuse what cannot be read as a dossier; its quotes are checked whenever they are shown."""
    try:
        from_json(json.loads(data.decode("utf-8-sig", "surrogatepass")), DOSSIER)
    except (ValueError, RecursionError):
        raise InputError("archive_file", path=DOSSIER) from None


def _shown(text: str) -> str:
    """What stands in an archive, on one short line."""
    return "".join(c if c.isprintable() else "�" for c in text[:80])
