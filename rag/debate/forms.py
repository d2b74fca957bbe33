"""Sides face to face, and rebuttals: for programs and for terminals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rag.catalogue import say
from rag.debate.echoes import Echo
from rag.debate.face_to_face import PER_CELL, Face, Opposed
from rag.debate.rebuttal import Rebuttal, Reply
from rag.quotes import as_json, block_quote, cite
from rag.types import Language, Quote
from rag.verify import verification_as_json, verification_as_text


def face_as_json(found: Face) -> dict[str, Any]:
    """The sides face to face, as the command line and the API give them out."""
    lang = found.lang
    return {
        "motion": found.motion or None,
        "lang": lang,
        "sides": list(found.sides),
        "points": [
            {
                "name": point.name,
                "cells": {
                    side: [as_json(quote, lang) for quote in cell] for side, cell in point.cells.items()
                },
                "silent_sides": [side for side, cell in point.cells.items() if not cell],
                "pairs": [_pair_as_json(pair, lang) for pair in point.pairs],
            }
            for point in found.points
        ],
        "echoes": [
            {"quote": as_json(echo.quote, lang), "found": verification_as_json(echo.found, lang)}
            for echo in found.echoes
        ],
    }


def _pair_as_json(pair: Opposed, lang: Language) -> dict[str, Any]:
    return {
        "one": as_json(pair.one, lang),
        "other": as_json(pair.other, lang),
        "similarity": round(pair.similarity, 4),
    }


def rebuttal_as_json(found: Rebuttal) -> dict[str, Any]:
    """What to answer, as the command line and the API give it out."""

    def bearings(items: Sequence[Reply]) -> list[dict[str, Any]]:
        return [
            {
                "relation": item.relation,
                "quote": as_json(item.quote, found.lang),
                "limits": [{"kind": limit.kind, "words": limit.actual} for limit in item.limits],
                "warnings": [{"kind": warning.kind, "words": warning.actual} for warning in item.warnings],
            }
            for item in items
        ]

    return {
        "claim": found.claim,
        "lang": found.lang,
        "side": found.side,
        "side_inferred": found.inferred,
        "against": bearings(found.against),
        "own": bearings(found.own),
        "silent_sides": list(found.silent_sides),
        "near": [as_json(quote, found.lang) for quote in found.near],
    }


def face_as_text(found: Face) -> str:
    """The sides face to face for a terminal: a view, from which no quote must be read back."""
    lang, parts = found.lang, []
    for point in found.points:
        parts.append(f"# {point.name}")
        for side, cell in point.cells.items():
            parts.append(f"## {side}" if cell else say("says_nothing", lang, side=side))
            parts += [_quoted(quote, lang) for quote in cell]
        for pair in point.pairs[:PER_CELL]:
            parts.append(
                f"{say('opposite', lang)}\n\n{_quoted(pair.one, lang)}\n\n{_quoted(pair.other, lang)}"
            )
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
    key = "claim_of_nobody" if found.side is None else "claim_inferred" if found.inferred else "claim_of"
    parts = [say(key, lang, side=found.side or "")]
    for title, items in (("against", found.against), ("own_words", found.own)):
        parts.append(f"# {say(title, lang)}")
        parts += [_bearing_as_text(item, lang) for item in items] or [say("no_bearing", lang)]
    parts += [say("says_nothing", lang, side=side) for side in found.silent_sides]
    if found.near:
        parts += [say("nearest_claim", lang), *(_quoted(quote, lang) for quote in found.near)]
    return "\n\n".join(parts)


def _bearing_as_text(item: Reply, lang: Language) -> str:
    lines = [_quoted(item.quote, lang)]
    if item.relation != "answers":
        limits = ", ".join(f"{say(f'effect_{e.kind}', lang)} ({e.actual})" for e in item.limits)
        relation = say(item.relation, lang)
        lines.append(say("because", lang, relation=relation, limits=limits) if limits else f"{relation}.")
    if item.warnings:
        lines.append(say("left_out", lang))
        lines += [f"- {say(f'effect_{e.kind}', lang)} ({e.actual})" for e in item.warnings]
    return "\n\n".join(lines)


def _quoted(quote: Quote, lang: Language) -> str:
    text = block_quote(quote.text)
    return f"{cite(quote.source, quote.place, lang)}\n\n{text}"
