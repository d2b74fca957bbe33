"""The result of a check, for programs and for terminals."""

from __future__ import annotations

from typing import Any

from rag.catalogue import say
from rag.quotes import as_json as quote_as_json
from rag.quotes import cite
from rag.text import Claim
from rag.types import Language, Quote
from rag.verify.types import Attribution, Difference, Effect, Meaning, Said, Speaker, Verification


def verification_as_json(found: Verification, lang: Language) -> dict[str, Any]:
    """The result as the command line and the API give it out; docs/json.md has its fields."""
    attribution = found.attribution
    return {
        "quote": found.quote,
        "verdict": found.verdict,
        "similarity": round(found.similarity, 4),
        "places": found.places,
        "pieces": [_piece_as_json(piece, lang) for piece in found.pieces],
        "diff": [
            {"op": item.op, "quoted": item.quoted, "actual": item.actual, "announced": item.announced}
            for item in found.diff
        ],
        "effects": [_effect_as_json(effect) for effect in found.effects],
        "warnings": [_effect_as_json(effect) for effect in found.warnings],
        "near": [quote_as_json(quote, lang) for quote in found.near],
        "attribution": None if attribution is None else _attribution_as_json(attribution, lang),
        "meaning": None if found.meaning is None else _meaning_as_json(found.meaning, lang),
    }


def _attribution_as_json(said: Attribution, lang: Language) -> dict[str, Any]:
    speaker = said.speaker
    told = None if speaker is None else [quote_as_json(quote, lang) for quote in speaker.quotes]
    return {
        "named": said.named,
        "sources": list(said.sources),
        "holds": said.holds,
        "speaker": None
        if speaker is None
        else {"verdict": speaker.verdict, "by": speaker.by or None, "quotes": told},
    }


def _meaning_as_json(meaning: Meaning, lang: Language) -> dict[str, Any]:
    return {
        "verdict": meaning.verdict,
        "certain": meaning.certain,
        "quotes": [
            {
                "relation": said.relation,
                "probability": round(said.likely, 4),
                "differs": [_effect_as_json(effect) for effect in said.differs],
                "quote": quote_as_json(said.quote, lang),
            }
            for said in meaning.quotes
        ],
    }


def _piece_as_json(piece: Quote, lang: Language) -> dict[str, Any]:
    data = quote_as_json(piece, lang)
    text = data.pop("text")
    return {"source": data["source"], "start": piece.start, "end": piece.end, "actual": text} | data


def _effect_as_json(effect: Effect) -> dict[str, str]:
    return {"kind": effect.kind, "change": effect.change, "quoted": effect.quoted, "actual": effect.actual}


def claim_as_json(claim: Claim, found: Verification, lang: Language) -> dict[str, Any]:
    """The result for one claim of a speech: with its slice, and whether quote marks stand around it."""
    where = {"speech_start": claim.start, "speech_end": claim.end, "quoted": claim.quoted}
    return {**verification_as_json(found, lang), **where}


def claim_as_text(claim: Claim, found: Verification, lang: Language) -> str:
    """The result for one claim of a speech, for a terminal."""
    return f"# {' '.join(found.quote.split())}\n\n{verification_as_text(found, lang)}"


def verification_as_text(found: Verification, lang: Language) -> str:
    """The result for a terminal: a view, from which no quote must be read back."""
    parts = [say(found.told, lang)]
    if found.attribution and found.attribution.holds is False and not found.attribution.speaker:
        parts[0] += " " + say("not_theirs", lang, name=found.attribution.named)
    if found.attribution and found.attribution.speaker:
        parts += _speaker_as_text(found, found.attribution, found.attribution.speaker, lang)
    parts += [f"- {effect_in_words(effect, lang)}" for effect in found.effects]
    if any(item.op != "equal" for item in found.diff):
        parts.append(say("differences", lang) + " " + "".join(map(_marked, found.diff)))
    parts += [f"{cite(piece, lang)}\n\n{_in_context(piece)}" for piece in found.pieces]
    if found.warnings:
        parts.append(say("left_out", lang))
        parts += [f"- {effect_in_words(effect, lang)}" for effect in found.warnings]
    if found.meaning is not None:
        parts += _meaning_as_text(found, found.meaning, lang)
    if shows_near(found):
        parts.append(say("nearest_unquoted", lang))
        parts += [f"{cite(quote, lang)}\n\n{_in_context(quote)}" for quote in found.near]
    return "\n\n".join(parts)


def _speaker_as_text(found: Verification, said: Attribution, speaker: Speaker, lang: Language) -> list[str]:
    told = (quote for quote in speaker.quotes if quote not in found.pieces)
    cited = [f"{cite(quote, lang)}\n\n{_block(quote.text)}" for quote in told]
    return [speaker_in_words(said, speaker, lang, found.verdict == "exact"), *cited]


def speaker_in_words(said: Attribution, speaker: Speaker, lang: Language, exact: bool) -> str:
    """Whether the sources say that a named person says the words, exact or not."""
    if speaker.by:
        key = "speaker_contradicted_exact" if exact else "speaker_contradicted_by"
        return say(key, lang, name=said.named, by=speaker.by)
    named = "_other" if speaker.verdict == "unchecked" and speaker.quotes else ""
    return say(f"speaker_{speaker.verdict}{named}", lang, name=said.named)


def _meaning_as_text(found: Verification, meaning: Meaning, lang: Language) -> list[str]:
    parts = [f"{say('in_substance', lang)}\n\n{meaning_in_words(found, meaning, lang)}"]
    for said in meaning.quotes:
        cited = cite(said.quote, lang)
        parts.append(f"{relation_in_words(said, lang)}\n\n{cited}\n\n{_in_context(said.quote)}")
    return parts


def meaning_in_words(found: Verification, meaning: Meaning, lang: Language) -> str:
    """What the sources say in substance, or those alone whose words a quote is said to be."""
    said = say(f"meaning_{meaning.verdict}", lang)
    if meaning.verdict == "unsaid" and found.attribution and found.attribution.sources:
        said = say("meaning_unsaid_there", lang, name=found.attribution.named)
    return said if meaning.certain else f"{said} {say('meaning_uncertain', lang)}"


def relation_in_words(said: Said, lang: Language) -> str:
    """What a sentence says beside the statement, with the numbers and dates in which they differ."""
    differs = ", ".join(effect_in_words(effect, lang) for effect in said.differs)
    return f"{say('said_other', lang)} ({differs})" if differs else say(f"said_{said.relation}", lang)


def shows_near(found: Verification) -> bool:
    """Whether the nearest passages are worth showing: nothing nearer in substance is shown."""
    return bool(found.near) and not (found.meaning and found.meaning.quotes)


def effect_in_words(effect: Effect, lang: Language) -> str:
    """One effect as a line: « nombre : « 900 » au lieu de « 800 » »."""
    kind = say(f"effect_{effect.kind}", lang)
    return say(f"change_{effect.change}", lang, kind=kind, quoted=effect.quoted, actual=effect.actual)


def _marked(item: Difference) -> str:
    """A stretch of a diff as wdiff writes it: ``[-in the source-]{+in the quote+}``."""
    if item.op == "equal":
        return item.quoted
    actual = f"[-{item.actual}-]" if item.actual.strip() else ""
    quoted = f"{{+{item.quoted}+}}" if item.quoted.strip() else item.quoted
    return actual + quoted


def _in_context(quote: Quote) -> str:
    """A quote between its surroundings, as a block quote; bold where there are any."""
    text = f"{quote.before}**{quote.text}**{quote.after}" if quote.before or quote.after else quote.text
    return _block(text)


def _block(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())
