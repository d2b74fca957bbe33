"""Questions, grades and scores of a training session: for programs and for terminals."""

from __future__ import annotations

from typing import Any

from rag.catalogue import say
from rag.drill.drill import Begun
from rag.drill.grade.types import Grade, Meeting, Reason, reason_in_words
from rag.drill.leitner import State, weak
from rag.drill.types import Question
from rag.quotes import as_json as quote_as_json
from rag.quotes import block_quote, cite
from rag.types import Language, Quote
from rag.verify import verification_as_json, verification_as_text

GAP = "____"
"""What a terminal shows for words that are hidden."""


def question_as_json(question: Question) -> dict[str, Any]:
    """A question as the command line and the API give it out: nothing in it tells the answer."""
    told = question.kind != "who"
    return {
        "id": question.id,
        "kind": question.kind,
        "lang": question.lang,
        "prompt": question.prompt,
        "shown": [{"start": piece.start, "end": piece.end, "text": piece.text} for piece in question.shown],
        "gap": question.gap,
        "hidden": question.hidden,
        "topic": question.topic or None,
        "source": question.source.id if told else None,
        "title": question.source.title if told else None,
        "source_side": question.source.side if told else None,
        "side": question.side,
    }


def begun_as_json(begun: Begun) -> dict[str, Any]:
    """A session that begins, as the command line and the API give it out."""
    return {
        "session": begun.state.session,
        "seed": begun.seed,
        "again": begun.again,
        "questions": [question_as_json(question) for question in begun.questions],
    }


def grade_as_json(grade: Grade) -> dict[str, Any]:
    """A grade as the command line and the API give it out."""
    lang = grade.question.lang
    return {
        "id": grade.question.id,
        "answer": grade.answer,
        "verdict": grade.verdict,
        "points": grade.points,
        "certain": grade.certain,
        "told": say(f"grade_{grade.verdict}", lang),
        "reasons": [_reason_as_json(reason, lang) for reason in grade.reasons],
        "facts": [
            {"kind": item.kind, "status": item.status, "expected": item.expected, "given": item.given}
            for item in grade.facts
        ],
        "quotes": [verification_as_json(found, lang) for found in grade.quotes],
        "expected": [quote_as_json(quote, lang) for quote in _best_first(grade)],
        "judged": _meeting_as_json(grade.met) if grade.met else None,
    }


def _reason_as_json(reason: Reason, lang: Language) -> dict[str, Any]:
    return {
        "key": reason.key,
        "text": reason_in_words(reason, lang),
        "expected": reason.expected,
        "given": reason.given,
    }


def _meeting_as_json(met: Meeting) -> dict[str, float]:
    return {mark: round(likely, 4) for mark, likely in met.likely.items()}


def score_as_json(state: State) -> dict[str, Any]:
    """Scores and boxes, as the command line and the API give them out."""
    return {
        "session": state.session,
        "points": state.current.points,
        "answered": len(state.current.marks),
        "share": round(state.current.share, 4),
        "weak": weak(state, list(state.current.marks)),
        "boxes": state.boxes(),
        "sessions": [
            {
                "session": each.number,
                "points": each.points,
                "answered": len(each.marks),
                "share": round(each.share, 4),
            }
            for each in state.sessions
        ],
    }


def question_as_text(question: Question) -> str:
    """A question for a terminal."""
    shown = shown_as_text(question)
    return f"{question.prompt}\n\n{shown}" if shown else question.prompt


def shown_as_text(question: Question) -> str:
    """What is shown with a question, a line for what is hidden, as a block quote."""
    return block_quote(question.filled(GAP))


def grade_as_text(grade: Grade) -> str:
    """A grade for a terminal: a view, from which no quote must be read back."""
    lang = grade.question.lang
    parts = [say(f"grade_{grade.verdict}", lang)]
    parts += [f"- {reason_in_words(reason, lang)}" for reason in grade.reasons]
    if not grade.certain:
        parts.append(say("grade_uncertain", lang))
    checked = [found for found in grade.quotes if found.verdict != "exact" or found.warnings]
    if checked:
        parts.append(say("drill_checked", lang))
        parts += [verification_as_text(found, lang) for found in checked]
    quotes = _best_first(grade)
    parts.append(say("drill_passage" if len(quotes) == 1 else "drill_passages", lang))
    parts += [_passage(quote, lang) for quote in quotes]
    return "\n\n".join(parts)


def _best_first(grade: Grade) -> list[Quote]:
    """The expected passages, the one that the answer is nearest to first."""
    quotes = list(grade.question.expected)
    return [*quotes[grade.best : grade.best + 1], *quotes[: grade.best], *quotes[grade.best + 1 :]]


def _passage(quote: Quote, lang: Language) -> str:
    """A passage, the words asked for in bold."""
    text, shift = quote.text, quote.start
    for first, last in reversed(quote.highlights):
        text = f"{text[: first - shift]}**{text[first - shift : last - shift]}**{text[last - shift :]}"
    lines = block_quote(text)
    return f"{cite(quote, lang)}\n\n{lines}"


def score_as_text(state: State, lang: Language) -> str:
    """Scores and boxes for a terminal."""
    if not state.sessions:
        return say("drill_none", lang)
    parts = [
        say(
            "drill_score",
            lang,
            session=each.number,
            points=f"{each.points:g}".replace(".", "," if lang == "fr" else "."),
            count=len(each.marks),
            share=round(100 * each.share),
        )
        for each in state.sessions[-5:]
    ]
    parts.append(say("drill_weak", lang, count=len(weak(state, list(state.cards)))))
    parts.append(say("drill_boxes", lang, boxes=", ".join(map(str, state.boxes()))))
    return "\n".join(parts)
