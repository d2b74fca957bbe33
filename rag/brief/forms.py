"""A brief for programs."""

from __future__ import annotations

from typing import Any

from rag.brief.types import Answering, Argument, Brief, Written
from rag.quotes import as_json
from rag.types import Language


def brief_as_json(found: Brief) -> dict[str, Any]:
    """The brief, as the command line and the API give it out."""
    lang = found.lang
    return {
        "motion": found.motion or None,
        "lang": lang,
        "sides": list(found.sides),
        "among": list(found.among),
        "unsided": list(found.unsided),
        "positions": [
            {
                "side": position.side,
                "stance": position.stance,
                "introduction": [_written(each) for each in position.introduction],
                "arguments": [_argument(each, lang) for each in position.arguments],
            }
            for position in found.positions
        ],
        "answers": [_answering(each, lang) for each in found.answers],
        "unanswered": [{"argument": each.argument, "by": list(each.by)} for each in found.unanswered],
        "figures": [
            {
                "about": figure.about,
                "differ": figure.differ,
                "uses": [
                    {
                        "side": use.side,
                        "value": use.value,
                        "words": use.words,
                        "quote": as_json(use.quote, lang),
                    }
                    for use in figure.uses
                ],
            }
            for figure in found.figures
        ],
        "chronology": [
            {
                "date": event.date,
                "precision": event.precision,
                "quotes": [as_json(quote, lang) for quote in event.quotes],
            }
            for event in found.chronology
        ],
        "terms": [
            {
                "uses": [
                    {
                        "side": use.side,
                        "term": use.term,
                        "count": use.count,
                        "quote": as_json(use.quote, lang),
                    }
                    for use in term.uses
                ]
            }
            for term in found.terms
        ],
        "questions": [
            {
                "side": each.side,
                "by": each.by,
                "question": each.question,
                "asked": as_json(each.asked, lang),
                "answers": [as_json(quote, lang) for quote in each.answers],
            }
            for each in found.questions
        ],
        "by_heart": [
            {"side": each.side, "quotes": [as_json(quote, lang) for quote in each.quotes]}
            for each in found.by_heart
        ],
        "empty_parts": list(found.empty_parts),
        "mode": "llm" if found.is_introduced else "sources",
        "model_failure": found.model_failure or None,
    }


def _written(each: Written) -> dict[str, Any]:
    places = [{"source": quote.source.id, "start": quote.start, "end": quote.end} for quote in each.quotes]
    return {"prose": each.text, "borne_out_by": places, "remark": each.remark or None}


def _argument(each: Argument, lang: Language) -> dict[str, Any]:
    return {
        "id": each.id,
        "heading": each.heading,
        "stance": each.stance,
        "strength": round(each.strength, 2),
        "quotes": [as_json(quote, lang) for quote in each.quotes],
    }


def _answering(each: Answering, lang: Language) -> dict[str, Any]:
    return {
        "by": each.by,
        "to": each.to,
        "relation": each.relation,
        "probability": round(each.likely, 2),
        "certain": each.certain,
        "quote": as_json(each.quote, lang),
        "answered": as_json(each.answered, lang),
        "reasons": [
            {"kind": reason.kind, "words": reason.actual, "claimed": reason.quoted} for reason in each.reasons
        ],
    }
