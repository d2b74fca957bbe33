"""Bytes -> the tree of a web page."""

from __future__ import annotations

import codecs
import re
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
from rag.documents.formats.characters import decode, refuse_binary
from rag.documents.formats.shared import brief, tidy
from rag.errors import NotReadable

_DECLARED = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)"
    rb"|<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_SINGLE_BYTE = re.compile(r"ascii|iso8859-\d+|cp(125\d|437|8[56]\d|874)|koi8-[rut]|mac-\w+|tis-620")
_MULTI_BYTE = re.compile(r"gb\w+|big5\w*|euc_\w+|shift_jis\w*|cp9\d\d")
_LABELS = {  # what browsers take these to mean
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}


def decode_html(data: bytes) -> str:
    """The characters of a web page; its own byte order mark, then its declared encoding, are believed first.

    Raises:
        NotReadable: for binary data.
    """
    declared = None if data.startswith(codecs.BOM_UTF8) else _DECLARED.search(data[:4096])
    label = (declared.group(1) or declared.group(2)).decode("ascii", "replace") if declared else ""
    text = decode_labelled(data, label)
    return decode(data) if text is None else refuse_binary(text)


def decode_labelled(data: bytes, label: str) -> str | None:
    """The characters of data in the encoding that a server or a page says; ``None`` where it is not that."""
    for encoding in [] if b"\0" in data else _encodings(label):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue  # a wrong declaration: the bytes decide
    return None


def _encodings(label: str) -> list[str]:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return []
    encoding = _LABELS.get(name, name)
    if name == "utf-8" or _MULTI_BYTE.fullmatch(name):
        return [encoding]
    # bytes that are valid UTF-8 are UTF-8, whatever a page fetched from a server says of itself
    return ["utf-8", encoding] if _SINGLE_BYTE.fullmatch(name) else []


def parse_html(markup: str) -> BeautifulSoup:
    """The tree of a page.

    Raises:
        NotReadable: the parser refuses it.
    """
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4 advises on markup that looks like XML or a file name
        try:
            # lxml closes <p>, <li>, <td> where HTML lets authors leave them open; html.parser
            # nests them, and takes quadratic time on unclosed markup
            return BeautifulSoup(tidy(markup.replace("\f", " ")), "lxml")
        except (ParserRejectedMarkup, RecursionError) as error:
            raise NotReadable("html_damaged", problem=brief(error)) from None
