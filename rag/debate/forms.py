"""Sides face to face, and rebuttals: for programs and for terminals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rag.catalogue import say
from rag.debate.echoes import Echo
from rag.debate.face_to_face import Face
from rag.debate.rebuttal import Rebuttal
from rag.debate.reply import Reply
from rag.quotes import as_json, block_quote, cite
from rag.types import Language, Quote
from rag.verify import verification_as_json, verification_as_text


def unsided_in_words(titles: Sequence[str], lang: Language) -> str:
    """That sources have no side, and so are not in what the sides say; empty where there are none."""
    names = ", ".join(say("unsided_title", lang, title=title) for title in titles)
    return say("unsided", lang, names=names) if names else ""


def face_as_json(found: Face) -> dict[str, Any]:
    """The sides face to face, as the command line and the API give them out."""
    lang = found.lang
    return {
        "motion": found.motion or None,
        "lang": lang,
        "sides": list(found.sides),
        "points": [
            {
                "heading": point.heading,
                "proposition": point.proposition,
                "stated": as_json(point.stated, lang) if point.stated else None,
                "cells": {
                    side: {
                        "stance": cell.stance,
                        "supports": replies_as_json(cell.supports, lang),
                        "against": replies_as_json(cell.against, lang),
                        "says": [as_json(quote, lang) for quote in cell.says],
                    }
                    for side, cell in point.cells.items()
                },
            }
            for point in found.points
        ],
        "echoes": [
            {"quote": as_json(echo.quote, lang), "found": verification_as_json(echo.found, lang)}
            for echo in found.echoes
        ],
    }


def rebuttal_as_json(found: Rebuttal) -> dict[str, Any]:
    """What to answer, as the command line and the API give it out."""
    return {
        "claim": found.claim,
        "lang": found.lang,
        "side": found.side,
        "side_inferred": found.inferred,
        "possible_sides": list(found.possible),
        "against": replies_as_json(found.against, found.lang),
        "own": replies_as_json(found.own, found.lang),
        "supports": replies_as_json(found.supports, found.lang),
        "silent_sides": list(found.silent_sides),
        "among_sides": list(found.among),
        "near": [as_json(quote, found.lang) for quote in found.near],
    }


def replies_as_json(items: Sequence[Reply], lang: Language) -> list[dict[str, Any]]:
    """Quotes that bear on a claim, as the command line and the API give them out."""
    return [
        {
            "relation": item.relation,
            "probability": round(item.likely, 2),
            "certain": item.certain,
            "quote": as_json(item.quote, lang),
            "reasons": [
                {"kind": each.kind, "words": each.actual, "claimed": each.quoted} for each in item.reasons
            ],
            "warnings": [{"kind": warning.kind, "words": warning.actual} for warning in item.warnings],
        }
        for item in items
    ]


def face_as_text(found: Face) -> str:
    """The sides face to face for a terminal: a view, from which no quote must be read back."""
    lang, parts = found.lang, []
    for point in found.points:
        parts.append(f"# {point.heading}")
        for side, cell in point.cells.items():
            parts.append(f"## {say(f'stance_{cell.stance}', lang, side=side)}")
            parts += [reply_as_text(item, lang) for item in (*cell.supports, *cell.against)]
            parts += [_quoted(quote, lang) for quote in cell.says]
    if found.echoes:
        parts.append(f"# {say('echoes', lang)}")
        parts += [f"{_quoted(echo.quote, lang)}\n\n{_echoed(echo, lang)}" for echo in found.echoes]
    return "\n\n".join(parts) if found.points else "\n\n".join([say("no_points", lang), *parts])


def _echoed(echo: Echo, lang: Language) -> str:
    """What is found of one side's words in the others' sources; what is near absent ones tells nothing."""
    if echo.found.verdict == "absent":
        return say("echo_nowhere", lang)
    return verification_as_text(echo.found, lang)


def rebuttal_as_text(found: Rebuttal) -> str:
    """What to answer, for a terminal: a view, from which no quote must be read back."""
    lang = found.lang
    parts = [say(whose_key(found), lang, side=found.side or " / ".join(found.possible))]
    for title, items in (("against", found.against), ("own_words", found.own), ("borne_out", found.supports)):
        if items or (title == "against" and not found.own):
            parts.append(f"# {say(title, lang)}")
            parts += [reply_as_text(item, lang) for item in items] or [say("no_bearing", lang)]
    if found.is_only_own:
        parts.append(say("scope_only_own", lang, side=found.side))
    parts += [say("says_nothing_against", lang, side=side) for side in found.silent_sides]
    if found.near:
        parts += [say("nearest_claim", lang), *(_quoted(quote, lang) for quote in found.near)]
    return "\n\n".join(parts)


def whose_key(found: Rebuttal) -> str:
    """The key of the words that say whose a claim is."""
    if found.side is None:
        return "claim_of_several" if found.possible else "claim_of_nobody"
    return "claim_inferred" if found.inferred else "claim_of"


def reasons_in_words(reply: Reply, lang: Language) -> list[tuple[str, str]]:
    """What kind each reason is of, and in which words it stands."""
    return [(say(f"effect_{each.kind}", lang), each.actual) for each in reply.reasons]


def relation_in_words(reply: Reply, lang: Language) -> str:
    """What a quote does to the claim; whether that is uncertain."""
    relation = say(reply.relation, lang)
    return relation if reply.certain else say("relation_uncertain", lang, relation=relation)


def reply_as_text(item: Reply, lang: Language) -> str:
    """A quote that bears on a claim, for a terminal: what it does to it, and why."""
    reasons = ", ".join(f"{kind} ({words})" for kind, words in reasons_in_words(item, lang))
    relation = relation_in_words(item, lang)
    lines = [
        _quoted(item.quote, lang),
        say("because", lang, relation=relation, limits=reasons) if reasons else f"{relation}.",
    ]
    if item.warnings:
        lines.append(say("left_out", lang))
        lines += [f"- {say(f'effect_{e.kind}', lang)} ({e.actual})" for e in item.warnings]
    return "\n\n".join(lines)


def _quoted(quote: Quote, lang: Language) -> str:
    text = block_quote(quote.text)
    return f"{cite(quote, lang)}\n\n{text}"
