"""What the sources say in substance where the words of a statement are not theirs: the same, the contrary.

The sentences of the nearest passages are judged (rag/search/judged.py). Numbers and dates are compared
besides, as the judge is weaker on them: a sentence that has others never says the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.encoders import SAME_WORD
from rag.quotes import check, cut
from rag.search import BEARS, CERTAIN, Judged, judge_nearest, judge_text
from rag.store import Index, Snapshot
from rag.text import Checked, compare, content_words, facts_in, language_of, markers_in, segment
from rag.types import EffectKind, Quote
from rag.verify.effects import FORM
from rag.verify.types import Effect, Meaning, MeaningVerdict, Said, SaidRelation, Verification

SHOWN = 2
"""Most quotes of each sort."""
_ORDER: tuple[SaidRelation, ...] = ("opposite", "weaker", "same", "translation")
_KEPT: tuple[EffectKind, ...] = ("negation", "condition")
"""What a translation has where the original has it."""
_AROUND = ' \n\t\u00a0\u202f«»“”"'


class Substance:
    """Looks for what one snapshot says of statements."""

    def __init__(self, index: Index, snapshot: Snapshot) -> None:
        self.index = index
        self.snapshot = snapshot

    def meaning(self, found: Verification, meant: Collection[int] = ()) -> Meaning | None:
        """What the sources say; ``None`` for words of their own, anything but one sentence, or if unclear.

        Args:
            found: the verdict on the words.
            meant: numbers of the only voices that count, those whose words they are said to be; none for
                all.

        Raises:
            EncoderError: the encoder does not answer.
        """
        statement = found.quote.strip(_AROUND)
        if not _is_strange(found) or sum(len(passage.sentences) for passage in segment(statement)) != 1:
            return None
        judged = list(self._judged(statement, found.pieces, meant))
        said = [one for each in judged if (one := self._said(statement, each)) is not None]
        verdict = _verdict({one.relation for one in said})
        unsaid = 1 - max((each.bears for each in judged), default=0.0)
        certain = (unsaid if verdict == "unsaid" else _likely(said, verdict)) >= CERTAIN
        return Meaning(verdict, certain, tuple(_shown(said))) if said or certain else None

    def _judged(self, statement: str, pieces: Iterable[Quote], meant: Iterable[int]) -> Iterator[Judged]:
        """The sentences that can be quoted of the passages nearest to a statement, and of those of pieces."""
        numbers = {info.id: number for number, info in enumerate(self.snapshot.infos)}
        own = [self.snapshot.row_at("passage", numbers[p.source.id], p.start) for p in pieces]
        voices = frozenset(meant) or None
        judged = judge_nearest(self.index, self.snapshot, statement, sided=False, also=own, voices=voices)
        quotable, said_by = self.snapshot.sentences["quotable"], self.snapshot.heard.said_by
        asked = (each for each in judged if voices is None or int(said_by[each.row]) in voices)
        return (each for each in asked if quotable[each.row])

    def _said(self, statement: str, found: Judged) -> Said | None:
        """What a sentence says; ``None`` where nothing, or where that is not likely enough."""
        quote = self._quote(found)
        facts = [fact for fact in compare(facts_in(_basis(quote)), statement) if fact.kind != "name"]
        differs = tuple(_effect(fact) for fact in facts if fact.status == "changed")
        if found.bears < BEARS or not (differs or (found.certain and found.likely >= BEARS)):
            return None
        if found.relation == "contradicts":
            return Said("opposite", found.likely, quote, differs)
        if found.relation == "weakens":
            return Said("weaker", found.likely, quote)
        if differs:
            return Said("opposite", found.bears, quote, differs)
        if any(fact.status == "added" for fact in facts):
            return None
        same = all(fact.status == "given" for fact in facts) and self._is_translation(statement, quote)
        return Said("translation" if same else "same", found.likely, quote)

    def _quote(self, found: Judged) -> Quote:
        source, sentence = self.snapshot.sentence(found.row)
        passage = self.snapshot.span("passage", int(self.snapshot.sentences["passage"][found.row]))
        return check(cut(source, [sentence], passage, found.bears), source)

    def _is_translation(self, statement: str, quote: Quote) -> bool:
        """Whether a statement that a sentence bears out bears it out in turn, in the other language."""
        if language_of(statement) in (quote.source.language, language_of(quote.text)):
            return False
        kinds = [{marker.kind for marker in markers_in(text)} for text in (statement, quote.text)]
        if any((kind in kinds[0]) != (kind in kinds[1]) for kind in _KEPT):
            return False
        held = judge_text(quote.text, statement)
        return held.relation == "supports" and held.likely >= BEARS and self._has_names(statement, quote)

    def _has_names(self, statement: str, quote: Quote) -> bool:
        """Whether a sentence has each name of a statement, maybe in its own language (« Allemagne »)."""
        text = _basis(quote)
        facts = [fact for fact in compare(facts_in(statement), text) if fact.kind == "name"]
        asked = [fact.expected for fact in facts if fact.status == "missing"]
        if not asked:
            return True
        names = [fact.text for fact in facts_in(text) if fact.kind == "name"]
        known = self._vectors([*names, *content_words(text)])
        return bool(len(known)) and bool(((self._vectors(asked) @ known.T).max(axis=1) >= SAME_WORD).all())

    def _vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        found = np.asarray(self.index.word_encoder.get_text_embedding_batch(list(words)), np.float32)
        unit: NDArray[np.float32] = found / np.maximum(np.linalg.norm(found, axis=-1, keepdims=True), 1e-9)
        return unit


def _is_strange(found: Verification) -> bool:
    """Whether words are not the sources' own."""
    if found.verdict in ("exact", "misattributed"):
        return False
    return not found.effects or any(effect.kind not in FORM for effect in found.effects)


def _basis(quote: Quote) -> str:
    return f"{quote.lead_in} {quote.text}"


def _effect(fact: Checked) -> Effect:
    return Effect(fact.kind, "changed", fact.given, fact.expected)


def _verdict(relations: Collection[SaidRelation]) -> MeaningVerdict:
    if "opposite" in relations and ("same" in relations or "translation" in relations):
        return "disputed"
    for relation in ("opposite", "translation", "same", "weaker"):
        if relation in relations:
            return relation
    return "unsaid"


def _likely(said: Iterable[Said], verdict: MeaningVerdict) -> float:
    """How probable a verdict is: of a dispute, the less probable of the two."""
    best: dict[str, float] = {}
    for one in said:
        best[one.relation] = max(best.get(one.relation, 0.0), one.likely)
    if verdict == "disputed":
        return min(best["opposite"], max(best.get("same", 0.0), best.get("translation", 0.0)))
    return best[verdict]


def _shown(said: Sequence[Said]) -> Iterator[Said]:
    """The likeliest of each sort."""
    for relation in _ORDER:
        own = [one for one in said if one.relation == relation]
        yield from sorted(own, key=lambda one: -one.likely)[:SHOWN]
