"""An answer while a model writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from rag.answer import heading_of, introduced, numbers_by_side, silences
from rag.catalogue import say
from rag.llm.grading import Graded
from rag.llm.types import Finding
from rag.quotes import named
from rag.search import CERTAIN
from rag.types import Answer, Block, Language, Prose, Quote


@dataclass
class Writing:
    """An answer as it grows.

    Attributes:
        base: the answer without a model.
        blocks, quotes, unsupported: as in the answer; only ever added to.
        held: sentences that wait for the first one that is borne out.
    """

    base: Answer
    blocks: list[Block] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)
    held: list[Graded] = field(default_factory=list)

    @property
    def shown(self) -> bool:
        """Whether anything of the model is shown."""
        return bool(self.quotes)

    def add(self, graded: Graded) -> bool:
        """Take in a sentence; whether there is more to show."""
        self.held.append(graded)
        if not self.shown and not graded.quotes:
            return False
        if not self.shown and self.base.confidence < CERTAIN:
            self.blocks.append(Prose(say("uncertain", self.base.lang)))
        for sentence in self.held:
            self._write(sentence)
        self.held = []
        return True

    def _write(self, graded: Graded) -> None:
        lang = self.base.lang
        known = len(self.quotes)
        numbers = [self._number(quote) for quote in graded.quotes]
        parts = [graded.text, *(f"[{number}]" for number in numbers)]
        if graded.position is not None:
            parts.append(
                say("position_of", lang, source=named(graded.position, lang, graded.quotes[0].speaker))
            )
        if graded.findings or not graded.quotes:
            parts.append(say("unsupported", lang, reasons=_reasons(graded.findings, lang)))
        if len(parts) > 1 + len(numbers):
            self.unsupported.append(graded.text)
        self.blocks.append(Prose(" ".join(parts)))
        for quote in self.quotes[known:]:
            self.blocks += introduced(quote, lang)

    def _known(self, quote: Quote) -> int:
        """The number of a quote that is shown; 0 of one that is not."""
        slices = {(known.source.id, known.start, known.end): known.n for known in self.quotes}
        return slices.get((quote.source.id, quote.start, quote.end), 0)

    def _number(self, quote: Quote) -> int:
        if known := self._known(quote):
            return known
        self.quotes.append(replace(quote, n=len(self.quotes) + 1))
        return len(self.quotes)

    def answer(self) -> Answer:
        """What there is so far."""
        return replace(
            self.base,
            mode="llm",
            blocks=tuple(self.blocks),
            quotes=tuple(self.quotes),
            near=(),
            sides=numbers_by_side(self.quotes),
            silent_sides=(),
            unsupported=tuple(self.unsupported),
        )

    def finished(self, failure: str, milliseconds: float) -> Answer:
        """The whole answer: with what the model left out, or with everything if it failed.

        Args:
            failure: what went wrong; empty when nothing did.
            milliseconds: that it took.
        """
        base, lang = self.base, self.base.lang
        timings = base.timings_ms | {"llm": round(milliseconds - base.timings_ms["total"], 2)}
        timings["total"] = round(milliseconds, 2)
        reason = say(f"llm_{failure}", lang) if failure else ""
        if not self.shown:
            line = Prose(say("llm_instead", lang, reason=reason))
            return replace(base, blocks=(line, *base.blocks), timings_ms=timings)
        more = any(not self._known(quote) for quote in base.quotes)
        if reason:
            self.blocks.append(Prose(say("llm_instead", lang, reason=reason) if more else reason))
        heard = {quote.party for quote in self.quotes}
        headed: set[str | None] = set()
        for quote in base.quotes:
            side = quote.party
            if self._known(quote) or not (failure or side not in heard):
                continue
            if side not in heard | headed:
                self.blocks.append(heading_of(quote, lang))
                headed.add(side)
            self._number(quote)
            self.blocks += introduced(self.quotes[-1], lang)
        heard |= {quote.source.side for quote in self.quotes}
        silent = tuple(side for side in base.silent_sides if side not in heard)
        self.blocks += [Prose(text) for text in silences(silent, lang)]
        self.blocks += _notes(base)
        return replace(self.answer(), silent_sides=silent, timings_ms=timings)


def _notes(answer: Answer) -> list[Block]:
    """What an answer says at its end of how it was made, such as that only some sources were asked."""
    last = list(takewhile(lambda block: isinstance(block, Prose), reversed(answer.blocks)))
    silent = {Prose(text) for text in silences(answer.silent_sides, answer.lang)}
    return [block for block in reversed(last) if block not in silent]


def _reasons(findings: Sequence[Finding], lang: Language) -> str:
    """Why a sentence is not borne out, in words of ours and of the sentence."""
    told = []
    for finding in findings:
        if finding.kind == "invented_quote":
            told.append(say("invented_quote", lang))
        elif finding.kind != "wording":
            told.append(f"{say(f'effect_{finding.kind}', lang)} ({_grouped(finding.words, lang)})")
    return ", ".join(told) or say("no_support", lang)


def _grouped(text: str, lang: Language) -> str:
    """Words with the digits of large numbers in threes, as they are written."""
    separator = "\u202f" if lang == "fr" else ","
    return re.sub(r"\d{5,}", lambda number: f"{int(number[0]):,}".replace(",", separator), text)
