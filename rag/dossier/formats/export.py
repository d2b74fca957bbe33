"""A checked dossier in the format that the name of a file asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rag.dossier.check import Checked
from rag.dossier.formats.html import page
from rag.dossier.formats.markdown import markdown
from rag.dossier.formats.word import docx
from rag.errors import DossierError, InputError
from rag.files import overwrite

FORMATS: dict[str, Callable[[Checked], str | bytes]] = {".docx": docx, ".md": markdown, ".html": page}
"""What writes a dossier, by the suffix of the file."""


def export(file: Path, found: Checked) -> None:
    """Write a checked dossier in the format that the name of the file asks for.

    Raises:
        InputError: the name ends in none of ``.docx``, ``.md``, ``.html``.
        DossierError: it cannot be written.
    """
    content = written(found, file.suffix.lower())
    try:
        overwrite(file, content)
    except OSError as error:
        raise DossierError("not_written", file=file, reason=error.strerror) from None


def written(found: Checked, suffix: str) -> bytes:
    """A checked dossier as the content of a file.

    Raises:
        InputError: the suffix is none of ``.docx``, ``.md``, ``.html``.
    """
    if suffix not in FORMATS:
        raise InputError("dossier_format", suffix=suffix[:20])
    content = FORMATS[suffix](found)
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")
