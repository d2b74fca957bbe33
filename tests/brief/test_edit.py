"""A brief as its debater wants it, kept and read back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.brief import Brief, Edits, edited, from_record, place_of, quotes_of, to_record
from rag.errors import InputError
from tests.helpers.briefs import whole
from tests.helpers.pages import make_quote, make_source


@pytest.fixture(scope="module")
def brief() -> Brief:
    def quote(words: str):  # type: ignore[no-untyped-def]
        return make_quote(make_source(words, words[:6]), 0, len(words))

    return whole(quote, "")


def ids(brief: Brief) -> list[str]:
    return list(brief.arguments)


def test_nothing_wanted_otherwise_changes_nothing(brief: Brief) -> None:
    assert edited(brief, Edits()) == brief


def test_with_an_argument_goes_what_speaks_of_it(brief: Brief) -> None:
    found = edited(brief, Edits(arguments=["a3"]))
    assert ids(found) == ["a1", "a2", "a4"]
    assert [each.by for each in found.answers] == ["a4"]
    assert found.unanswered == ()
    assert found.by_heart == brief.by_heart, "its words may be known by heart all the same"


def test_a_quote_is_taken_out_wherever_it_stands(brief: Brief) -> None:
    (denial,) = brief.by_heart[0].quotes
    found = edited(brief, Edits(quotes=[place_of(denial)]))
    assert denial not in quotes_of(found)
    assert ids(found) == ["a1", "a2", "a4"], "an argument is nothing without quotes"
    assert (found.terms, found.by_heart, found.unanswered) == ((), (), ())
    assert set(found.empty_parts) == {"terms", "by_heart", "unanswered"}
    assert len(quotes_of(found)) == len(quotes_of(brief)) - 1


def test_of_a_question_what_asks_it_is_needed_and_what_answers_it_is_not(brief: Brief) -> None:
    first, second = brief.questions
    found = edited(brief, Edits(quotes=[place_of(second.asked), place_of(first.answers[0])]))
    assert found.questions == (replace(first, answers=()),)


def test_headings_of_ones_own_are_marked_and_order_is_kept_within_a_side(brief: Brief) -> None:
    found = edited(brief, Edits(headings={"a2": "  Qui\npaie ? ", "a1": " "}, order=("a2", "a4", "a1")))
    assert ids(found) == ["a2", "a1", "a4", "a3"]
    assert found.arguments["a2"].heading == "Qui paie ? (titre donné par vous)"
    assert found.arguments["a1"].heading == brief.arguments["a1"].heading
    with pytest.raises(InputError, match="200"):
        edited(brief, Edits(headings={"a1": "x" * 201}))


def test_what_is_kept_is_read_back(brief: Brief) -> None:
    assert from_record(to_record(brief)) == brief


@pytest.mark.parametrize("record", [None, 3, "", "{}", '{"motion": 1}', "[" * 100_000, "x" * 31_000_000])
def test_what_is_no_brief_is_refused(record: object) -> None:
    with pytest.raises(InputError, match="not a brief"):
        from_record(record)
