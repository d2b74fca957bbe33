"""Office documents written as raw XML: what Word, Writer and Impress themselves write, without them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    }.items()
)
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">%s'
    "</cp:coreProperties>"
)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """An archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def edit_zip(data: bytes, edit: Callable[[str, bytes], bytes | None]) -> bytes:
    """The archive with each member replaced by what ``edit`` gives, or left out."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = edit(name, before.read(name))
            if content is not None:
                after.writestr(name, content)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of Word with its properties: ``run("3", '<w:vertAlign w:val="superscript"/>')``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, properties: str = "") -> str:
    """A paragraph of Word; plain words become a run."""
    inner = content if content.startswith("<") else run(content) if content else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: str, properties: str = "") -> str:
    """A table of Word from what is in its ``<w:tr>``."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(content: str, properties: str = "") -> str:
    """A cell of Word; plain words become a paragraph."""
    inner = content if content.startswith("<") else para(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def word(body: str, core: str = "", **parts: str) -> bytes:
    """A Word file: its body, its properties, and what its other parts hold (``footnotes``, ``styles``…)."""
    roots = {"header": "hdr", "footer": "ftr"}
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            f'Target="word/document.xml"/></Relationships>'
        ),
        "docProps/core.xml": _CORE % core,
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">'
        + "".join(
            f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in parts
        )
        + "</Relationships>",
    }
    for name, content in parts.items():
        root = roots.get(name, name)
        members[f"word/{name}.xml"] = f"<w:{root} {_NAMES}>{content}</w:{root}>"
    return zipped(members)
