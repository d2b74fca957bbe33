"""Quotes to check: those of a corpus falsified, and true ones under typographic noise. Deterministic."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evals import SEED
from evals.sets.alterations import CLAUSE, Alterations
from evals.sets.claims import Case, Original, originals, plain
from rag.types import Source


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
        self.known = [plain(source.text) for source in sources]
        self.alterations = Alterations(self.originals, self.draw)

    def cases(self) -> list[Case]:
        """All variants of all sentences that are false indeed."""
        found = [case for original in self.originals for case in self.alterations.of(original)]
        found += [*self._stitched(), *self._misattributed(), *self._invented()]
        return [case for case in found if case.attributed or not self._is_true(case.text)]

    def _is_true(self, text: str) -> bool:
        """Whether a change made by chance a text that the corpus has."""
        even = plain(text)
        return any(even in known for known in self.known)

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
        even = plain(original.text)
        return sum(even in known for known in self.known) > 1

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
    match = CLAUSE.search(original.text)
    if match:
        sign = draw.choice(["[…]", "(...)", "[...]", "…"])
        text = f"{original.text[: match.start()]} {sign} {original.text[match.end() :].lstrip()}"
        yield Case("true with […]", text, ("exact",), original.source.id, original.start, original.end)


def _noisy(text: str, draw: random.Random) -> str:
    """A text in other typography; each kind of noise by chance."""
    if draw.random() < 0.5:
        text = re.sub("[’']", lambda _: draw.choice("’'ʼ‘′"), text)
    if draw.random() < 0.5:
        opening, closing = draw.choice([('"', '"'), ("“", "”"), ("„", "“"), ("‹", "›"), ("«", "»")])
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
