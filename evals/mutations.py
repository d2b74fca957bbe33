"""True sentences falsified on purpose, and true quotes under typographic noise. Deterministic.

Each operator takes a sentence of a corpus and gives variants of it with what was changed, so that a check
can be asked whether it sees the change, and where. Nothing here uses the code that is measured.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.text import segment
from rag.types import Source

SEED = 20260106
WORDS_LEAST = 6
"""Shorter sentences are not falsified."""


@dataclass(frozen=True, slots=True)
class Case:
    """A claimed quote and what a check should find.

    Attributes:
        kind: what was done to it.
        text: the claimed quote.
        expected: verdicts that are right.
        source, start, end: slice that it was made from; an empty ``source`` where there is none.
        removed, added: the words changed, for changes of one word; empty for others.
        effect: kind of effect that should be named; empty where any will do.
        attributed: whose words it is said to be.
    """

    kind: str
    text: str
    expected: tuple[str, ...]
    source: str = ""
    start: int = 0
    end: int = 0
    removed: str = ""
    added: str = ""
    effect: str = ""
    attributed: str = ""

    @property
    def is_true(self) -> bool:
        """Whether it is a true quote."""
        return self.expected == ("exact",)

    @property
    def is_one_word(self) -> bool:
        """Whether one word, or one number, was changed."""
        return bool(self.removed or self.added)


@dataclass(frozen=True, slots=True)
class Original:
    """A sentence as it stands in its source."""

    source: Source
    start: int
    end: int
    passage: int

    @property
    def text(self) -> str:
        """Its slice."""
        return self.source.text[self.start : self.end]


def originals(sources: Sequence[Source]) -> list[Original]:
    """The sentences of some sources that are long enough, without list marks and final punctuation."""
    found: list[Original] = []
    for source in sources:
        for number, passage in enumerate(segment(source.text)):
            for sentence in passage.sentences:
                match = re.search(
                    r"(?:^[-•*]\s+|^)(.*?)[\s.;:!?]*$", source.text[sentence.start : sentence.end], re.DOTALL
                )
                assert match is not None
                start = sentence.start + match.start(1)
                original = Original(source, start, sentence.start + match.end(1), number)
                if len(original.text.split()) >= WORDS_LEAST:
                    found.append(original)
    return found


# --- falsified ------------------------------------------------------------------------------------

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
_CLAUSE = re.compile(r"(?<=\w), [^,;:()«»]{8,60},(?= \w)")


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


class Falsifier:
    """Falsifies the sentences of a corpus.

    Args:
        sources: of the corpus.
        seed: of what is drawn.
    """

    def __init__(self, sources: Sequence[Source], seed: int = SEED) -> None:
        self.sources = sources
        self.originals = originals(sources)
        self.draw = random.Random(seed)
        self.known = [_plain(source.text) for source in sources]
        texts = " ".join(original.text for original in self.originals)
        self.names = sorted({m[1] for m in _NAME.finditer(texts)})
        self.vocabulary = sorted({w for w in _WORD.findall(texts) if w.islower() and len(w) > 4})

    def cases(self) -> list[Case]:
        """All variants of all sentences that are false indeed."""
        found = [
            case
            for original in self.originals
            for operator in (
                self._negation, self._number, self._date, self._name, self._modal, self._other_word,
                self._added_word, self._dropped_word, self._dropped_clause, self._swapped_words,
                self._swapped_clauses, self._spelling, self._punctuation, self._hidden_negation,
            )
            for case in operator(original)
        ]  # fmt: skip
        found += [*self._stitched(), *self._misattributed(), *self._invented()]
        return [case for case in found if case.attributed or not self._is_true(case.text)]

    def _is_true(self, text: str) -> bool:
        """Whether a change made by chance a text that the corpus has."""
        plain = _plain(text)
        return any(plain in known for known in self.known)

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
        for change in self._some(_swap(_CLAUSE, lambda _: "")(original.text), 2):
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
            yield self._one(original, "case", (match.start(), match.end(), match.group().upper()))

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

    def _stitched(self) -> Iterator[Case]:
        for one in self.originals:
            other = self.draw.choice(self.originals)
            if (one.source.id, one.passage) == (other.source.id, other.passage):
                continue
            head, tail = one.text.split(" "), other.text.split(" ")
            text = " ".join(head[: max(5, 2 * len(head) // 3)] + tail[-max(5, len(tail) // 2) :])
            expected = ("stitched", "altered")
            yield Case("stitched", text, expected, one.source.id, one.start, one.end)
            text = " ".join([*head[: max(5, len(head) // 2)], "[…]", *tail[-max(5, len(tail) // 2) :]])
            yield Case("stitched by […]", text, expected, one.source.id, one.start, one.end)

    def _misattributed(self) -> Iterator[Case]:
        sides = {source.info.side for source in self.sources if source.info.side}
        for original in self.originals:
            if self._is_elsewhere(original):
                continue
            for side in sorted(sides - {original.source.info.side})[:1]:
                yield Case(
                    "misattributed", original.text, ("misattributed",), original.source.id,
                    original.start, original.end, attributed=side,
                )  # fmt: skip

    def _is_elsewhere(self, original: Original) -> bool:
        plain = _plain(original.text)
        return sum(plain in known for known in self.known) > 1

    def _invented(self) -> Iterator[Case]:
        """Sentences that go on from each word as some sentence does, but are nowhere as a whole."""
        following: dict[str, list[str]] = {}
        for original in self.originals:
            words = original.text.split(" ")
            for one, two in pairwise(words):
                following.setdefault(one, []).append(two)
        openings = [original.text.split(" ")[0] for original in self.originals]
        for _ in self.originals:
            words = [self.draw.choice(openings)]
            while len(words) < 14 and words[-1] in following:
                words.append(self.draw.choice(following[words[-1]]))
            if len(words) > 6:
                yield Case("invented", " ".join(words), ("absent", "altered", "stitched"))


def _plain(text: str) -> str:
    """A text without the marks at its edges, its white space evened, to be looked for in another."""
    even = re.sub(r"[\s\u00a0\u202f]+", " ", text.replace("'", "’"))
    return re.sub(r"^\W+|\W+$", "", even)


# --- true -----------------------------------------------------------------------------------------

_SPACES = ("\u00a0", "\u202f", "  ", "\n", "\u2009", " \n ")
_LIGATURES = (("œ", "oe"), ("oe", "œ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ"))


def true_quotes(sources: Sequence[Source], variants: int, seed: int = SEED) -> list[Case]:
    """True quotes under typographic noise: whole sentences, parts of them, and some with a fair ellipsis."""
    draw = random.Random(seed)
    found: list[Case] = []
    for original in originals(sources):
        for number in range(variants):
            start, end = (original.start, original.end) if number % 3 == 0 else _part(original, draw)
            text = _noisy(original.source.text[start:end], draw)
            found.append(Case("true", text, ("exact",), original.source.id, start, end))
        found += _elided(original, draw)
    return found


def _part(original: Original, draw: random.Random) -> tuple[int, int]:
    """Some words in a row, cut at spaces that are not inside a number."""
    text = original.text
    borders = [0, *(m.end() for m in re.finditer(r"(?<=[^\W\d]) (?=[^\W\d])", text))]
    ends = [*(border - 1 for border in borders[1:]), len(text)]
    if len(borders) < 5:
        return original.start, original.end
    first = draw.randrange(len(borders) - 4)
    last = draw.randrange(first + 3, len(borders))
    return original.start + borders[first], original.start + ends[last]


def _elided(original: Original, draw: random.Random) -> Iterator[Case]:
    """The sentence with an ellipsis for a clause between two commas."""
    match = _CLAUSE.search(original.text)
    if match:
        sign = draw.choice(["[…]", "(...)", "[...]", "…"])
        text = f"{original.text[: match.start()]} {sign} {original.text[match.end() :].lstrip()}"
        yield Case("true with […]", text, ("exact",), original.source.id, original.start, original.end)


def _noisy(text: str, draw: random.Random) -> str:
    """A text in other typography; each kind of noise by chance."""
    if draw.random() < 0.5:
        text = re.sub("[’']", lambda _: draw.choice("’'ʼ‘′"), text)
    if draw.random() < 0.5:
        opening, closing = draw.choice(['""', "“”", "„“", "‹›", "«»"])
        text = text.replace("« ", opening).replace(" »", closing)
        text = text.replace("«", opening).replace("»", closing)
    if draw.random() < 0.5:
        text = re.sub(
            r"[ \u00a0\u202f]", lambda m: draw.choice(_SPACES) if draw.random() < 0.3 else m[0], text
        )
    if draw.random() < 0.3:
        text = re.sub(r"[\s\u00a0\u202f]+(?=[;:!?»%])", "", text)
    if draw.random() < 0.3:
        old, new = draw.choice(_LIGATURES)
        text = text.replace(old, new)
    if draw.random() < 0.3:
        text = unicodedata.normalize(draw.choice(["NFC", "NFD"]), text)
    if draw.random() < 0.3:
        text = re.sub(r"(?<=\w)-(?=\w)", lambda _: draw.choice("-‐\u2011"), text)
        text = re.sub(r"(?<= )[–—](?= )", lambda _: draw.choice("-–—"), text)
    if draw.random() < 0.2:
        text = re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", lambda _: "\u00ad" if draw.random() < 0.1 else "", text)
    if draw.random() < 0.4:
        text = text[0].swapcase() + text[1:] if len(text[0].swapcase()) == 1 else text
    text += draw.choice(["", "", ".", "…", " !", ",", ";", " ?"])
    opening, closing = draw.choice([("", ""), ("« ", " »"), ('"', '"'), ("“", "”"), ("", "\n"), ("…", "")])
    return opening + text + closing
