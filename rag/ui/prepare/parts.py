"""Pure: the parts of a brief but its positions, as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rag.brief import (
    Answering,
    Brief,
    Edits,
    FigureUse,
    Position,
    TermUse,
    Written,
    date_in_words,
    numbers_of,
)
from rag.catalogue import say
from rag.debate import unsided_in_words
from rag.types import Language, Quote
from rag.ui.figures import plain_figure
from rag.ui.html import SideClasses, button, chip, escape, isolated, side_class


@dataclass(frozen=True, slots=True)
class Setting:
    """What all parts are set with: a brief as it is wanted, and the colours of its sides."""

    brief: Brief
    edits: Edits
    classes: SideClasses

    def chip(self, side: str) -> str:
        """The name of a side in its colour."""
        return chip(side, side_class(side, self.classes))

    def figure(self, quote: Quote, remark: str = "") -> str:
        """A quote, which can be taken out of the brief."""
        lang = self.brief.lang
        out = button("brief-drop-quote", "prepare_drop_quote", lang, "close")
        return plain_figure(quote, lang, self.classes, remark, out)

    def figures(self, quotes: Iterable[Quote]) -> str:
        """Several quotes."""
        return "".join(map(self.figure, quotes))

    def argument(self, argument: str) -> str:
        """The heading of an argument, which leads to it."""
        found = self.brief.arguments[argument]
        leads = f'class="to-argument" data-do="brief-go" data-to="{escape(argument)}"'
        return f'{self.chip(found.side)} <button type="button" {leads}>{isolated(found.heading)}</button>'


def title_of(name: str, lang: Language) -> str:
    """The heading of a part."""
    return say("map_title" if name == "map" else f"brief_{name}", lang)


def section(name: str, html: str, lang: Language) -> str:
    """A part under its heading."""
    title = escape(title_of(name, lang))
    return (
        f'<section class="brief-part part-{name}"><h3 tabindex="-1" data-anchor="{name}">{title}</h3>'
        f"{html}</section>"
    )


def nothing(name: str, lang: Language) -> str:
    """A part that has nothing says so."""
    words = escape(say(f"prepare_none_{name}", lang))
    return section(name, f'<p class="silence">{words}</p>', lang)


def introduction(position: Position, setting: Setting) -> str:
    """What a language model wrote of a side: said to be its words, set as no quote is."""
    if not position.introduction:
        return ""
    sentences = " ".join(_written(each, setting) for each in position.introduction)
    words = escape(say("prepare_written", setting.brief.lang))
    return f'<p class="brief-written"><span class="written-by">{words}</span> {sentences}</p>'


def _written(written: Written, setting: Setting) -> str:
    """A sentence, and the numbers of the arguments that bear it out, which lead there."""
    brief, leads = setting.brief, ""
    for argument in numbers_of(written, brief):
        heading = brief.arguments[argument].heading
        name = escape(say("prepare_written_from", brief.lang, number=argument[1:], heading=heading))
        leads += (
            f' <button type="button" class="to-argument" data-do="brief-go" data-to="{escape(argument)}"'
            f' title="{name}" aria-label="{name}">[{escape(argument[1:])}]</button>'
        )
    remark = f" {escape(written.remark)}" if written.remark else ""
    return f"<span>{isolated(written.text)}{leads}{remark}</span>"


def unwritten(brief: Brief) -> str:
    """That the language model failed, if it did."""
    if not brief.model_failure:
        return ""
    reason = say(f"llm_{brief.model_failure}", brief.lang)
    return f'<p class="hint">{escape(say("brief_unwritten", brief.lang, reason=reason))}</p>'


def unsided(brief: Brief) -> str:
    """Which sources are in no part, if any: those without a side."""
    words = unsided_in_words(brief.unsided, brief.lang)
    return f'<p class="hint">{escape(words)}</p>' if words else ""


def answers(setting: Setting) -> str:
    """Which argument answers which: the words of both, side by side."""
    return "".join(_answer(each, setting) for each in setting.brief.answers)


def _answer(each: Answering, setting: Setting) -> str:
    lang = setting.brief.lang
    relation = say(each.relation, lang)
    if not each.certain:
        relation = say("relation_uncertain", lang, relation=relation)
    said = f'<p class="relation"><strong>{escape(relation)}</strong></p>'
    return (
        f'<div class="facing answering"><div class="cell"><h4>{setting.argument(each.to)}</h4>'
        f'{setting.figure(each.answered)}</div><div class="cell"><h4>'
        f"{setting.argument(each.by)}</h4>{setting.figure(each.quote, said)}</div></div>"
    )


def unanswered(setting: Setting) -> str:
    """The arguments that others leave unanswered."""
    items = ""
    for each in setting.brief.unanswered:
        by = " ".join(map(setting.chip, each.by))
        words = escape(say("prepare_left_by", setting.brief.lang))
        items += f"<li>{setting.argument(each.argument)}<p>{words} {by}</p></li>"
    return f'<ul class="brief-open">{items}</ul>'


def figures(setting: Setting) -> str:
    """Figures and dates of several sides, those that differ first."""
    return "".join(
        f'<div class="brief-compared"><h4>{isolated(each.about)} <span class="stance">'
        f"{escape(say('prepare_differ' if each.differ else 'prepare_agree', setting.brief.lang))}</span></h4>"
        f'<div class="facing">{"".join(_use(use, use.words, setting) for use in each.uses)}</div></div>'
        for each in setting.brief.figures
    )


def terms(setting: Setting) -> str:
    """The terms that the sides use for one thing."""
    made = ""
    for term in setting.brief.terms:
        cells = ""
        for use in term.uses:
            times = say("prepare_times", setting.brief.lang, count=use.count)
            cells += _use(use, f"{use.term} ({times})", setting)
        made += f'<div class="facing">{cells}</div>'
    return made


def _use(use: FigureUse | TermUse, words: str, setting: Setting) -> str:
    return (
        f'<div class="cell"><h4>{setting.chip(use.side)} {isolated(words)}</h4>'
        f"{setting.figure(use.quote)}</div>"
    )


def chronology(setting: Setting) -> str:
    """What the sources say of each date."""
    items = ""
    for event in setting.brief.chronology:
        words = escape(date_in_words(event.date, setting.brief.lang))
        items += f'<li><h4><time datetime="{escape(event.date)}">{words}</time></h4>'
        items += f"{setting.figures(event.quotes)}</li>"
    return f'<ol class="brief-events">{items}</ol>'


def questions(setting: Setting) -> str:
    """What each side may be asked, and what it can answer."""
    lang, made = setting.brief.lang, ""
    for side, asked in groupby(setting.brief.questions, key=lambda each: each.side):
        made += f"<h4>{escape(say('prepare_asked', lang))} {setting.chip(side)}</h4>"
        for each in asked:
            found = f'<p class="silence">{escape(say("prepare_no_answer", lang))}</p>'
            if each.answers:
                found = f"<p>{escape(say('brief_reply', lang))}</p>{setting.figures(each.answers)}"
            made += (
                f'<article class="brief-asked"><h5>{isolated(each.question)}</h5>'
                f"<p>{escape(say('prepare_asked_of', lang))} {setting.chip(each.by)}</p>"
                f"{setting.figure(each.asked)}{found}</article>"
            )
    return made


def by_heart(setting: Setting) -> str:
    """Quotes to know by heart."""
    return "".join(
        f"<h4>{setting.chip(each.side)}</h4>{setting.figures(each.quotes)}" for each in setting.brief.by_heart
    )
