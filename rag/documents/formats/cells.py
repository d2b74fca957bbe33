"""Values of cells as a spreadsheet displays them: 12 %, not 0.12."""

from __future__ import annotations

import datetime
import re
from typing import Any

from rag.catalogue import MONTHS
from rag.types import Language

_LITERAL = re.compile(r'"([^"]*)"|\[\$([^\]-]*)(?:-[^\]]*)?\]|\\(.)|([€$£])')
_DECIMALS = re.compile(r"\.([0#?]+)")
_DROPPED = re.compile(r"_.|\*.|\[[^\]$]*\]")


def displayed(cell: Any, language: str) -> str:
    """A cell of openpyxl as it is displayed; its figures as the language of the workbook has them."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return {True: "VRAI", False: "FAUX"}[value] if language == "fr" else str(value).upper()
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, str(cell.number_format), language)
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format), language)
    return str(value)


def _date(value: datetime.date, form: str, language: str) -> str:
    """A date: its month alone where the day is not displayed."""
    lang: Language = "fr" if language == "fr" else "en"
    bare = _LITERAL.sub("", form).lower()
    if "d" not in bare and "j" not in bare and "y" in bare:
        return f"{MONTHS[lang][value.month - 1]} {value.year}"
    written = value.strftime("%d/%m/%Y" if lang == "fr" else "%Y-%m-%d")
    is_timed = isinstance(value, datetime.datetime) and (value.hour or value.minute)
    return f"{written} {value.strftime('%H:%M')}" if is_timed else written


def _number(value: float, form: str, language: str) -> str:
    section = _DROPPED.sub("", form.split(";")[0])
    before, after = _around(section)
    digits = _LITERAL.sub("", section)
    is_percent = "%" in digits
    if is_percent:
        value = value * 100
    if "E+" in digits.upper():
        return str(value)
    if digits.strip().lower() in ("general", "standard", "@", ""):
        written = f"{value:.10g}" if abs(value) < 1e15 else str(value)
    else:
        found = _DECIMALS.search(digits)
        least = found.group(1).count("0") if found else 0
        most = len(found.group(1)) if found else 0
        written = f"{_rounded(value, most):{',' if _is_grouped(digits) else ''}.{most}f}"
        while most > least and written.endswith("0"):
            written, most = written[:-1], most - 1
        written = written.rstrip(".") if most == 0 else written
    if language == "fr":
        written = written.replace(",", "\u202f").replace(".", ",")
    percent = ("\u00a0%" if language == "fr" else "%") if is_percent else ""
    return f"{before}{written}{percent}{after}"


def _rounded(value: float, places: int) -> float:
    """Half away from zero, as spreadsheets round; Python rounds to even."""
    from decimal import ROUND_HALF_UP, Decimal

    return (
        float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
        if abs(value) < 1e15
        else value
    )


def _is_grouped(digits: str) -> bool:
    return re.search(r"#[ ,\u00a0\u202f]##", digits) is not None


def _around(section: str) -> tuple[str, str]:
    """What a format writes before and after the number: « 12 € »."""
    first = re.search(r"[0#?]", _LITERAL.sub(lambda found: "\0" * len(found.group()), section))
    at = first.start() if first else len(section)
    before = "".join(_said(found) for found in _LITERAL.finditer(section) if found.start() < at)
    after = "".join(_said(found) for found in _LITERAL.finditer(section) if found.start() >= at)
    gap = " " if after and after.strip() == after and re.search(r"[0#?] +[\"\[\\€$£]", section) else ""
    return before, f"{gap}{after}".replace(" ", "\u00a0")


def _said(found: re.Match[str]) -> str:
    return next((group for group in found.groups() if group), "")
