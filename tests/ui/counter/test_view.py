"""The view that answers a speech: its HTML."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.debate.counter import Countered
from rag.debate.reply import Reply
from rag.dossier import Card, CheckedCard
from rag.text import Claim
from rag.types import Language, Quote
from rag.ui.counter.large import large_card
from rag.ui.counter.view import counter_view, known_sides, retort, spoken
from rag.verify.types import Attribution, Verification
from tests.helpers.pages import OURS, TRICKS, make_quote, make_source, read, values_of

LANGUAGES: tuple[Language, ...] = ("fr", "en")


def trick() -> Quote:
    source = make_source(TRICKS * 4, title=TRICKS, note=TRICKS, side=TRICKS)
    return make_quote(source, len(TRICKS), 2 * len(TRICKS))


def tricky() -> Countered:
    reply = Reply(trick(), "contradicts", 0.9, True, (), ())
    found = Verification(
        quote=TRICKS,
        verdict="altered",
        similarity=0.9,
        pieces=(trick(),),
        attribution=Attribution(TRICKS, (), None),
    )
    return Countered(
        sentence=TRICKS,
        lang="fr",
        claim=TRICKS,
        reported=True,
        by=TRICKS,
        checks=((Claim(0, 3, True, TRICKS), found),),
        against=(reply,),
        supports=(replace(reply, relation="supports"),),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_shows_all_that_was_found_and_brings_no_tags(lang: Language) -> None:
    found = tricky()
    html = spoken(found, {TRICKS: "side-0"}, lang)
    page = read([html])
    assert page.tags <= OURS
    assert page.texts["quote-text"] == [trick().text] * 3
    assert html.index("check-altered") < html.index("bearing against") < html.index("<details>")
    tags = values_of([html], "data-tag")
    assert len(tags) == 3 and all(" ".join(TRICKS.split())[:20] in " ".join(tag.split()) for tag in tags)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_strongest_reply_names_the_claim_that_it_answers(lang: Language) -> None:
    found = replace(tricky(), checks=())
    assert found.retort is not None
    page = read([retort(found, found.retort, {}, lang)])
    assert page.tags <= OURS
    assert page.texts["quote-text"] == [trick().text]
    assert page.texts["retort"][0].startswith(("Contre\u00a0: ", "Against: "))


@pytest.mark.parametrize("nothing", ["question", "greeting", "thanks", "announcement", "appeal", "short"])
def test_what_states_nothing_says_so_and_nothing_else(nothing: str) -> None:
    html = spoken(Countered("Bonsoir.", "fr", nothing), {}, "fr")  # type: ignore[arg-type]
    page = read([html])
    assert len(page.texts["hint"][0]) > 10 and "figure" not in page.tags


def test_that_nothing_was_found_is_said() -> None:
    html = spoken(Countered("La lune est verte.", "fr", claim="La lune est verte."), {}, "fr")
    assert "Rien n’a été trouvé" in read([html]).texts["silence"][0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_frame_brings_timer_and_large_print(lang: Language) -> None:
    html = counter_view(lang)
    assert {"timer", "clock", "large-body", "strongest-list"} <= set(read([html]).texts)
    assert "=Ours" in known_sides(["Ours"], lang)
    for action in ("timer-go", "timer-reset", "timer-previous", "timer-next", "large-dossier", "large-close"):
        assert f'data-do="{action}"' in html


def test_large_print_has_the_whole_quote_and_softens_what_is_not_read_out() -> None:
    quote = replace(trick(), highlights=((len(TRICKS) + 4, len(TRICKS) + 9),))
    item = CheckedCard(Card("a", TRICKS, quote), "verified", ("x",))
    page = read([large_card(item, {}, "fr")])
    assert page.tags <= OURS | {"h2"}
    assert page.texts["large-quote"] == [quote.text]
    assert "".join(page.texts["unread"]) == quote.text[:4] + quote.text[9:]
    whole = replace(item, card=replace(item.card, quote=trick()))
    assert "unread" not in read([large_card(whole, {}, "fr")]).texts


def test_a_card_that_is_lost_shows_no_words() -> None:
    item = CheckedCard(Card("a", "Titre", trick()), "changed", ("x",))
    page = read([large_card(item, {}, "fr")])
    assert "blockquote" not in page.tags and page.texts["large-lost"][0]
