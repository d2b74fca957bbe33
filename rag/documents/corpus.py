"""Files of the corpus folder -> Sources: which files, their ids, front matter, text and hash."""

from __future__ import annotations

import logging
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NoReturn

from rag.documents.formats.characters import decode, refuse_disguised
from rag.documents.formats.docx import read_docx
from rag.documents.formats.extract import Extract, has_visible, one_line
from rag.documents.formats.html import read_html
from rag.documents.formats.pdf import read_pdf
from rag.documents.frontmatter import FrontMatter, read_sidecar, split_front_matter
from rag.errors import CorpusError, NotReadable, UnreadableFile
from rag.types import Source, SourceInfo, text_hash

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier


SUFFIXES = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx"})
"""Kinds of files that are read, in any case."""

TEXT_SUFFIXES = frozenset({".md", ".markdown", ".txt"})
"""Those that hold their own front matter; that of the others is in a file beside them."""

SIDECAR = ".yaml"
"""Added to the name of a document: ``report.pdf.yaml``."""

READER_VERSION = 1
"""Raised whenever the text extracted from an unchanged file would change."""

_log = logging.getLogger(__name__)


def list_files(folder: Path) -> list[str]:
    """The documents in a folder and its sub-folders.

    Hidden files and folders, Office lock files (``~$x.docx``), special files, links to folders and
    links that lead out of the folder are left out. A sub-folder that cannot be listed is logged.

    Args:
        folder: the corpus folder; may itself be a link.

    Returns:
        Paths relative to ``folder``, with ``/``, sorted.

    Raises:
        CorpusError: there is no such folder, or it cannot be listed.
    """
    root = corpus_root(folder)
    found, pending = [], [root]
    while pending:
        here = pending.pop()
        for entry in _entries(here, root):
            if entry.is_dir(follow_symlinks=False):
                pending.append(here / entry.name)
            elif _is_document(entry, root):
                found.append((here / entry.name).relative_to(root).as_posix())
    return sorted(found)


def corpus_root(folder: Path) -> Path:
    """The corpus folder, links resolved.

    Raises:
        CorpusError: there is no such folder, or it cannot be opened.
    """
    try:
        root = folder.resolve(strict=True)
        is_folder = stat.S_ISDIR(root.stat().st_mode)
    except FileNotFoundError:
        raise CorpusError("corpus_missing", folder=folder) from None
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself
        reason = getattr(error, "strerror", None)
        key = "corpus_closed" if reason else "corpus_loop"
        raise CorpusError(key, folder=folder, reason=reason) from None
    if not is_folder:
        raise CorpusError("corpus_no_folder", folder=folder)
    return root


def _entries(folder: Path, root: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith((".", "~$"))]
    except OSError as error:
        if folder == root:
            raise CorpusError("corpus_unlisted", folder=root, reason=error.strerror) from None
        _log.warning("folder %s is skipped: %s; allow reading it", folder, error.strerror)
        return []


def _is_document(entry: os.DirEntry[str], root: Path) -> bool:
    if PurePosixPath(entry.name).suffix.lower() not in SUFFIXES:
        return False
    try:
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
            return False
        return entry.is_file()
    except (OSError, RuntimeError):  # a link to itself
        return False


def assign_ids(paths: Iterable[str], recorded: Mapping[str, str]) -> dict[str, str]:
    """Names of sources, which adding files never changes.

    Args:
        paths: the files, as :func:`list_files` gives them, in any order.
        recorded: ids by path, from the store; may name files that are gone.

    Returns:
        An id for each of ``paths``: the recorded one, else the file's stem where no other file,
        new or recorded, has that stem or id, else its path without suffix, else with it. New ids
        are NFC-normalised and unique.
    """
    wanted = set(paths)
    ids = {path: recorded[path] for path in wanted if path in recorded}
    taken = set(recorded.values())
    waiting = sorted(wanted - ids.keys())
    elsewhere = taken | {_forms(path)[0] for path in recorded}
    for form in range(3):
        claims = Counter(_forms(path)[form] for path in waiting)
        closed = elsewhere if form == 0 else taken
        free = {claim for claim, files in claims.items() if files == 1 and claim not in closed}
        granted = {path: _forms(path)[form] for path in waiting if _forms(path)[form] in free}
        ids |= granted
        taken |= free
        waiting = [path for path in waiting if path not in granted]
    for path in waiting:  # names that differ only in how Unicode writes them
        ids[path] = _numbered(_forms(path)[-1], taken)
        taken.add(ids[path])
    return ids


