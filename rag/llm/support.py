"""Does a quote support what a sentence says? Strict on what turns a claim around, lenient on wording.

A sentence is supported when its words are matched in the quote well enough, by stem or by the encoder (which
knows synonyms, and the other language), and when nothing below differs:

===============  =====================================================================================
``number``       a number or a month that the quote does not have
``name``         a name that neither the quote, the words before it nor its source has
``negation``     one of the two denies, ends or says the contrary of what the other affirms
``modal``        what the quote says may or would be is said to be; or an obligation is added
``hedge``        a reservation of the quote is gone, or its rough number is given as exact
``condition``    a condition of the quote is gone, or is said not to count
``scope``        all, only or always are added
``cause``        a reason is given where the quote gives none
``order``        who does it and who it is done to are exchanged, or who has how many
``attribution``  it is said to be the words of somebody else
``wording``      its words are not in the quote
===============  =====================================================================================

How well the words are matched is judged by a logistic model of three numbers: the likeness of the word that
is matched worst, the likeness of the two as wholes, and whether they are in different languages. Its weights
stand in ``support.json``; ``evals/fit/support.py`` fits them on one half of a labelled set, ``python -m evals
statements`` reports on the other. A sentence that copies the quote with few changes is besides compared with
it word by word (rag/verify/verifier.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.catalogue import date
from rag.llm.wording import load_wording
from rag.search import sources_named
from rag.store import SAME_WORD, Index, Snapshot
from rag.text import (
    LIGHT,
    Attributed,
    acting_names,
    attributed,
    content_words,
    contraries,
    fold,
    language_of,
    marks,
    name_runs,
    numbered_names,
    numbers,
    rough_numbers,
    terms,
    words_in,
)
from rag.types import EffectKind, Quote, SourceInfo
from rag.verify import Effect, Verifier

SAME_NAME = 0.68
"""As SAME_WORD, for names: NATO and OTAN have 0.71, France and China 0.50, Ukraine and Russia 0.57."""
SAME_CALLED = 0.9
"""The same for words of a source's title or side, which need not stand in the quote."""
PEOPLE = 0.52
"""Cosine with the mean of some peoples from which a word is held to be one: most have 0.54 or more."""
COPIED = 0.7
"""Share of the words in the same order from which a sentence is compared word by word."""
BORNE_OUT = 0.5
"""Probability from which the words of a sentence are held to be the quote's. Fixed: it is fitted."""
WORDS_SHOWN = 3
"""How many words that are not in the quote are named."""

Vectors = NDArray[np.float32]
Vector = Callable[[str], Vectors]
"""Gives the unit vector of a text."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a quote does not bear out.

    Attributes:
        kind: see the table above.
        words: of the sentence or of the quote that it is about; may be empty.
    """

    kind: EffectKind | str
    words: str


