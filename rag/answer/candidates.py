"""Questions that may be suggested: made of sentences and of what several sources speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.answer.material import Material, Place, Sentence, Subject
from rag.answer.naming import Named
from rag.catalogue import say
from rag.text import AskedFor, asked_by, content_words, fold, is_clear_question, plain, with_de
from rag.types import Language

QUESTION_MAX = 130
"""Longer questions are left out, in characters."""
FOLLOWING = 3
"""So many sentences after a question that a source asks may answer it."""

Kind = AskedFor | Literal["asked", "reply", "side", "sources"]
_OF_SOMETHING = re.compile(r" (?:de|du|des|à|aux?) | d’|critique")
"""In the name of a side after which « de » would say something else: « la critique de la maternité »."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that could be suggested.

    Attributes:
        kind: what it asks for.
        question: its words.
        places: the sentences that it is made of; the reader must find one of them again.
        words: that tell it from others.
        worth: higher for what more sources speak of.
    """

    kind: Kind
    question: str
    places: frozenset[Place]
    words: frozenset[str]
    worth: float


def of_sentences(material: Material, lang: Language, inside: Sequence[Place] | None) -> Iterator[Candidate]:
    """Questions made by turning a sentence around, and those that a source asks itself.

    Args:
        material: of some sources.
        lang: of the questions, and of the sentences.
        inside: take the sentences in these slices only; all, where there are none.
    """
    for at, each in enumerate(material.sentences):
        if each.lang != lang or not each.is_in(inside):
            continue
        text = plain(each.text)
        if is_clear_question(text):
            following = [
                s for s in material.sentences[at + 1 : at + 1 + FOLLOWING] if s.source == each.source
            ]
            yield from _made(material, lang, "asked", text.removesuffix("?"), following)
            continue
        side = material.named(each.side, lang)
        speaker = (side.name, side.plural) if side else None
        for asked in asked_by(each.text, lang, material.genders, speaker):
            yield from _made(material, lang, asked.kind, asked.question, [each])


def _made(
    material: Material, lang: Language, kind: Kind, words: str, answers: Sequence[Sentence]
) -> Iterator[Candidate]:
    question = say("ask", lang, words=words.strip().replace("'", "’"))
    if len(question) <= QUESTION_MAX:
        own = frozenset(content_words(words))
        yield Candidate(kind, question, frozenset(each.place for each in answers), own, material.worth(own))


def of_subjects(
    material: Material, lang: Language, inside: Sequence[Place] | None, heard: frozenset[str | None]
) -> Iterator[Candidate]:
    """Questions about what several sources speak of: what a side says of it, what it replies to another.

    Args:
        material: of some sources.
        lang: of the questions; a subject in the other language stands in quote marks.
        inside: take what is spoken of in these slices only; all, where there are none.
        heard: the sides that have spoken already, of whom nothing more is asked.
    """
    for subject in material.subjects(inside):
        phrase, by_side = subject.phrase, subject.by_side
        for side, own in by_side.items():
            if side is not None and side not in heard:
                yield from _of_side(material, lang, subject, side, own)
        if subject.lang == lang:
            question = say("ask_sources", lang, of=_of(phrase, lang))
        else:
            question = say("ask_sources_foreign", lang, bare=_bare(phrase))
        yield _about(subject, "sources", question, subject.mentions)


def _of_side(
    material: Material, lang: Language, subject: Subject, side: str, own: Sequence[Sentence]
) -> Iterator[Candidate]:
    """What a side says of a subject, and what it replies to another that speaks of it."""
    phrase = subject.phrase
    if subject.lang != lang:
        yield _about(subject, "side", say("ask_side_foreign", lang, side=side, bare=_bare(phrase)), own)
        return
    named, words = material.named(side, lang), set(content_words(phrase))
    if named is None or words & set(content_words(named.name)):
        return
    plain_of = lang == "en" or not _OF_SOMETHING.search(named.name)
    of = _of(phrase, lang) if plain_of else f"sur {phrase}"
    verb = _verb(named, lang, "dit", "disent")
    yield _about(subject, "side", say("ask_side", lang, verb=verb, side=named.name, of=of), own)
    others = [material.named(each, lang) for each in subject.by_side if each != side]
    other = next((each for each in others if each and not words & set(content_words(each.name))), None)
    if other:
        verb, to = _verb(named, lang, "répond", "répondent"), other.name if lang == "en" else other.to
        question = say("ask_reply", lang, verb=verb, side=named.name, to=to, topic=phrase)
        yield _about(subject, "reply", question, own)


def _about(subject: Subject, kind: Kind, question: str, answers: Sequence[Sentence]) -> Candidate:
    """A question about a subject; worthier the more speak of it, and where it begins a sentence."""
    begins = any(fold(each.text).startswith(fold(subject.phrase)) for each in answers)
    worth = len(subject.by_side) + len(subject.mentions) / 10 + begins
    places = frozenset(each.place for each in answers)
    return Candidate(kind, question, places, frozenset(content_words(subject.phrase)), worth)


def _of(phrase: str, lang: Language) -> str:
    return f"about {phrase}" if lang == "en" else with_de(phrase)


def _bare(phrase: str) -> str:
    """A subject as it is quoted: an English one without its article."""
    return phrase.removeprefix("the ")


def _verb(named: Named, lang: Language, one: str, many: str) -> str:
    if lang == "en":
        return "do" if named.plural else "does"
    return many if named.plural else one