def _forms(path: str) -> tuple[str, str, str]:
    """What the file would be called, shortest first."""
    clean = _clean_name(path)
    file = PurePosixPath(clean)
    without_suffix = clean.removesuffix(file.suffix)
    return file.stem, without_suffix, clean


def _clean_name(name: str) -> str:
    """A file name as it may be shown: NFC, and printable."""
    return unicodedata.normalize("NFC", _printable(name))


def _printable(name: str) -> str:
    """A file name with neither line breaks nor bytes that are no characters."""
    unprintable = {"Cc", "Cs", "Zl", "Zp"}
    return "".join("\ufffd" if unicodedata.category(c) in unprintable else c for c in name)


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}~{number}" in taken:
        number += 1
    return f"{name}~{number}"


def read_source(folder: Path, path: str, source_id: str, max_bytes: int) -> Source:
    """Read one document.

    Args:
        folder: the corpus folder.
        path: the file, relative to it, with ``/``.
        source_id: its id, from :func:`assign_ids`.
        max_bytes: larger files are refused, as are those that unpack to far more.

    Returns:
        See :func:`make_source`.

    Raises:
        UnreadableFile: why the file cannot be read and what to do; nothing else is raised,
            whatever the file contains.
    """
    beside = sidecar_of(folder, path)
    try:
        data = read_bytes(folder, path, max_bytes)
        fields = read_bytes(folder, beside, max_bytes) if beside else None
    except NotReadable as error:
        raise UnreadableFile(_printable(path), error) from None
    return make_source(path, source_id, data, fields, max_bytes)


def sidecar_of(folder: Path, path: str) -> str | None:
    """The file beside a document that holds its front matter, relative to ``folder``; where there is one."""
    beside = path + SIDECAR
    takes_one = PurePosixPath(path).suffix.lower() not in TEXT_SUFFIXES
    return beside if takes_one and (folder / beside).is_file() else None


def make_source(path: str, source_id: str, data: bytes, fields: bytes | None, max_bytes: int) -> Source:
    """The document that some bytes are. Pure: nothing is read from the disk.

    Args:
        path: the file's name, whose suffix says its kind, relative to the corpus folder.
        source_id: its id, from :func:`assign_ids`.
        data: what is in the file.
        fields: what is in its sidecar, if it has one.
        max_bytes: what ``data`` unpacks to may be some times larger, no more.

    Returns:
        The document. Of markdown and plain text, the text is everything after the front matter,
        untouched; of other formats it is what :mod:`rag.documents.formats.characters` extracts.

    Raises:
        UnreadableFile: why it cannot be read and what to do.
    """
    try:
        front, extract = _extract(data, PurePosixPath(path).suffix.lower(), max_bytes)
        if not has_visible(extract.text):
            raise NotReadable("file_textless")
        if fields is not None:
            front = _read_sidecar(PurePosixPath(path).name + SIDECAR, fields)
    except NotReadable as error:
        raise UnreadableFile(_printable(path), error) from None
    return Source(_describe(path, source_id, front, extract), extract.text)


def _read_sidecar(name: str, data: bytes) -> FrontMatter:
    try:
        return read_sidecar(decode(data))
    except NotReadable as error:
        raise NotReadable("beside", name=_printable(name), reason=error) from None


