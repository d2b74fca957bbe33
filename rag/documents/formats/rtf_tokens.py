"""RTF -> tokens, and which encoding its bytes have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([a-zA-Z]+)(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)", re.DOTALL
)
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp437",
}  # fmt: skip
SYMBOL_CHARSET = 2


class Token(NamedTuple):
    """A control word with its number, a control sign, a brace, or bytes of text."""

    word: str = ""
    number: int | None = None
    raw: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of an RTF file; pictures in binary are passed over."""
    at = 0
    while found := _TOKEN.search(data, at):
        at = found.end()
        word, number, code, sign, brace, text = found.groups()
        if word == b"bin":
            at += max(int(number or 0), 0)
        elif word:
            yield Token(word.decode("ascii"), int(number) if number else None)
        elif code:
            yield Token("'", None, bytes([int(code, 16)]))
        elif sign and sign in b"{}\\":
            yield Token("", None, sign)
        elif sign:
            yield Token("par" if sign in b"\r\n" else sign.decode("latin-1"))
        else:
            yield Token(brace.decode("ascii")) if brace else Token("", None, text)


def encoding_of(charset: int | None, usual: str) -> str:
    """The encoding of a font's character set; ``usual`` where it has none of its own."""
    return _CHARSETS.get(charset or 0, usual)


def code_page(number: int) -> str:
    """The encoding of a code page; Western where it is not known."""
    import codecs

    try:
        return codecs.lookup({10000: "mac_roman", 65001: "utf-8", 936: "gbk"}.get(number, f"cp{number}")).name
    except LookupError:
        return "cp1252"
