"""Raised and lowered characters: an exponent, an ordinal or the mark of a note?"""

from __future__ import annotations

import re

_SUPER = str.maketrans(
    dict(
        zip(
            "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθ",
            "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿ",
            strict=True,
        )
    )
)
_SUB = str.maketrans(dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)))

_MARK = re.compile(
    r"[\[(]?(?:\d{1,3}(?:[ \u00a0]?(?:bis|ter))?|\*+|[†‡§¶]+)[\])]?[.,;\s]*(?:[-–][ ]?\d{1,3})?"
)
_MARKS = re.compile(rf"{_MARK.pattern}(?:[,;\s]+{_MARK.pattern})*|[,;.\s]+")
_ENDINGS = re.compile(
    "er|ers|re|res|ère|ères|e|es|è|ème|èmes|nd|nde|nds|ndes|d|de|des|st|th|rd|ts|ds"
    "|a|as|os|me|mes|lle|lles|gr|r|te|tes|ie|h|min|mn|s|lle|t|n|bis|ter",
    re.IGNORECASE,
)
_SIGNS = {
    "tm": "™",
    "sm": "℠",
    "®": "®",
    "©": "©",
    "o": "°",
    "os": "°s",
    "º": "º",
    "ª": "ª",
    "°": "°",
    "′": "′",
}
_UNIT = re.compile(
    r"(?<![^\W\d_])(?:[kMhcdmµμnp]|da)?m$"
    r"|(?:\d[ \u00a0\u202f]?|[/·.])(?:in|ft|yd|mi|s|g|h|an|ha|hab|kg|L|l|min|pouces?|pieds?)$"
)
_VARIABLE = re.compile(r"(?<![^\W_])(?:[^\W\d_aàyôAÀI]|mc)$")
_LETTER = re.compile(r"(?<![^\W_])[a-z]$")
_LONG = re.compile(r"[^\W\d_]{4}$")
_POWER_OF_TEN = re.compile(r"(?<![\d.,\u00a0\u202f])(?<!\d )10$")
_OPERATOR_AFTER = re.compile(r"[ \u00a0\u202f]?[=×·+−<>≤≥≈/⁄^]")
_OPERATOR_BEFORE = re.compile(r"[=×·+−≤≥≈√][ \u00a0\u202f]?\d+(?:[.,]\d+)?$")
_CENTS = re.compile(r"[ \u00a0\u202f]?[€$£]")
_ISOTOPE = re.compile(r"(?:[A-Z][a-z]?|[₀-₉]+[A-Z])(?![a-zà-ÿ])")


def raised(text: str, before: str, after: str) -> str | None:
    """How raised characters are written.

    Args:
        text: the raised characters.
        before, after: what stands before and after them on the line.

    Returns:
        Unicode superscripts where they carry meaning (10⁶, m²), plain letters for ordinals and
        abbreviations (1er, Mme), ``None`` for the mark of a note.
    """
    inner = text.strip()
    sign = _SIGNS.get(inner.lower())
    if sign:
        return text.replace(inner, sign)
    if not inner:
        return text
    if before[-1:].isalnum() and _ENDINGS.fullmatch(inner) and not (inner == "a" and _LONG.search(before)):
        return text.translate(_SUPER) if len(inner) == 1 and _LETTER.search(before) else text
    if _MARKS.fullmatch(text) and not _is_power(inner, before, after):
        return None
    if len(inner) > 6 and not re.search(r"^\d", inner):  # raised for its looks
        return text
    return text.translate(_SUPER)


def raised_in_line(text: str, before: str, after: str) -> tuple[str, bool]:
    """What :func:`raised` says in a line where marks of notes are left out.

    Returns:
        What is written, and whether a space before it goes: ``m <sup>2</sup>`` is m².
    """
    high = raised(text, before, after) if text.isdigit() else None
    if high is not None:
        return high, False  # the 14 of « le ¹⁴C »
    high = raised(text, before.rstrip(), after)
    if high is not None:
        return high, True
    if not before.strip():
        return unicode_superscript(text), False  # the number that a line begins with
    return "", not after[:1].isalnum()


def lowered(text: str) -> str:
    """Lowered characters: digits and signs as Unicode subscripts (CO₂), letters plain."""
    return text.translate(_SUB)


def is_mark(text: str) -> bool:
    """Whether raised characters at the start of a paragraph may be the mark of a note."""
    return bool(_MARK.fullmatch(text.strip()) or re.fullmatch("[a-z]", text.strip()))


def bare_mark(text: str) -> str:
    """The mark without brackets and points."""
    return text.strip(" \t\u00a0\u202f.,;()[]")


def _is_power(text: str, before: str, after: str) -> bool:
    """Whether raised digits are an exponent, a charge, an isotope, cents or a numerator."""
    if not text.isdigit():
        return False
    if not before[-1:].strip():
        return bool(_ISOTOPE.match(after))
    near = before[-24:]
    return bool(
        _POWER_OF_TEN.search(near)
        or (text in "234" and _UNIT.search(near))
        or (len(text) < 3 and _VARIABLE.search(near))
        or (near[-1:].isdigit() and (_OPERATOR_AFTER.match(after) or _OPERATOR_BEFORE.search(near)))
        or (len(text) < 3 and _LETTER.search(near) and _OPERATOR_AFTER.match(after))
        or (near[-1:].isdigit() and len(text) == 2 and _CENTS.match(after))
        or (near[-1:] in "€$£" and len(text) == 2)
        or after[:1] in ("⁄", "/")
    )


def marks_in(text: str) -> list[str]:
    """The marks of notes that raised characters are: two in ``1, 2``."""
    return re.findall(r"\w+|[*†‡§¶]+", text)


def unicode_superscript(text: str) -> str:
    """Raised characters in Unicode, as far as it has them."""
    return text.translate(_SUPER)


def raised_in_equation(text: str) -> str:
    """An exponent: in Unicode where that has all of it, else after a ``^``."""
    high = text.translate(_SUPER)
    if all(was != now for was, now in zip(text, high, strict=True)):
        return high
    return f"^{text}" if len(text) == 1 else f"^({text})"
