"""The files of the corpus that are not read, below those that are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.catalogue import say
from rag.types import Language
from rag.ui.html import escape, isolated

_MOST = 200
"""At most this many are named."""


def unread_list(unread: Sequence[tuple[str, Mapping[Language, str]]], lang: Language) -> str:
    """Each file, with why it is not read and what to do; nothing where all are."""
    if not unread:
        return ""
    rows = "".join(
        f'<li><span class="file">{isolated(path)}</span> {escape(reason[lang])}</li>'
        for path, reason in unread[:_MOST]
    )
    more = len(unread) - _MOST
    rows += f"<li>{escape(say('more_sources', lang, count=more))}</li>" if more > 0 else ""
    said = escape(say("not_read_files", lang, count=len(unread)))
    return f'<h3 lang="{lang}">{said}</h3><ul class="unread-files" lang="{lang}">{rows}</ul>'
