"""What turns a claim around: another number, name, limit or order than in the quote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rag.catalogue import date
from rag.encoders import SAME_WORD
from rag.llm.matching import SAME_NAME, Matcher
from rag.llm.types import Finding
from rag.text import (
    acting_names,
    content_words,
    contraries,
    marks,
    name_runs,
    numbered_names,
    numbers,
    rough_numbers,
    values_in,
)
from rag.types import Quote, SourceInfo

_CLAUSE = re.compile(
    r"[,;:!?()–—]|\.(?!\d)"
    r"|\b(?:et|and)\s+(?=(?:peu(?:t|vent)|pourr\w+|doi(?:t|vent)|may|can|must|will|shall|should)\b)"
)
_REASON = re.compile(
    r"\b(?:pour|car|afin|puisqu\w*|comme|donc|ainsi|dus?|dues?|for|since|as|so|to|therefore|thus|hence)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:par|by)\b", re.IGNORECASE)
_COORDINATED = re.compile(
    r"\s*(?:et|and|ou|or|,|/|-|–)\s*(?:l['’]|les?|la|the|des?|du|avec|with)?\s*", re.IGNORECASE
)


def differences(
    match: Matcher, rest: str, quote: Quote, basis: str, likeness: Mapping[str, float]
) -> Iterable[Finding]:
    """What a sentence says otherwise than a quote.

    Args:
        match: compares their words.
        rest: the sentence without its attribution.
        quote: the quote.
        basis: its text after the words that introduce it.
        likeness: how well each word of the sentence is matched in the quote.
    """
    told = f"{basis} {told_of(quote.source)}"
    known, strange = numbers(told), numbers(_without_values_of(told, rest))
    own = {atom: said for atom, said in numbers(rest).items() if atom in strange}
    yield from (Finding("number", said) for atom, said in own.items() if atom not in known)
    yield from (Finding("name", name) for name in _strange_names(match, rest, quote))
    yield from (Finding("name", word) for word in _strange_peoples(match, likeness))
    yield from _limits(match, rest, quote)
    yield from _roles(match, rest, basis)


def _without_values_of(told: str, text: str) -> str:
    """A text without the numbers and dates that another has in whatever form (« 0,8 million »)."""
    values = {value for _, _, value in values_in(told)}
    for start, end, value in reversed(values_in(text)):
        if value in values:
            text = f"{text[:start]} {text[end:]}"
    return text


def _strange_names(match: Matcher, rest: str, quote: Quote) -> Iterable[str]:
    """Names of a sentence that neither the quote, the words before it nor its source has."""
    text = f"{quote.before} {quote.lead_in} {quote.text} {told_of(quote.source)}"
    have = content_words(text)
    known = [" ".join(run) for run in name_runs(text)]
    known += [name for run in name_runs(text) for name in run]
    for run in name_runs(rest):
        if not match.is_alike(" ".join(run), known):
            for name in run:
                parts = content_words(name)
                same = all(match.nearest(part, have) >= SAME_NAME for part in parts)
                if not same and not match.is_alike(name, known):
                    yield name


def _strange_peoples(match: Matcher, likeness: Mapping[str, float]) -> Iterable[str]:
    """Peoples, which French writes small, that the quote does not have (« l’armée chinoise »)."""
    for word, like in likeness.items():
        if like < SAME_WORD and word[0].isalpha() and match.is_people(word):
            yield word


def _limits(match: Matcher, rest: str, quote: Quote) -> Iterable[Finding]:
    """What denies, limits or explains, in the sentence and in the clauses that it is about."""
    basis = quote.text
    theirs = [clause for clause in _CLAUSE.split(basis) if match.shares(rest, clause)] or [basis]
    ours, quoted = marks(rest), marks(" , ".join(theirs))
    everywhere = marks(f"{quote.lead_in} {basis}")
    if bool(ours["negation"]) != bool(quoted["negation"]):
        yield Finding("negation", (ours["negation"] or quoted["negation"])[0])
    yield from (Finding("negation", said) for said in contraries(rest, " , ".join(theirs)))
    if quoted["possible"] and not (ours["possible"] or ours["hedge"]):
        yield Finding("modal", quoted["possible"][0])
    if ours["must"] and not everywhere["must"]:
        yield Finding("modal", ours["must"][0])
    if quoted["hedge"] and not (ours["hedge"] or ours["possible"]):
        yield Finding("hedge", quoted["hedge"][0])
    rough = rough_numbers(f"{quote.lead_in} {basis}")
    exact = [n for n, is_rough in rough_numbers(rest).items() if not is_rough and rough.get(n)]
    yield from (Finding("hedge", numbers(rest).get(number, number)) for number in exact[:1])
    if quoted["condition"] and not ours["condition"]:
        yield Finding("condition", quoted["condition"][0])
    if ours["regardless"] and not everywhere["regardless"]:
        yield Finding("condition", ours["regardless"][0])
    for group, like in (("only", "only"), ("all", "whole")):
        if ours[group] and not (everywhere[group] or everywhere[like]):
            yield Finding("scope", ours[group][0])
    if ours["because"] and not (everywhere["because"] or _REASON.search(basis)):
        yield Finding("cause", ours["because"][0])


def _roles(match: Matcher, rest: str, basis: str) -> Iterable[Finding]:
    """Two names in the other order, where neither text is passive; or a number at another name."""
    theirs = numbered_names(basis)
    for number, name in numbered_names(rest).items():
        other = theirs.get(number, name)
        have_both = match.has_name(name, list(theirs.values())) and other != name
        if have_both and not match.has_name(name, [other]):
            yield Finding("order", f"{name}, {number}")
            return
    if not (_PASSIVE.search(rest) or _PASSIVE.search(basis)):
        yield from _exchanged(match, rest, basis)


def _exchanged(match: Matcher, rest: str, basis: str) -> Iterable[Finding]:
    """Two names in the other order that are not just listed."""
    ours, theirs = acting_names(rest), acting_names(basis)
    for number, (one, _, stop) in enumerate(ours):
        for other, start, _ in ours[number + 1 :]:
            if one == other or _COORDINATED.fullmatch(rest[stop:start]):
                continue
            ones = [place for name, place, _ in theirs if match.nearest(one, [name]) >= SAME_NAME]
            others = [place for name, place, _ in theirs if match.nearest(other, [name]) >= SAME_NAME]
            if ones and others and min(ones) > max(others):
                yield Finding("order", f"{one}, {other}")
                return


def told_of(info: SourceInfo) -> str:
    """What a sentence may say of a source though the quote does not."""
    dates = " ".join(date(info.date, lang) for lang in ("fr", "en")) if info.date else ""
    return f"{info.title}. {info.side or ''}. {info.kind}. {dates}"
