"""A brief as a dossier, whose cards can be edited and exported; and as text, which has the same order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.brief.headings import phrase_of
from rag.brief.types import Answering, Brief, Event, Figure, Position, Question, Written
from rag.catalogue import MONTHS, date, say
from rag.debate import unsided_in_words
from rag.dossier import Card, Dossier
from rag.quotes import block_quote, cite
from rag.types import Language, Quote

SECTION_MOST, TAG_MOST, TITLE_MOST = 200, 500, 300
"""Longest of each, in characters: those of ``rag/dossier/cards.py``."""

SAYS_IT_ALL = 0.75
"""A tag that has so much of its quote is not printed over it."""

_Set = tuple[tuple[str, ...], str, Quote, str]
"""Headings, tag, quote, note; an empty tag where the quote speaks for itself."""


def brief_as_dossier(found: Brief, printed: bool = False) -> Dossier:
    """The quotes of a brief as cards, under headings: the part, what it is of, and what they are about.

    Args:
        found: the brief.
        printed: whether it is to be read through at once: a tag that says what its quote says is a number.
    """
    sets = _printed(found) if printed else dict.fromkeys(_all(found))
    cards = (_card(path, tag or _phrase(quote), quote, note) for path, tag, quote, note in sets)
    return Dossier(_limited(title_of(found), TITLE_MOST), tuple(cards))


def _printed(found: Brief) -> Iterator[_Set]:
    """All that a brief sets, its tags as they are read above quotes."""
    counted: Counter[tuple[str, ...]] = Counter()
    for path, tag, quote, note in dict.fromkeys(_all(found)):
        counted[path] += 1
        phrase = _phrase(quote)
        known = phrase in path[-1] or len(phrase) > SAYS_IT_ALL * len(quote.text)
        numbered = say("brief_quote", found.lang, number=counted[path])
        yield path, tag or (numbered if known else phrase), quote, note


def title_of(found: Brief) -> str:
    """The title of a brief."""
    return found.motion or say("brief", found.lang)


def brief_remarks(found: Brief) -> tuple[str, ...]:
    """What has to be said of a brief beside its cards: which parts have nothing, which sides say nothing."""
    lang, lines = found.lang, []
    if found.motion:
        lines.append(say("brief", lang))
    if found.among:
        lines.append(say("brief_among", lang, names=", ".join(found.among)))
    if found.unsided:
        lines.append(unsided_in_words(found.unsided, lang))
    if found.model_failure:
        reason = say(f"llm_{found.model_failure}", lang)
        lines.append(say("brief_unwritten", lang, reason=reason))
    lines += [say("brief_silent", lang, side=each.side) for each in found.positions if not each.arguments]
    if found.empty_parts:
        parts = ", ".join(say(f"brief_{part}", lang).lower() for part in found.empty_parts)
        lines.append(say("brief_empty", lang, parts=parts))
    return tuple(lines)


def brief_introductions(found: Brief) -> dict[tuple[str, ...], str]:
    """What a language model wrote of each side, marked as its words, by the headings that it stands under."""
    part = say("brief_positions", found.lang)
    return {
        (part, _limited(_headed(position, found), SECTION_MOST)): say(
            "brief_written", found.lang, words=" ".join(_with_numbers(each, found) for each in own)
        )
        for position in found.positions
        if (own := position.introduction)
    }


def numbers_of(written: Written, found: Brief) -> list[str]:
    """The ids of the arguments whose quotes bear a sentence out."""
    arguments = found.arguments.values()
    return [each.id for each in arguments if any(quote in each.quotes for quote in written.quotes)]


def _with_numbers(written: Written, found: Brief) -> str:
    numbers = (f"[{argument[1:]}]" for argument in numbers_of(written, found))
    return " ".join([written.text, *numbers, *([written.remark] if written.remark else [])])


def brief_as_text(found: Brief) -> str:
    """The brief for a terminal: a view, from which no quote must be read back."""
    blocks = [f"# {title_of(found)}", *brief_remarks(found)]
    before: tuple[str, ...] = ()
    under = brief_introductions(found)
    for path, tag, quote, note in _printed(found):
        same = next((n for n, (a, b) in enumerate(zip(before, path, strict=False)) if a != b), len(path))
        shared = min(same, len(before))
        for n in range(shared, len(path)):
            blocks.append(f"{'#' * (n + 2)} {path[n]}")
            blocks += [under[path[: n + 1]]] if path[: n + 1] in under else []
        blocks += [f"{tag}\n{cite(quote, found.lang)}", block_quote(quote.text), *([note] if note else [])]
        before = path
    return "\n\n".join(blocks)


def date_in_words(value: str, lang: Language) -> str:
    """A date of a brief, as precise as it is: ``2026``, « janvier 2026 », « 6 janvier 2026 »."""
    year, _, rest = value.partition("-")
    if len(rest) == len("01"):
        return f"{MONTHS[lang][int(rest) - 1]} {year}"
    return date(value, lang)


def _card(path: Sequence[str], tag: str, quote: Quote, note: str) -> Card:
    """A card without marks: none is ever cut by a guess. Its id is made of what it is."""
    section = tuple(_limited(name, SECTION_MOST) for name in path)
    key = "\n".join([*path, tag, quote.source.id, str(quote.start), str(quote.end)])
    return Card(
        hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:8],
        _limited(tag, TAG_MOST),
        quote,
        note,
        section,
    )


def _limited(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _all(found: Brief) -> Iterator[_Set]:
    """All that a brief sets, in order, none of it marked."""
    for name, sets in (
        ("positions", _positions(found)),
        ("answers", _answers(found)),
        ("unanswered", _unanswered(found)),
        ("figures", _figures(found.figures, found.lang)),
        ("chronology", _chronology(found.chronology, found.lang)),
        ("terms", _terms(found)),
        ("questions", _questions(found.questions, found.lang)),
        ("by_heart", _by_heart(found)),
    ):
        for path, tag, quote, note in sets:
            yield (say(f"brief_{name}", found.lang), *path), tag, _unmarked(quote), note


def _unmarked(quote: Quote) -> Quote:
    return replace(quote, highlights=())


def _positions(found: Brief) -> Iterator[_Set]:
    for position in found.positions:
        side = _headed(position, found)
        for argument in position.arguments:
            key = f"brief_argument_{argument.stance}" if argument.stance in _VOTES else "brief_argument"
            number = int(argument.id[1:])
            block = say(key, found.lang, number=number, heading=argument.heading)
            for quote in argument.quotes:
                yield (side, block), "", quote, ""


_VOTES = ("for", "against", "divided")


def _headed(position: Position, found: Brief) -> str:
    """The heading of a side."""
    if position.stance in _VOTES and found.motion:
        return say(f"stance_{position.stance}", found.lang, side=position.side)
    return position.side


def _phrase(quote: Quote) -> str:
    return phrase_of(quote.text, "en" if quote.source.language == "en" else "fr")[0]


def _answers(found: Brief) -> Iterator[_Set]:
    """What is answered, then all that answers it."""
    by_id, lang = found.arguments, found.lang
    for answered in dict.fromkeys(each.answered for each in found.answers):
        own = [each for each in found.answers if each.answered == answered]
        side = by_id[own[0].to].side
        path = (say("brief_side_said", lang, side=side, heading=_phrase(answered)),)
        yield path, say("brief_says", lang, side=side), answered, ""
        for each in own:
            relation = relation_of(each, lang)
            yield (
                path,
                say("brief_relation", lang, side=by_id[each.by].side, relation=relation),
                each.quote,
                "",
            )


def relation_of(answering: Answering, lang: Language) -> str:
    """What an answer does, inside a sentence; whether that is uncertain."""
    relation = say(answering.relation, lang)
    relation = relation[:1].lower() + relation[1:]
    return relation if answering.certain else say("relation_uncertain", lang, relation=relation)


def _unanswered(found: Brief) -> Iterator[_Set]:
    by_id = found.arguments
    for each in found.unanswered:
        argument = by_id[each.argument]
        side = say("brief_left_by", found.lang, side=argument.side)
        yield (side,), "", argument.quotes[0], ""


def _figures(figures: Sequence[Figure], lang: Language) -> Iterator[_Set]:
    for figure in figures:
        path = (say("brief_differ" if figure.differ else "brief_same", lang, about=figure.about),)
        for use in figure.uses:
            yield path, say("brief_figure", lang, words=use.words, side=use.side), use.quote, ""


def _chronology(events: Sequence[Event], lang: Language) -> Iterator[_Set]:
    for event in events:
        for quote in event.quotes:
            yield (), date_in_words(event.date, lang), quote, ""


def _terms(found: Brief) -> Iterator[_Set]:
    for term in found.terms:
        path = (" / ".join(use.term for use in term.uses),)
        for use in term.uses:
            yield path, say("brief_term", found.lang, side=use.side, term=use.term), use.quote, ""


def _questions(questions: Sequence[Question], lang: Language) -> Iterator[_Set]:
    for each in questions:
        path = (say("brief_asked", lang, side=each.side), each.question)
        note = "" if each.answers else say("brief_no_reply", lang)
        yield path, say("brief_says", lang, side=each.by), each.asked, note
        for quote in each.answers:
            yield path, say("brief_reply", lang), quote, ""


def _by_heart(found: Brief) -> Iterator[_Set]:
    for each in found.by_heart:
        for quote in each.quotes:
            yield (each.side,), "", quote, ""
