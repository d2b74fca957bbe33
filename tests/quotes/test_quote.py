"""The check that stands between the program and a wrong quote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.catalogue import date
from rag.errors import QuoteError
from rag.quotes.citation import cite, locator
from rag.quotes.forms import as_json
from rag.quotes.quote import check, cut, parts
from rag.text.segmenter import segment
from rag.types import Place, Quote, Source, SourceInfo, text_hash

TEXT = "Titre.\n- Un accord « solide » sera signé ;\n- rien d’autre.\nLa paix*, 1986. $x$ [1] <b>."


def source_of(text: str) -> Source:
    info = SourceInfo(
        "s", "s.md", "Titre", "Camp", "2026-01-06", "fr", "note", "", (), text_hash(text), len(text)
    )
    return Source(info, text)


def all_quotes(source: Source) -> list[Quote]:
    return [
        cut(source, [sentence], (passage.start, passage.end), 0.5)
        for passage in segment(source.text)
        for sentence in passage.sentences
    ]


def test_true_quotes_pass() -> None:
    source = source_of(TEXT)
    for quote in all_quotes(source):
        assert check(quote, source) is quote


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Un accord « solide » sera signe"},
        {"start": 1},
        {"end": 10_000},
        {"start": -1},
        {"start": 5, "end": 5, "text": ""},
    ],
)
def test_false_quotes_do_not(change: dict[str, object]) -> None:
    source = source_of(TEXT)
    with pytest.raises(QuoteError):
        check(replace(all_quotes(source)[1], **change), source)  # type: ignore[arg-type]


def test_a_quote_of_another_version_of_the_text_does_not() -> None:
    quote = all_quotes(source_of(TEXT))[0]
    with pytest.raises(QuoteError, match="not the one quoted"):
        check(quote, source_of(TEXT + " "))


def test_a_text_that_is_not_what_its_hash_says_does_not() -> None:
    source = source_of(TEXT)
    with pytest.raises(QuoteError):
        check(all_quotes(source)[0], Source(source.info, TEXT.replace("Titre", "Titra")))


@pytest.mark.parametrize("marks", [((3, 8),), ((3, 8), (9, 14)), ()], ids=["one", "two", "none"])
def test_marks_inside_a_quote_pass(marks: tuple[tuple[int, int], ...]) -> None:
    source = source_of("Il y a 800 000 soldats.")
    (quote,) = all_quotes(source)
    check(replace(quote, highlights=marks), source)


@pytest.mark.parametrize(
    "marks",
    [((-1, 4),), ((0, 99),), ((8, 3),), ((3, 3),), ((3, 8), (9, 99))],
    ids=["before", "after", "backwards", "empty", "the second"],
)
def test_marks_that_are_not_words_of_the_quote_do_not(marks: tuple[tuple[int, int], ...]) -> None:
    source = source_of("Il y a 800 000 soldats.")
    (quote,) = all_quotes(source)
    with pytest.raises(QuoteError, match="marks"):
        check(replace(quote, highlights=marks), source)


def test_marks_of_a_later_quote_cannot_stand_before_it() -> None:
    source = source_of("Il y a 800 000 soldats.\n\nIl pleut.")
    with pytest.raises(QuoteError, match="marks"):
        check(replace(all_quotes(source)[1], highlights=((7, 14),)), source)


@given(st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=5))
def test_parts_make_up_the_quote_whatever_is_marked(marks: list[tuple[int, int]]) -> None:
    (quote,) = all_quotes(source_of("Il y a 800 000 soldats."))
    kept = tuple((start, end) for start, end in marks if start < end <= quote.end)
    found = list(parts(replace(quote, highlights=tuple(sorted(kept)))))
    assert "".join(words for words, _ in found) == quote.text
    inside = {place for span in kept for place in range(*span)}
    assert [marked for words, marked in found for _ in words] == [
        place in inside for place in range(quote.end)
    ]


@given(st.text(max_size=300))
def test_whatever_the_text_quotes_are_slices(text: str) -> None:
    source = source_of(text)
    for quote in all_quotes(source):
        check(quote, source)
        assert text[quote.end :].startswith(quote.after)
        assert text[: quote.start].endswith(quote.before)


def test_list_marks_and_closing_semicolons_are_left_out() -> None:
    texts = [quote.text for quote in all_quotes(source_of(TEXT))]
    assert "Un accord « solide » sera signé" in texts
    assert "rien d’autre." in texts


def test_json_carries_offsets_and_hash() -> None:
    source = source_of(TEXT)
    data = as_json(all_quotes(source)[0], "fr")
    assert TEXT[data["start"] : data["end"]] == data["text"]
    assert data["sha256"] == source.info.sha256


@pytest.mark.parametrize(
    ("place", "french", "english"),
    [
        (Place(12, 3, 0), "p. 12, § 3", "p. 12, § 3"),
        (Place(0, 6, 1), "§ 6, point 1", "§ 6, item 1"),
        (Place(0, 6, 0), "§ 6", "§ 6"),
    ],
)
def test_locators(place: Place, french: str, english: str) -> None:
    assert locator(place, "fr") == french
    assert locator(place, "en") == english


def test_dates_in_words() -> None:
    assert date("2026-01-06", "fr") == "6 janvier 2026"
    assert date("2026-01-01", "fr") == "1er janvier 2026"
    assert date("2026-01-06", "en") == "6 January 2026"
    assert date("hiver 2025", "fr") == "hiver 2025"
    assert date("", "fr") == ""


def test_a_cite_says_all_there_is() -> None:
    source = source_of(TEXT)
    quote = Quote(1, source.info, Place(0, 2, 1), 0, 4, source.text[:4], "", "", 1.0)
    assert cite(quote, "fr") == "«\u00a0Titre\u00a0» (Camp), § 2, point 1, 6 janvier 2026, note"
    marked = replace(source.info, editorial=("title",), author="Jeanne Roux")
    told = cite(replace(quote, source=marked), "fr")
    assert told.startswith("«\u00a0Titre\u00a0» (Camp), Jeanne Roux, § 2")
    assert told.endswith("titre donné par vous")


def test_a_cite_says_what_the_keeper_gave_and_to_whom() -> None:
    info = replace(source_of(TEXT).info, editorial=("title", "side", "date"), note="")
    quote = Quote(1, info, Place(0, 1, 0), 0, 4, TEXT[:4], "", "", 1.0)
    assert cite(quote, "fr").endswith("titre, côté et date donnés par vous")
    assert cite(quote, "en", outward=True).endswith("title, side and date given by us")
    others = replace(quote, source=replace(info, editorial=("date",), editor="Mme Roux"))
    assert cite(others, "fr", outward=True).endswith("date donnée par Mme Roux")


def test_a_cite_says_from_where_and_when_a_page_was_fetched() -> None:
    info = replace(
        source_of(TEXT).info, note="", date="", address="https://a.example/b", retrieved="2026-11-29"
    )
    quote = Quote(1, info, Place(0, 1, 0), 0, 4, TEXT[:4], "", "", 1.0)
    assert cite(quote, "fr").endswith("§ 1, https://a.example/b, consulté le 29 novembre 2026")
    assert cite(quote, "en").endswith("retrieved 29 November 2026")


def test_a_cite_names_who_speaks_and_all_the_pages() -> None:
    info = replace(source_of(TEXT).info, speakers=(("M. Costa", "Contre"),), note="", date="", ocr=(13,))
    place = Place(12, 3, 0).to(Place(13, 1, 0))
    quote = Quote(1, info.voiced("M. Costa"), place, 0, 4, TEXT[:4], "", "", 1.0, speaker="M. Costa")
    expected = (
        "M. Costa («\u00a0Titre\u00a0», Contre), p. 12-13, § 3, lu par reconnaissance de caractères (OCR)"
    )
    assert cite(quote, "fr") == expected
    assert locator(Place(4, 0, 0, note=2, paging="slide"), "en") == "slide 4, note 2"
