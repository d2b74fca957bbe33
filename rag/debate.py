"""Sides face to face on a motion, and what to answer to a claim: quotes alone, no language model.

A *point* is a thing that is spoken of, named by a word: on a motion, its own words and those that mean the
same; without one, the words that several sides use most and most by themselves. Under it stand the sentences
of each side that have it; a side that has none is silent there. What bears on a claim, and what stands
opposite what, is told by the model of rag/bearing.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rag.bearing import BEARS, covered, load_bearing
from rag.errors import InputError
from rag.guard import guard
from rag.index import Index, Snapshot
from rag.lexical import terms
from rag.markers import markers
from rag.question import cleaned, question_language
from rag.quote import check, cut, excerpt
from rag.retrieve import find, make_query
from rag.spans import tokenise
from rag.speech import quoted_spans
from rag.types import Effect, Language, Quote, Verification
from rag.verify import Verifier
from rag.vocabulary import content_words

PER_CELL = 6
"""Most quotes of one side under a point."""
POINTS = 8
"""Most points of the map of a corpus."""
COMMON = 0.4
"""A word in more than this share of the sentences of a side names no point."""
FACING = 2
"""Most sentences of the side that says more that stand opposite one of the other side."""
BEARING = 4
"""Most quotes that answer a claim, and most that the claimant's own side has on it."""
NEAREST = 2
"""How many near passages are offered when nothing bears on a claim."""

ECHO_MAX = 200
"""Longest words between quote marks that are looked for elsewhere, in characters."""
DENIED = 0.5
"""What a sentence counts in telling whose a claim is, when one of the two is negated and the other not."""

Row = int
_THING, _NAME, _BEFORE = "wKOCSTGL", "OC", "de"
"""Tags (rag/spans.py) of words that may name a thing, of names, of what stands before a thing's name."""
_CLAUSES = re.compile(r"[,;:]|\b(?:et|mais|or|car|and|but)\b")


# --- what is given --------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Bearing:
    """A quote that bears on a claim.

    Attributes:
        relation: ``answers`` for another side's; of the claimant's own, ``weakens`` when it has a negation, a
            condition or a reserve that the claim has not, else ``supports``.
        limits: what it has and the claim has not.
        warnings: of the context guard.
    """

    quote: Quote
    relation: Literal["answers", "supports", "weakens"]
    limits: tuple[Effect, ...]
    warnings: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Rebuttal:
    """What to answer to a claim.

    Attributes:
        side: the claimant's.
        inferred: whether that was not said, but told from the side's words; it may be wrong.
        against: quotes of the other sides.
        own: quotes of the claimant's side.
        silent_sides: other sides that have nothing on it.
        near: when no other side has anything, what they have that is nearest; it is not an answer.
    """

    claim: str
    lang: Language
    side: str
    inferred: bool
    against: tuple[Bearing, ...]
    own: tuple[Bearing, ...]
    silent_sides: tuple[str, ...]
    near: tuple[Quote, ...] = ()


