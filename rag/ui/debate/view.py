"""Pure: the views of the sides face to face, and of what to answer to a claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.catalogue import say
from rag.debate import Echo, Face, Point, Rebuttal, Reply
from rag.types import Language, Quote
from rag.ui.figures import context_figure, near_figure, plain_figure
from rag.ui.form import example_button, tool
from rag.ui.html import SideClasses, chip, escape, icon, isolated, line, side_class
from rag.ui.verify.view import account, verdict_heading, warnings_html

Row = dict[str, tuple[Quote, ...]]
"""What each side says on one matter."""


def face_view(lang: Language) -> str:
    """The frame of the view of the sides face to face."""
    form = (
        f'<label for="motion">{escape(say("face_label", lang))}</label>'
        '<input id="motion" name="motion" type="text" dir="auto" autocomplete="off" maxlength="4000"'
        f' placeholder="{escape(say("face_placeholder", lang))}">'
    )
    return tool("face", lang, form, "face_go")


def face_summary(found: Face, lang: Language) -> str:
    """How many points and echoes, in a line."""
    return say("face_summary", lang, points=len(found.points), echoes=len(found.echoes))


def faced(found: Face, classes: SideClasses, lang: Language) -> str:
    """The points, each as rows of one cell a side, then who quotes whom."""
    points = "".join(_point(point, classes, lang) for point in found.points)
    if not points:
        points = f'<p class="hint">{escape(say("no_points", lang))}</p>'
    return points + _echoes(found.echoes, classes, lang)


def _point(point: Point, classes: SideClasses, lang: Language) -> str:
    rows = "".join(_row(row, point, classes, lang) for row in aligned(point))
    return f'<section class="point" lang="{lang}"><h3>{isolated(point.name)}</h3>{rows}</section>'


def aligned(point: Point) -> list[Row]:
    """Quotes that face each other in one row, in the order of their nearness; the others in a last row."""
    rows: list[set[Quote]] = []
    for pair in point.pairs:
        joined = {pair.one, pair.other}
        apart = [row for row in rows if not row & joined]
        first = next((n for n, row in enumerate(rows) if row & joined), len(apart))
        merged = joined.union(*(row for row in rows if row & joined))
        rows = [*apart[:first], merged, *apart[first:]]
    facing: set[Quote] = set().union(*rows)
    rest = {quote for cell in point.cells.values() for quote in cell} - facing
    return [
        {side: tuple(quote for quote in cell if quote in row) for side, cell in point.cells.items()}
        for row in [*rows, rest]
        if row
    ]


def _row(row: Row, point: Point, classes: SideClasses, lang: Language) -> str:
    cells = "".join(
        f'<div class="cell {side_class(side, classes)}"><h4>{chip(side, side_class(side, classes))}</h4>'
        f"{_cell(quotes, not point.cells[side], classes, lang)}</div>"
        for side, quotes in row.items()
    )
    return f'<div class="facing">{cells}</div>'


def _cell(quotes: Iterable[Quote], silent: bool, classes: SideClasses, lang: Language) -> str:
    figures = "".join(plain_figure(quote, lang, classes) for quote in quotes)
    return figures or line("silent" if silent else "nothing_opposite", lang, "silence")


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
    """The sides, to choose one; none is chosen, and to guess is the last choice."""
    options = "".join(f'<option value="={escape(side)}">{escape(side)}</option>' for side in sides)
    return (
        f'<option value="" selected disabled>{escape(say("rebut_choose", lang))}</option>{options}'
        f'<option value="?">{escape(say("rebut_guess", lang))}</option>'
    )


def rebut_example(sentence: str, side: str, lang: Language) -> str:
    """A button that fills the form with a sentence of a side."""
    return example_button("rebut_example", lang, claim=sentence, side=f"={side}")


def rebut_summary(found: Rebuttal, lang: Language) -> str:
    """How many quotes bear on the claim, in a line."""
    return say("rebut_summary", lang, against=len(found.against), own=len(found.own))


def rebutted(found: Rebuttal, classes: SideClasses, lang: Language) -> str:
    """Whose claim it is, what can be set against it, what its own side says, who is silent."""
    side = chip(found.side, side_class(found.side, classes)) if found.side is not None else ""
    key = "rebut_of_nobody" if not side else "claim_guessed" if found.inferred else "claim_said"
    whose = escape(say(key, lang))
    head = f'<p class="whose">{icon("warning") if found.inferred else ""}<span>{whose} {side}</span></p>'
    silent = "".join(
        f'<p class="silence">{escape(say("says_nothing", lang, side=each))}</p>'
        for each in found.silent_sides
    )
    if found.near:
        silent += f'<h4 class="nearest">{escape(say("nearest_claim", lang))}</h4>'
        silent += "".join(near_figure(quote, lang, classes) for quote in found.near)
    return (
        f'<div lang="{lang}">{head}'
        + _bearings("against", found.against, classes, lang, silent)
        + _bearings("own_words", found.own, classes, lang, "")
        + "</div>"
    )


def _bearings(title: str, items: Sequence[Reply], classes: SideClasses, lang: Language, silent: str) -> str:
    figures = "".join(plain_figure(item.quote, lang, classes, _remark(item, lang)) for item in items)
    nothing = f'<p class="silence">{escape(say("no_bearing", lang))}</p>'
    return (
        f'<section class="bearing {title}"><h3>{escape(say(title, lang))}</h3>'
        f"{figures or nothing}{silent}</section>"
    )


def _remark(item: Reply, lang: Language) -> str:
    """What a quote of the claimant's own side does to the claim, and the warnings of the context guard."""
    relation = ""
    if item.relation != "answers":
        limits = ", ".join(
            f"{escape(say(f'effect_{limit.kind}', lang))} ({isolated(limit.actual)})" for limit in item.limits
        )
        said = escape(say(item.relation, lang))
        before, _, after = say("because", lang, relation="\0", limits="\1").partition("\0")
        words = f"{escape(before)}<strong>{said}</strong>"
        words += escape(after).replace("\1", limits) if limits else "."
        relation = f'<p class="relation">{words}</p>'
    return relation + warnings_html(item.warnings, lang)
