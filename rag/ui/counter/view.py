"""Pure: the view that answers a speech; js/counter.js sends its sentences, calls.py answers."""

from __future__ import annotations

from collections.abc import Sequence

from rag.catalogue import say
from rag.debate import (
    Countered,
    Reply,
    Retort,
    reported_in_words,
    tag_of,
)
from rag.text import Claim
from rag.types import Language
from rag.ui.counter.large import large_dialog
from rag.ui.counter.timer import timer_panel
from rag.ui.debate.view import remark
from rag.ui.figures import plain_figure
from rag.ui.form import tool
from rag.ui.html import SideClasses, escape, icon, isolated
from rag.ui.verify.view import account, verdict_heading
from rag.verify import Verification


def counter_view(lang: Language) -> str:
    """The frame of the view."""
    form = (
        f'<label for="speech">{escape(say("counter_label", lang))}</label>'
        '<textarea id="speech" name="text" rows="6" dir="auto" aria-describedby="speech-keys"></textarea>'
        f'<p id="speech-keys" class="hint">{escape(say("counter_keys", lang))}</p>'
        f'<label class="field">{escape(say("counter_side", lang))}'
        f'<select name="side">{known_sides((), lang)}</select></label>'
    )
    results = (
        '<template class="t-results"><section class="strongest">'
        f'<h3 tabindex="-1">{escape(say("strongest", lang))}</h3><div class="strongest-list"></div>'
        f'<p class="hint strongest-none">{escape(say("strongest_none", lang))}</p></section>'
        '<div class="spoken-list"></div></template>'
        '<template class="t-spoken"><article class="spoken" aria-busy="true"><h3></h3>'
        f'<p class="hint">{escape(say("searching", lang))}</p></article></template>'
    )
    besides = results + large_dialog(lang)
    return tool("counter", lang, form, "counter_go", scoped=True, above=timer_panel(lang), besides=besides)


def known_sides(sides: Sequence[str], lang: Language) -> str:
    """The sides, to choose whose speech it is; not to know is chosen first."""
    unknown = f'<option value="" selected>{escape(say("counter_unknown", lang))}</option>'
    return unknown + "".join(f'<option value="={escape(side)}">{escape(side)}</option>' for side in sides)


def spoken(found: Countered, classes: SideClasses, lang: Language) -> str:
    """One sentence, and what the sources have to it; what weakens it first."""
    return (
        f'<article class="spoken" lang="{lang}"><h3>{isolated(found.sentence)}</h3>'
        f"{_said(found, lang)}{_checks(found, classes, lang)}{_told(found, classes, lang)}"
        f"{_replies('against', found, found.against, classes, lang)}"
        f"{_replies('borne_out', found, found.supports, classes, lang)}</article>"
    )


def _said(found: Countered, lang: Language) -> str:
    """What must be said of a sentence before the quotes, or instead of them."""
    if found.nothing:
        return f'<p class="hint">{escape(say(f"states_{found.nothing}", lang))}</p>'
    if not found.found:
        nothing = f'<p class="silence">{escape(say("counter_nothing", lang))}</p>'
        return _reported(found, lang) + nothing
    return _reported(found, lang)


def _reported(found: Countered, lang: Language) -> str:
    if not found.reported:
        return ""
    return f'<p class="whose">{icon("person")}<span>{escape(reported_in_words(found, lang))}</span></p>'


def _checks(found: Countered, classes: SideClasses, lang: Language) -> str:
    return "".join(_check(found, claim, each, classes, lang) for claim, each in found.checks)


def _check(found: Countered, claim: Claim, check: Verification, classes: SideClasses, lang: Language) -> str:
    """What became of words that a sentence quotes, or nearly recites; a card of them has them as its tag."""
    wrong = found.retort is not None and found.retort.check == check
    tag = tag_of(found, "misquoted", lang) if wrong else check.quote
    words = say(f"verdict_{check.verdict}", lang) if claim.quoted else say("recited", lang)
    return (
        f'<div class="check check-{check.verdict}" data-tag="{escape(tag)}">'
        f"{verdict_heading(check.verdict, words, 'h4')}{account(check, classes, lang)}</div>"
    )


def _told(found: Countered, classes: SideClasses, lang: Language) -> str:
    """What those say in substance whom a sentence says to say something."""
    if found.told is None or found.told.meaning is None:
        return ""
    return f'<div class="told" data-tag="{escape(found.claim)}">{account(found.told, classes, lang)}</div>'


def _replies(
    title: str, found: Countered, replies: Sequence[Reply], classes: SideClasses, lang: Language
) -> str:
    if not replies:
        return ""
    figures = "".join(_tagged(found, reply, classes, lang) for reply in replies)
    words = escape(say(title, lang))
    if title == "borne_out":
        return f"<details><summary>{words} ({len(replies)})</summary>{figures}</details>"
    return f'<section class="bearing {title}"><h4>{words}</h4>{figures}</section>'


def _tagged(found: Countered, reply: Reply, classes: SideClasses, lang: Language) -> str:
    """A quote with what it does to the sentence; a card of it is tagged with the claim that it answers."""
    tag = tag_of(found, reply.relation, lang)
    figure = plain_figure(reply.quote, lang, classes, remark(reply, lang))
    return f'<div class="tagged" data-tag="{escape(tag)}">{figure}</div>'


def retort(found: Countered, best: Retort, classes: SideClasses, lang: Language) -> str:
    """The strongest reply to a sentence, as it stands above all: which claim it answers, and the quote."""
    tag = tag_of(found, best.relation, lang)
    said = remark(best.reply, lang) if best.reply else ""
    return (
        f'<div class="tagged retort" data-tag="{escape(tag)}"><h4>{isolated(tag)}</h4>'
        f"{plain_figure(best.quote, lang, classes, said)}</div>"
    )