class Debate:
    """The debate tools over one index. Safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def face(self, motion: str = "", lang: Language | None = None) -> Face:
        """The sides face to face.

        Args:
            motion: a motion or a theme; empty for the points that several sides touch.
            lang: of the words around the quotes; the motion's own by default.

        Raises:
            InputError: the motion is too long or has no word to look for, or fewer than two sides speak.
            StoreError: there is no index.
        """
        text = cleaned(motion) if motion.strip() else ""
        language = lang or question_language(text)
        return self.index.read(lambda snapshot: _Table(self.index, snapshot).face(text, language))

    def rebut(self, claim: str, side: str | None = None, lang: Language | None = None) -> Rebuttal:
        """What the sources have against a claim, and for it.

        Args:
            claim: an argument of somebody else's.
            side: whose it is; the side whose words are nearest by default.
            lang: of the words around the quotes; the claim's own by default.

        Raises:
            InputError: the claim is empty or too long, the side is unknown, or fewer than two sides speak.
            StoreError: there is no index.
        """
        text = cleaned(claim)
        language = lang or question_language(text)
        return self.index.read(lambda snapshot: _Table(self.index, snapshot).rebut(text, side, language))


# --- finding --------------------------------------------------------------------------------------


class _Table:
    """One snapshot as the sides see it."""

    def __init__(self, index: Index, snapshot: Snapshot) -> None:
        self.index = index
        self.snapshot = snapshot
        self.sides = sorted({info.side for info in snapshot.infos if info.side is not None})
        if len(self.sides) < 2:
            raise InputError(
                "the sources have fewer than two sides: say whose voice each is "
                "(`side:` in its front matter, or a sub-folder for each side)"
            )

    # --- sentences ---

    def _side(self, row: Row) -> str | None:
        return self.snapshot.infos[int(self.snapshot.sentences["source"][row])].side

    def _stems(self, row: Row) -> frozenset[str]:
        language = self.snapshot.infos[int(self.snapshot.sentences["source"][row])].language
        return frozenset(terms(self.snapshot.text_of("sentence", row), language))

    def _rows(self, side: str) -> list[Row]:
        numbers = [n for n, info in enumerate(self.snapshot.infos) if info.side == side]
        columns = self.snapshot.sentences
        kept = np.isin(columns["source"], numbers) & (columns["quotable"] > 0)
        return [int(row) for row in np.flatnonzero(kept) if not self._announces(int(row))]

    def _announces(self, row: Row) -> bool:
        """Whether a sentence only introduces what follows."""
        return self.snapshot.text_of("sentence", row).rstrip().endswith(":")

    def _quote(self, row: Row, score: float) -> Quote:
        source, sentence = self.snapshot.sentence(row)
        passage = self.snapshot.span("passage", int(self.snapshot.sentences["passage"][row]))
        return check(cut(source, [sentence], passage, min(max(score, 0.0), 1.0)), source)

    def _vectors(self, rows: Iterable[Row]) -> dict[Row, NDArray[np.float32]]:
        """Unit vectors that tell which sentences are alike; those of the index where its encoder tells it."""
        chosen, encoder = list(dict.fromkeys(rows)), self.index.word_encoder
        if encoder is self.index.encoder:
            found = self.snapshot.vectors("sentence", chosen)
        else:
            encoded = encoder.get_text_embedding_batch([self._introduced(row) for row in chosen])
            found = {row: np.asarray(v, np.float32) for row, v in zip(chosen, encoded, strict=True)}
        return {row: vector / (np.linalg.norm(vector) or 1) for row, vector in found.items()}

    def _introduced(self, row: Row) -> str:
        """A sentence as it is embedded, what introduces it in front."""
        source, sentence = self.snapshot.sentence(row)
        lead_in = f"{source.text[slice(*sentence.lead_in)]}\n" if sentence.lead_in else ""
        return lead_in + source.text[sentence.start : sentence.end]

    # --- face to face ---

    def face(self, motion: str, lang: Language) -> Face:
        points = self._on_motion(motion) if motion else self._on_corpus()
        return Face(motion, lang, tuple(self.sides), tuple(points), tuple(self._echoes()))

    def _on_motion(self, motion: str) -> list[Point]:
        """A point for each word of the motion that a side has; one for the whole motion if none has any."""
        names = {word: self._stems_like(word) for word in dict.fromkeys(content_words(motion))}
        if not names:
            raise InputError("the motion has no word to look for: say what it is about")
        ranked = {side: self._ranked(motion, side) for side in self.sides}
        points: list[Point] = []
        for name, stems in names.items():
            chosen = {
                side: [(row, score) for row, score in rows if stems & self._stems(row)]
                for side, rows in ranked.items()
            }
            if any(chosen.values()):
                points.append(self._point(name, chosen))
        if points:
            return points
        near = {side: self._bearing(motion, side)[:PER_CELL] for side in self.sides}
        near = {side: [(r, s) for r, s in rows if s >= BEARS] for side, rows in near.items()}
        return [self._point(motion, near)] if any(near.values()) else []

    def _stems_like(self, word: str) -> frozenset[str]:
        """The stems of a word, and of the corpus's words that mean the same, in either language."""
        vector = self.index.word_encoder.get_text_embedding(word)
        like = [word] if word[0].isdigit() else [word, *self.snapshot.vocabulary.alike(vector)]
        return self._stems_of(" ".join(like))

    def _stems_of(self, text: str) -> frozenset[str]:
        """The stems of a text, in all languages of the sources."""
        languages = {info.language for info in self.snapshot.infos}
        return frozenset(stem for lang in languages for stem in terms(text, lang))

    def _ranked(self, text: str, side: str) -> list[tuple[Row, float]]:
        """The sentences of a side for some words, best first, with their score."""
        hits = find(self.snapshot, make_query(self.snapshot, self.index, text, sides=[side]))
        found = zip(hits.sentences, hits.sentence_scores, strict=True)
        return [(int(row), float(score)) for row, score in found if not self._announces(int(row))]

    def _point(self, name: str, chosen: dict[str, list[tuple[Row, float]]]) -> Point:
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

    def _covered(self, claim: frozenset[str], row: Row) -> float:
        return covered(claim, self._stems(row), self.snapshot.bm25["sentence"].idf)

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
            point = self._point(name, chosen) if name else None
            if point and point.pairs:
                points.append(point)
                taken |= {row for each in chosen.values() for row, _ in each}
            if len(points) == POINTS:
                break
        return points

    def _worth(self, counts: dict[str, Counter[str]], sizes: dict[str, int]) -> dict[str, float]:
        """How well each word names a point: rare in the corpus, but used by several sides."""
        idf = self.snapshot.bm25["sentence"].idf
        shared = Counter(stem for each in counts.values() for stem in each)
        return {
            stem: idf(stem) * sum(min(each[stem], 3) for each in counts.values())
            for stem, sides in shared.items()
            if sides > 1 and all(each[stem] <= max(COMMON * sizes[side], 1) for side, each in counts.items())
        }

    def _name(self, stem: str, chosen: dict[str, list[tuple[Row, float]]]) -> str:
        """What some sentences call the thing whose name has a stem; empty where they name no thing so."""
        words: Counter[str] = Counter()
        for row in (row for each in chosen.values() for row, _ in each):
            language = self.snapshot.sentence(row)[0].info.language
            things = _things(self.snapshot.text_of("sentence", row))
            words.update(word for word in things if stem in terms(word, language))
        return max(words, key=lambda word: (words[word], word)) if words else ""

    def _echoes(self) -> list[Echo]:
        """What each source puts between quote marks, as the sources of the other sides have it."""
        verifier = Verifier(self.index)
        found: list[Echo] = []
        for number, info in enumerate(self.snapshot.infos):
            others = frozenset(
                n for n, i in enumerate(self.snapshot.infos) if i.side not in (None, info.side)
            )
            if info.side is None or not others:
                continue
            text = self.snapshot.source(number).text
            for start, end in quoted_spans(text):
                if end - start <= ECHO_MAX and _is_closed(text, end) and content_words(text[start:end]):
                    result = verifier.within(self.snapshot, text[start:end], others)
                    found.append(Echo(excerpt(self.snapshot, number, start, end), result))
        return found

    # --- rebuttal ---

    def rebut(self, claim: str, side: str | None, lang: Language) -> Rebuttal:
        if side is not None and side not in self.sides:
            raise InputError(f"no source has the side {side!r}; there are: {', '.join(self.sides)}")
        found = {each: self._bearing(claim, each) for each in self.sides}
        whose = side or max(self.sides, key=lambda each: self._nearness(claim, found[each]))
        others = _best(found[each] for each in self.sides if each != whose)
        against = [item for item in others if item[1] >= BEARS][:BEARING]
        own = [item for item in found[whose] if item[1] >= BEARS][:BEARING]
        near = [] if against else others[:NEAREST]
        heard = {self._side(row) for row, _ in against}
        return Rebuttal(
            claim=claim,
            lang=lang,
            side=whose,
            inferred=side is None,
            against=tuple(self._bears(claim, row, score, own=False) for row, score in against),
            own=tuple(self._bears(claim, row, score, own=True) for row, score in own),
            silent_sides=tuple(each for each in self.sides if each != whose and each not in heard),
            near=tuple(self._quote(row, score) for row, score in near),
        )

    def _nearness(self, claim: str, bearing: Sequence[tuple[Row, float]]) -> float:
        """How near the best sentence of a side is to a claim that it may have made."""
        denied = _denies(claim)
        scores = (
            score * (1 if _denies(self._nearest_clause(claim, row)) == denied else DENIED)
            for row, score in bearing
        )
        return max(scores, default=0.0)

    def _nearest_clause(self, claim: str, row: Row) -> str:
        """The clause of a sentence that has most words of a claim."""
        language = self.snapshot.sentence(row)[0].info.language
        stems = set(terms(claim, language))
        clauses = _CLAUSES.split(self.snapshot.text_of("sentence", row))
        return max(clauses, key=lambda clause: len(stems.intersection(terms(clause, language))))

    def _bearing(self, claim: str, side: str) -> list[tuple[Row, float]]:
        """The sentences of a side with the probability that they bear on a claim, the best first."""
        rows = [row for row, _ in self._ranked(claim, side)]
        stems = self._stems_of(claim)
        vector = np.asarray(self.index.word_encoder.get_text_embedding(claim), np.float32)
        vector /= np.linalg.norm(vector) or 1
        vectors = self._vectors(rows)
        model = load_bearing()
        found = [
            (row, model.probability(float(vectors[row] @ vector), self._covered(stems, row)))
            for row in rows
            if row in vectors
        ]
        return _best([found])

    def _bears(self, claim: str, row: Row, score: float, own: bool) -> Bearing:
        quote = self._quote(row, score)
        number = int(self.snapshot.sentences["source"][row])
        limits = _limits(claim, quote.text)
        relation: Any = "answers" if not own else "weakens" if limits else "supports"
        return Bearing(
            quote, relation, tuple(limits), tuple(guard(self.snapshot, number, quote.start, quote.end))
        )


