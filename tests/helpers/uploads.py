"""Files as a page hands them over to be added, and what the corpus folder then holds."""

from __future__ import annotations

from pathlib import Path

from rag.store.index import Index
from rag.types import SourceInfo
from rag.upkeep.details import Details
from rag.upkeep.upload import Upload
from tests.helpers.documents import docx_of, pdf

WHEAT = "Les blés ont levé au printemps.\r\n\r\nLa récolte fut « bonne » cette année-là.\n"
A_PDF = pdf("Un texte en PDF.")
A_DOCX = docx_of("Un texte en Word.")


def upload(folder: Path, content: str | bytes, name: str = "blé.txt", **details: str) -> Upload:
    """A file as a web server hands it over: under a name of its own."""
    folder.mkdir(exist_ok=True)
    file = folder / f"upload-{len(list(folder.iterdir()))}"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return Upload(file, name, Details(**details))


def files(folder: Path) -> dict[str, bytes]:
    """Everything in the corpus folder, hidden files too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def infos(index: Index) -> dict[str, SourceInfo]:
    return {info.id: info for info in index.read(lambda snapshot: snapshot.infos)}
