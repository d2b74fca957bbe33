"""An answer as the page shows it: its quotes to the character, its prose, what is near."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rag.answer.composition import heading_of
from rag.catalogue import say
from rag.quotes.citation import cite
from rag.types import Prose, QuoteRef
from rag.ui import html as render
from rag.ui.chat.answer import answer_parts, error_part
from tests.helpers.pages import TRICKS, Reader, make_answer, make_quote, make_source, read, values_of


def test_a_quote_reads_back_to_the_character_and_brings_no_tags() -> None:
    source = make_source(f"Avant.{TRICKS}Après.", title=TRICKS, note=TRICKS, side=TRICKS)
    end = 6 + len(TRICKS)
    quote = make_quote(source, 6, end, lead_in=TRICKS)
    parts = answer_parts(make_answer([quote]), render.side_classes([source.info]))
    page = read(parts)
    assert page.texts["quote-text"] == [TRICKS]
    assert values_of(parts, "data-cite") == [cite(quote, "fr", outward=True)]
    assert page.texts["lead-in-text"] == [TRICKS]
    assert TRICKS in page.texts["remarks"][0]
    assert page.texts["cite"] == [f"[1] Selon «\u00a0{TRICKS}\u00a0» ({TRICKS}), § 3, point 1\u00a0:"]
    ours = {"figure", "figcaption", "p", "span", "cite", "bdi", "blockquote", "div", "button", "svg", "path"}
    assert page.tags == ours
    slices = [values_of(parts, f"data-{name}")[0] for name in ("source", "sha256", "start", "end")]
    assert slices == ["un", source.info.sha256, "6", str(end)]


def test_what_a_document_says_is_isolated_from_what_we_say() -> None:
    source = make_source("\u202eTexte", title="\u202eTitre", side="\u202eCôté", note="\u202eNote")
    (html,) = answer_parts(make_answer([make_quote(source, 0, 6)]), {})
    for text in ("«\u00a0\u202eTitre\u00a0»", "\u202eCôté", "\u202eNote"):
        assert re.search(f"<bdi[^>]*>{text}</bdi>", html)
    assert '<p class="quote-text" dir="auto">\u202eTexte</p>' in html


def test_every_part_is_one_element() -> None:
    source = make_source("Un. Deux.")
    answer = make_answer([make_quote(source, 0, 3)], ("Contre",), rewritten_question="Quoi donc ?")
    parts = answer_parts(answer, {})
    parts += [error_part("<b>", "fr"), render.line("hint", "fr", "x")]
    for part in parts:
        depth, roots = 0, 0
        for closing, _ in re.findall(r"<(/?)(\w+)", part):
            roots += depth == 0
            depth += -1 if closing else 1
        assert (depth, roots) == (0, 1), part


def test_an_attribution_stands_in_the_caption_and_other_prose_before_it() -> None:
    source = make_source("Un. Deux.")
    answer = make_answer([make_quote(source, 0, 3)], ("Contre",), rewritten_question="Quoi <donc> ?")
    said = read(answer_parts(answer, {}))
    assert said.texts["cite"] == ["[1] Selon «\u00a0Titre\u00a0» (Pour), § 3, point 1\u00a0:"]
    assert said.texts["prose"] == ["Les sources du côté «\u00a0Contre\u00a0» n’en disent rien."]
    assert said.texts["understood"] == ["Question comprise ainsi\u00a0: Quoi <donc> ?"]
    other = replace(answer, blocks=(Prose("Titre", heading=True), Prose("Voici :"), QuoteRef(1)))
    assert read(answer_parts(other, {})).texts["prose"] == ["Voici :"]
    assert read(answer_parts(other, {})).texts["part-heading"] == ["Titre"]


def test_the_heading_of_a_side_is_not_that_of_a_question() -> None:
    for side, speaker in (("Pour", None), (None, None), (None, "M. Costa")):
        quote = replace(make_quote(make_source("Un. Deux.", side=side), 0, 3), speaker=speaker)
        answer = make_answer([quote])
        blocks = (heading_of(quote, "fr"), *answer.blocks)
        texts = read(answer_parts(replace(answer, blocks=blocks), {})).texts
        assert "side-heading" in texts and "part-heading" not in texts
    silent = make_answer([], blocks=(Prose("Quoi ?", heading=True), Prose("Les sources ne le disent pas.")))
    texts = read(answer_parts(silent, {})).texts
    assert (texts["part-heading"], texts["verdict"]) == (["Quoi ?"], ["Les sources ne le disent pas."])


@pytest.mark.parametrize("said", ["said_yes", "said_no", "said_condition", "not_in_sources"])
def test_what_answers_in_a_word_reads_as_a_first_line(said: str) -> None:
    source = make_source("Un. Deux.")
    answer = make_answer([make_quote(source, 0, 3)], ("Contre",))
    named = {} if said == "not_in_sources" else {"source": "«\u00a0Titre\u00a0» (Pour)"}
    first = say(said, "fr", **named)
    texts = read(answer_parts(replace(answer, blocks=(Prose(first), *answer.blocks)), {})).texts
    assert texts["said"] == [first]
    assert texts["prose"] == [first, "Les sources du côté «\u00a0Contre\u00a0» n’en disent rien."]


def test_the_offer_of_a_face_to_face_comes_last_and_only_where_there_is_one() -> None:
    source = make_source("Un. Deux.")
    answer = make_answer([make_quote(source, 0, 3)])
    assert "facing-offer" not in "".join(answer_parts(answer, {}))
    for motion in ("", "la <paix>"):
        parts = answer_parts(replace(answer, face=motion), {})
        assert values_of(parts[-1:], "data-motion") == [motion]
        assert values_of(parts[-1:], "data-do") == ["open-face"]
        assert parts[:-1] == answer_parts(answer, {})
        assert not any("open-face" in part for part in answer_parts(replace(answer, face=motion), {}, False))


def test_parts_grow_and_what_was_shown_stays() -> None:
    sources = [make_source("Un. Deux."), make_source("Trois.", "deux", side="Contre")]
    quotes = [make_quote(sources[0], 0, 3), make_quote(sources[1], 0, 6)]
    answer = make_answer(quotes, ("Autre",))
    shown: list[str] = []
    for count in range(1, len(answer.blocks) + 1):
        partial = replace(answer, blocks=answer.blocks[:count])
        parts = answer_parts(partial, {}, complete=False)
        assert parts[: len(shown)] == shown
        shown = parts
    assert answer_parts(answer, {})[: len(shown)] == shown
    assert len(answer_parts(answer, {})) == len(shown) + 1  # the last words waited


def test_near_passages_are_not_marked_up_as_an_answer() -> None:
    source = make_source("Un. Deux.")
    answer = make_answer([], ("Pour",), near=(make_quote(source, 0, 3),))
    (html,) = answer_parts(answer, {})
    page = Reader(html)
    assert page.texts["verdict"] == ["Les sources ne le disent pas."]
    assert "pas donnés comme réponse" in page.texts["nearest"][0]
    assert page.texts["near-text"] == ["Un."]
    assert not {"quote", "quote-text", "card", "mark"} & page.texts.keys()


def test_a_number_in_the_prose_leads_to_its_quote_and_other_brackets_do_not() -> None:
    source = make_source("Un. Deux.")
    answer = make_answer([make_quote(source, 0, 3)])
    answer = replace(answer, blocks=(Prose("Ceci [1], <b>cela</b> [2] [x]."), QuoteRef(1)))
    prose = answer_parts(answer, {})[0]
    assert Reader(prose).texts["mark"] == ["[1]"]
    assert Reader(prose).texts["prose"] == ["Ceci [1], <b>cela</b> [2] [x]."]
    assert values_of([prose], "data-n") == ["1"]
