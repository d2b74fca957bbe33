"""Numbers, dates and names of a text, and what of them an answer has."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.facts import compare, facts_in


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("800 000 soldats", ["800000"]),
        ("800\u202f000 soldats", ["800000"]),
        ("huit cent mille soldats", ["800000"]),
        ("800 mille", ["800000"]),
        ("trente et une familles, cent vingt et une voix, mille et une nuits", ["31", "121", "1001"]),
        ("en 2020 un maire, en 2030 une loi", ["2020", "2030"]),
        ("en 2004 vingt maires, quatre-vingts en 2024", ["2004", "20", "80", "2024"]),
        ("eight hundred thousand soldiers", ["800000"]),
        ("1,200,000 tons", ["1200000"]),
        ("un million deux cent mille tonnes", ["1200000"]),
        ("2,5 millions", ["2500000"]),
        ("quatre-vingt-dix-neuf", ["99"]),
        ("quatre-vingts", ["80"]),
        ("soixante et onze", ["71"]),
        ("twenty-one and thirty", ["21", "30"]),
        ("des milliers de brebis", ["~1000"]),
        ("thousands of sheep", ["~1000"]),
        ("14,2 %", ["14.2%"]),
        ("vingt pour cent, twenty percent", ["20%", "20%"]),
        ("sept virgule un", ["7.1"]),
        ("trois virgule zéro cinq", ["3.05"]),
        ("deux virgule vingt-cinq", ["2.25"]),
        ("seven point one", ["7.1"]),
        ("three point one four", ["3.14"]),
        ("deux virgule cinq millions", ["2500000"]),
        ("0,8 million", ["800000"]),
        ("un cinquième de la population", ["1/5"]),
        ("trois postes sur dix ont disparu", ["3/10"]),
        ("one in five", ["1/5"]),
        ("cut by a third, then by half", ["1/3", "1/2"]),
        ("moins du tiers des voix, un quart seulement", ["1/3", "1/4"]),
        ("12 in 2020", ["12", "2020"]),
        ("dix-sept soldats, soixante-dix-sept chars", ["17", "77"]),
        ("entre deux cents et trois cents, between two hundred and three hundred", ["200", "300"] * 2),
        ("de cinq à mille voix", ["5", "1000"]),
        ("mille milliards", ["1000000000000"]),
        ("1 234,56 et 1.234,56 et 1,234.56 et 0,125", ["1234.56"] * 3 + ["0.125"]),
        (
            "800 k€, 3 M€, 2 Md€, 2 Mds d’euros, 3 M d’euros",
            ["800000", "3000000", *["2000000000"] * 2, "3000000"],
        ),
        ("£3m, $2bn, €800k, 2 bn euros", ["3000000", "2000000000", "800000", "2000000000"]),
        ("3 m de long, 10k, 800 m, 5 k", ["3", "10", "800", "5"]),
        ("remis à neuf, tout neuf, mais neuf maires et ils sont neuf", ["9", "9"]),
        ("un cinquième candidat, a third runway, le tiers-monde", []),
        ("un rapport sur trois villes", ["3"]),
        ("un berger, no one, it may be", []),
    ],
)
def test_a_number_is_what_it_counts(text: str, values: list[str]) -> None:
    assert [fact.value for fact in facts_in(text) if fact.kind == "number"] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("le 6 janvier 2026", (2026, 1, 6)),
        ("January 6, 2026", (2026, 1, 6)),
        ("6th of January 2026", (2026, 1, 6)),
        ("2026-01-06", (2026, 1, 6)),
        ("06/01/2026", (2026, 1, 6)),
        ("1er août", (0, 8, 1)),
        ("en fevrier 2024", (2024, 2, 0)),
        ("14.07.2025", (2025, 7, 14)),
        ("14-07-2025", (2025, 7, 14)),
        ("14/7/25", (2025, 7, 14)),
        ("07/14/2025", (2025, 7, 14)),
        ("le 6 janv. 2026", (2026, 1, 6)),
        ("Sept. 3, 2026", (2026, 9, 3)),
        ("in May", (0, 5, 0)),
        ("fin mars", (0, 3, 0)),
    ],
)
def test_a_date_is_its_parts(text: str, value: tuple[int, int, int]) -> None:
    assert [fact.value for fact in facts_in(text) if fact.kind == "date"] == [value]


@pytest.mark.parametrize(
    "text", ["la planète Mars", "they may march", "août 99", "au point 3.7", "le 32/13/2025"]
)
def test_what_is_no_date(text: str) -> None:
    assert "date" not in [fact.kind for fact in facts_in(text)]


@pytest.mark.parametrize(
    ("expected", "answer", "statuses"),
    [
        ("800 000", "huit cent mille", ["given"]),
        ("800 000", "900 000", ["changed"]),
        ("800 000", "800 000 ou 900 000", ["given", "added"]),
        ("800 000", "beaucoup", ["missing"]),
        ("des milliers", "5 000", ["partly"]),
        ("des milliers", "50", ["changed"]),
        ("20 %", "20", ["given"]),
        ("20 %", "un cinquième", ["given"]),
        ("un cinquième", "one in five", ["given"]),
        ("un cinquième", "un quart", ["changed"]),
        ("un tiers", "33 %", ["given"]),
        ("33 %", "33,4 %", ["changed"]),
        ("20 ans", "20 %", ["changed"]),
        ("6 janvier 2026", "January 6, 2026", ["given"]),
        ("6 janvier 2026", "2026", ["partly"]),
        ("6 janvier 2026", "le 6 janvier", ["partly"]),
        ("6 janvier 2026", "le 7 janvier 2026", ["changed"]),
        ("avec Jeanne Morel", "morel", ["given"]),
        ("avec Jeanne Morel", "Jeanne", ["partly"]),
        ("avec Jeanne Morel", "Paul Durand", ["missing"]),
    ],
)
def test_what_is_given_is_compared(expected: str, answer: str, statuses: list[str]) -> None:
    assert [item.status for item in compare(facts_in(expected), answer)] == statuses


def test_what_the_question_shows_is_not_counted_as_the_answers() -> None:
    (item,) = compare(
        facts_in("30 agneaux"), "30 agneaux pour 12 chiens", known="12 chiens gardent … agneaux"
    )
    assert item.status == "given"


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_compared(expected: str, answer: str) -> None:
    found = facts_in(expected)
    assert all(expected[fact.start : fact.end] == fact.text for fact in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len(compare(found, answer)) >= len(found)


@given(st.integers(0, 10**12))
def test_every_number_is_given_by_itself(number: int) -> None:
    spaced = f"{number:,}".replace(",", "\u202f")
    for written in (str(number), spaced, f"{number:,}"):
        assert [item.status for item in compare(facts_in(f"{number} brebis"), written)] == ["given"]
