"""Pure: the views of the sides face to face, and of what to answer to a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.catalogue import say
from rag.debate import Cell, Echo, Face, Point, Rebuttal, Reply, reasons_in_words, relation_in_words
from rag.types import Language
from rag.ui.figures import context_figure, near_figure, plain_figure
from rag.ui.form import example_button, fill_button, tool
from rag.ui.html import SideClasses, chip, escape, icon, isolated, line, side_class
from rag.ui.verify.view import account, verdict_heading, warnings_html


def face_view(lang: Language) -> str:
    """The frame of the view of the sides face to face."""
    form = (
        f'<label for="motion">{escape(say("face_label", lang))}</label>'
        '<input id="motion" name="motion" type="text" dir="auto" autocomplete="off" maxlength="4000"'
        f' placeholder="{escape(say("face_placeholder", lang))}">'
        '<label class="option"><input type="checkbox" name="echoes" value="1">'
        f"{escape(say('face_echoes', lang))}</label>"
    )
    return tool("face", lang, form, "face_go")


def face_summary(found: Face, lang: Language) -> str:
    """How many points, in a line."""
    return say("face_summary", lang, points=len(found.points))


def faced(found: Face, classes: SideClasses, lang: Language) -> str:
    """The points, each with a cell a side, then who quotes whom."""
    points = "".join(_point(point, classes, lang) for point in found.points)
    if not points:
        points = f'<p class="hint">{escape(say("no_points", lang))}</p>'
    return points + _echoes(found.echoes, classes, lang)


def _point(point: Point, classes: SideClasses, lang: Language) -> str:
    cells = "".join(_cell(side, cell, classes, lang) for side, cell in point.cells.items())
    return (
        f'<section class="point" lang="{lang}"><h3>{isolated(point.proposition)}</h3>'
        f'<div class="facing">{cells}</div></section>'
    )


def _cell(side: str, cell: Cell, classes: SideClasses, lang: Language) -> str:
    """What a side says: how it would vote, and the quotes for and against."""
    tone = side_class(side, classes)
    stance = f'<span class="stance {cell.stance}">{escape(say(f"voted_{cell.stance}", lang))}</span>'
    replies = (*cell.supports, *cell.against)
    figures = "".join(plain_figure(reply.quote, lang, classes, _remark(reply, lang)) for reply in replies)
    figures += "".join(plain_figure(quote, lang, classes) for quote in cell.says)
    return (
        f'<div class="cell {tone}"><h4>{chip(side, tone)} {stance}</h4>'
        f"{figures or line('silent', lang, 'silence')}</div>"
    )


def _echoes(echoes: Sequence[Echo], classes: SideClasses, lang: Language) -> str:
    """Words that one side puts between quote marks, those that others have first."""
    if not echoes:
        return ""
    ordered = sorted(echoes, key=lambda echo: echo.found.verdict == "absent")
    entries = "".join(_echo(echo, classes, lang) for echo in ordered)
    return (
        f'<section class="echoes" lang="{lang}"><h3>{escape(say("echoes_title", lang))}</h3>'
        f'<p class="hint">{escape(say("echoes", lang))}</p>{entries}</section>'
    )


def _echo(echo: Echo, classes: SideClasses, lang: Language) -> str:
    """The nearest passages of an absent one are left out: they are near it for no reason of its own."""
    words = say(f"echo_{echo.found.verdict}", lang)
    said = verdict_heading(echo.found.verdict, words, "h4")
    said += account(replace(echo.found, near=()), classes, lang)
    return (
        f'<article class="check check-{echo.found.verdict} facing">'
        f'<div class="cell">{context_figure(echo.quote, lang, classes)}</div>'
        f'<div class="cell">{said}</div>'
        "</article>"
    )


def rebut_view(lang: Language) -> str:
    """The frame of the view of what to answer to a claim."""
    form = (
        f'<label for="claim">{escape(say("rebut_label", lang))}</label>'
        '<textarea id="claim" name="claim" rows="3" dir="auto" maxlength="4000" required></textarea>'
        f'<label class="field">{escape(say("rebut_side", lang))}'
        f'<select name="side" required>{side_options((), lang)}</select></label>'
    )
    return tool("rebut", lang, form, "rebut_go")


def side_options(sides: Sequence[str], lang: Language) -> str:
    """The sides, to choose one; none is chosen, and not to know is the last choice."""
    options = "".join(f'<option value="={escape(side)}">{escape(side)}</option>' for side in sides)
    return (
        f'<option value="" selected disabled>{escape(say("rebut_choose", lang))}</option>{options}'
        f'<option value="?">{escape(say("rebut_unknown", lang))}</option>'
    )


def rebut_example(sentence: str, side: str, lang: Language) -> str:
    """A button that fills the form with a sentence of a side."""
    return example_button("rebut_example", lang, claim=sentence, side=f"={side}")


def rebut_summary(found: Rebuttal, lang: Language) -> str:
    """How many quotes bear on the claim, in a line."""
    counts = {name: len(getattr(found, name)) for name in ("against", "own", "supports")}
    return say("rebut_summary", lang, **counts)


def rebutted(found: Rebuttal, classes: SideClasses, lang: Language) -> str:
    """Whose claim it is, what can be set against it, what bears it out, who is silent."""
    silent = "".join(
        f'<p class="silence">{escape(say("says_nothing_against", lang, side=each))}</p>'
        for each in found.silent_sides
    )
    if found.near:
        silent += f'<h4 class="nearest">{escape(say("nearest_claim", lang))}</h4>'
        silent += "".join(near_figure(quote, lang, classes) for quote in found.near)
    is_met = found.against or found.own
    nothing = "" if is_met else f'<p class="silence">{escape(say("no_bearing", lang))}</p>'
    return (
        f'<div lang="{lang}">{_whose(found, classes, lang)}'
        + _replies("against", found.against, classes, lang, nothing + silent)
        + (_replies("own_words", found.own, classes, lang) if found.own else "")
        + (_replies("borne_out", found.supports, classes, lang) if found.supports else "")
        + "</div>"
    )


def _whose(found: Rebuttal, classes: SideClasses, lang: Language) -> str:
    """Whose the claim is; where several sides may hold it, each to choose."""
    if found.possible:
        buttons = "".join(fill_button(side, claim=found.claim, side=f"={side}") for side in found.possible)
        told = f"<span>{escape(say('rebut_of_several', lang))}</span>"
        return f'<p class="whose">{icon("warning")}{told}</p>{buttons}'
    side = chip(found.side, side_class(found.side, classes)) if found.side is not None else ""
    key = "rebut_of_nobody" if not side else "claim_judged" if found.inferred else "claim_said"
    unsure = icon("warning") if found.inferred else ""
    return f'<p class="whose">{unsure}<span>{escape(say(key, lang))} {side}</span></p>'


def _replies(
    title: str, items: Sequence[Reply], classes: SideClasses, lang: Language, silent: str = ""
) -> str:
    figures = "".join(plain_figure(item.quote, lang, classes, _remark(item, lang)) for item in items)
    return f'<section class="bearing {title}"><h3>{escape(say(title, lang))}</h3>{figures}{silent}</section>'


def _remark(item: Reply, lang: Language) -> str:
    """What a quote does to the claim and why, and the warnings of the context guard."""
    reasons = ", ".join(f"{escape(kind)} ({isolated(words)})" for kind, words in reasons_in_words(item, lang))
    before, _, after = say("because", lang, relation="\0", limits="\1").partition("\0")
    words = f"{escape(before)}<strong>{escape(relation_in_words(item, lang))}</strong>"
    words += escape(after).replace("\1", reasons) if reasons else "."
    return f'<p class="relation">{words}</p>{warnings_html(item.warnings, lang)}'
