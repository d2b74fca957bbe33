"""Words as they are compared: no case, accents, ligatures, shapes of apostrophes."""

from __future__ import annotations

import unicodedata

from rag.text.lexicon import INVISIBLE

_SHAPES = dict.fromkeys("’‘ʼʹ´`＇′", "'") | {"œ": "oe", "æ": "ae"}
_SAME = str.maketrans(_SHAPES | dict.fromkeys(INVISIBLE, ""))


def fold(text: str) -> str:
    """Case, accents, ligatures and apostrophe shapes removed; for comparing, never for showing."""
    lowered = unicodedata.normalize("NFKD", text.translate(_SAME)).casefold()
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_SAME)
