"""The embedded database for those who may not write it: read from a copy, as Chroma writes when it opens one.

Only its database is copied; the folders of vectors, which are the most of it, are linked. Chroma 1.5.9 only
reads those of an index that it has saved; one that it has not (of under 1,000 vectors) it makes anew from the
database, in a folder of its own where it finds none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DATABASE = "chroma.sqlite3"
_SAVED = "index_metadata.pickle"
_COPY = """
import contextlib, sqlite3, sys
with contextlib.closing(sqlite3.connect(sys.argv[1] + "?mode=ro", uri=True)) as database:
    with contextlib.closing(sqlite3.connect(sys.argv[2])) as copy:
        database.backup(copy)
"""


def may_write(folder: Path) -> bool:
    """Whether a folder of vectors, or the one that it is to be made in, can be written."""
    looked_at = folder / DATABASE if (folder / DATABASE).exists() else folder
    while not looked_at.exists() and looked_at != looked_at.parent:
        looked_at = looked_at.parent
    return os.access(looked_at, os.W_OK) and os.access(looked_at.parent, os.W_OK)


def copied(folder: Path) -> Path:
    """A folder that answers as ``folder`` does now, for the caller to delete.

    Raises:
        OSError: it cannot be copied.
    """
    copy = Path(tempfile.mkdtemp(prefix="replique-vectors-"))
    try:
        if (folder / DATABASE).exists():
            _copy_database(folder, copy)
        for vectors in folder.iterdir() if folder.is_dir() else ():
            if (vectors / _SAVED).exists():
                _link(vectors, copy / vectors.name)
    except BaseException:
        shutil.rmtree(copy, ignore_errors=True)
        raise
    return copy


def _copy_database(folder: Path, copy: Path) -> None:
    """As it is between two commits of who writes it.

    Another process does so: to close the file in this one would drop the locks that Chroma's own copy of
    SQLite may hold on it (https://sqlite.org/howtocorrupt.html, 2.2.1).
    """
    command = [sys.executable, "-I", "-c", _COPY, (folder / DATABASE).as_uri(), str(copy / DATABASE)]
    try:
        subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    except subprocess.SubprocessError as error:
        lines = str(getattr(error, "stderr", "") or error).strip().splitlines()
        raise OSError(0, f"the vectors cannot be read: {lines[-1]}") from None


def _link(folder: Path, link: Path) -> None:
    try:
        link.symlink_to(folder, target_is_directory=True)
    except OSError:  # not on every system
        shutil.copytree(folder, link)
