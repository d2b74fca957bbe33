"""Questions that a sentence answers, in its own language; no model, no document. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.text.asking_en import asked_in_english
from rag.text.asking_fr import asked_in_french
from rag.text.asking_parts import UNCLEAR, Asked, GenderOf
from rag.text.clauses import plain
from rag.text.tags import tokenise
from rag.text.verbs import third_person
from rag.types import Language

_WE = {
    "fr": re.compile(
        r"(?P<lead>(?:En \d{4}|L['’]an dernier), )?(?:Nous|nous) (?P<ne>ne |n['’])?(?P<verb>\w+ons)(?= )"
    ),
    "en": re.compile(r"(?P<lead>In \d{4}, |Last year,? )?(?:We|we) (?P<ne>)(?P<verb>[a-z]+)(?= )"),
}


def asked_by(
    sentence: str, lang: Language, gender_of: GenderOf, speaker: tuple[str, bool] | None = None
) -> Iterator[Asked]:
    """The questions that a sentence answers.

    Args:
        sentence: a whole one.
        lang: its language.
        gender_of: of French nouns.
        speaker: who says « nous » in it, as inside a sentence: « les éleveurs »; whether it is a plural.
    """
    text = plain(sentence)
    if speaker:
        text = _of_speaker(text, lang, *speaker)
    for part in _parts(text):
        yield from asked_in_english(part) if lang == "en" else asked_in_french(part, gender_of)


_PARTS = re.compile(
    r"\s*[;:«»“”]\s*|(?<=\w) \(|(?:(?:rappelle|précise|indique|affirme|annonce|répond|estime|relève|constate"
    r"|signale|souligne|explique|assure|prétend|montre|confirme|said|says|warned|replied|accepted|reported|argued"
    r"|showed|shows|found|noted)(?:ent)?) (?:que |that |qu['’](?=un|au))"
)


def _parts(text: str) -> Iterator[str]:
    """A sentence, and the sentences within it: quoted, after « précise que » or a semicolon."""
    yield text
    at = [match.end() for match in _PARTS.finditer(text)]
    for start in at:
        part = text[start:].strip()
        if len(part) > PART_MIN:
            yield part[:1].upper() + part[1:]


def _of_speaker(text: str, lang: Language, name: str, plural: bool) -> str:
    """« Nous demandons un vote » -> « Les éleveurs demandent un vote »; others as they are."""
    found = _WE[lang].match(text)
    verb = third_person(found["verb"], plural, lang) if found else None
    if not found or verb is None:
        return text
    lead, ne = found["lead"] or "", found["ne"] or ""
    if ne:
        ne = "n’" if verb[0] in "aeéèêiouyh" else "ne "
    name = name if lead else name[:1].upper() + name[1:]
    return f"{lead}{name} {ne}{verb}{text[found.end() :]}"


PART_MIN = 20
"""A shorter part of a sentence makes no question, in characters."""
_ASKS = re.compile(
    r"(?:Pourquoi|Combien|Qu[ei]|Qu['’]|Quand|Comment|Quel(?:le)?s?|À quo|À quel|Où|Why|How|What|Who|When"
    r"|Which|Where)\b(?! of\b| about\b| dire\b)[^?,]+\?"
)
_TO_SOMEONE = re.compile(
    r"-(?:je|tu|nous|vous|moi|ce)\b|^Qui (?:l['’]|les? |la )|^Qu['’]en |d['’]ailleurs|\balors\b",
    re.IGNORECASE,
)
WORDS_MIN = 4
"""Fewest words of a question that is understood alone."""


def is_clear_question(text: str) -> bool:
    """Whether a text is one question that is understood alone, such as a journalist's."""
    words = {token.word for token in tokenise(text) if token.tag != "."}
    if not _ASKS.fullmatch(text) or _TO_SOMEONE.search(text):
        return False
    return not words & UNCLEAR and len(words) > WORDS_MIN
