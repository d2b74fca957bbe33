"""What goes by an abbreviation: OTAN, NATO and « Organisation du traité de l’Atlantique nord » are one. Pure.

Those of public life are known (rag/text/known_bodies.py); others are told by the documents themselves, where
a name and its abbreviation stand side by side, after Schwartz and Hearst (2003).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from rag.text.folding import fold
from rag.text.known_bodies import KNOWN
from rag.text.numerals import Found

Definition = tuple[str, str]
"""An abbreviation, and the name that it stands for."""
Group = tuple[Sequence[str], Sequence[str]]
"""Abbreviations and names of one body."""

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}[A-Z]?|[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_DOTTED = re.compile(r"[A-Z]\.[A-Z]\.")
_GAP = re.compile(r"[\s'’‘,-]{0,3}")
_ALSO_WORDS = frozenset("who sme ars aie rsa pac eau aid has caf asn uno".split())
"""Abbreviations that are words as well where they have small letters."""

_folded = lru_cache(1 << 14)(fold)


class Bodies:
    """Finds bodies in texts, in whatever form they are named.

    Args:
        known: of each, its abbreviations and its names; groups that share one are one body.
        told: the same of those that documents tell.
    """

    def __init__(self, known: Iterable[Group], told: Iterable[Group] = ()) -> None:
        self._short: dict[str, str] = {}
        self._names: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._keys: set[str] = set()
        self._told: dict[str, Sequence[str]] = {}
        for shorts, names in known:
            self._add(shorts, names)
        for shorts, names in told:
            self._told[self._add(shorts, names)] = names
        small = {fold(short) for short in self._short}
        self._firsts = self._names.keys() | small | {f"{short}s" for short in small}
        for found in self._names.values():
            found.sort(key=lambda item: -len(item[0]))
        self._small = {
            short.lower(): value for short, value in self._short.items() if short in _small_as_well()
        }

    def _add(self, shorts: Sequence[str], names: Sequence[str]) -> str:
        value = next((self._short[s] for s in shorts if s in self._short), _form_of(shorts[0]))
        for short in shorts:
            self._short.setdefault(short, value)
        self._keys |= {fold(short) for short in shorts} | {f"{fold(short)}s" for short in shorts}
        for name in names:
            words = tuple(fold(word) for word in _TOKEN.findall(name))
            self._names[words[0]].append((words, value))
            self._keys.add(max(words, key=len))
        return value

    def told(self, value: str) -> Sequence[str]:
        """The names that documents tell of a body, by its one form; none of one that none tells."""
        return self._told.get(value, ())

    def may_be_in(self, text: str, words: Collection[str]) -> bool:
        """Whether a text with such folded words can name any; quick."""
        return not self._keys.isdisjoint(words) or _DOTTED.search(text) is not None

    def named_in(self, text: str) -> Iterator[Found]:
        """Where bodies are named, and the one form of each: ``=otan``; in order."""
        tokens = list(_TOKEN.finditer(text))
        folded = [_folded(match.group()) for match in tokens]
        shouted = text.isupper()
        reached = 0
        for at, word in enumerate(folded):
            if at < reached or (word not in self._firsts and "." not in word):
                continue
            long = self._longest(text, tokens, folded, at)
            value, length = long or (self._of_short(tokens[at].group(), shouted), 1)
            if value:
                reached = at + length
                yield tokens[at].start(), tokens[reached - 1].end(), value

    def is_short(self, written: str) -> bool:
        """Whether a form is an abbreviation."""
        return self._of_short(written, shouted=False) is not None

    def _of_short(self, word: str, shouted: bool) -> str | None:
        bare = word.replace(".", "")
        small = self._small.get(_folded(bare))
        if small or shouted:  # « UN PLAN »
            return small
        return self._short.get(bare) or self._short.get(bare.removesuffix("s"))

    def _longest(
        self, text: str, tokens: Sequence[re.Match[str]], folded: Sequence[str], at: int
    ) -> tuple[str, int] | None:
        for words, value in self._names.get(folded[at], ()):
            last = at + len(words)
            if tuple(folded[at:last]) == words and all(
                _GAP.fullmatch(text, one.end(), other.start())
                for one, other in zip(tokens[at:last], tokens[at + 1 : last], strict=False)
            ):
                return value, len(words)
        return None


@cache
def _small_as_well() -> frozenset[str]:
    """The known abbreviations that may be written in small letters: « que fait l’otan »."""
    shorts = {short for shorts, _ in _known() for short in shorts}
    return frozenset(s for s in shorts if len(s) > 2 and s.lower() not in _ALSO_WORDS)


@cache
def public_bodies() -> Bodies:
    """Those of public life."""
    return Bodies(_known())


def bodies_with(definitions: Iterable[Definition]) -> Bodies:
    """Those of public life, and those that documents define; an abbreviation of two names tells nothing."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for short, name in definitions:
        names[short].setdefault(_stem(name), name)
    told = [((short,), list(found.values())) for short, found in names.items() if len(found) == 1]
    return Bodies(_known(), told) if told else public_bodies()


