"""Files that are archives of XML: Word, Writer, e-books. Opened with a limit, never trusted."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from rag.documents.formats.shared import EXPANSION, brief, one_line
from rag.errors import NotReadable

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_STRICT = (  # the ISO's own names of what everybody else calls otherwise
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_NOBODY = re.compile(
    r"python-(docx|pptx)|steve canny|windows|pc|hp|dell|acer|asus|\W*|microsoft( office)?( user)?|anonym\w*"
    r"|(microsoft )?(office )?(user|utilisateur|author|auteur|admin\w*|owner|unknown|inconnu)( author)?"
    r"|propriétaire|utilisateur (de )?(microsoft|windows)( office)?",
    re.IGNORECASE,
)


@contextmanager
def reading(kind: str) -> Iterator[None]:
    """Around a reader: whatever goes wrong in it is a damaged file.

    Raises:
        NotReadable: something did.
    """
    try:
        yield
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # a file may hold anything, and lxml and zipfile raise anything
        raise NotReadable("office_damaged", kind=kind, problem=brief(error)) from None


class Package:
    """An archive that has been opened; to be read within :func:`reading`, which tells of damage.

    Args:
        data: the file.
        max_bytes: size limit of the file, which bounds what it may unpack to.
        suffix: what its kind is called in messages.

    Raises:
        NotReadable: an old or protected file, no archive, or a zip bomb.
    """

    def __init__(self, data: bytes, max_bytes: int, suffix: str) -> None:
        self.kind = suffix.upper().lstrip(".")
        if data.startswith(_OLD_OFFICE):
            raise NotReadable("office_old", suffix=suffix)
        if not data.startswith(b"PK"):
            raise NotReadable("office_not", kind=self.kind)
        self._archive = zipfile.ZipFile(BytesIO(data))
        members = self._archive.infolist()
        size, most = sum(member.file_size for member in members), EXPANSION * max_bytes
        if size > most:
            raise NotReadable("office_large", kind=self.kind, size=size, most=most)
        if any(member.flag_bits & 1 for member in members):
            raise NotReadable("office_protected")
        self.names = {member.filename for member in members}

    def read(self, name: str) -> bytes:
        """A member of the archive."""
        return self._archive.read(name)

    def xml(self, name: str) -> Any:
        """Root element of a member; ``None`` where there is no such member."""
        if name not in self.names:
            return None
        return self.parse(self.read(name))

    def parse(self, data: bytes) -> Any:
        """Root element of XML; entities are not expanded, nothing is fetched."""
        from lxml import etree

        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        return etree.fromstring(data, parser)

    def bodiless(self) -> NotReadable:
        """What to raise where the text itself is missing."""
        return NotReadable("office_bodiless", kind=self.kind)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a member refers to: id -> last word of the relation's type, and the member's name."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        relations = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(relation.get("Target", ""))))
                kind = relation.get("Type", "").rpartition("/")[2]
                relations[relation.get("Id", "")] = (kind, target.lstrip("/"))
        return relations

    def relations(self, name: str, kind: str) -> Iterator[str]:
        """Names of the members of a kind that a member refers to."""
        return (target for found, target in self.related(name).values() if found == kind)


def sensible_author(recorded: str) -> str:
    """The author in a document's properties, or nothing where a program only filled the field."""
    name = one_line(recorded)
    return "" if _NOBODY.fullmatch(name) or len(name) > 200 else name


def dublin(root: Any, name: str) -> str:
    """A field of the Dublin Core properties; empty where there is none."""
    found = next(root.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"), None) if root is not None else None
    return one_line("".join(found.itertext())) if found is not None else ""
