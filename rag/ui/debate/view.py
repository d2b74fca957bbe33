"""Pure: the views of the sides face to face, and of what to answer to a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.catalogue import say
from rag.debate import (
    Cell,
    Echo,
    Face,
    Point,
    Rebuttal,
    Reply,
    reasons_in_words,
    relation_in_words,
    unsided_in_words,
)
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
    return tool("face", lang, form, "face_go", scoped=True)


def face_summary(found: Face, lang: Language) -> str:
    """How many points, in a line."""
    return say("face_summary", lang, points=len(found.points))


def faced(found: Face, classes: SideClasses, lang: Language) -> str:
    """The points, each with two of the sides in columns, the others at hand; then who quotes whom."""
    sides = sorted(
        found.sides, key=lambda side: list(classes).index(side) if side in classes else len(classes)
    )
    pair = _first_two(sides, found.points)
    ordered = [*pair, *(side for side in sides if side not in pair)]
    numbers = {side: number for number, side in enumerate(sides)}
    points = "".join(_point(point, ordered, numbers, classes, lang) for point in found.points)
    if points and len(sides) > 2:
        points = _chooser(sides, pair, found.points, lang) + points
    if not points:
        points = f'<p class="hint">{escape(say("no_points", lang))}</p>'
    unsided = unsided_in_words(found.unsided, lang)
    left_out = f'<p class="hint">{escape(unsided)}</p>' if unsided else ""
    return points + _echoes(found.echoes, classes, lang) + left_out


def _first_two(sides: Sequence[str], points: Sequence[Point]) -> list[str]:
    """The first two sides that speak to any of the points; where fewer do, silent ones too."""
    return sorted(sides, key=lambda side: not _speaks(side, points))[:2]


def _speaks(side: str, points: Sequence[Point]) -> bool:
    return any(point.cells[side].stance != "silent" for point in points if side in point.cells)


def _chooser(sides: Sequence[str], pair: Sequence[str], points: Sequence[Point], lang: Language) -> str:
    """Which two sides stand side by side: two lists to choose from."""
    lists = ""
    for place, chosen in zip(("first", "second"), pair, strict=True):
        options = "".join(
            f'<option value="{number}"{" selected" if side == chosen else ""}>'
            f"{escape(side if _speaks(side, points) else say('face_silent_side', lang, side=side))}</option>"
            for number, side in enumerate(sides)
        )
        lists += (
            f'<label class="field">{escape(say(f"face_{place}", lang))}'
            f'<select class="face-side" data-place="{place}">{options}</select></label>'
        )
    name = escape(say("face_choose", lang))
    return f'<div class="face-choose" role="group" aria-label="{name}" lang="{lang}">{lists}</div>'


def _point(
    point: Point, ordered: Sequence[str], numbers: Mapping[str, int], classes: SideClasses, lang: Language
) -> str:
    """One point; the sides after the first two are there, but not shown."""
    cells = "".join(
        _cell(side, point.cells[side], classes, lang).replace(
            "<div", f'<div data-side="{numbers[side]}"{"" if place < 2 else " hidden"}', 1
        )
        for place, side in enumerate(ordered)
    )
    stated, others = "", ""
    if len(ordered) > 2:
        stated = _stated(point, ordered[:2], numbers, classes, lang)
        others = _others(point, ordered, numbers, classes, lang)
    return (
        f'<section class="point" lang="{lang}"><h3>{isolated(point.heading)}</h3>{stated}'
        f'<div class="facing">{cells}</div>{others}</section>'
    )


def _stated(
    point: Point, pair: Sequence[str], numbers: Mapping[str, int], classes: SideClasses, lang: Language
) -> str:
    """The sentence that states a point, for when the side that says it is not one of the two."""
    side = point.stated.source.side if point.stated else None
    if point.stated is None or side is None or side not in numbers:
        return ""
    hidden = " hidden" if side in pair else ""
    figure = plain_figure(point.stated, lang, classes)
    return f'<div class="stated" data-side="{numbers[side]}"{hidden}>{figure}</div>'


def _others(
    point: Point, ordered: Sequence[str], numbers: Mapping[str, int], classes: SideClasses, lang: Language
) -> str:
    """How the sides that are not shown would vote, in a line."""
    each = ""
    for place, side in enumerate(ordered):
        vote = escape(say(f"voted_{point.cells[side].stance}", lang))
        hidden = " hidden" if place < 2 else ""
        each += f'<span class="other" data-side="{numbers[side]}"{hidden}>'
        each += f"{chip(side, side_class(side, classes))} {vote}</span>"
    return f'<p class="others"><span class="label">{escape(say("face_others", lang))}</span>{each}</p>'


def _cell(side: str, cell: Cell, classes: SideClasses, lang: Language) -> str:
    """What a side says: how it would vote, and the quotes for and against."""
    tone = side_class(side, classes)
    stance = f'<span class="stance {cell.stance}">{escape(say(f"voted_{cell.stance}", lang))}</span>'
    replies = (*cell.supports, *cell.against)
    figures = "".join(plain_figure(reply.quote, lang, classes, remark(reply, lang)) for reply in replies)
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
    return tool("rebut", lang, form, "rebut_go", scoped=True)


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
    silent = ""
    if found.is_only_own:
        silent = f'<p class="silence">{escape(say("scope_only_own", lang, side=found.side))}</p>'
    silent += "".join(
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
    figures = "".join(plain_figure(item.quote, lang, classes, remark(item, lang)) for item in items)
    return f'<section class="bearing {title}"><h3>{escape(say(title, lang))}</h3>{figures}{silent}</section>'


def remark(item: Reply, lang: Language) -> str:
    """What a quote does to the claim and why, and the warnings of the context guard."""
    reasons = ", ".join(f"{escape(kind)} ({isolated(words)})" for kind, words in reasons_in_words(item, lang))
    before, _, after = say("because", lang, relation="\0", limits="\1").partition("\0")
    words = f"{escape(before)}<strong>{escape(relation_in_words(item, lang))}</strong>"
    words += escape(after).replace("\1", reasons) if reasons else "."
    return f'<p class="relation">{words}</p>{warnings_html(item.warnings, lang)}'
