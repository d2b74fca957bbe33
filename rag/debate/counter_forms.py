"""The answer to a speech: for programs and for terminals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from rag.catalogue import say
from rag.debate.counter import Counter, Countered, Retort
from rag.debate.forms import replies_as_json, reply_as_text
from rag.quotes import as_json, block_quote, cite
from rag.text import Claim
from rag.types import Language
from rag.verify import claim_as_json, verification_as_json, verification_as_text

TAG_WORDS = 40
"""Of a longer sentence so many words stand on the card that answers it."""


def counter_as_json(found: Counter) -> dict[str, Any]:
    """The answer to a speech, as the command line and the API give it out."""
    return {
        "lang": found.lang,
        "side": found.side,
        "strongest": [
            {
                "sentence": number,
                "relation": retort.relation,
                "strength": round(retort.strength, 2),
                "tag": tag_of(found.sentences[number], retort.relation, found.lang),
                "quote": as_json(retort.quote, found.lang),
            }
            for number, retort in found.strongest
        ],
        "sentences": [countered_as_json(each) for each in found.sentences],
    }


def countered_as_json(found: Countered) -> dict[str, Any]:
    """One sentence, as the command line and the API give it out."""
    lang = found.lang
    return {
        "sentence": found.sentence,
        "speech_start": found.start,
        "speech_end": found.end,
        "nothing": found.nothing,
        "claim": found.claim or None,
        "reported": found.reported,
        "said_by": found.by or None,
        "quotes": [claim_as_json(_in_speech(claim, found), each, lang) for claim, each in found.checks],
        "told": None if found.told is None else verification_as_json(found.told, lang),
        "against": replies_as_json(found.against, lang),
        "supports": replies_as_json(found.supports, lang),
    }


def _in_speech(claim: Claim, found: Countered) -> Claim:
    return replace(claim, start=claim.start + found.start, end=claim.end + found.start)


def tag_of(found: Countered, relation: str, lang: Language) -> str:
    """The tag of a card that answers a sentence: the claim that is answered."""
    wrong = found.retort.check if found.retort and relation == "misquoted" else None
    words = (wrong.quote if wrong else found.claim or found.sentence).split()
    claim = " ".join(words[:TAG_WORDS]) + ("…" if len(words) > TAG_WORDS else "")
    if relation == "supports":
        return claim
    if wrong is None:
        return say("tag_against", lang, claim=claim)
    if wrong.verdict in ("exact", "misattributed") and wrong.attribution:
        return say("tag_misattributed", lang, claim=claim, name=wrong.attribution.named)
    return say("tag_misquoted", lang, claim=claim)


def counter_as_text(found: Counter) -> str:
    """The answer to a speech for a terminal: a view, from which no quote must be read back."""
    lang = found.lang
    parts = [f"# {say('strongest', lang)}"]
    parts += [_retort_as_text(found.sentences[number], retort, lang) for number, retort in found.strongest]
    if not found.strongest:
        parts.append(say("strongest_none", lang))
    parts += [f"# {' '.join(each.sentence.split())}\n\n{countered_as_text(each)}" for each in found.sentences]
    return "\n\n".join(parts)


def _retort_as_text(sentence: Countered, retort: Retort, lang: Language) -> str:
    if retort.reply is not None:
        said = reply_as_text(retort.reply, lang)
    else:
        said = f"{cite(retort.quote, lang)}\n\n{block_quote(retort.quote.text)}"
    return f"**{tag_of(sentence, retort.relation, lang)}**\n\n{said}"


def countered_as_text(found: Countered) -> str:
    """One sentence for a terminal."""
    return "\n\n".join(_parts(found))


def _parts(found: Countered) -> Iterable[str]:
    lang = found.lang
    if found.nothing:
        yield say(f"states_{found.nothing}", lang)
        return
    if found.reported:
        yield reported_in_words(found, lang)
    for _, check in found.checks:
        yield verification_as_text(check, lang)
    if found.told is not None and found.told.meaning is not None:
        yield verification_as_text(found.told, lang)
    for title, replies in (("against", found.against), ("borne_out", found.supports)):
        if replies:
            yield f"## {say(title, lang)}"
            yield from (reply_as_text(reply, lang) for reply in replies)
    if not found.found:
        yield say("counter_nothing", lang)


def reported_in_words(found: Countered, lang: Language) -> str:
    """That a sentence hands on what another says, and who that is."""
    return say("reported_by", lang, name=found.by) if found.by else say("reported", lang)
