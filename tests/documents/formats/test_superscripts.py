"""Raised characters: exponents, ordinals, marks of notes."""

from __future__ import annotations

import pytest

from rag.documents.formats.superscripts import lowered, raised, raised_in_line


@pytest.mark.parametrize(
    ("before", "text", "after", "written"),
    [
        ("10", "6", " bactéries", "⁶"),
        ("2,5 × 10", "-3", "", "⁻³"),
        ("par m", "2", ".", "²"),
        ("12 km", "2", "", "²"),
        ("5 µg/m", "3", "", "³"),
        ("le coefficient R", "2", " vaut", "²"),
        ("2", "10", " = 1 024", "¹⁰"),
        ("Ca", "2+", "", "²⁺"),
        ("le ", "14", "C", "¹⁴"),
        ("12", "50", " €", "⁵⁰"),
        ("3", "1", "/2", "¹"),
        ("1", "er", " mai", "er"),
        ("XIX", "e", " siècle", "e"),
        ("M", "me", " Ferrand", "me"),
        ("n", "o", " 12", "°"),
        ("20 ", "o", "C", "°"),
        ("Réplique", "TM", "", "™"),
        ("e", "x", "", "ˣ"),
        # marks of notes
        ("soit 12", "3", " millions", None),
        ("en un an", "4", ".", None),
        ("selon l’Insee", "1, 2", "", None),
        ("taux", "*", "", None),
        ("(212)", "7", "", None),
        ("il y a", "2", " ans", None),
        ("110", "6", " personnes", None),
        ("7 810", "6", " personnes", None),
    ],
)
def test_raised(before: str, text: str, after: str, written: str | None) -> None:
    assert raised(text, before, after) == written


def test_lowered() -> None:
    assert (lowered("2"), lowered("max"), lowered("4")) == ("₂", "max", "₄")


@pytest.mark.parametrize(
    ("before", "text", "after", "written"),
    [
        ("soit 4", "7", " euros", ("", True)),
        ("soit 4 ", "7", " euros", ("", True)),
        ("un mot ", "3", "suite", ("", False)),
        ("120 m ", "2", ".", ("²", True)),
        ("le ", "14", "C", ("¹⁴", False)),
        ("le 1 ", "er", " mai", ("er", True)),
        ("", "1", " Insee", ("¹", False)),
    ],
)
def test_raised_in_a_line(before: str, text: str, after: str, written: tuple[str, bool]) -> None:
    assert raised_in_line(text, before, after) == written
