"""Fonts that do not say what their letters are: what they show is not taken for text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from rag.documents.formats.pdf.shapes import Page

_SIGNS = re.compile("wingdings|webdings|dingbats", re.IGNORECASE)
"""Fonts of pictures, whose letters are none."""
_BULLETS = frozenset("lnqouvw§Øüàè¨·•●■□➢✓")
_MISREAD = frozenset("ðÞþ¼½¾")
"""What mathematical fonts without a map give for ( ) + = [ ]: a minus is then a 2."""
UNKNOWN = "\ufffd"


def mark_unsure(pages: Sequence[Page]) -> None:
    """Put the sign for an unknown character in the place of every character that cannot be told."""
    misread = _misread_fonts(pages)
    for page in pages:
        for char in (char for chars in (page.chars, *page.turned) for char in chars):
            if char.text.isspace():
                continue
            if _SIGNS.search(char.font) and char.sure:
                char.text = "•" if char.text in _BULLETS else char.text if char.text > "\xff" else UNKNOWN
            elif not char.sure or char.font in misread:
                char.text = UNKNOWN
            page.unsure += char.text == UNKNOWN


def _misread_fonts(pages: Sequence[Page]) -> set[str]:
    """Fonts that have the tell-tale signs and none of the usual letters."""
    used: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for char in page.chars:
            used[char.font].add(char.text)
    return {
        font for font, texts in used.items() if len(texts & _MISREAD) >= 2 and len(texts & set("aeinst")) < 3
    }
