"""The view of briefs: its HTML."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rag.brief import Brief, Edits, Position, edited, quotes_of
from rag.catalogue import say
from rag.types import Language, Quote
from rag.ui.prepare.view import PARTS, brief_html, prepare_view, summary
from tests.helpers.briefs import whole
from tests.helpers.pages import OURS, TRICKS, make_quote, make_source, read

LANGUAGES: tuple[Language, ...] = ("fr", "en")
TAGS = OURS | {
    "a", "circle", "defs", "g", "h5", "header", "marker", "nav", "ol", "rect", "text", "time", "title",
}  # fmt: skip


def quote(words: str) -> Quote:
    source = make_source(TRICKS + words, words[:9], title=TRICKS, note=TRICKS, side="Bergers")
    return make_quote(source, len(TRICKS), len(TRICKS + words))


@pytest.fixture(scope="module")
def brief() -> Brief:
    return whole(quote, TRICKS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_parts_are_there_in_the_order_of_the_contents_and_bring_no_tags(
    brief: Brief, lang: Language
) -> None:
    html = brief_html(replace(brief, lang=lang), Edits(), {"Bergers": "side-0"})
    page = read([html])
    assert page.tags <= TAGS
    assert re.findall(r'<section class="brief-part part-(\w+)">', html) == list(PARTS)
    contents = html.partition("</nav>")[0]
    assert re.findall(r'data-do="brief-go" data-to="(\w+)"', contents) == list(PARTS)
    assert page.texts["brief-title"] == [TRICKS]
    assert say("prepare_nothing", lang) not in contents
    assert set(page.texts["quote-text"]) == {each.text for each in quotes_of(brief)}
    assert (
        html.count('data-do="brief-drop-quote"')
        == html.count('data-do="add-card"')
        == len(page.texts["quote-text"])
    )
    assert "5" in summary(replace(brief, lang=lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_part_that_has_nothing_says_so_and_so_does_a_silent_side(brief: Brief, lang: Language) -> None:
    silent = tuple(Position(side, "silent", ()) for side in brief.sides)
    empty = Brief("", lang, brief.sides, silent)
    html = brief_html(empty, Edits(), {})
    page = read([html])
    assert page.texts["silence"] == [say(f"prepare_none_{name}", lang) for name in PARTS]
    assert "blockquote" not in html
    assert page.texts["brief-title"] == [say("prepare_whole", lang)]
    some = read([brief_html(replace(brief, lang=lang), Edits(), {})])
    assert say("silent", lang) in some.texts["silence"]
    assert say("prepare_no_answer", lang) in some.texts["silence"]


def test_a_heading_of_ones_own_is_said_to_be_and_can_be_changed_again(brief: Brief) -> None:
    edits = Edits(headings={"a2": TRICKS})
    html = brief_html(edited(brief, edits), edits, {})
    page = read([html])
    assert page.tags <= TAGS
    assert page.texts["own-heading"] == [say("prepare_yours", "fr")]
    assert len(re.findall('data-own="[^"]', html)) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sources_without_a_side_are_named_and_questions_show_of_what(brief: Brief, lang: Language) -> None:
    html = brief_html(replace(brief, lang=lang, unsided=(TRICKS,)), Edits(), {})
    assert say("unsided", lang, names="").rstrip(". ") in html
    asked = html[html.index('class="brief-asked"') :]
    assert brief.questions[0].asked.text in read([asked[: asked.index("</article>")]]).texts["quote-text"]
    assert "<details" not in asked[: asked.index("</article>")]


def test_many_quotes_of_an_argument_are_there_to_be_opened(brief: Brief) -> None:
    first = brief.positions[0]
    many = replace(first.arguments[0], quotes=tuple(quote(f"Phrase {n}.") for n in range(5)))
    html = brief_html(
        replace(
            brief, positions=(replace(first, arguments=(many, first.arguments[1])), *brief.positions[1:])
        ),
        Edits(),
        {},
    )
    folded = re.search(
        r'data-argument="a1".*?<details><summary>([^<]*)</summary>(.*?)</details>', html, re.DOTALL
    )
    assert folded and folded[1] == say("prepare_more_quotes", "fr", count=2)
    assert folded[2].count("<figure") == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_frame_has_a_field_with_its_label_and_a_way_to_stop(lang: Language) -> None:
    html = prepare_view(lang)
    assert read([re.sub("<input[^>]*>", "", html)]).tags
    assert '<label for="brief-motion">' in html and 'id="brief-motion"' in html
    assert 'data-do="brief-stop"' in html
    assert re.search(r'<div class="prepare-progress" hidden><progress aria-label="[^"]+">', html)
