"""A true sentence falsified on purpose, in every way that matters to a debater. Deterministic.

Each operator takes a sentence and gives variants of it with what was changed, so that a check can be asked
whether it sees the change, and where. Nothing here uses the code that is measured.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from evals.sets.claims import Case, Original

Change = tuple[int, int, str]
"""A slice of a sentence and what takes its place."""

_NEGATED = re.compile(r"\b[nN](?:e |[’'])(?=(\w+) (?:pas|plus|jamais)\b)")
_VERB = re.compile(
    r"\b(est|sont|a|ont|sera|seront|doit|doivent|peut|peuvent|était|serait|fut|is|are|has|have|will|was|were|can)\b"
)
_NUMBER = re.compile(r"(?<![\w,.])\d+(?:[\u00a0\u202f ]\d{3})*(?:,\d+)?(?![\w,.])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_MONTHS += "January February March April June July August September October November December".split()
_NAME = re.compile(r"(?<=[\w,’'] )(?:[ldLD]’)?([A-ZÀ-Ý][\wà-ÿ]+(?:-[A-ZÀ-Ý]\w+)*)(?![\w-])")
_FUTURE = re.compile(r"\b(\w{2,}r)(a|ont)\b")
_CONDITIONAL = re.compile(r"\b(\w{2,}r)(ait|aient)\b")
_MODALS = {
    "peut": "doit", "peuvent": "doivent", "doit": "peut", "doivent": "peuvent", "devra": "pourra",
    "devront": "pourront", "pourra": "devra", "pourrait": "devra", "may": "will", "must": "may",
    "will": "may", "should": "may", "could": "will", "can": "must", "would": "will",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{3,}")
CLAUSE = re.compile(r"(?<=\w), [^,;:()«»]{8,60},(?= \w)")


def _swap(
    pattern: re.Pattern[str], give: Callable[[re.Match[str]], str]
) -> Callable[[str], Iterator[Change]]:
    def changes(text: str) -> Iterator[Change]:
        for match in pattern.finditer(text):
            new = give(match)
            if new != match.group():
                yield match.start(), match.end(), new

    return changes


def _applied(text: str, changes: Iterable[Change]) -> str:
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


class Alterations:
    """The operators.

    Args:
        originals: sentences of the corpus, whose names and words take the place of others.
        draw: what is drawn with.
    """

    def __init__(self, originals: Sequence[Original], draw: random.Random) -> None:
        self.draw = draw
        texts = " ".join(original.text for original in originals)
        self.names = sorted({m[1] for m in _NAME.finditer(texts)})
        self.vocabulary = sorted({w for w in _WORD.findall(texts) if w.islower() and len(w) > 4})

    def of(self, original: Original) -> Iterator[Case]:
        """All variants of a sentence."""
        for operator in (
            self._negation, self._number, self._date, self._name, self._modal, self._other_word,
            self._added_word, self._dropped_word, self._dropped_clause, self._swapped_words,
            self._swapped_clauses, self._spelling, self._punctuation, self._hidden_negation,
        ):  # fmt: skip
            yield from operator(original)

    def _case(self, original: Original, kind: str, text: str, **more: str) -> Case:
        source = original.source.id
        return Case(kind, text, ("altered",), source, original.start, original.end, **more)

    def _one(self, original: Original, kind: str, change: Change, effect: str = "") -> Case:
        start, end, new = change
        text = original.text
        return self._case(
            original,
            kind,
            _applied(text, [change]),
            removed=text[start:end].strip(),
            added=new.strip(),
            effect=effect,
        )

    def _some(self, changes: Iterable[Change], most: int) -> list[Change]:
        listed = list(changes)
        return listed if len(listed) <= most else sorted(self.draw.sample(listed, most))

    def _negation(self, original: Original) -> Iterator[Case]:
        text = original.text
        for match in _NEGATED.finditer(text):
            second = re.compile(r" (?:pas|plus|jamais)\b").search(text, match.end())
            assert second is not None
            both = [(match.start(), match.end(), ""), (second.start(), second.end(), "")]
            yield self._case(original, "negation dropped", _applied(text, both), effect="negation")
            yield self._one(original, "negation dropped", both[1], "negation")
        for match in list(_VERB.finditer(text))[:2]:
            english = original.source.info.language == "en"
            ne = "n’" if match[1][0] in "aeiouhé" else "ne "
            new = f"{match[1]} not" if english else f"{ne}{match[1]} pas"
            yield self._case(
                original,
                "negation added",
                _applied(text, [(match.start(), match.end(), new)]),
                effect="negation",
            )
            never = " never" if english else " jamais"
            yield self._one(original, "negation added", (match.end(), match.end(), never), "negation")

    def _number(self, original: Original) -> Iterator[Case]:
        def other(match: re.Match[str]) -> str:
            first = match.group()[0]
            return str((int(first) % 9) + 1) + match.group()[1:]

        for change in [
            *_swap(_NUMBER, other)(original.text),
            *_swap(_NUMBER, lambda m: m[0] + "0")(original.text),
        ]:
            if not _YEAR.fullmatch(original.text[change[0] : change[1]]):
                yield self._one(original, "number", change)

    def _date(self, original: Original) -> Iterator[Case]:
        later = _swap(_YEAR, lambda m: str(int(m[0]) + self.draw.randint(1, 4)))
        month = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
        other = _swap(month, lambda m: _MONTHS[_MONTHS.index(m[0]) - 1])
        for change in (*later(original.text), *other(original.text)):
            yield self._one(original, "date", change, "date")

    def _name(self, original: Original) -> Iterator[Case]:
        for match in self._some(((m.start(1), m.end(1), "") for m in _NAME.finditer(original.text)), 3):
            old = original.text[match[0] : match[1]]
            others = [name for name in self.names if name not in old and old not in name]
            for new in self.draw.sample(others, min(2, len(others))):
                yield self._one(original, "name", (match[0], match[1], new), "name")

    def _modal(self, original: Original) -> Iterator[Case]:
        listed = re.compile(rf"\b(?:{'|'.join(_MODALS)})\b")
        yield from (
            self._one(original, "modal", change, "modal")
            for change in (
                *_swap(listed, lambda m: _MODALS[m[0]])(original.text),
                *_swap(_FUTURE, lambda m: m[1] + {"a": "ait", "ont": "aient"}[m[2]])(original.text),
                *_swap(_CONDITIONAL, lambda m: m[1] + {"ait": "a", "aient": "ont"}[m[2]])(original.text),
            )
        )

    def _inner(self, original: Original, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Words that are neither the first nor the last, nor parts of compounds."""
        text = original.text
        return [
            match
            for match in pattern.finditer(text)
            if text.find(" ") < match.start()
            and match.end() <= text.rfind(" ")
            and text[match.start() - 1] == " "
            and text[match.end()] == " "
        ]

    def _drawn(self, original: Original, most: int) -> list[re.Match[str]]:
        inner = self._inner(original, _WORD)
        return self.draw.sample(inner, min(most, len(inner)))

    def _other_word(self, original: Original) -> Iterator[Case]:
        for match in self._drawn(original, 2):
            new = self.draw.choice(self.vocabulary)
            yield self._one(original, "other word", (match.start(), match.end(), new))

    def _added_word(self, original: Original) -> Iterator[Case]:
        for match in self._drawn(original, 2):
            new = self.draw.choice(self.vocabulary) + " "
            yield self._one(original, "word added", (match.start(), match.start(), new))

    def _dropped_word(self, original: Original) -> Iterator[Case]:
        for match in self._drawn(original, 3):
            yield self._one(original, "word dropped", (match.start(), match.end() + 1, ""))

    def _dropped_clause(self, original: Original) -> Iterator[Case]:
        for change in self._some(_swap(CLAUSE, lambda _: "")(original.text), 2):
            yield self._case(original, "clause dropped", _applied(original.text, [change]))

    def _swapped_words(self, original: Original) -> Iterator[Case]:
        pairs = re.compile(r"(?<= )([^\W\d_]{3,}) ([^\W\d_]{3,})(?= )")
        for change in self._some(_swap(pairs, lambda m: f"{m[2]} {m[1]}")(original.text), 1):
            yield self._case(original, "words swapped", _applied(original.text, [change]), effect="order")

    def _swapped_clauses(self, original: Original) -> Iterator[Case]:
        head, comma, tail = original.text.partition(", ")
        if comma and min(len(head.split()), len(tail.split())) >= 4:
            yield replace(
                self._case(original, "clauses swapped", f"{tail}, {head}"), expected=("altered", "stitched")
            )

    def _spelling(self, original: Original) -> Iterator[Case]:
        for match in self._drawn(original, 12):
            bare = "".join(
                c for c in unicodedata.normalize("NFD", match.group()) if not unicodedata.combining(c)
            )
            if bare != match.group():
                yield self._one(original, "accent", (match.start(), match.end(), bare), "spelling")
                break
        for match in self._drawn(original, 1):
            capitals = (match.start(), match.end(), match.group().upper())
            yield replace(self._one(original, "capitals", capitals, "spelling"), expected=("exact",))

    def _punctuation(self, original: Original) -> Iterator[Case]:
        for change in self._some(_swap(re.compile(r"(?<=\w),(?= \w)"), lambda _: "")(original.text), 1):
            yield self._case(
                original, "comma dropped", _applied(original.text, [change]), effect="punctuation"
            )
        marks = _swap(re.compile(r"« ?([^«»]{2,40}?) ?»"), lambda m: m[1].strip())
        for change in self._some(marks(original.text), 1):
            yield self._case(
                original, "quote marks dropped", _applied(original.text, [change]), effect="quote_marks"
            )

    def _hidden_negation(self, original: Original) -> Iterator[Case]:
        text = original.text
        for match in _NEGATED.finditer(text):
            second = re.compile(r" (?:pas|plus|jamais)\b").search(text, match.end())
            if second is not None and match.start() > 3:
                hidden = [(match.start(), match.end(), "[…] "), (second.start(), second.end(), " […]")]
                yield self._case(
                    original, "negation hidden by […]", _applied(text, hidden), effect="negation"
                )
