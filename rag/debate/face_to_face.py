"""The sides face to face: what each says on a motion, or on all that several sides touch; who quotes whom.

A *point* is a thing that is spoken of, named by a word: on a motion, its own words and those that mean the
same; without one, the words that several sides use most and most by themselves. Under it stand the sentences
of each side that have it; a side that has none is silent there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from rag.debate.bearing import BEARS, load_bearing
from rag.debate.sides import Row, Scored, Table
from rag.errors import InputError
from rag.quotes import excerpt
from rag.text import LIGHT, content_words, fold, quoted_spans, terms, tokenise
from rag.types import Language, Quote
from rag.verify import Verification, Verifier

PER_CELL = 6
"""Most quotes of one side under a point."""
POINTS = 8
"""Most points of the map of a corpus."""
COMMON = 0.4
"""A word in more than this share of the sentences of a side names no point."""
OFTEN = 0.02
"""A word in this share of the sentences of a side, or in three, is used often."""
SPELT_ALIKE = 85
"""Least likeness of two words of one stem that name one thing, in hundredths. Set by hand, so that
« capitale » is not « capitalisme » (84)."""
FACING = 2
"""Most sentences of the side that says more that stand opposite one of the other side."""
ECHOES = 40
"""Most words between quote marks that are looked for elsewhere."""
ECHO_MAX = 200
"""Longest words between quote marks that are looked for elsewhere, in characters."""
_THING, _NAME, _BEFORE = "wKOCSTGL", "OC", "de"
"""Tags (rag/text/tags.py) of words that may name a thing, of names, of what stands before a thing's name."""


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two quotes of different sides on one matter."""

    one: Quote
    other: Quote
    similarity: float


@dataclass(frozen=True, slots=True)
class Point:
    """What each side says on one thing.

    Attributes:
        name: the word that names it.
        cells: the quotes of each side, none where it is silent.
        pairs: quotes of two sides on one matter, the nearest first.
    """

    name: str
    cells: dict[str, tuple[Quote, ...]]
    pairs: tuple[Opposed, ...]


@dataclass(frozen=True, slots=True)
class Echo:
    """Words that a source puts between quote marks, looked for in the sources of the other sides."""

    quote: Quote
    found: Verification


@dataclass(frozen=True, slots=True)
class Face:
    """The sides face to face; ``motion`` is empty for the map of the corpus."""

    motion: str
    lang: Language
    sides: tuple[str, ...]
    points: tuple[Point, ...]
    echoes: tuple[Echo, ...]


class Facing(Table):
    """Sets the sides of one snapshot face to face."""

    def face(self, motion: str, lang: Language) -> Face:
        """See :meth:`rag.debate.Debate.face`."""
        points = self._on_motion(motion) if motion else self._on_corpus()
        return Face(motion, lang, tuple(self.sides), tuple(points), tuple(self._echoes(motion)))

    def _on_motion(self, motion: str) -> list[Point]:
        """A point for each word of the motion that a side has; one for the whole motion if none has any."""
        names = {word: self._stems_like(word) for word in _spoken_of(motion)}
        if not names:
            raise InputError("motion_wordless")
        ranked = {side: self._ranked(motion, side) for side in self.sides}
        points: list[Point] = []
        for name, stems in names.items():
            chosen = {
                side: [(row, score) for row, score in rows if self._speaks_of(row, name, stems)]
                for side, rows in ranked.items()
            }
            if any(chosen.values()):
                points.append(self._point(name, chosen))
        if points:
            return points
        near = {side: self._bearing(motion, side)[:PER_CELL] for side in self.sides}
        near = {side: [(r, s) for r, s in rows if s >= BEARS] for side, rows in near.items()}
        return [self._point(motion, near)] if any(near.values()) else []

    def _speaks_of(self, row: Row, name: str, stems: frozenset[str]) -> bool:
        """Whether a sentence has a word with one of some stems.

        One that has the stem of the name itself must be spelt like it: « capitale » is not « capitalisme ».
        """
        if not stems & self._stems(row):
            return False
        language = self.snapshot.sentence(row)[0].info.language
        own = self._stems_of(name)
        for word in content_words(self.snapshot.text_of("sentence", row)):
            found = set(terms(word, language)) & stems
            if found and (not found & own or fuzz.ratio(fold(word), fold(name)) >= SPELT_ALIKE):
                return True
        return False

    def _stems_like(self, word: str) -> frozenset[str]:
        """The stems of a word, and of the corpus's words that mean the same, in either language.

        What a number or an abbreviation means, the encoder cannot tell.
        """
        if word[0].isdigit() or word.isupper():
            return self._stems_of(word)
        vector = self.index.word_encoder.get_text_embedding(word.lower())
        return self._stems_of(" ".join([word, *self.snapshot.vocabulary.alike(vector)]))

    def _point(self, name: str, chosen: dict[str, list[Scored]]) -> Point:
        """The quotes of a point, those with an opposite first."""
        best = self._opposed({side: [row for row, _ in rows] for side, rows in chosen.items()})
        partners = {row for pair in best for row in pair[:2]}
        quotes: dict[Row, Quote] = {}
        cells: dict[str, tuple[Quote, ...]] = {}
        for side, rows in chosen.items():
            kept = sorted(rows, key=lambda item: item[0] not in partners)[:PER_CELL]
            quotes |= {row: self._quote(row, score) for row, score in kept}
            cells[side] = tuple(quotes[row] for row, _ in kept)
        pairs = [
            Opposed(quotes[a], quotes[b], round(score, 4))
            for a, b, score in best
            if a in quotes and b in quotes
        ]
        return Point(name, cells, tuple(pairs))

    def _opposed(self, rows: dict[str, list[Row]]) -> list[tuple[Row, Row, float]]:
        """Pairs of sentences of two sides on one matter, the nearest first.

        A sentence of the side that says more stands opposite one of the other side, which may face
        :data:`FACING`: so that rows are of about one height.
        """
        vectors = self._vectors(row for each in rows.values() for row in each)
        found: list[tuple[Row, Row, float]] = []
        for one, other in combinations(sorted(rows, key=lambda side: (-len(rows[side]), side)), 2):
            scored = [(self._likeness(a, b, vectors), a, b) for a in rows[one] for b in rows[other]]
            taken: Counter[Row] = Counter()
            for score, a, b in sorted(scored, key=lambda pair: (-pair[0], *pair[1:])):
                if score >= BEARS and not taken[a] and taken[b] < FACING:
                    found.append((a, b, score))
                    taken.update((a, b))
        return sorted(found, key=lambda pair: (-pair[2], pair[0]))

    def _likeness(self, a: Row, b: Row, vectors: dict[Row, NDArray[np.float32]]) -> float:
        """Probability that one of two sentences bears on the other."""
        cosine = float(vectors[a] @ vectors[b]) if a in vectors and b in vectors else 0.0
        shared = max(self._covered(self._stems(a), b), self._covered(self._stems(b), a))
        return load_bearing().probability(cosine, shared)

    def _on_corpus(self) -> list[Point]:
        """The words that several sides use, those that tell most first, each sentence under one of them."""
        rows = {side: self._rows(side) for side in self.sides}
        stems = {side: {row: self._stems(row) for row in rows[side]} for side in self.sides}
        counts = {side: Counter(s for each in stems[side].values() for s in each) for side in self.sides}
        worth = self._worth(counts, {side: len(rows[side]) for side in self.sides})
        points: list[Point] = []
        taken: set[Row] = set()
        for stem in sorted(worth, key=lambda s: (-worth[s], s)):
            chosen = {
                side: [(row, 0.0) for row in rows[side] if stem in stems[side][row] and row not in taken]
                for side in self.sides
            }
            if sum(map(bool, chosen.values())) < 2:
                continue
            name = self._name(stem, chosen)
            stems_of_name = frozenset([stem])
            chosen = {
                side: [each for each in found if name and self._speaks_of(each[0], name, stems_of_name)]
                for side, found in chosen.items()
            }
            point = self._point(name, chosen) if sum(map(bool, chosen.values())) > 1 else None
            if point and point.pairs:
                points.append(point)
                taken |= {row for each in chosen.values() for row, _ in each}
            if len(points) == POINTS:
                break
        return points

    def _worth(self, counts: dict[str, Counter[str]], sizes: dict[str, int]) -> dict[str, float]:
        """How well each word names a point: rare in the corpus, but used by several sides.

        That it is used often counts only up to a point, so that no commonplace names one.
        """
        idf = self.snapshot.bm25["sentence"].idf
        shared = Counter(stem for each in counts.values() for stem in each)
        return {
            stem: idf(stem)
            * sum(min(each[stem], max(3, OFTEN * sizes[side])) for side, each in counts.items())
            for stem, sides in shared.items()
            if sides > 1 and all(each[stem] <= max(COMMON * sizes[side], 1) for side, each in counts.items())
        }

    def _name(self, stem: str, chosen: dict[str, list[Scored]]) -> str:
        """What some sentences call the thing whose name has a stem; empty where they name no thing so."""
        words: Counter[str] = Counter()
        for row in (row for each in chosen.values() for row, _ in each):
            language = self.snapshot.sentence(row)[0].info.language
            things = _things(self.snapshot.text_of("sentence", row))
            words.update(word for word in things if stem in terms(word, language))
        return max(words, key=lambda word: (words[word], word)) if words else ""

    def _echoes(self, motion: str) -> list[Echo]:
        """What sources put between quote marks, as the sources of the other sides have it; the first ones.

        Where there are more than :data:`ECHOES`, those in sentences with words of the motion come before.
        """
        quoted = list(self._quoted_words())
        if len(quoted) > ECHOES:
            stems = self._stems_of(motion)
            rows = {place: self.snapshot.row_at("sentence", *place[:2]) for place in quoted}
            quoted = sorted(sorted(quoted, key=lambda place: not stems & self._stems(rows[place]))[:ECHOES])
        verifier = Verifier(self.index)
        return [
            Echo(
                excerpt(self.snapshot, number, start, end),
                verifier.within(self.snapshot, self._whole(number)[start:end], self._others(number)),
            )
            for number, start, end in quoted
        ]

    def _quoted_words(self) -> Iterator[tuple[int, int, int]]:
        """Short words between quote marks: number of the source, start, end."""
        for number in range(len(self.snapshot.infos)):
            text = self._whole(number) if self._others(number) else ""
            for start, end in quoted_spans(text):
                if end - start <= ECHO_MAX and _is_closed(text, end) and content_words(text[start:end]):
                    yield number, start, end

    def _others(self, number: int) -> frozenset[int]:
        """Numbers of the sources of other sides than that of a source; none where it has no side."""
        side = self.snapshot.infos[number].side
        if side is None:
            return frozenset()
        return frozenset(n for n, info in enumerate(self.snapshot.infos) if info.side not in (None, side))


def _is_closed(text: str, end: int) -> bool:
    """Whether a closing mark follows words between quote marks."""
    return text[end : end + 3].lstrip()[:1] in tuple('»”"›')


def _spoken_of(motion: str) -> list[str]:
    """The things that a motion is about, as it writes them; all that it says, if it names none."""
    tokens = [token for token in tokenise(motion) if token.tag in _THING and token.word not in LIGHT]
    words = [motion[token.start : token.end] for token in tokens]
    named = [word for word in words if word in _things(f". {motion}")]
    kept = named or [word for word in words if content_words(word) and "-" not in word]
    return list(dict.fromkeys(kept))


def _things(text: str) -> list[str]:
    """Words that name things, as they stand: names, and what a determiner or « de » stands before."""
    tokens = tokenise(text)
    return [
        text[token.start : token.end]
        for before, token in pairwise(tokens)
        if token.tag in _NAME or (token.tag in _THING and before.tag in _BEFORE)
    ]
