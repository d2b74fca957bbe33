"""Bytes -> characters: which encoding a text file has."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from rag.documents.formats.shared import CONTROL
from rag.errors import NotReadable

_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_ALL = (
    "cp1252 cp1250 iso8859_2 cp1251 koi8_r koi8_u cp866 iso8859_5 mac_cyrillic cp1253 cp1254 "
    "cp1255 cp1256 shift_jis euc_jp gb18030 big5 euc_kr"
).split()
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_CONTROL_BYTES = tuple(byte for byte in range(32) if byte not in b"\t\n\r\f\v\x1b")
_JOINERS = frozenset("’‘“”„«»–—…·•\u00a0\u00ad\u202f")  # may stand anywhere
_SYMBOLS = frozenset("°©®™±×÷€£")  # may stand between words
_UNUSUAL = frozenset("ŠšŽžÝýÐðÞþƒˆ†‡‰¶")  # in Western text, most often another encoding's
_SAMPLE = 100_000
_ODD = 0.1  # share of odd characters from which a text is not taken for Western
_ENOUGH = 12  # non-ASCII bytes, to say that an encoding is not recognised
_OTHER_KINDS = {
    b"%PDF-": "file_is_pdf",
    b"PK\x03\x04": "file_is_zip",
    b"\xd0\xcf\x11\xe0": "file_is_old_office",
    b"{\\rtf": "file_is_rtf",
}


def decode(data: bytes) -> str:
    """The characters of a text file, its byte order mark removed.

    Args:
        data: UTF-8, UTF-16 or UTF-32 with or without a mark, or an 8-bit encoding. Of those,
            Windows-1252 is preferred unless it clearly makes no sense.

    Raises:
        NotReadable: for binary data, and for encodings that cannot be told.
    """
    return decode_counting(data)[0]


def decode_counting(data: bytes) -> tuple[str, int]:
    """The characters of a text file, and how many NUL and control characters were left out of them.

    Raises:
        NotReadable: see :func:`decode`.
    """
    text = _decode_marked(data)
    text = _decode_unmarked(data) if text is None else text
    read = refuse_binary(text)
    return read, len(text) - len(read)


def refuse_disguised(data: bytes) -> None:
    """Refuse what is no plain text although it may decode as one.

    Raises:
        NotReadable: the data begin as files of another kind do.
    """
    for start, key in _OTHER_KINDS.items():
        if data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(start):
            raise NotReadable(key)


def refuse_binary(text: str) -> str:
    """The text without its few control characters.

    Raises:
        NotReadable: it has more of them than any text.
    """
    read = CONTROL.sub("", text)
    if (len(text) - len(read)) * 20 > len(text):
        raise NotReadable("file_binary")
    return read


def _decode_marked(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if not data.startswith(mark):
            continue
        try:
            return data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            if encoding == "utf-8":  # something else was appended to it
                return _decode_unmarked(data[len(mark) :])
            raise NotReadable("encoding_damaged", encoding=encoding[:6].upper()) from None
    return None


def _decode_unmarked(data: bytes) -> str:
    try:
        return data.decode(_utf16_order(data) if b"\0" in data else "utf-8")
    except UnicodeDecodeError:
        if sum(map(data.count, _CONTROL_BYTES)) * 20 > len(data):
            raise NotReadable("file_binary") from None
        return _decode_8bit(data)


def _utf16_order(data: bytes) -> str:
    """The byte order of UTF-16 without a mark: every other byte of most texts is then zero."""
    even, odd, half = data[::2].count(0), data[1::2].count(0), len(data) // 2
    if odd > 0.4 * half and even <= 0.01 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd <= 0.01 * half:
        return "utf-16-be"
    return "utf-8"  # whose zeros then show that it is binary


def _decode_8bit(data: bytes) -> str:
    readings = dict(_western_readings(data))
    oddities = {encoding: _odd_share(text) for encoding, text in readings.items()}
    best = min(oddities, key=lambda encoding: oddities[encoding])  # the first, among equals
    if oddities[best] <= _ODD:
        return readings[best]
    other = _decode_by_language(data)
    if other is None and sum(byte > 127 for byte in data[:_SAMPLE]) >= _ENOUGH:
        raise NotReadable("encoding_unknown")
    return other or readings[best]


def _western_readings(data: bytes) -> Iterator[tuple[str, str]]:
    for encoding in _WESTERN:
        try:
            yield encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue


def _odd_share(text: str) -> float:
    """Share of the non-ASCII characters that make no sense in Western text where they stand."""
    odd = total = 0
    for found in islice(_NON_ASCII.finditer(text), 5_000):
        at = found.start()
        odd += _is_odd(found.group(), text[at - 1 : at], text[at + 1 : at + 2])
        total += 1
    return odd / total if total else 0.0


def _is_odd(char: str, before: str, after: str) -> bool:
    if char in _JOINERS:
        return False
    if char in _UNUSUAL or (unicodedata.category(char)[0] in "CS" and char not in _SYMBOLS):
        return True
    if not char.isalpha() and before.isalpha() and after.isalpha():
        return True
    in_run = all(c > "\x7f" and c not in _JOINERS for c in (before, after))
    return in_run or (char.isupper() and before.islower())


def _decode_by_language(data: bytes) -> str | None:
    """Text of any language, as charset-normalizer reads it; ``None`` where none shows in it."""
    from charset_normalizer import from_bytes

    match = from_bytes(data[:_SAMPLE], cp_isolation=_ALL, enable_fallback=False).best()
    if match is None or match.coherence <= 0:
        return None
    try:
        return data.decode(match.encoding)
    except UnicodeDecodeError:
        return None
