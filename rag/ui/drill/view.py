"""Pure: the view in which a debater trains. js/drill.js asks one question after the other."""

from __future__ import annotations

from collections.abc import Sequence

from rag.catalogue import say
from rag.drill import COUNT, Begun, Grade, Mark, Question, State, reason_in_words, weak
from rag.types import Language
from rag.ui.figures import plain_figure
from rag.ui.form import tool
from rag.ui.html import SideClasses, button, escape, icon, isolated
from rag.ui.verify.view import account, verdict_heading

COUNTS = (5, COUNT, 20)
GRADE_ICONS: dict[Mark, str] = {"got": "tick", "partly": "differs", "missed": "close"}
GRADE_COLOURS: dict[Mark, str] = {"got": "exact", "partly": "absent", "missed": "altered"}


def drill_view(lang: Language) -> str:
    """The frame of the view."""
    counts = "".join(f"<option{' selected' if count == COUNT else ''}>{count}</option>" for count in COUNTS)
    form = (
        f'<label class="field">{escape(say("drill_side", lang))}'
        f'<select name="side">{any_side((), lang)}</select></label>'
        f'<label class="field">{escape(say("drill_count", lang))}'
        f'<select name="count">{counts}</select></label>'
    )
    return tool("drill", lang, form, "drill_go", scoped=True)


def any_side(sides: Sequence[str], lang: Language) -> str:
    """The sides one may speak for, or none of them."""
    options = "".join(f'<option value="={escape(side)}">{escape(side)}</option>' for side in sides)
    return f'<option value="">{escape(say("drill_no_side", lang))}</option>{options}'


def begun_html(begun: Begun, lang: Language) -> str:
    """All questions of a session, of which one is shown at a time; nothing in them tells the answer."""
    questions = "".join(_question(question, lang) for question in begun.questions)
    return f'<div class="drill" lang="{lang}">{questions}<div class="drill-score" tabindex="-1"></div></div>'


def _question(question: Question, lang: Language) -> str:
    answer = (
        f'<form class="drill-answer tool-form"><label>{escape(say("drill_answer", lang))}'
        '<textarea name="answer" rows="3" dir="auto" maxlength="4000"></textarea></label>'
        f'<div class="tool-send"><button type="submit" class="go">{escape(say("drill_send", lang))}</button>'
        f"{button('drill-pass', 'drill_pass', lang, 'next')}</div></form>"
    )
    return (
        f'<article class="drill-question check" data-id="{escape(question.id)}" hidden>'
        '<p class="drill-progress hint"></p>'
        f'<h3 tabindex="-1" lang="{question.lang}">{escape(question.prompt)}</h3>{_shown(question, lang)}'
        f'{answer}<div class="drill-grade"></div></article>'
    )


def _shown(question: Question, lang: Language) -> str:
    """What is shown with a question; whose words it is may be what is asked."""
    if not question.shown:
        return ""
    pieces = [f'<span class="piece">{escape(piece.text)}</span>' for piece in question.shown]
    if question.gap is not None:
        gap = f'<span class="gap"><span class="unseen">{escape(say("drill_gap", lang))}</span></span>'
        pieces.insert({"before": 0, "between": 1, "after": len(pieces)}[question.gap], gap)
    language = escape(question.shown[0].source.language)
    return (
        f'<blockquote lang="{language}"><p class="drill-shown" dir="auto">{" ".join(pieces)}</p></blockquote>'
    )


def graded(grade: Grade, classes: SideClasses, lang: Language) -> str:
    """The verdict on an answer, why, its quotes checked, and the passages."""
    heading = (
        f'<h4 class="verdict" tabindex="-1">{icon(GRADE_ICONS[grade.verdict])}'
        f"<span>{escape(say(f'grade_{grade.verdict}', lang))}</span></h4>"
    )
    label = f'<span class="label">{escape(say("drill_answered", lang))}</span>'
    answer = f'<p class="claimed">{label} {isolated(grade.answer)}</p>' if grade.answer.strip() else ""
    reasons = "".join(f"<li>{escape(reason_in_words(reason, lang))}</li>" for reason in grade.reasons)
    unsure = "" if grade.certain else f'<p class="hint">{escape(say("grade_uncertain", lang))}</p>'
    overrule = "" if grade.verdict == "got" else button("drill-overrule", "drill_had_it", lang, "tick")
    following = (
        f'<button type="button" class="go" data-do="drill-next">{escape(say("drill_next", lang))}</button>'
    )
    return (
        f'<div class="graded check-{GRADE_COLOURS[grade.verdict]}" lang="{lang}">{answer}{heading}'
        f'<ul class="effects">{reasons}</ul>{unsure}{_checked(grade, classes, lang)}'
        f'{_passages(grade, classes, lang)}<div class="tool-send">{following}{overrule}</div></div>'
    )


def _checked(grade: Grade, classes: SideClasses, lang: Language) -> str:
    """Quotes of the answer that are not exact, or that leave something out."""
    found = [one for one in grade.quotes if one.verdict != "exact" or one.warnings]
    if not found:
        return ""
    shown = "".join(
        f'<div class="check check-{one.verdict}">'
        f"{verdict_heading(one.verdict, say(f'verdict_{one.verdict}', lang), 'h5')}"
        f'<p class="claimed">{isolated(one.quote)}</p>{account(one, classes, lang)}</div>'
        for one in found
    )
    return f"<h4>{escape(say('drill_checked', lang))}</h4>{shown}"


def _passages(grade: Grade, classes: SideClasses, lang: Language) -> str:
    quotes = list(grade.question.expected)
    quotes.insert(0, quotes.pop(grade.best))
    heading = say("drill_passage" if len(quotes) == 1 else "drill_passages", lang)
    shown = "".join(plain_figure(quote, lang, classes) for quote in quotes)
    return f"<h4>{escape(heading)}</h4>{shown}"


def score_html(state: State, lang: Language) -> str:
    """The score of the session, and what comes back."""
    session = state.current
    points = f"{session.points:g}".replace(".", "," if lang == "fr" else ".")
    count, share = len(session.marks), round(100 * session.share)
    said = say("drill_score", lang, session=session.number, points=points, count=count, share=share)
    again = say("drill_weak", lang, count=len(weak(state, list(state.cards))))
    return f"<h3>{escape(said)}</h3><p>{escape(again)} {escape(say('drill_comes_back', lang))}</p>"