def _is_closed(text: str, end: int) -> bool:
    """Whether a closing mark follows words between quote marks."""
    return text[end : end + 3].lstrip()[:1] in tuple('»”"›')


def _denies(text: str) -> bool:
    return any(marker.kind == "negation" for marker in markers(text))


def _best(found: Iterable[Sequence[tuple[Row, float]]]) -> list[tuple[Row, float]]:
    """Rows of several lists with their scores, the best first."""
    return sorted((item for each in found for item in each), key=lambda item: (-item[1], item[0]))


def _things(text: str) -> list[str]:
    """Words that name things, as they stand: names, and what a determiner or « de » stands before."""
    tokens = tokenise(text)
    return [
        text[token.start : token.end]
        for before, token in pairwise(tokens)
        if token.tag in _NAME or (token.tag in _THING and before.tag in _BEFORE)
    ]


_LIMITING = ("negation", "condition", "hedge", "modal", "attribution")


def _limits(claim: str, text: str) -> list[Effect]:
    """What a text has that denies, limits or hands on, of kinds that a claim has not."""
    claimed = {marker.kind for marker in markers(claim)}
    found: dict[Any, list[str]] = {}
    for marker in markers(text):
        if marker.kind in _LIMITING and marker.kind not in claimed:
            found.setdefault(marker.kind, []).append(text[marker.start : marker.end])
    return [Effect(kind, "dropped", "", " … ".join(words)) for kind, words in found.items()]
