"""Automatic numbers of lists, headings and notes, as printed."""

from __future__ import annotations

_ROMAN = list(zip(
    (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
    "M CM D CD C XC L XL X IX V IV I".split(),
    strict=True,
))  # fmt: skip
_CHICAGO = "*†‡§"


def printed(number: int, style: str) -> str:
    """A number in one of Word's styles (``lowerLetter``, ``upperRoman``…); decimal in those not known."""
    match style:
        case "none" | "bullet":
            return ""
        case "lowerLetter" | "upperLetter":
            return _cased(_letters(number), style)
        case "lowerRoman" | "upperRoman":
            return _cased(_roman(number), style)
        case "decimalZero":
            return f"{number:02}"
        case "numberInDash":
            return f"- {number} -"
        case "decimalEnclosedParen":
            return f"({number})"
        case "chicago":
            return _CHICAGO[(number - 1) % 4] * min(1 + (number - 1) // 4, 9) if number > 0 else ""
        case _:
            return str(number)


def _cased(word: str, style: str) -> str:
    return word.lower() if style.startswith("lower") else word


def _letters(number: int) -> str:
    """A to Z, then AA to ZZ: Word repeats the letter."""
    if number < 1:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * min(times + 1, 9)


def _roman(number: int) -> str:
    if not 0 < number < 5000:
        return str(number)
    written = ""
    for value, numeral in _ROMAN:
        times, number = divmod(number, value)
        written += numeral * times
    return written
