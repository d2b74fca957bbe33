"""Equations of Word (OMML) and of MathML, on one line: ``(a+b)/c``, ``x²``, ``√(2)``."""

from __future__ import annotations

import re
from typing import Any

from rag.documents.formats.superscripts import lowered, raised_in_equation

_SIMPLE = re.compile(r"\w+|\d+(?:[.,]\d+)?|\(.*\)")
_HIDDEN = ("annotation", "annotation-xml", "ctrlPr", "rPr")
_TOKENS = ("t", "mi", "mn", "mo", "mtext", "ms")


def equation(element: Any) -> str:
    """An equation as readable text.

    Args:
        element: ``m:oMath`` of Word, or ``math`` of MathML.
    """
    return re.sub(r"\s+", " ", _written(element)).strip()


def _written(element: Any) -> str:
    name = _name(element)
    if name in _HIDDEN:
        return ""
    if name in _TOKENS:
        return element.text or ""
    parts = [child for child in element if isinstance(child.tag, str) and not _is_property(child)]
    texts = [_written(part) for part in parts]
    named = {_name(part): text for part, text in zip(parts, texts, strict=True)}
    if name == "nary":
        return (
            f"{_sign(element, 'chr', '∫')}{_below(named['sub'])}{_above(named['sup'])} {named.get('e', '')}"
        )
    if name == "d":
        inner = ", ".join(text for part, text in zip(parts, texts, strict=True) if _name(part) == "e")
        return f"{_sign(element, 'begChr', '(')}{inner}{_sign(element, 'endChr', ')')}"
    if name in ("rad", "mroot"):
        index, inner = (named.get("deg", ""), named.get("e", "")) if name == "rad" else (texts[-1], texts[0])
        return f"{_above(index) if index else ''}√{_grouped(inner)}"
    if name == "msqrt":
        return f"√{_grouped(''.join(texts))}"
    return _combined(name, texts)


def _combined(name: str, texts: list[str]) -> str:
    match name, texts:
        case (("f" | "mfrac"), [above, below]):
            return f"{_grouped(above)}/{_grouped(below)}"
        case (("sSup" | "msup"), [base, high]):
            return base + _above(high)
        case (("sSub" | "msub" | "limLow" | "munder"), [base, low]):
            return base + _below(low)
        case (("sSubSup" | "msubsup" | "munderover"), [base, low, high]):
            return base + _below(low) + _above(high)
        case (("m" | "eqArr" | "mtable"), _):
            return "; ".join(texts)
        case (("mr" | "mtr"), _):
            return ", ".join(texts)
        case "func", [function, argument]:
            return f"{function} {argument}"
        case _:
            return "".join(texts)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_property(element: Any) -> bool:
    return _name(element).endswith("Pr")


def _sign(element: Any, which: str, usual: str) -> str:
    for found in element.iter("{*}" + which):
        return next(iter(found.attrib.values()), "")
    return usual


def _grouped(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _above(text: str) -> str:
    return raised_in_equation(text) if text.strip() else ""


def _below(text: str) -> str:
    low = lowered(text)
    return low if not text.strip() or low != text else f"_{_grouped(text)}"
