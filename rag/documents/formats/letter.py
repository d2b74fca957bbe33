"""A message (.eml) -> text."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from rag.documents.formats.characters import decode
from rag.documents.formats.html import extract_html
from rag.documents.formats.html_parse import decode_html
from rag.documents.formats.joining import join
from rag.documents.formats.shared import Extract, has_visible, one_line, tidy
from rag.errors import NotReadable
from rag.types import LeftOut, Remark

_SIGNATURE = re.compile(r"(?:^|\n)-- ?\n")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S+")
_NEARLY = 0.8  # of the words: a page is read without its menus


def read_letter(data: bytes) -> Extract:
    """What a message says, with who wrote it, when and of what.

    Raises:
        NotReadable: it is no message, or says nothing.
    """
    try:
        message = message_from_bytes(data, policy=default)
        if not isinstance(message, EmailMessage) or not any(
            message[name] for name in ("From", "Subject", "Date")
        ):
            raise NotReadable("letter_not")
        body = _body(message)
        return _described(message, body)
    except (NotReadable, MemoryError):
        raise
    except Exception:  # the parser lets anything through on damaged headers
        raise NotReadable("letter_damaged") from None


def _body(part: Message) -> Extract:
    """What a part says: of the ways to say it, the richest that leaves nothing out."""
    if part.is_multipart():
        inner = [one for one in _inner(part) if one.get_content_disposition() != "attachment"]
        if part.get_content_subtype() != "alternative":
            return join(_body(one) for one in inner if not one.get_filename())
        ways = [_body(one) for one in inner]
        most = max(map(_size, ways), default=0)
        return next((way for way in reversed(ways) if _size(way) >= _NEARLY * most), Extract(""))
    if part.get_content_type() == "text/html":
        return _without_signature(extract_html(decode_part(part)))
    return _without_signature(Extract(_flowed(part))) if _is_plain(part) else Extract("")


def _inner(part: Message) -> list[Message]:
    """The parts of a part; of one with what it shows beside it, the part itself alone."""
    payload = part.get_payload()
    inner = [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
    return inner[:1] if part.get_content_subtype() == "related" else inner


def _is_plain(part: Message) -> bool:
    return part.get_content_type() == "text/plain"


def _size(way: Extract) -> int:
    """How many words a text has, but for addresses of pages."""
    return len(_WORD.findall(_ADDRESS.sub("", way.text)))


def decode_part(part: Message) -> str:
    """The characters of a part: its charset is believed, where its bytes are of it."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    try:
        return data.decode(charset) if charset else _guessed(part, data)
    except (LookupError, ValueError):  # also of a name with a NUL in it
        return _guessed(part, data)


def _guessed(part: Message, data: bytes) -> str:
    return decode_html(data) if part.get_content_type() == "text/html" else decode(data)


def _flowed(part: Message) -> str:
    """The text of a plain part; lines that a mail program has only wrapped are one."""
    text = tidy(decode_part(part)).strip("\n")
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    text = re.sub(r"(?m)^ (?=>|From |-- )", "", text)
    return re.sub(r"(?<!\n--) \n(?!>|\n|-- ?\n)", " ", text)


def _without_signature(said: Extract) -> Extract:
    found = list(_SIGNATURE.finditer(said.text))
    at = found[-1].start() if found else 0
    if not has_visible(said.text[:at]) or any(part.end > at for part in said.layout.parts):
        return said
    signature = said.text[found[-1].end() :].strip()
    left_out = (*said.layout.left_out, *([LeftOut("footer", signature)] if signature else ()))
    return replace(said, text=said.text[:at].rstrip(), layout=replace(said.layout, left_out=left_out))


def _described(message: EmailMessage, body: Extract) -> Extract:
    name, mailbox = parseaddr(str(message["From"] or ""))
    attached = [one_line(str(part.get_filename() or "")) for part in message.iter_attachments()]
    names = [name for name in attached if name]
    remarks = body.layout.remarks
    if names:
        remarks = (*remarks, Remark("attachments", len(names), ", ".join(names)))
    layout = replace(body.layout, remarks=remarks)
    return Extract(
        body.text, one_line(str(message["Subject"] or "")), layout, one_line(name or mailbox), _date(message)
    )


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError):
        return ""
