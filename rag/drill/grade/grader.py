"""What of the passage that is asked for a free answer has: got, partly or missed, with the reasons.

Facts (numbers, dates, names) are compared by what they are (rag/text/facts.py); words between quote marks
are checked to the character (rag/verify/verifier.py); the rest by how much of what the passage means its
words cover, each word by the encoder's vectors as in the ranker's features, and by the nearness of the
whole. That last is a guess: such a verdict says that it is uncertain, and a user may overrule it. Of a
question of the set, the short answer is what is compared, where the passage has it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rag.catalogue import say
from rag.drill.questions import Question, overlap
from rag.errors import InputError
from rag.quotes import named
from rag.search import sources_named
from rag.store import Index, Snapshot
from rag.text import (
    Checked,
    compare,
    content_words,
    facts_in,
    fold,
    is_spelt,
    markers_in,
    quoted_spans,
    terms,
    words_in,
)
from rag.types import Language, Quote, SourceInfo, Span
from rag.verify import Verification, Verifier

Mark = Literal["got", "partly", "missed"]
POINTS: dict[Mark, float] = {"got": 1.0, "partly": 0.5, "missed": 0.0}

ANSWER_MAX = 4000
"""Longest answer, in characters."""
SAME_WORD, LIKE_WORD = 0.8, 0.6
"""From these cosines two words count as the same, and as half so."""
GOT, PARTLY = 0.6, 0.25
"""Share of a passage's meaning that an answer has, to be got, to be partly so."""
GOT_ABOUT = 0.45
"""The same, where a passage is asked for by its topic: its main point is enough."""
UNSURE = 0.12
"""So near to one of these, a verdict is uncertain."""
FAR, NEAR = 0.25, 0.75
"""Cosines of an answer and a passage that say nothing in common, and the same."""
WHOLE = 0.6
"""Share of a passage that a quote of it has, to be enough,"""
TELLING = 3
"""or, where one quotes what one likes of it, words that mean something."""
NAMED_MISSING = 4
"""Most words named as missing."""
_LIMITS = ("condition", "modal", "hedge", "attribution")
_CLAUSES = re.compile(r"[,;:.!?]|\b(?:et|mais|or|car|and|but)\b")
_NO_ANSWER = frozenset(
    "je ne sais pas|ne sais pas|sais pas|aucune idee|passe|pass|skip|i do not know|i don't know|don't know|"
    "no idea".split("|")
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is; ``key`` is that of its words in the catalogue, after ``reason_``."""

    key: str
    expected: str = ""
    given: str = ""
    kind: str = ""
    source: SourceInfo | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth.

    Attributes:
        question: what was asked.
        answer: as given.
        verdict: ``got``, ``partly`` or ``missed``.
        certain: whether facts or exact words decide; else the user had better compare.
        reasons: in order of weight.
        facts: numbers, dates and names of the passage, as the answer has them.
        quotes: what the answer puts between quote marks, checked.
        best: number of the expected passage that the answer is nearest to, from 0.
        cover: 0 to 1, how much of what that passage means the answer has.
        nearness: cosine of both.
    """

    question: Question
    answer: str
    verdict: Mark
    certain: bool
    reasons: tuple[Reason, ...] = ()
    facts: tuple[Checked, ...] = ()
    quotes: tuple[Verification, ...] = ()
    best: int = 0
    cover: float = 0.0
    nearness: float = 0.0

    @property
    def points(self) -> float:
        """1 for got, one half for partly."""
        return POINTS[self.verdict]


def reason_in_words(reason: Reason, lang: Language) -> str:
    """A reason as a sentence."""
    kind = say(f"effect_{reason.kind}", lang) if reason.kind else ""
    source = named(reason.source, lang) if reason.source else ""
    return say(
        f"reason_{reason.key}", lang, expected=reason.expected, given=reason.given, kind=kind, source=source
    )


class Grader:
    """Grades answers over one index. Safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def grade(self, question: Question, answer: str) -> Grade:
        """Grade an answer.

        Args:
            question: one that :class:`rag.drill.questions.Quiz` gave.
            answer: free text; empty for none.

        Raises:
            InputError: the answer is too long.
            StoreError: there is no index.
        """
        text = answer.encode("utf-8", "replace").decode("utf-8").strip()
        if len(text) > ANSWER_MAX:
            raise InputError("text_long", name="answer", count=len(text), most=ANSWER_MAX)
        said = " ".join(words_in(text, "fr"))
        if not said or said in _NO_ANSWER or fold(text).strip(" .!?") in _NO_ANSWER:
            return Grade(question, answer, "missed", True, (Reason("no_answer"),))
        return self.index.read(lambda snapshot: _Sheet(self.index, snapshot, question, text).grade())


class _Sheet:
    """One answer beside what is expected."""

    def __init__(self, index: Index, snapshot: Snapshot, question: Question, answer: str) -> None:
        self.index = index
        self.snapshot = snapshot
        self.question = question
        self.answer = answer
        self.verifier = Verifier(index)

    def grade(self) -> Grade:
        graders: dict[str, Callable[[], Grade]] = {
            "blank": self._blank,
            "who": self._who,
            "rebut": self._rebut,
            "asked": self._asked,
        }
        return graders.get(self.question.kind, self._free)()

    def _made(self, verdict: Mark, certain: bool, reasons: Sequence[Reason], **more: object) -> Grade:
        return Grade(self.question, self.answer, verdict, certain, tuple(reasons), **more)  # type: ignore[arg-type]

    # --- one hidden fact ---

    def _blank(self) -> Grade:
        hidden, known = self._asked_text(0), self._known()
        wanted = [
            fact for fact in facts_in(hidden) if fact.kind == self.question.hidden or fact.kind != "name"
        ]
        if self.question.hidden in ("number", "date") and wanted:
            return self._fact(compare(wanted, self.answer, known))
        return self._words_of(hidden)

    def _asked(self) -> Grade:
        """By the facts that the short answer is, unless it is quoted; else by meaning."""
        if self._repeats():
            return self._made("missed", True, [Reason("repeated")])
        if self.question.hidden is None or self._is_quoted():
            return self._free()
        if self.question.hidden != "name":
            return self._blank()
        checked = compare(facts_in(self._asked_text(0)), self.answer, self._known())
        names = tuple(item for item in checked if item.kind == "name")
        if not any(item.given for item in names):  # perhaps in another language
            return self._words_of(", ".join(item.expected for item in names))
        grade = self._fact(names)
        return replace(grade, certain=grade.verdict == "got")

    def _repeats(self) -> bool:
        """Whether the answer says what the question says, and no more."""
        said, asked = (set(terms(text, "fr")) for text in (self.answer, self.question.query))
        return said == asked

    def _is_quoted(self) -> bool:
        """Whether the whole answer is a quote that has the short answer."""
        pieces = [piece for found in self._as_quote() for piece in found.pieces]
        return any(
            overlap(piece, gold) and piece.start <= first and last <= piece.end
            for gold in self.question.expected
            for first, last in gold.highlights
            for piece in pieces
        )

    def _fact(self, checked: tuple[Checked, ...]) -> Grade:
        reasons = [_fact_reason(item) for item in checked]
        statuses = {item.status for item in checked}
        verdict: Mark = "missed"
        if "given" in statuses and not statuses & {"missing", "changed"}:
            verdict = "partly" if "added" in statuses else "got"
            reasons = [r if r.key != "fact_added" else Reason("several", given=r.given) for r in reasons]
        elif statuses & {"given", "partly"}:
            verdict = "partly"
        return self._made(verdict, True, reasons, facts=checked)

    def _words_of(self, hidden: str) -> Grade:
        """A name, or quoted words: word for word, a letter or two aside; else by what they mean."""
        own = [word for word in words_in(hidden, "fr") if content_words(word)] or words_in(hidden, "fr")
        spoken = [word for language in ("fr", "en") for word in words_in(self.answer, language)]
        said = [word for word in own if any(is_spelt(word, other) for other in spoken)]
        family = self.question.hidden == "name" and own[-1] in said
        item = Checked(
            "name", "given" if len(said) == len(own) or family else "partly", hidden, " ".join(said)
        )
        if said:
            got = item.status == "given"
            return self._made(
                "got" if got else "partly",
                got and own[-1] in spoken,
                [_fact_reason(Checked("name", item.status, hidden, hidden if got else item.given))],
                facts=(item,),
            )
        nearness = self._nearness(hidden)
        missing = Checked("name", "missing", hidden, "")
        if nearness >= LIKE_WORD:  # perhaps the same in another language
            verdict: Mark = "got" if nearness >= SAME_WORD else "partly"
            reasons = [Reason("near" if verdict == "partly" else "meaning"), _fact_reason(missing)]
            return self._made(verdict, False, reasons, facts=(missing,), nearness=nearness)
        return self._made("missed", True, [_fact_reason(missing)], facts=(missing,), nearness=nearness)

    # --- whose words ---

    def _who(self) -> Grade:
        source = self.question.source
        meant = self._named_sources()
        voices = {info.side or info.id for info in meant}
        if not voices:
            return self._made("missed", False, [Reason("no_speaker", source=source)])
        right = (source.side or source.id) in voices
        if len(voices) > 1:
            return self._made("partly" if right else "missed", False, [Reason("not_speaker", source=source)])
        denied = any(marker.kind == "negation" for marker in markers_in(self.answer))
        reason = Reason("speaker" if right else "not_speaker", source=source)
        return self._made("got" if right else "missed", not denied, [reason])

    def _named_sources(self) -> list[SourceInfo]:
        """The sources that an answer names by side, title or id, else by some of their words."""
        text = f" {' '.join(words_in(self.answer, 'fr'))} "
        infos = self.snapshot.infos

        def is_in(name: str | None) -> bool:
            spoken = " ".join(words_in(name or "", "fr"))
            return bool(spoken) and f" {spoken} " in text

        direct = [info for info in infos if is_in(info.side)] or [
            info for info in infos if is_in(info.title) or is_in(info.id)
        ]
        return direct or [infos[number] for number in sorted(sources_named(self.answer, infos))]

    # --- a quote of one's own side ---

    def _rebut(self) -> Grade:
        quotes = self._quotes() or self._as_quote()
        side = self.question.side
        pieces = [piece for found in quotes if found.verdict == "exact" for piece in found.pieces]
        own = [piece for piece in pieces if piece.source.side == side]
        wrong = _misquotes(quotes)
        hits = [n for n, gold in enumerate(self.question.expected) if any(overlap(p, gold) for p in own)]
        told = [n for n in hits if self._tells(quotes, self.question.expected[n])]
        if hits:
            reasons = [Reason("verbatim" if told else "short"), *wrong]
            verdict: Mark = "got" if told and not wrong else "partly"
            return self._made(verdict, True, reasons, quotes=quotes, best=(told or hits)[0])
        if own:
            reasons = [Reason("quoted_other", source=own[0].source), *wrong]
            return self._made("partly", False, reasons, quotes=quotes)
        if pieces:
            reasons = [Reason("other_side", source=pieces[0].source), *wrong]
            return self._made("missed", True, reasons, quotes=quotes)
        return self._rebut_unquoted(quotes, wrong)

    def _rebut_unquoted(self, quotes: tuple[Verification, ...], wrong: list[Reason]) -> Grade:
        best, cover, nearness = self._best()
        share = _share(cover, nearness)
        key = "not_quoted" if share >= GOT else "near" if share >= PARTLY else "far"
        verdict: Mark = "missed" if key == "far" else "partly"
        return self._made(
            verdict, False, wrong or [Reason(key)], quotes=quotes, best=best, cover=cover, nearness=nearness
        )

    # --- free text ---

    def _free(self) -> Grade:
        quotes = self._quotes()
        wrong, exact = _misquotes(quotes), quotes or self._as_quote()
        for number, gold in enumerate(self.question.expected):
            if not wrong and self._tells(exact, gold):
                return self._made("got", True, [Reason("verbatim")], quotes=exact, best=number, cover=1.0)
        return self._by_meaning(exact, wrong)

    def _by_meaning(self, quotes: tuple[Verification, ...], wrong: list[Reason]) -> Grade:
        best, cover, nearness = self._best()
        passage, share = self._asked_text(best), _share(cover, nearness)
        checked = compare(facts_in(passage), self.answer, self._known())
        changed = [_fact_reason(item) for item in checked if item.status == "changed"]
        polarity = self._polarity(passage)
        verdict, sure = self._verdict(share)
        if polarity:
            verdict, sure = _worse(verdict), False
        elif (changed or wrong) and verdict == "got":
            verdict, sure = "partly", True
        limits = self._limits(passage) if verdict != "missed" else []
        reasons = [*changed, *wrong, *polarity]
        if not polarity:
            reasons.append(Reason({"got": "meaning", "partly": "near", "missed": "far"}[verdict]))
        kept = ("given", "partly", "added")
        reasons += [_fact_reason(item) for item in checked if item.status in kept] + limits
        missing = self._missing(passage) if verdict != "got" else ""
        reasons += [Reason("words_missing", expected=missing)] if missing else []
        if self.question.kind == "asked":  # « oui »
            sure = sure and bool(content_words(self.answer))
        return self._made(
            verdict, sure and not limits, reasons,
            facts=checked, quotes=quotes, best=best, cover=cover, nearness=nearness,
        )  # fmt: skip

    def _verdict(self, share: float) -> tuple[Mark, bool]:
        """What a share of the meaning is worth, and whether that is certain: « partly » never is."""
        least = GOT_ABOUT if self.question.kind in ("about", "asked") else GOT
        if share >= least:
            return "got", share >= least + UNSURE
        return ("partly", False) if share >= PARTLY else ("missed", share < PARTLY - UNSURE)

    def _asked_text(self, number: int) -> str:
        """What of an expected passage is asked for."""
        quote = self.question.expected[number]
        first, last = self._asked_span(quote)
        return quote.text[first - quote.start : last - quote.start]

    def _asked_span(self, quote: Quote) -> Span:
        """The slice of an expected passage that is asked for: the words marked in it, or all of it."""
        marked = quote.highlights if self.question.kind in ("blank", "complete", "asked") else ()
        return marked[0] if marked else (quote.start, quote.end)

    def _known(self) -> str:
        """What the question itself says."""
        if self.question.kind == "asked":
            return self.question.query
        return " ".join([self.question.topic, *(piece.text for piece in self.question.shown)])

    def _best(self) -> tuple[int, float, float]:
        """The expected passage that an answer is nearest to, how much of it the answer has, the cosine."""
        found = [
            (self._cover(self._asked_text(n)), self._nearness(self._asked_text(n)), -n)
            for n in range(len(self.question.expected))
        ]
        cover, nearness, number = max(found, key=lambda each: (_share(each[0], each[1]), each[2]))
        return -number, cover, nearness

    # --- quotes ---

    def _quotes(self) -> tuple[Verification, ...]:
        """What the answer puts between quote marks, checked in all sources."""
        found = [self.answer[slice(*span)] for span in quoted_spans(self.answer)]
        return tuple(self.verifier.verify(text) for text in found if words_in(text, "fr"))

    def _as_quote(self) -> tuple[Verification, ...]:
        """The whole answer, where it is a quote without its marks."""
        if len(words_in(self.answer, "fr")) < 3:
            return ()
        found = self.verifier.verify(self.answer)
        return (found,) if found.verdict == "exact" else ()

    def _tells(self, quotes: Sequence[Verification], gold: Quote) -> bool:
        """Whether exact quotes have enough of a passage: most of what is asked for, or a telling part."""
        first, last = self._asked_span(gold)
        held = np.zeros(last - first, dtype=bool)
        for found in quotes:
            for piece in found.pieces if found.verdict == "exact" else ():
                if overlap(piece, gold):
                    held[max(piece.start - first, 0) : max(piece.end - first, 0)] = True
        if held.mean() >= WHOLE:
            return True
        text = gold.text[first - gold.start : last - gold.start]
        said = "".join(letter if kept else " " for letter, kept in zip(text, held, strict=True))
        told = self._known() if self.question.kind == "asked" else self.question.topic
        new = set(content_words(said)) - set(content_words(told))
        return self.question.kind != "complete" and len(new) >= TELLING

    # --- meaning ---

    def _nearness(self, passage: str) -> float:
        one, other = (
            self._unit(self.index.word_encoder.get_text_embedding(text)) for text in (self.answer, passage)
        )
        return float(one @ other)

    @staticmethod
    def _unit(vector: Sequence[float]) -> NDArray[np.float32]:
        found = np.asarray(vector, np.float32)
        return found / (np.linalg.norm(found) or 1)

    def _weighed(self, passage: str) -> dict[str, float]:
        """The words of a passage that the question does not show, with how rare each is."""
        own = list(dict.fromkeys(content_words(passage)))
        known = {fold(word) for word in content_words(self._known())}
        if self.question.kind == "asked":  # in words that may be inflected otherwise
            language = self.question.source.language
            stems = set(terms(self._known(), language))
            known |= {fold(word) for word in own if stems.issuperset(terms(word, language))}
        new = [word for word in own if fold(word) not in known] or own
        size = len(self.snapshot.sentences["start"])
        return {word: self._rarity(word, size) for word in new}

    def _rarity(self, word: str, size: int) -> float:
        number = self.snapshot.vocabulary.number(word)
        frequency = int(self.snapshot.vocabulary.frequency[number]) if number is not None else 0
        return math.log1p((size - frequency + 0.5) / (frequency + 0.5))

    def _held(self, passage: str) -> dict[str, float]:
        """How much the answer has of each word of a passage, 0 to 1."""
        own, spoken = list(self._weighed(passage)), list(dict.fromkeys(content_words(self.answer)))
        if not own or not spoken:
            return dict.fromkeys(own, 0.0)
        encode = self.index.word_encoder.get_text_embedding_batch
        one, other = (np.stack([self._unit(v) for v in encode(texts)]) for texts in (own, spoken))
        similarity = (one @ other.T).max(axis=1)
        language = self.question.source.language
        stems = set(terms(self.answer, language))
        numbers = {str(fact.value) for fact in facts_in(self.answer) if fact.kind == "number"}
        held: dict[str, float] = {}
        for word, like in zip(own, similarity, strict=True):
            if word[0].isdigit():
                held[word] = float(word in spoken or word in numbers)
            elif set(terms(word, language)) & stems or any(is_spelt(fold(word), fold(o)) for o in spoken):
                held[word] = 1.0
            else:
                held[word] = 1.0 if like >= SAME_WORD else 0.5 if like >= LIKE_WORD else 0.0
        return held

    def _cover(self, passage: str) -> float:
        weights, held = self._weighed(passage), self._held(passage)
        total = sum(weights.values())
        return sum(weights[word] * held[word] for word in weights) / total if total else 0.0

    def _missing(self, passage: str) -> str:
        """The rarest words of a passage that the answer has not."""
        weights, held = self._weighed(passage), self._held(passage)
        absent = sorted((word for word in weights if not held[word]), key=lambda word: -weights[word])
        kept = set(absent[:NAMED_MISSING])
        return ", ".join(word for word in weights if word in kept)

    def _polarity(self, passage: str) -> list[Reason]:
        """Whether one of the two denies and the other does not, in the clauses that they have in common."""
        texts = (self._clauses_shared(passage), self.answer)
        denied = [[t[m.start : m.end] for m in markers_in(t) if m.kind == "negation"] for t in texts]
        if bool(denied[0]) == bool(denied[1]):
            return []
        return [Reason("polarity", given=" … ".join(denied[0] or denied[1]))]

    def _clauses_shared(self, passage: str) -> str:
        """The clauses of a passage that have most words of the answer."""
        language = self.question.source.language
        stems = set(terms(self.answer, language))
        clauses = _CLAUSES.split(passage)
        shared = [len(stems.intersection(terms(clause, language))) for clause in clauses]
        return " | ".join(c for c, count in zip(clauses, shared, strict=True) if count == max(shared))

    def _limits(self, passage: str) -> list[Reason]:
        """Conditions, modals and reserves of a passage of which the answer has none of the kind."""
        said = {marker.kind for marker in markers_in(self.answer)}
        found: dict[str, str] = {}
        for marker in markers_in(passage):
            if marker.kind in _LIMITS and marker.kind not in said:
                found.setdefault(marker.kind, passage[marker.start : marker.end])
        return [Reason("limit", expected=text, kind=kind) for kind, text in found.items()]


def _share(cover: float, nearness: float) -> float:
    """How much of a passage's meaning an answer has: by its words, or by the whole, whichever says more."""
    scaled = (nearness - FAR) / (NEAR - FAR)
    return max(cover, min(max(scaled, 0.0), 1.0) * 0.5 + cover * 0.5)


def _worse(verdict: Mark) -> Mark:
    return "partly" if verdict == "got" else "missed"


def _fact_reason(item: Checked) -> Reason:
    key = "fact" if item.status == "given" else f"fact_{item.status}"
    return Reason(key, expected=item.expected, given=item.given)


def _misquotes(quotes: Sequence[Verification]) -> list[Reason]:
    return [Reason("misquoted", given=found.quote) for found in quotes if found.verdict != "exact"]
