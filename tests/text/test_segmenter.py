"""Segmentation: what holds for any text, then passages, pages and the shipped documents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from rag.text.lines import content_start
from rag.text.segmenter import PASSAGE_MAX, PASSAGE_MIN, segment
from rag.text.sentences import SENTENCE_MAX
from rag.types import Place
from tests.helpers import ROOT
from tests.helpers.segments import (
    LONG,
    NBSP,
    PROSE,
    headings,
    lead_ins,
    paragraphs,
    passages,
    places,
    sentences,
    spaced,
    texts,
    units,
    wrap,
)

CORPUS = ROOT / "corpus"


def blank(text: str) -> bool:
    return not text or text.isspace()


@settings(max_examples=400, deadline=None)
@given(texts)
def test_units_tile_any_text(text: str) -> None:
    found = segment(text)
    assert found or blank(text)
    end = 0
    for passage in found:
        assert passage.sentences
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end
        for sentence in passage.sentences:
            assert end <= sentence.start < sentence.end <= len(text)
            assert blank(text[end : sentence.start])
            end = sentence.end
    assert blank(text[end:])


@settings(max_examples=300, deadline=None)
@given(texts)
def test_units_are_trimmed_and_bounded(text: str) -> None:
    for passage in segment(text):
        assert passage.end - passage.start <= PASSAGE_MAX
        for sentence in passage.sentences:
            words = text[sentence.start : sentence.end]
            assert len(words) <= SENTENCE_MAX
            assert words == words.strip()


@settings(max_examples=300, deadline=None)
@given(texts)
def test_what_introduces_a_sentence_is_a_slice_before_it(text: str) -> None:
    known = {(s.start, s.end) for s in units(text)}
    for sentence in units(text):
        for span in (sentence.lead_in, sentence.heading):
            if span:
                assert 0 <= span[0] < span[1] <= sentence.start
                assert text[slice(*span)].strip() == text[slice(*span)]
        if sentence.lead_in:
            assert text[sentence.lead_in[1] - 1] == ":"
            assert sentence.lead_in in known


@settings(max_examples=300, deadline=None)
@given(texts)
def test_places_never_go_back(text: str) -> None:
    found = places(text)
    keys = [(place.page, place.paragraph, place.point) for place in found]
    assert keys == sorted(keys)
    assert all(place.page >= ("\f" in text) and place.paragraph >= 0 for place in found)
    assert {place.page for place in found} <= {0} or "\f" in text


@settings(max_examples=100, deadline=None)
@given(texts)
def test_same_text_same_units(text: str) -> None:
    assert segment(text) == segment("".join(list(text)))


@settings(max_examples=200, deadline=None)
@given(texts)
def test_content_starts_inside_the_unit(text: str) -> None:
    for sentence in units(text):
        start = content_start(text, sentence.start, sentence.end)
        assert sentence.start <= start < sentence.end
        assert not text[start].isspace()


@pytest.mark.parametrize("text", ["", " ", "\n", "\n\f\n", NBSP + "\u2003\r\n", "\x1c\x1d\x1e\x1f"])
def test_nothing(text: str) -> None:
    assert segment(text) == ()


@pytest.mark.parametrize("text", ["paix", "Paix.", "- paix", "«", "…", "1.", "-", "\u200b", "#", "\ud800"])
def test_one_word(text: str) -> None:
    assert sentences(f"\n {text}\n") == [text]


def test_a_long_paragraph_is_split_evenly_between_sentences() -> None:
    text = " ".join([LONG] * 40)
    found = passages(text)
    assert len(found) == -(-len(text) // PASSAGE_MAX)
    assert all(passage.endswith(".") for passage in found)
    assert min(map(len, found)) > 0.7 * max(map(len, found))


def test_a_short_paragraph_is_joined_to_the_one_before() -> None:
    assert passages(f"{LONG}\nFait à Paris.\n\n{LONG}") == [f"{LONG}\nFait à Paris.", LONG]


def test_a_short_first_paragraph_is_joined_to_the_next() -> None:
    assert passages(f"Bonjour à tous.\n{LONG}\n{LONG}") == [f"Bonjour à tous.\n{LONG}", LONG]


def test_short_lines_share_passages() -> None:
    found = passages("\n".join(["La paix est là."] * 200))
    assert all(PASSAGE_MIN <= len(passage) <= PASSAGE_MAX for passage in found)


def test_a_last_heading_is_joined_to_what_stands_before() -> None:
    assert passages(f"{LONG}\n\n# Annexe") == [f"{LONG}\n\n# Annexe"]


def test_headings_in_a_row_go_with_the_paragraph() -> None:
    assert passages(f"{LONG}\n\n# A\n\n## B\n\n{LONG}") == [LONG, f"# A\n\n## B\n\n{LONG}"]


@pytest.mark.parametrize("feed", ["\f", "\n\f\n", "\n\n\f", "\f\n\n"])
def test_pages(feed: str) -> None:
    text = feed.join(["La page une est là.\nElle finit ici même.", "La page deux est là.\n- Un point ici."])
    assert places(text) == [Place(1, 1, 0), Place(1, 2, 0), Place(2, 1, 0), Place(2, 1, 1)]


def test_empty_pages_count() -> None:
    assert places("\f\fLa page trois.\f") == [Place(3, 1, 0)]


@pytest.mark.parametrize("end", ["la réunion", "la « Coalition »", "la réunion (à Paris)", "la réunion,"])
def test_a_sentence_runs_over_a_page_break(end: str) -> None:
    text = f"Elle a tenu {end}\n\f\nde ses membres à Paris. Puis tous sont partis.\nElle a fini."
    first = f"Elle a tenu {end} de ses membres à Paris."
    assert spaced(sentences(text)) == [first, "Puis tous sont partis.", "Elle a fini."]
    assert places(text) == [Place(1, 1, 0), Place(1, 1, 0), Place(2, 1, 0)]


def test_a_full_line_runs_over_a_page_break_before_a_name() -> None:
    lines = wrap(PROSE[0]).split("\n")
    cut = next(n for n, line in enumerate(lines) if line[0].isupper() and n and lines[n - 1][-1] not in ".,")
    text = "\n".join(lines[:cut]) + "\n\f\n" + "\n".join(lines[cut:])
    assert spaced(sentences(text)) == sentences(PROSE[0])


def test_a_list_runs_over_a_page_break() -> None:
    text = "Le plan prévoit :\n- une aide à tous ;\n\f\n- un prêt à certains."
    assert places(text) == [Place(1, 1, 0), Place(1, 1, 1), Place(2, 1, 1)]
    assert lead_ins(text) == [None, "Le plan prévoit :", "Le plan prévoit :"]


def test_headings_hold_over_pages() -> None:
    text = "# Les mesures\n\nElles sont prises ici.\n\f\nElles durent longtemps."
    assert headings(text)[-1] == "# Les mesures"


def body(name: str) -> str:
    return (CORPUS / name).read_text(encoding="utf-8").split("---\n", 2)[2]


def test_commentary() -> None:
    text = body("commentaire.md")
    assert len(sentences(text)) == 13
    assert [paragraph for paragraph, _ in paragraphs(text)] == [1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7]
    assert len(passages(text)) == 7
    assert not any(lead_ins(text)) and not any(headings(text))


def test_declaration() -> None:
    text = body("declaration.md")
    found = dict(zip(sentences(text), units(text), strict=True))
    assert len(found) == 31

    def place(start: str) -> Place:
        return next(unit.place for sentence, unit in found.items() if sentence.startswith(start))

    assert place("« Déclaration de Paris") == Place(0, 1, 0)
    assert place("Ces garanties de sécurité comprendront") == Place(0, 6, 0)
    assert place("- La participation à un mécanisme") == Place(0, 6, 1)
    assert place("- Un engagement pour") == Place(0, 6, 5)
    assert place("Nous avons en outre décidé") == Place(0, 7, 0)
    assert place("Paris, 6 janvier 2026.") == Place(0, 8, 0)
    assert not any(headings(text))


def test_items_of_the_declaration_know_their_lead_in() -> None:
    text = body("declaration.md")
    introduced: dict[str, list[str]] = {}
    for sentence, lead_in in zip(sentences(text), lead_ins(text), strict=True):
        if lead_in:
            introduced.setdefault(lead_in, []).append(sentence)
    support, guarantees = (
        introduced["Ce soutien comprendra notamment, mais pas uniquement :"],
        introduced["Ces garanties de sécurité comprendront notamment les éléments suivants :"],
    )
    assert len(introduced) == 2
    assert [item[:9] for item in support] == ["des paque", "une aide ", "la poursu", "un accès ", "un soutie"]
    assert len(guarantees) == 5
    assert all(item.startswith("- ") for item in guarantees)


LONG_TEXTS = {
    "one line": "La paix est proche, dit M. Dupont. Elle vient : un jour ; demain. " * 1600,
    "one word": "x" * 100_000,
    "dots": "." * 100_000 + "x",
    "spaces": "a:" + " " * 100_000 + "« ; b",
    "newlines": "a-" + "\n" * 100_000 + "A",
    "open brackets": "(a" * 50_000 + " : b ; c",
    "closing marks": "." + " »" * 50_000 + "x",
    "marker": "-" + " " * 50_000 + "A. B " * 10_000,
    "list": "La paix est là. " * 3_000 + "voici :\n" + "- a\n" * 5_000,
    "headings": "# a\n" * 5_000,
    "initials": "A. " * 30_000,
}


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_long_texts(name: str) -> None:
    text = LONG_TEXTS[name]
    found = units(text)
    assert found[0].start == 0
    assert max(s.end - s.start for s in found) <= SENTENCE_MAX