def read_bytes(folder: Path, path: str, max_bytes: int) -> bytes:
    """What is in a file of a folder.

    Raises:
        NotReadable: it is too large, not there, no regular file, or leads out of the folder.
    """
    target = folder / path
    try:
        if not target.resolve().is_relative_to(folder.resolve()):
            raise NotReadable("file_elsewhere")
        status = target.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotReadable("file_irregular")
        if status.st_size > max_bytes:
            _refuse_size(status.st_size, max_bytes)
        with target.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise NotReadable("file_vanished") from None
    except PermissionError:
        raise NotReadable("file_forbidden") from None
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself
        reason = getattr(error, "strerror", None) or "a link that leads nowhere"
        raise NotReadable("file_unopened", reason=reason) from None
    if len(data) > max_bytes:  # it grew meanwhile
        _refuse_size(len(data), max_bytes)
    return data


def _refuse_size(size: int, max_bytes: int) -> NoReturn:
    raise NotReadable("file_large", size=size, most=max_bytes)


def _extract(data: bytes, suffix: str, max_bytes: int) -> tuple[FrontMatter, Extract]:
    if suffix not in SUFFIXES:
        kinds = " ".join(sorted(SUFFIXES))
        raise NotReadable("file_kind", kinds=kinds)
    if not data:
        raise NotReadable("file_empty")
    if suffix == ".pdf":
        return FrontMatter(), read_pdf(data, max_bytes)
    if suffix == ".docx":
        return FrontMatter(), read_docx(data, max_bytes)
    if suffix in (".html", ".htm"):
        return FrontMatter(), read_html(data)
    refuse_disguised(data)
    front, text = split_front_matter(decode(data))
    return front, Extract(text, "" if suffix == ".txt" else _first_heading(text))


def _describe(path: str, source_id: str, front: FrontMatter, extract: Extract) -> SourceInfo:
    file = PurePosixPath(_clean_name(path))
    folder = file.parts[0] if len(file.parts) > 1 else ""
    return SourceInfo(
        id=source_id,
        path=path,
        title=front.title or extract.title or one_line(re.sub("[_-]", " ", file.stem)) or file.stem,
        side=unicodedata.normalize("NFC", front.side or one_line(folder)) or None,
        date=front.date,
        language=_language_code(front.language) or detect_language(extract.text),
        note=front.note,
        kind=front.kind,
        editorial=front.editorial,
        sha256=text_hash(extract.text),
        characters=len(extract.text),
    )


_HEADING = re.compile(r" {0,3}#[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_TITLE_LINES = 10


def _first_heading(text: str) -> str:
    """The first ``# `` heading, when it is near the start."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()]
    for line in lines[:_TITLE_LINES]:
        if line.startswith(("```", "~~~")):  # a # in there is code
            return ""
        if found := _HEADING.fullmatch(line):
            return one_line(found.group(1))
    return ""


DEFAULT_LANGUAGE = "fr"
_LANGUAGES = "fr en de es it nl pt ca ro pl cs sk hu sv da no fi el tr uk ru bg sr hr ar he fa zh ja ko"
_LEAST_LETTERS = 20
_SAMPLE = 3_000


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language of a text; French when it is too short to say."""
    middle = len(text) // 2
    sample = text if len(text) <= 2 * _SAMPLE else text[:_SAMPLE] + text[middle : middle + _SAMPLE]
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return DEFAULT_LANGUAGE
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> LanguageIdentifier:
    """Our own instance: the module's shared one may be restricted by anybody. 0.7 s to load."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_LANGUAGES.split())
    return identifier


def _language_code(stated: str) -> str:
    """``fr`` of ``fr``, ``FR`` or ``fr-CA``; nothing of what is no code (``français``)."""
    code = re.split("[-_]", stated.lower())[0]
    return code if re.fullmatch("[a-z]{2,3}", code) else ""