@dataclass(frozen=True, slots=True)
class Support:
    """How a quote bears out a sentence.

    Attributes:
        score: 0 to 1, share of the sentence's words that are matched.
        findings: what it does not bear out; none when it supports the sentence.
    """

    score: float
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether the quote supports the sentence."""
        return not self.findings


_SOMEBODY = frozenset(
    "auteur auteurs auteure texte textes document documents source sources phrase phrases commentateur "
    "author authors text sentence sentences passage passages speaker writer signataires participants "
    "signatories".split()
)
"""Words for whoever speaks in a document."""
_PEOPLES = (
    "français chinois russe allemand italien espagnol japonais africain french chinese russian german "
    "italian spanish japanese african"
).split()
_COUNTRY_WORDS = "pays nation national international étranger langue country foreign language".split()
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


_ENDING = re.compile(
    r"(?:e?(?:r(?:ai|as?|ons|ez|ont|ais|ait|ions|iez|aient))|aient|aits?|ent|ant|ees?|er|es?)$"
)
"""Of French verbs; the stemmer leaves some after accents are taken off."""


@lru_cache(20_000)
def _stems(word: str) -> frozenset[str]:
    """What a word may have in common with others of its kind, in either language."""
    bare = _ENDING.sub("", fold(word))
    return frozenset([*terms(word, "fr"), *terms(word, "en"), *([bare] if len(bare) > 2 else [])])


def vectors_of(index: Index) -> Vector:
    """The encoder of an index for words and sentences, as unit vectors; it remembers them."""

    @lru_cache(20_000)
    def vector(text: str) -> Vectors:
        found = np.asarray(index.word_encoder.get_text_embedding(text), np.float32)
        length = float(np.linalg.norm(found))
        return found / length if length else found

    return vector


class Judge:
    """Tells what the quotes of one question support."""

    def __init__(self, index: Index, infos: Sequence[SourceInfo], vector: Vector | None = None) -> None:
        self._index = index
        self._infos = infos
        self._verifier = Verifier(index)
        self._vector = vector or vectors_of(index)

    def judge(self, sentence: str, quote: Quote) -> Support:
        """How a quote bears out a sentence.

        Raises:
            EncoderError: the encoder does not answer.
        """
        claim = attributed(sentence)
        is_speaker = bool(claim.speaker) and self._is_speaker(claim.speaker, quote)
        if claim.speaker and not is_speaker and not self._in_quote(claim, quote):
            return Support(0.0, (Finding("attribution", claim.speaker),))
        rest = claim.rest if is_speaker else sentence
        basis = f"{quote.lead_in} {quote.text}"
        likeness = self.likeness(rest, quote)
        known = sum(like >= SAME_WORD for like in likeness.values())
        found = [*self._differences(rest, quote, basis, likeness), *self._copied(rest, quote)]
        if load_wording().probability(*self.wording(rest, quote)) < BORNE_OUT:
            weakest = sorted(likeness, key=lambda word: likeness[word])[:WORDS_SHOWN]
            strange = ", ".join(word for word in weakest if likeness[word] < SAME_WORD)
            found.append(Finding("wording", strange))
        score = known / len(likeness) if likeness else 0.0
        return Support(score, tuple({finding.kind: finding for finding in reversed(found)}.values()))

    def wording(self, rest: str, quote: Quote) -> tuple[float, float, bool]:
        """What :meth:`WordingModel.probability` takes, of a sentence without its attribution."""
        alike = float(self._vector(rest) @ self._vector(quote.text))
        foreign = language_of(rest) != quote.source.language
        return min(self.likeness(rest, quote).values(), default=0.0), alike, foreign

    def speaks_for(self, sentence: str, quotes: Sequence[Quote]) -> bool:
        """Whether a sentence says whose words it hands on, and they are those of one of the quotes."""
        speaker = attributed(sentence).speaker
        return bool(speaker) and any(self._is_speaker(speaker, quote) for quote in quotes)

    # --- whose words ---

    def _is_speaker(self, name: str, quote: Quote) -> bool:
        folded = set(words_in(name, "fr"))
        if folded & _SOMEBODY and not any(self._names(name, info) for info in self._infos):
            return True
        meant = {self._infos[number].id for number in sources_named(name, self._infos)}
        meant = meant or {info.id for info in self._infos if self._names(name, info)}
        return quote.source.id in meant

    def _names(self, name: str, info: SourceInfo) -> bool:
        """Whether a name, maybe in the other language, has most of its words from what a source is called."""
        own = content_words(f"{info.title} {info.side or ''} {info.kind} {info.id}")
        given = [word for word in content_words(name) if not word[0].isdigit()]
        hits = sum(self._nearest(word, own) >= SAME_WORD for word in given)
        return bool(given) and 2 * hits > len(given)

    def _in_quote(self, claim: Attributed, quote: Quote) -> bool:
        """Whether the quote itself hands on what somebody says, and it is the one named.

        « La Commission a annoncé que… » is a statement like others where the quote has who and announcing.
        """
        told = attributed(quote.text)
        own = content_words(quote.text if claim.verb else told.speaker)
        named = [word for word in content_words(claim.speaker) if not numbers(word)]
        said = not claim.verb or told.verb or self._nearest(claim.verb.lower(), own) >= SAME_WORD
        return bool(own and said) and all(self._nearest(word, own) >= SAME_WORD for word in named)

    # --- words ---

    def _nearest(self, word: str, others: Sequence[str]) -> float:
        """Cosine of a word with the nearest of others; 1 for one that has a stem in common with it."""
        if any(word == other or _stems(word) & _stems(other) for other in others):
            return 1.0
        others = [] if word[0].isdigit() else [other for other in others if other[0].isalpha()]
        return max((float(self._vector(word) @ self._vector(other)) for other in others), default=0.0)

    def likeness(self, rest: str, quote: Quote) -> dict[str, float]:
        """The content words of a sentence, with the cosine of each with its best match in the quote.

        Names and numbers, which are judged apart, count as matched, and words that say little.
        """
        own = content_words(f"{quote.lead_in} {quote.text}")
        called = content_words(_told_of(quote.source))
        named = {w for run in name_runs(rest) for name in run for w in content_words(name)}
        return {
            word: 1.0
            if word in named or word in LIGHT or numbers(word) or self._nearest(word, called) >= SAME_CALLED
            else self._nearest(word, own)
            for word in dict.fromkeys(content_words(rest))
        }

    # --- what turns a claim around ---

    def _differences(
        self, rest: str, quote: Quote, basis: str, likeness: Mapping[str, float]
    ) -> Iterable[Finding]:
        known = numbers(f"{basis} {_told_of(quote.source)}")
        yield from (Finding("number", said) for atom, said in numbers(rest).items() if atom not in known)
        yield from (Finding("name", name) for name in self._strange_names(rest, quote))
        yield from (Finding("name", word) for word in self._strange_peoples(likeness))
        yield from self._limits(rest, quote)
        yield from self._roles(rest, basis)

    def _strange_names(self, rest: str, quote: Quote) -> Iterable[str]:
        """Names of a sentence that neither the quote, the words before it nor its source has."""
        text = f"{quote.before} {quote.lead_in} {quote.text} {_told_of(quote.source)}"
        have = content_words(text)
        known = [" ".join(run) for run in name_runs(text)]
        known += [name for run in name_runs(text) for name in run]
        for run in name_runs(rest):
            if not self._is_alike(" ".join(run), known):
                for name in run:
                    parts = content_words(name)
                    same = all(self._nearest(part, have) >= SAME_NAME for part in parts)
                    if not same and not self._is_alike(name, known):
                        yield name

    def _is_alike(self, name: str, known: Sequence[str]) -> bool:
        vector = self._vector(name)
        return any(float(vector @ self._vector(other)) >= SAME_NAME for other in known)

    def _strange_peoples(self, likeness: Mapping[str, float]) -> Iterable[str]:
        """Peoples, which French writes small, that the quote does not have (« l’armée chinoise »)."""
        for word, like in likeness.items():
            if like < SAME_WORD and word[0].isalpha():
                vector = self._vector(word)
                alike = float(vector @ self._people)
                if alike >= PEOPLE and alike > max(float(vector @ self._vector(w)) for w in _COUNTRY_WORDS):
                    yield word

    @cached_property
    def _people(self) -> Vectors:
        centre = np.mean([self._vector(word) for word in _PEOPLES], axis=0)
        return np.asarray(centre / np.linalg.norm(centre), np.float32)

    def _limits(self, rest: str, quote: Quote) -> Iterable[Finding]:
        """What denies, limits or explains, in the sentence and in the clauses that it is about."""
        basis = quote.text
        theirs = [clause for clause in _CLAUSE.split(basis) if self._shares(rest, clause)] or [basis]
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

    def _shares(self, rest: str, clause: str) -> bool:
        own = content_words(clause)
        return any(self._nearest(word, own) >= SAME_WORD for word in content_words(rest))

    def _roles(self, rest: str, basis: str) -> Iterable[Finding]:
        """Two names in the other order, where neither text is passive; or a number at another name."""
        theirs = numbered_names(basis)
        for number, name in numbered_names(rest).items():
            other = theirs.get(number, name)
            have_both = self._nearest_name(name, list(theirs.values())) and other != name
            if have_both and not self._nearest_name(name, [other]):
                yield Finding("order", f"{name}, {number}")
                return
        if not (_PASSIVE.search(rest) or _PASSIVE.search(basis)):
            yield from self._exchanged(rest, basis)

    def _exchanged(self, rest: str, basis: str) -> Iterable[Finding]:
        """Two names in the other order that are not just listed."""
        ours, theirs = acting_names(rest), acting_names(basis)
        for number, (one, _, stop) in enumerate(ours):
            for other, start, _ in ours[number + 1 :]:
                if one == other or _COORDINATED.fullmatch(rest[stop:start]):
                    continue
                ones = [place for name, place, _ in theirs if self._nearest(one, [name]) >= SAME_NAME]
                others = [place for name, place, _ in theirs if self._nearest(other, [name]) >= SAME_NAME]
                if ones and others and min(ones) > max(others):
                    yield Finding("order", f"{one}, {other}")
                    return

    def _nearest_name(self, name: str, others: Sequence[str]) -> bool:
        own = [word for other in others for word in content_words(other)]
        return all(self._nearest(word, own) >= SAME_NAME for word in content_words(name))

    def _copied(self, rest: str, quote: Quote) -> Iterable[Finding]:
        """What a sentence that copies the quote changes in it."""

        def compare(snapshot: Snapshot) -> list[Finding]:
            number = next((n for n, info in enumerate(snapshot.infos) if info.id == quote.source.id), None)
            if number is None or not words_in(rest, "fr"):
                return []
            found = self._verifier.within(snapshot, rest, {number})
            inside = any(p.start < quote.end and quote.start < p.end for p in found.pieces)
            if found.verdict != "altered" or found.similarity < COPIED or not inside:
                return []
            return [
                Finding(effect.kind, effect.quoted or effect.actual)
                for effect in found.effects
                if effect.kind in _TURNING and _is_there(effect, rest, quote.text)
            ]

        return self._index.read(compare)


_TURNING: frozenset[str] = frozenset({"negation", "number", "date", "condition", "hedge"})


def _is_there(effect: Effect, rest: str, basis: str) -> bool:
    """Whether words are really changed: not only moved, and no number or date just left out."""
    if effect.change == "dropped" and effect.kind in ("number", "date"):
        return False
    ours, theirs = set(words_in(rest, "fr")), set(words_in(basis, "fr"))
    return not (set(words_in(effect.quoted, "fr")) <= theirs and set(words_in(effect.actual, "fr")) <= ours)


def _told_of(info: SourceInfo) -> str:
    """What a sentence may say of a source though the quote does not."""
    dates = " ".join(date(info.date, lang) for lang in ("fr", "en")) if info.date else ""
    return f"{info.title}. {info.side or ''}. {info.kind}. {dates}"