def abbreviations_in(text: str) -> Iterator[str]:
    """The one form of each that a text seems to use, whoever may define it: ``=cde``; none of public life."""
    if not _CAPITAL_RUN.search(text) or text.isupper():
        return
    public = public_bodies()
    for word in _TOKEN.findall(text):
        bare = word.replace(".", "").removesuffix("s")
        if bare.isupper() and 1 < len(bare) <= _SHORT_MOST and not public.is_short(word):
            yield _form_of(bare)


def _form_of(short: str) -> str:
    return f"={short.lower()}"


def _known() -> Iterator[tuple[list[str], list[str]]]:
    for line in KNOWN.replace("\n|", " |").strip().splitlines():
        shorts, *names = line.split("|")
        yield shorts.split(), [name.strip() for name in names]


def _stem(name: str) -> str:
    return " ".join(word.removesuffix("s") for word in _TOKEN.findall(fold(name)))


# --- what documents define ----------------------------------------------------------------------------

_SHORT_MOST = 8  # letters
_SHORT = rf"(?:[A-ZÀ-Ý]\.?){{2,{_SHORT_MOST}}}"
_CAPITAL_RUN = re.compile(r"[A-ZÀ-Ý]\.?[A-ZÀ-Ý]")
_DEFINED = re.compile(
    rf"\(\s?(?P<short>{_SHORT})\s?[),;]|(?<![\w.])(?P<first>{_SHORT})\s\((?P<name>[^()]{{6,90}})\)"
)
_LINK = r"(?:(?:d[eu]s?|la|les?|of|the|for|and|et|pour)\s+){0,2}"
_RUN = re.compile(rf"[A-ZÀ-Ý][\w-]+(?:\s+{_LINK}[A-ZÀ-Ý][\w-]+){{2,6}}")
_CAPITALS = re.compile(r"(?<![\w.])[A-Z]{3,6}(?![\w.])")
_SMALL = frozenset("d de du des l la le les et en pour of the for and on in a au aux sur".split())
_CLAUSE_END = re.compile(r"[.;:!?\n]\s")
_BEFORE = 120  # characters


def definitions(text: str) -> Iterator[Definition]:
    """The abbreviations that a text explains: « la Caisse des écoles (CDE) », “CDE (Caisse des écoles)”.

    Where it explains none so, the initials of a run of words with capitals do.
    """
    explained = set()
    for match in _DEFINED.finditer(text):
        short = (match["short"] or match["first"]).replace(".", "")
        before = match["name"] or text[max(0, match.start() - _BEFORE) : match.start()]
        name = _meant(short, before, whole=bool(match["name"]))
        if name:
            explained.add(short)
            yield short, name
    used = set(_CAPITALS.findall(text)) - explained
    for match in _RUN.finditer(text) if used else ():
        words = [word for word in _TOKEN.finditer(match.group()) if fold(word.group()) not in _SMALL]
        initials = "".join(word.group()[0] for word in words).upper()
        if initials in used:
            yield initials, " ".join(match.group()[words[0].start() :].split())


def _meant(short: str, text: str, whole: bool) -> str | None:
    """The words at the end of a text whose initials a short form is made of, small words aside."""
    clause = _CLAUSE_END.split(text)[-1]
    words = list(_TOKEN.finditer(clause))
    letters = [fold(letter) for letter in short]
    for first in range(len(words) - 1, -1, -1):
        run = [fold(word.group()) for word in words[first:]]
        if run[0] not in _SMALL and len(run) <= 2 * len(short) + 3 and _spells(run, letters):
            return None if whole and first else " ".join(clause[words[first].start() :].split())
    return None


def _spells(run: Sequence[str], letters: Sequence[str]) -> bool:
    """Whether the initials of words are some letters, in order; a small word may give one or none."""
    if not run:
        return not letters
    if letters and run[0][0] == letters[0] and _spells(run[1:], letters[1:]):
        return True
    return run[0] in _SMALL and _spells(run[1:], letters)
