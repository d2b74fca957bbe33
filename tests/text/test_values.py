"""Numbers and dates in one form, however they are written; as terms of the search."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.catalogue import MONTHS
from rag.text.analyzer import query_terms, terms
from rag.text.values import values_in
from tests.helpers.spelling import in_english, in_french


def values(text: str) -> list[str]:
    return [value for _, _, value in values_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("près de 800 000 euros, un cinquième, 14,2 %", ["800000", "20%", "14.2%"]),
        ("un tiers et 33 %", ["33%", "33%"]),
        ("le 14 juillet 2025, 14/07/2025, July 14th, 2025, 2025-07-14", ["2025-07-14"] * 4),
        ("en juillet 2025, in July 2025", ["2025-07"] * 2),
        ("le 14 juillet, en juillet", ["--07-14", "--07"]),
        ("du 3 au 7 mars 2025", ["3", "2025-03-07"]),
        ("des milliers de brebis, " + "9" * 40, []),
        ("un soldat, no one, le second tour, la planète Mars, it may be", []),
    ],
)
def test_a_value_has_one_form(text: str, found: list[str]) -> None:
    assert values(text) == found


@given(st.integers(2, 10**12 - 1))
def test_every_way_of_writing_a_number_gives_it(number: int) -> None:
    ways = [f"{number:,}".replace(",", mark) for mark in (" ", "\u00a0", "\u202f", ".", ",", "’", "")]
    ways += [in_french(number), in_english(number)]
    assert {way: values(f"pour {way} euros") for way in ways} == {way: [str(number)] for way in ways}


@given(st.integers(1, 999), st.sampled_from(["k", "M", "Md"]), st.booleans())
def test_every_way_of_shortening_an_amount_gives_it(count: int, short: str, decimal: bool) -> None:
    scale = {"k": 10**3, "M": 10**6, "Md": 10**9}[short]
    word = {"k": "mille", "M": "millions", "Md": "milliards"}[short]
    english = {"k": "k", "M": "m", "Md": "bn"}[short]
    amount = count * scale // (10 if decimal else 1)
    fr = f"{count / 10:.1f}".replace(".", ",") if decimal else f"{count}"
    ways = [f"{fr} {short}€", f"{fr}{short}€", f"{fr} {short} d’euros", f"£{fr.replace(',', '.')}{english}"]
    if short != "k":
        ways.append(f"{fr} {word}")
    assert {way: values(way) for way in ways} == {way: [str(amount)] for way in ways}


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)))
def test_every_way_of_writing_a_date_gives_it(day: date) -> None:
    french, english = (MONTHS[lang][day.month - 1] for lang in ("fr", "en"))
    short = english if len(english) < 5 else f"{english[:3]}."
    ways = [
        f"{day.day:02d}{mark}{day.month:02d}{mark}{year}"
        for mark in "/.-"
        for year in (day.year, f"{day:%y}")
    ]
    ways += [f"{day.day}/{day.month}/{day.year}", day.isoformat(), f"{day.day} {french} {day.year}"]
    ways += [
        f"{english} {day.day}, {day.year}",
        f"{day.day} {english} {day.year}",
        f"{short} {day.day} {day.year}",
    ]
    assert {way: values(f"le {way}, on vota") for way in ways} == {way: [day.isoformat()] for way in ways}


@given(st.text(max_size=300))
def test_values_are_slices_in_order(text: str) -> None:
    reached = 0
    for start, end, value in values_in(text):
        assert reached <= start < end <= len(text) and value
        reached = end


# --- as terms -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("800.000", "800 000"),
        ("800,000", "huit cent mille"),
        ("0,8 million", "800 000"),
        ("800 k€", "près de 800 000 euros"),
        ("huit cent mille", "800 k€"),
        ("14/07/2025", "le 14 juillet 2025"),
        ("le 14 juillet 2025", "14.07.2025"),
        ("juillet 2025", "le 14/07/2025"),
        ("juillet 2025", "July 14, 2025"),
        ("le 14 juillet", "14/07/2025"),
        ("un cinquième", "20 %"),
        ("20 %", "one in five"),
        ("three measures", "trois mesures"),
    ],
)
def test_another_form_of_a_value_has_its_terms(asked: str, written: str) -> None:
    found = set(terms(f"On y consacre {written} depuis l’hiver.", "fr"))
    assert query_terms(asked, ["fr"])[-1] in found or query_terms(asked, ["fr"])[0] in found


def test_the_words_of_a_value_are_no_terms_of_a_question() -> None:
    assert query_terms("Pourquoi 0,8 million le 14 juillet 2025 ?", ["fr"]) == [
        "800000", "2025-07-14", "2025-07", "--07-14",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["un soldat, deux maires, one day", "en juillet", "des milliers", "800 000"])
def test_what_tells_nothing_adds_no_term(text: str) -> None:
    assert not [term for term in terms(text, "fr") if not term.isalpha() and term != "800000"]
