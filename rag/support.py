"""Does a quote support what a sentence says? Strict on what turns a claim around, lenient on wording.

A sentence is supported when most of its words are matched in the quote, by stem or by the encoder (which
knows synonyms, and the other language), and when nothing below differs:

===============  =====================================================================================
``number``       a number or a month that the quote does not have
``name``         a name that neither the quote, the words before it nor its source has
``subject``      what the sentence is about does not occur in the quote
``negation``     one of the two denies, ends or says the contrary of what the other affirms
``modal``        what the quote says may or would be is said to be; or an obligation is added
``hedge``        a reservation of the quote is gone
``condition``    a condition of the quote is gone
``scope``        all, only or always are added
``order``        who does it and who it is done to are exchanged
``attribution``  it is said to be the words of somebody else
``wording``      too few of its words are in the quote
===============  =====================================================================================

A sentence that copies the quote with few changes is besides compared with it word by word (rag/verify.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.index import Index, Snapshot
from rag.lexical import fold, is_stopword, terms, words
from rag.markers import markers
from rag.speech import SAYS, sources_named
from rag.types import EffectKind, Quote, SourceInfo
from rag.verify import Verifier
from rag.vocabulary import content_words
from rag.words import date

SAME_WORD = 0.62
"""Cosine from which the encoder holds two words to mean the same: translations have 0.7 and more, words of
the same field such as peace and war 0.57 and less."""
SAME_NAME = 0.68
"""The same for names: NATO and OTAN have 0.71, France and China 0.50, Ukraine and Russia 0.57."""
PEOPLE = 0.52
"""Cosine with the mean of some peoples from which a word is held to be one: most have 0.54 or more."""
COVERED = 0.6
"""Least share of the words of a sentence that are matched in the quote."""
ALIKE = 0.3
"""Least cosine of the sentence and the quote."""
COPIED = 0.7
"""Share of the words in the same order from which a sentence is compared word by word."""

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


@dataclass(frozen=True, slots=True)
class Attributed:
    """A sentence with whose words it says they are.

    Attributes:
        speaker: as it was said; empty when it was not.
        rest: the sentence without that.
    """

    speaker: str
    rest: str


# --- whose words ----------------------------------------------------------------------------------

_ACCORDING = (
    r"(?:selon|d['’]après|suivant|pour|according to|in the words of|as (?:stated|said|written) (?:in|by))"
)
_OPENING = re.compile(rf"{_ACCORDING}\s+(?P<name>[^,:;]{{2,140}}?)\s*[,:]\s*(?P<rest>.+)", re.IGNORECASE)
_CLOSING = re.compile(rf"(?P<rest>.+?),?\s+{_ACCORDING}\s+(?P<name>[^,:;]{{2,140}}?)\s*[.!?]*", re.IGNORECASE)
_SAYING = re.compile(
    rf"(?P<name>[^,:;]{{2,140}}?)\s+(?:(?:a|ont|has|have)\s+)?{SAYS}(?:\s+\w+ment|\s+\w+ly)?\s+"
    r"(?:qu(?:e\s+|['’])|that\s+)(?P<rest>.+)",
    re.IGNORECASE,
)
_SOMEBODY = frozenset(
    "auteur auteurs texte textes document documents source sources phrase phrases commentateur author "
    "authors text sentence sentences passage passages speaker writer".split()
)


def attributed(sentence: str) -> Attributed:
    """Whose words a sentence says it hands on, and what it hands on."""
    for pattern in (_OPENING, _SAYING, _CLOSING):
        found = pattern.fullmatch(sentence)
        if found and words(found["rest"], "fr"):
            return Attributed(found["name"].strip(), found["rest"].strip())
    return Attributed("", sentence)


# --- numbers --------------------------------------------------------------------------------------

_MONTHS = [
    "janvier january", "fevrier february", "mars march", "avril april", "mai may", "juin june",
    "juillet july", "aout august", "septembre september", "octobre october", "novembre november",
    "decembre december",
]  # fmt: skip
_NUMERALS = [
    "deux two", "trois three", "quatre four", "cinq five", "six", "sept seven", "huit eight", "neuf nine",
    "dix ten", "onze eleven", "douze twelve", "treize thirteen", "quatorze fourteen", "quinze fifteen",
    "seize sixteen",
]  # fmt: skip
_ATOMS = (
    {name: f"month {n}" for n, names in enumerate(_MONTHS, 1) for name in names.split() if name != "may"}
    | {name: str(n) for n, names in enumerate(_NUMERALS, 2) for name in names.split()}
    | {
        name: name_of
        for name_of, names in {
            "20": "vingt twenty", "30": "trente thirty", "40": "quarante forty", "50": "cinquante fifty",
            "60": "soixante sixty", "hundred": "cent cents hundred hundreds centaine centaines",
            "thousand": "mille millier milliers thousand thousands", "million": "million millions",
            "billion": "milliard milliards billion billions", "dozen": "douzaine douzaines dozen dozens",
            "half": "moitie half", "third": "tiers", "double": "double twice", "triple": "triple",
        }.items()
        for name in names.split()
    }
)  # fmt: skip


def numbers(text: str) -> dict[str, str]:
    """The numbers and months of a text, the same in both languages, with the words that say them."""
    found: dict[str, str] = {}
    for word in words(text, "fr"):
        ordinal = re.fullmatch(r"(\d+)(?:st|nd|rd|th|er|e|eme)?", word)
        atom = ordinal[1] if ordinal else word if word[0].isdigit() else _ATOMS.get(word)
        if atom is not None:
            found.setdefault(atom, word)
    for joined, count in re.findall(r"(\d+(?:[.,]\d+)?)\s*(?=(%|\bpour cent\b|\bpercent\b))", text):
        found.setdefault(f"{joined} percent", f"{joined} {count}")
    if "thousand" in found and any(re.fullmatch(r"[1-9]\d{0,2}000", atom) for atom in found):
        found.pop("thousand")
    return found


# --- the judge ------------------------------------------------------------------------------------

_GROUPS: dict[str, re.Pattern[str]] = {
    "possible": re.compile(
        r"peu(?:t|vent)|pouv\w+|pourr\w+|puiss\w+|sembl\w+|may|might|can|could|would|seems?|\w{2,}rai(?:t|ent)",
        re.IGNORECASE,
    ),
    "must": re.compile(r"doi(?:t|vent)|dev(?:r\w+|ons|ai\w+)|fau\w+|must|should|shall|ought", re.IGNORECASE),
    "only": re.compile(r"(?:ne |n['’]).*|seule?s?|seulement|uniquement|essentiellement|only", re.IGNORECASE),
    "all": re.compile(r"tou(?:s|tes|jours)|every|all|always|entirely|entièrement|totalement", re.IGNORECASE),
}
_OPPOSITES = (
    (
        r"augment\w*|increas\w*|ris(?:e|es|ing)|hauss\w*|grow\w*",
        r"diminu\w*|rédui\w*|baiss\w*|decreas\w*|reduc\w*|fall\w*",
    ),
    (r"accept\w*|approuv\w*|approv\w*|ratifi\w*", r"rejet\w*|refus\w*|reject\w*|declin\w*"),
    (r"autoris\w*|permet\w*|allow\w*|authori[sz]\w*", r"interdi\w*|prohib\w*|forbid\w*|bann?(?:ed|s)?"),
    (r"souti\w*|soute\w*|appu\w*|support\w*|favou?r\w*", r"oppos\w*|combat\w*|contre|against"),
    (r"avant|before", r"après|after|dès"),
    (
        r"début\w*|commenc\w*|begin\w*|start\w*|continu\w*|poursui\w*|maint\w*|keep\w*",
        r"cess(?:e|ent|era|eront|er|é)|renonc\w*|interromp\w*|arrêt\w*|stop\w*|ceas\w*|halt\w*|abandon\w*|end(?:s|ed|ing)?",
    ),
    (r"gagn\w*|vict\w*|w[io]ns?", r"perd\w*|défait\w*|los(?:e|es|t|ing)|defeat\w*"),
    (r"paix|peace\w*", r"guerres?|wars?"),
    (r"ami\w*|alli\w*|friend\w*|ally|allies", r"ennemi\w*|adversair\w*|enem\w*|foes?"),
)
"""Words and their contraries: the encoder finds them alike."""
_CONTRARY = [tuple(re.compile(rf"\b(?:{side})\b", re.IGNORECASE) for side in pair) for pair in _OPPOSITES]
_PEOPLES = (
    "français chinois russe allemand italien espagnol japonais africain french chinese russian german "
    "italian spanish japanese african"
).split()
_COUNTRY_WORDS = "pays nation national international étranger langue country foreign language".split()
_DENIAL = re.compile(
    r"\b(?:faux|fausse(?:ment)?|mensong\w*|nie(?:nt)?|démen\w+|prétend(?:u|ue)ment|false(?:ly)?|untrue|lies?|den(?:y|ies|ied))\b",
    re.IGNORECASE,
)
_OF_A_WORD = re.compile(r"non(?=[\s-]+(?!pas\b|plus\b|seulement\b|only\b)\w)", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:ils?|elles?|on|ce(?:la|ci)?|c['’]|it|they|he|she|this|there)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:!?()–—]|\.(?!\d)")
_PASSIVE = re.compile(r"\b(?:par|by)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w’'-])(?:[ldnLDN]['’])?(?P<name>[A-ZÀ-ÖØ-Þ][\w’-]*(?:\s[A-ZÀ-ÖØ-Þ][\w’-]*)*)")
_COORDINATED = re.compile(
    r"\s*(?:et|and|ou|or|,|/|-|–)\s*(?:l['’]|les?|la|the|des?|du|avec|with)?\s*", re.IGNORECASE
)


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
        if (
            claim.speaker
            and not self._is_speaker(claim.speaker, quote)
            and not self._in_quote(claim.speaker, quote)
        ):
            return Support(0.0, (Finding("attribution", claim.speaker),))
        rest = claim.rest if not claim.speaker or self._is_speaker(claim.speaker, quote) else sentence
        basis = f"{quote.lead_in} {quote.text}"
        matched = self._matched(rest, quote)
        score = sum(matched.values()) / len(matched) if matched else 0.0
        alike = float(self._vector(rest) @ self._vector(quote.text))
        found = list(self._differences(rest, quote, basis, matched))
        found += self._copied(rest, quote)
        if score < COVERED or (alike < ALIKE and score < 0.9):
            found.append(
                Finding("wording", " ".join(word for word, is_there in matched.items() if not is_there))
            )
        return Support(score, tuple({finding.kind: finding for finding in reversed(found)}.values()))

    def speaks_for(self, sentence: str, quotes: Sequence[Quote]) -> bool:
        """Whether a sentence says whose words it hands on, and they are those of one of the quotes."""
        speaker = attributed(sentence).speaker
        return bool(speaker) and any(self._is_speaker(speaker, quote) for quote in quotes)

    # --- whose words ---

    def _is_speaker(self, name: str, quote: Quote) -> bool:
        folded = set(words(name, "fr"))
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

    def _in_quote(self, name: str, quote: Quote) -> bool:
        """Whether the quote itself hands on what somebody says, and it is the one named."""
        told = attributed(quote.text).speaker
        own = content_words(told)
        return bool(own) and all(self._nearest(word, own) >= SAME_NAME for word in content_words(name))

    # --- words ---

    def _nearest(self, word: str, others: Sequence[str]) -> float:
        stem = set(terms(word, "fr")) | set(terms(word, "en"))
        if any(
            stem & (set(terms(other, "fr")) | set(terms(other, "en"))) or word == other for other in others
        ):
            return 1.0
        if not others or word[0].isdigit():
            return 0.0
        return (
            float(max(self._vector(word) @ self._vector(other) for other in others if other[0].isalpha()))
            if any(other[0].isalpha() for other in others)
            else 0.0
        )

    def _matched(self, rest: str, quote: Quote) -> dict[str, bool]:
        """The content words of a sentence, and whether the quote has them."""
        own = content_words(f"{quote.lead_in} {quote.text}")
        atoms = numbers(f"{quote.lead_in} {quote.text} {_told_of(quote.source)}")
        called = content_words(_told_of(quote.source))
        strange = {word for name in self._strange_names(rest, quote) for word in content_words(name)}
        named = {w for run in _runs(rest) for name in run for w in content_words(name)} - strange
        return {
            word: word in named
            or bool(numbers(word).keys() & atoms.keys())
            or self._nearest(word, own) >= SAME_WORD
            or self._nearest(word, called) >= 0.9
            for word in dict.fromkeys(content_words(rest))
        }

    # --- what turns a claim around ---

    def _differences(
        self, rest: str, quote: Quote, basis: str, matched: dict[str, bool]
    ) -> Iterable[Finding]:
        known = numbers(f"{basis} {_told_of(quote.source)}")
        yield from (Finding("number", said) for atom, said in numbers(rest).items() if atom not in known)
        yield from (Finding("name", name) for name in self._strange_names(rest, quote))
        first = next(iter(matched), "")
        leads = first and not first[0].isdigit() and not _PRONOUN.match(rest)
        if leads and not matched[first] and not self._is_name_of(first, rest):
            own = content_words(f"{quote.before} {basis}")
            if self._nearest(first, own) < SAME_WORD:
                yield Finding("subject", first)
        yield from (Finding("name", word) for word in self._strange_peoples(matched))
        yield from self._polarity(rest, quote)
        yield from _contraries(rest, basis)
        yield from self._roles(rest, basis)

    def _is_name_of(self, word: str, rest: str) -> bool:
        return any(word in content_words(name) for run in _runs(rest) for name in run)

    def _strange_names(self, rest: str, quote: Quote) -> Iterable[str]:
        """Names of a sentence that neither the quote, the words before it nor its source has."""
        text = f"{quote.before} {quote.lead_in} {quote.text} {_told_of(quote.source)}"
        have = content_words(text)
        known = [" ".join(run) for run in _runs(text)]
        known += [name for run in _runs(text) for name in run]
        for run in _runs(rest):
            if not self._is_alike(" ".join(run), known):
                for name in run:
                    parts = content_words(name)
                    same = all(self._nearest(part, have) >= SAME_NAME for part in parts)
                    if not same and not self._is_alike(name, known):
                        yield name

    def _is_alike(self, name: str, known: Sequence[str]) -> bool:
        vector = self._vector(name)
        return any(float(vector @ self._vector(other)) >= SAME_NAME for other in known)

    def _strange_peoples(self, matched: dict[str, bool]) -> Iterable[str]:
        """Peoples, which French writes small, that the quote does not have (« l’armée chinoise »)."""
        for word, is_there in matched.items():
            if not is_there and word[0].isalpha():
                vector = self._vector(word)
                alike = float(vector @ self._people)
                if alike >= PEOPLE and alike > max(float(vector @ self._vector(w)) for w in _COUNTRY_WORDS):
                    yield word

    @cached_property
    def _people(self) -> Vectors:
        centre = np.mean([self._vector(word) for word in _PEOPLES], axis=0)
        return np.asarray(centre / np.linalg.norm(centre), np.float32)

    def _polarity(self, rest: str, quote: Quote) -> Iterable[Finding]:
        """Negations, modals, reservations and conditions of the clauses that the sentence is about."""
        basis = quote.text
        theirs = [clause for clause in _CLAUSE.split(basis) if self._shares(rest, clause)] or [basis]
        ours, quoted = _marks(rest), _marks(" , ".join(theirs))
        everywhere = _marks(f"{quote.lead_in} {basis}")
        if bool(ours["negation"]) != bool(quoted["negation"]):
            yield Finding("negation", (ours["negation"] or quoted["negation"])[0])
        if quoted["possible"] and not (ours["possible"] or ours["hedge"]):
            yield Finding("modal", quoted["possible"][0])
        if ours["must"] and not everywhere["must"]:
            yield Finding("modal", ours["must"][0])
        if quoted["hedge"] and not (ours["hedge"] or ours["possible"]):
            yield Finding("hedge", quoted["hedge"][0])
        if quoted["condition"] and not ours["condition"]:
            yield Finding("condition", quoted["condition"][0])
        for group in ("only", "all"):
            if ours[group] and not everywhere[group]:
                yield Finding("scope", ours[group][0])

    def _shares(self, rest: str, clause: str) -> bool:
        own = content_words(clause)
        return any(self._nearest(word, own) >= SAME_WORD for word in content_words(rest))

    def _roles(self, rest: str, basis: str) -> Iterable[Finding]:
        """Two names in the other order, where neither text is passive and they are not just listed."""
        if _PASSIVE.search(rest) or _PASSIVE.search(basis):
            return
        ours, theirs = _places(rest), _places(basis)
        for number, (one, _, stop) in enumerate(ours):
            for other, start, _ in ours[number + 1 :]:
                if one == other or _COORDINATED.fullmatch(rest[stop:start]):
                    continue
                ones = [place for name, place, _ in theirs if self._nearest(one, [name]) >= SAME_NAME]
                others = [place for name, place, _ in theirs if self._nearest(other, [name]) >= SAME_NAME]
                if ones and others and min(ones) > max(others):
                    yield Finding("order", f"{one}, {other}")
                    return

    def _copied(self, rest: str, quote: Quote) -> Iterable[Finding]:
        """What a sentence that copies the quote changes in it."""

        def compare(snapshot: Snapshot) -> list[Finding]:
            number = next((n for n, info in enumerate(snapshot.infos) if info.id == quote.source.id), None)
            if number is None or not words(rest, "fr"):
                return []
            found = self._verifier.within(snapshot, rest, {number})
            inside = any(p.start < quote.end and quote.start < p.end for p in found.pieces)
            if found.verdict != "altered" or found.similarity < COPIED or not inside:
                return []
            return [Finding(e.kind, e.quoted or e.actual) for e in found.effects if e.kind in _TURNING]

        return self._index.read(compare)


_TURNING: frozenset[str] = frozenset({"negation", "number", "date", "condition", "hedge", "order"})


def _contraries(rest: str, basis: str) -> Iterable[Finding]:
    """Words of the sentence of which the quote has the contrary, and not the words."""
    for pair in _CONTRARY:
        for one, other in (pair, pair[::-1]):
            said = one.search(rest)
            if said and not one.search(basis) and other.search(basis) and not other.search(rest):
                yield Finding("negation", said.group())


def names_in(text: str) -> list[str]:
    """The names of a text, in order."""
    return [name for run in _runs(text) for name in run]


def _runs(text: str) -> list[list[str]]:
    """Names of a text: capitalised words that stand together; the first of a sentence unless it is little."""
    found: list[list[str]] = []
    for match in _NAME.finditer(text):
        parts = [word.strip("’'-.") for word in re.split(r"[\s’']", match["name"])]
        names = [w for w in parts if len(w) > 1 and w[0].isupper() and not is_stopword(fold(w))]
        names = [w for w in names if not numbers(w)]
        found += [names] if names else []
    return found


def _marks(text: str) -> dict[str, list[str]]:
    """The words of a text that decide what it claims, by group."""
    found: dict[str, list[str]] = {
        name: [] for name in ("negation", "hedge", "condition", "attribution", *_GROUPS)
    }
    found["negation"] += [match.group() for match in _DENIAL.finditer(text)]
    for marker in markers(text):
        said = text[marker.start : marker.end]
        if _OF_A_WORD.match(text, marker.start):
            continue  # « non européens »: no clause is denied
        if marker.kind in ("negation", "hedge", "condition", "attribution"):
            found[marker.kind].append(said)
        elif marker.kind in ("modal", "scope"):
            for name, pattern in _GROUPS.items():
                if pattern.fullmatch(said):
                    found[name].append(said)
    return found


def _places(text: str) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for match in _NAME.finditer(text):
        parts = content_words(match["name"])
        if parts and not is_stopword(fold(match["name"])):
            found.append((parts[-1], match.start("name"), match.end("name")))
    return found


def _told_of(info: SourceInfo) -> str:
    """What a sentence may say of a source though the quote does not."""
    dates = " ".join(date(info.date, lang) for lang in ("fr", "en")) if info.date else ""
    return f"{info.title}. {info.side or ''}. {info.kind}. {dates}"
