"""The corpus folder: which of its files are documents, and what is in one."""

from __future__ import annotations

import logging
import os
import re
import stat
from pathlib import Path
from typing import NoReturn

from rag.documents.kinds import TEXT_SUFFIXES, is_read, suffix_of
from rag.errors import CorpusError, NotReadable

SIDECAR = ".yaml"
"""Added to the name of a document: ``report.pdf.yaml``."""

_SILENT = re.compile(
    r"thumbs\.db|desktop\.ini|icon\r|.*\.ya?ml|.*\.(?:tmp|part|crdownload|download|lock|bak|swp)|.*~|~.*",
    re.IGNORECASE,
)
"""Names of files that are nobody's documents."""
_PAGE_FOLDER = re.compile(r"(.+)[_.-](?:files|fichiers|dateien|archivos|bestanden|file)")

_log = logging.getLogger(__name__)


def list_files(folder: Path) -> list[str]:
    """The documents in a folder and its sub-folders; see :func:`list_all`."""
    return list_all(folder)[0]


def list_all(folder: Path) -> tuple[list[str], list[str]]:
    """The documents in a folder and its sub-folders, and the files of kinds that are not read.

    Neither are hidden files and folders, Office lock files (``~$x.docx``), what systems and browsers put
    beside documents, special files, links to folders and links that lead out of the folder. A sub-folder
    that cannot be listed is logged.

    Args:
        folder: the corpus folder; may itself be a link.

    Returns:
        Paths relative to ``folder``, with ``/``, sorted.

    Raises:
        CorpusError: there is no such folder, or it cannot be listed.
    """
    root = corpus_root(folder)
    found: list[str] = []
    pending = [root]
    while pending:
        here = pending.pop()
        entries = _entries(here, root)
        names = {entry.name.lower() for entry in entries}
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not _is_of_saved_page(entry.name.lower(), names):
                    pending.append(here / entry.name)
            elif not _SILENT.fullmatch(entry.name) and _is_inside(entry, root):
                found.append((here / entry.name).relative_to(root).as_posix())
    found.sort()
    return [path for path in found if is_read(path)], [path for path in found if not is_read(path)]


def _is_of_saved_page(name: str, names: set[str]) -> bool:
    """Whether a folder holds the pictures and style sheets of a page that a browser saved beside it."""
    found = _PAGE_FOLDER.fullmatch(name)
    stem = found.group(1) if found else ""
    return name == "__macosx" or (bool(stem) and not names.isdisjoint({f"{stem}.html", f"{stem}.htm"}))


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


def _is_inside(entry: os.DirEntry[str], root: Path) -> bool:
    try:
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
            return False
        return entry.is_file()
    except (OSError, RuntimeError):  # a link to itself
        return False


def sidecar_of(folder: Path, path: str) -> str | None:
    """The file beside a document that holds its front matter, relative to ``folder``; where there is one."""
    beside = path + SIDECAR
    takes_one = suffix_of(path) not in TEXT_SUFFIXES
    return beside if takes_one and (folder / beside).is_file() else None


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
