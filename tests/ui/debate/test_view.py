"""The views of the debate tools and of checks: their HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from rag.catalogue import say
from rag.debate import rebuttal_as_json, rebuttal_as_text
from rag.debate.echoes import Echo
from rag.debate.face_to_face import Cell, Face, Point
from rag.debate.rebuttal import Rebuttal
from rag.debate.reply import Reply
from rag.types import Language, Quote
from rag.ui.debate import view as debate_view
from rag.ui.html import escape
from rag.ui.verify import view as verify_view
from rag.verify.types import Attribution, Difference, Effect, Verification
from tests.helpers.pages import OURS, TRICKS, make_quote, make_source, read

LANGUAGES: tuple[Language, ...] = ("fr", "en")


def trick(at: int = 0, side: str = TRICKS) -> Quote:
    """A quote of a source all of whose words try to be tags."""
    source = make_source(TRICKS * 4, title=TRICKS, note=TRICKS, side=side)
    return make_quote(source, at + len(TRICKS), at + 2 * len(TRICKS))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verdict", verify_view.VERDICT_ICONS)
def test_a_check_shows_all_it_found_and_brings_no_tags(verdict: Any, lang: Language) -> None:
    effect = Effect("number", "changed", TRICKS, TRICKS)
    found = Verification(
        quote=TRICKS,
        verdict=verdict,
        similarity=0.9,
        pieces=tuple(trick(n) for n in range(5)),
        places=5,
        diff=(Difference("equal", TRICKS, TRICKS), Difference("replace", TRICKS, TRICKS)),
        effects=(effect,),
        warnings=(effect,),
        near=(trick(),),
        attribution=Attribution(TRICKS, ("un",), False),
    )
    html = verify_view.verified([(None, found)], {TRICKS: "side-0"}, lang)
    page = read([html])
    assert page.tags <= OURS
    assert page.texts["quote-text"] == [quote.text for quote in found.pieces]
    assert page.texts["claimed"][0].endswith(TRICKS)
    assert len(page.texts["verdict"][0]) > 10, "the verdict is told in words"
    assert html.count("<summary>") == 1, "the places beyond the first are there to be opened"
    said = verify_view.summary([found, found], lang)
    assert "2" in said


def test_a_diff_tells_in_words_what_is_struck_out_and_what_the_source_says() -> None:
    diff = (
        Difference("equal", "Il y aura ", "il y aura "),
        Difference("replace", "900\u00a0000", "800\u00a0000"),
        Difference("equal", " loups", " loups"),
        Difference("delete", "", " au plus"),
        Difference("insert", " […]", " en hiver", announced=True),
    )
    html = verify_view.diff_html(diff, "fr")
    assert re.findall("<del>.*?</span>(.*?)<span", html) == ["900\u00a0000"]
    assert re.findall("<ins[^>]*>.*?</span>(.*?)<span", html) == ["800\u00a0000", "au plus", "en hiver"]
    heard = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", html.partition("</p>")[0]))
    assert "[dans le texte vérifié : 900 000 ] [dans la source : 800 000 ] loups" in heard
    assert "[…] [la source dit ici : en hiver ]" in heard
    assert verify_view.diff_html(diff[:1], "fr") == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sides_stand_face_to_face_with_how_they_would_vote(lang: Language) -> None:
    one, other = trick(), trick(side="autre")
    limit = Effect("condition", "dropped", "", TRICKS)
    cells = {
        TRICKS: Cell(
            (Reply(one, "supports", 0.9, True, (), ()),),
            (Reply(one, "weakens", 0.2, True, (limit,), (limit,)),),
        ),
        "autre": Cell(against=(Reply(other, "contradicts", 0.9, True, (limit,), ()),)),
        "thème": Cell(says=(other,)),
        "muet": Cell(),
    }
    face = Face(TRICKS, lang, tuple(cells), (Point(TRICKS, TRICKS, one, cells),), ())
    html = debate_view.faced(face, {TRICKS: "side-0"}, lang)
    page = read([html])
    assert page.tags <= OURS | {"label", "select"}
    assert page.texts["point"][0].startswith(TRICKS), "what is affirmed and denied stands above"
    assert len(page.texts["cell"]) == 4
    stances = ["for", "against", "speaks", "silent"]
    assert page.texts["stance"] == [say(f"voted_{stance}", lang) for stance in stances]
    assert all(page.texts[stance] for stance in stances), "each has a look of its own"
    assert len(page.texts["quote-text"]) == 5, "the one that states it once more, for other pairs"
    relations = [say(relation, lang) for relation in ("supports", "weakens", "contradicts")]
    for said, relation in zip(page.texts["relation"], relations, strict=True):
        assert said.startswith(relation)
    assert [TRICKS in said for said in page.texts["relation"]] == [False, True, True]
    assert len(page.texts["warning"]) == 1
    assert page.texts["silence"] == ["N’en dit rien." if lang == "fr" else "Does not say."]
    assert "echoes" not in page.texts
    assert "1" in debate_view.face_summary(face, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_several_sides_the_first_two_that_speak_are_shown(lang: Language) -> None:
    said = trick(side="C")
    cells = {side: Cell(says=(said,) if side in "CD" else ()) for side in "ABCD"}
    point = Point(TRICKS, TRICKS, said, cells)
    html = debate_view.faced(
        Face("", lang, tuple(cells), (point,), ()), dict.fromkeys("DCBA", "side-0"), lang
    )
    shown = re.findall(r'<div data-side="(\d)"( hidden)? class="cell', html)
    assert shown == [("0", ""), ("1", ""), ("2", " hidden"), ("3", " hidden")], "in the order of the debate"
    assert re.findall(r'<option value="(\d)" selected', html) == ["0", "1"]
    silent = escape(say("face_silent_side", lang, side="B"))
    assert html.count(f">{silent}</option>") == 2, "who has nothing to say is told before it is chosen"
    others = re.findall(r'<span class="other" data-side="(\d)"( hidden)?>', html)
    assert others == [("0", " hidden"), ("1", " hidden"), ("2", ""), ("3", "")]
    assert 'class="stated" data-side="1" hidden' in html, "who states it stands in a column already"
    two = replace(point, cells={side: cells[side] for side in "AC"})
    plain = debate_view.faced(Face("", lang, ("A", "C"), (two,), ()), {}, lang)
    assert "<select" not in plain and "stated" not in plain


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_quotes_whom_stands_apart(lang: Language) -> None:
    found = Verification(TRICKS, "absent", 0.1, near=(trick(side="autre"),))
    face = Face(TRICKS, lang, (TRICKS, "autre"), (), (Echo(trick(), found),))
    page = read([debate_view.faced(face, {TRICKS: "side-0"}, lang)])
    assert page.tags <= OURS
    assert page.texts["hint"][0] == say("no_points", lang)
    assert len(page.texts["echoes"]) == 1
    assert len(page.texts["quote-text"]) == 1
    assert "near-text" not in page.texts, "nothing stands for words that the others do not have"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rebuttal_says_whose_claim_it_is_and_warns_of_what_a_quote_leaves_out(lang: Language) -> None:
    limit = Effect("condition", "dropped", "", TRICKS)
    found = Rebuttal(
        claim=TRICKS,
        lang=lang,
        side=TRICKS,
        inferred=True,
        possible=(),
        against=(Reply(trick(), "contradicts", 0.9, True, (), (limit,)),),
        own=(Reply(trick(), "weakens", 0.8, True, (limit,), ()),),
        supports=(Reply(trick(), "supports", 0.7, True, (), ()),),
        silent_sides=(TRICKS,),
    )
    html = debate_view.rebutted(found, {TRICKS: "side-0"}, lang)
    page = read([html])
    assert page.tags <= OURS
    assert len(page.texts["warning"]) == 1
    assert TRICKS in page.texts["warning"][0]
    assert len(page.texts["relation"]) == 3
    assert [TRICKS in said for said in page.texts["relation"]] == [False, True, False]
    assert re.findall(r'class="bearing (\w+)"', html) == ["against", "own_words", "borne_out"]
    judged = "Jugé" if lang == "fr" else "Judged"
    assert page.texts["whose"][0].startswith(judged)
    told = debate_view.rebutted(replace(found, inferred=False), {}, lang)
    assert judged not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_where_nothing_is_against_a_claim_that_is_said(lang: Language) -> None:
    reply = Reply(trick(), "weakens", 0.9, True, (), ())
    nothing = Rebuttal(TRICKS, lang, TRICKS, False, (), (), (), (), ("autre",), near=(trick(side="autre"),))
    html = debate_view.rebutted(nothing, {}, lang)
    page = read([html])
    assert page.tags <= OURS
    assert say("no_bearing", lang) in page.texts["silence"]
    assert "quote-text" not in page.texts, "what is near is not a quote"
    assert len(page.texts["near-text"]) == 1
    for met in (replace(nothing, own=(reply,)), replace(nothing, against=(reply,))):
        html = debate_view.rebutted(met, {}, lang)
        assert say("no_bearing", lang) not in html
        assert say("says_nothing_against", lang, side="autre") in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_several_may_hold_a_claim_each_can_be_chosen(lang: Language) -> None:
    found = Rebuttal(TRICKS, lang, None, True, (TRICKS, "autre"), (), (), (), ())
    html = debate_view.rebutted(found, {}, lang)
    assert read([html]).tags <= OURS
    assert len(re.findall('data-do="example"', html)) == 2
    assert 'data-field-side="=autre"' in html
    assert say("no_bearing", lang) in html


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", [verify_view.verify_view, debate_view.face_view, debate_view.rebut_view])
def test_every_field_of_a_form_has_a_label(view: Any, lang: Language) -> None:
    html = view(lang)
    assert read([re.sub("<input[^>]*>", "", html)]).tags
    for field in re.findall("<(?:textarea|select|input)[^>]*>", html):
        labelled = re.search(rf"<label[^>]*>(?:(?!</label>).)*{re.escape(field)}", html)
        own = re.search(r' id="(\w+)"', field)
        assert labelled or (own and f'<label for="{own[1]}">' in html), field


def test_names_and_sides_are_offered_as_they_are() -> None:
    infos = [make_source("Un.", "un", TRICKS, title=TRICKS).info]
    assert verify_view.names(infos).count("<option>") == 1
    options = debate_view.side_options([TRICKS, ""], "fr")
    assert options.count("<option") == 4
    assert "<script" not in options + verify_view.names(infos)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_quote_does_is_said_to_be_uncertain_where_it_is(lang: Language) -> None:
    sure = Reply(trick(), "weakens", 0.9, True, (), ())
    found = Rebuttal(TRICKS, lang, TRICKS, False, (), (sure,), (), (), ())
    uncertain = replace(found, against=(replace(sure, certain=False),))
    said = say("relation_uncertain", lang, relation=say("weakens", lang))
    for each, is_said in ((found, False), (uncertain, True)):
        assert (said in rebuttal_as_text(each)) == is_said
        assert (said in debate_view.rebutted(each, {}, lang)) == is_said
        assert rebuttal_as_json(each)["against"][0]["certain"] != is_said
