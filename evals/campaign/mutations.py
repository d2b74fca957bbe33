"""Files damaged at random: as disks, networks and people who mean harm damage them."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from random import Random

Mutation = Callable[[bytes, Random], bytes]
_EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_NUMBER = re.compile(rb"\d+")
_TAG = re.compile(rb"<[^<>]{1,200}>")
_STREAM = re.compile(rb"(stream\r?\n)(.*?)(\r?\nendstream)", re.DOTALL)
_REFERENCE = re.compile(rb"\d+ 0 R")
_STRANGE = (
    b"\x00", b"\xff\xfe", b"\xef\xbf\xbe", "\u202e".encode(), b"%s%n", b"../" * 8, b"&a;", b"]]>", b"<!--",
    b"\\",
    b"\x1b[2J", b"\xed\xa0\x80", b"{", b"}", b"(", b")", b"<<", b"1e999", b"-1", b"99999999999",
)  # fmt: skip


def flip(data: bytes, random: Random) -> bytes:
    """Some bits turned."""
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 4, 30))):
        out[random.randrange(len(out))] ^= 1 << random.randrange(8)
    return bytes(out)


def cut(data: bytes, random: Random) -> bytes:
    """The end, the beginning or a piece missing."""
    first, second = sorted(random.randrange(len(data) + 1) for _ in range(2))
    return random.choice((data[:second], data[first:], data[:first] + data[second:]))


def repeat(data: bytes, random: Random) -> bytes:
    """A block again and again."""
    start = random.randrange(len(data))
    block = data[start : start + random.choice((1, 10, 100, 5000))]
    return data[:start] + block * random.choice((2, 20, 1000)) + data[start:]


def swap(data: bytes, random: Random) -> bytes:
    """Two blocks, each in the place of the other."""
    a, b, c, d = sorted(random.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def head(data: bytes, random: Random) -> bytes:
    """The first bytes, or the last, others."""
    noise = random.randbytes(random.choice((1, 4, 16, 200)))
    return noise + data[len(noise) :] if random.random() < 0.5 else data[: -len(noise)] + noise


def edge(data: bytes, random: Random) -> bytes:
    """A number in bytes that is as small or large as it can be."""
    size = random.choice((1, 2, 4))
    value = random.choice(_EDGES) & ((1 << 8 * size) - 1)
    written = value.to_bytes(size, random.choice(("little", "big")))
    start = random.randrange(max(1, len(data) - size))
    return data[:start] + written + data[start + size :]


def number(data: bytes, random: Random) -> bytes:
    """A number in figures that is another: zero, huge, below zero."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return edge(data, random)
    at = random.choice(found)
    other = random.choice(
        (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e308", b"9" * 400)
    )
    return data[: at.start()] + other + data[at.end() :]


def insert(data: bytes, random: Random) -> bytes:
    """Something strange in between."""
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(_STRANGE) * random.choice((1, 1, 50, 3000)) + data[at:]


def tags(data: bytes, random: Random) -> bytes:
    """A tag doubled, dropped, or nested into itself very deeply."""
    found = list(_TAG.finditer(data))
    if not found:
        return insert(data, random)
    at = random.choice(found)
    again = at.group() * random.choice((0, 2, 300, 20_000))
    return data[: at.start()] + again + data[at.end() :]


def references(data: bytes, random: Random) -> bytes:
    """A reference of a PDF to another object: perhaps to the one that it stands in."""
    found = list(_REFERENCE.finditer(data))
    if not found:
        return swap(data, random)
    for _ in range(random.choice((1, 3, 20))):
        at, other = random.choice(found), random.choice(found).group()
        if len(other) == len(at.group()):
            data = data[: at.start()] + other + data[at.end() :]
    return data


def streams(data: bytes, random: Random) -> bytes:
    """A stream of a PDF unpacked, damaged and packed again."""
    found = list(_STREAM.finditer(data))
    if not found:
        return flip(data, random)
    at = random.choice(found)
    body = at.group(2)
    with suppress(zlib.error):
        body = zlib.compress(random.choice(PLAIN)(zlib.decompress(body) or b" ", random))
    return data[: at.start(2)] + body + data[at.end(2) :]


def members(data: bytes, random: Random) -> bytes:
    """A member of an archive damaged, missing, doubled, or with a name that leads elsewhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, struct.error):
        return flip(data, random)
    at = random.randrange(len(files))
    name, content = files[at]
    way = random.randrange(8)
    if way == 0:
        files.pop(at)
    elif way == 1:
        files[at] = (
            random.choice(("../../etc/passwd", "/etc/passwd", "a\0b", "C:\\x", name.upper())),
            content,
        )
    elif way == 2:
        files[at] = (name, files[random.randrange(len(files))][1])
    else:
        for _ in range(random.choice((1, 1, 3))):
            content = random.choice(PLAIN)(content or b" ", random)
        files[at] = (name, content)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 1)
    return buffer.getvalue()


PLAIN: tuple[Mutation, ...] = (flip, cut, repeat, swap, head, edge, number, insert, tags)
"""Those of any bytes."""


def mutated(suffix: str, data: bytes, random: Random) -> bytes:
    """A file of a kind, damaged once or a few times."""
    inner = (
        (members,) * 12 if data.startswith(b"PK") else (streams, references) * 4 if suffix == ".pdf" else ()
    )
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        data = random.choice((*PLAIN, *inner))(data or b" ", random)
    return data
