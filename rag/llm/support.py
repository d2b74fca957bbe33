"""Does a quote support what a sentence says? Strict on what turns a claim around, lenient on wording.

What a quote may fail to bear out stands in :mod:`rag.llm.types`.

How well the words are matched is judged by a logistic model of three numbers: the likeness of the word that
is matched worst, the likeness of the two as wholes, and whether they are in different languages. Its weights
stand in ``support.json``; ``evals/fit/support.py`` fits them on one half of a labelled set, ``python -m evals
statements`` reports on the other. A sentence that copies the quote with few changes is besides compared with
it word by word (rag/verify/verifier.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.encoders import SAME_WORD
from rag.llm.copied import copied
from rag.llm.matching import Matcher, Vector, vectors_of
from rag.llm.turned import differences, told_of
from rag.llm.types import Finding, Support
from rag.llm.wording import load_wording
from rag.search import sources_named, speakers_named
from rag.store import Index
from rag.text import LIGHT, Attributed, attributed, content_words, language_of, name_runs, numbers, words_in
from rag.types import Quote, SourceInfo, Voice
from rag.verify import Verifier

SAME_CALLED = 0.9
"""As SAME_WORD, for words of a source's title or side, which need not stand in the quote."""
BORNE_OUT = 0.5
"""Probability from which the words of a sentence are held to be the quote's. Fixed: it is fitted."""
WORDS_SHOWN = 3
"""How many words that are not in the quote are named."""

_SOMEBODY = frozenset(
    "auteur auteurs auteure texte textes document documents source sources phrase phrases commentateur "
    "author authors text sentence sentences passage passages speaker writer signataires participants "
    "signatories".split()
)
"""Words for whoever speaks in a document."""


class Judge:
    """Tells what the quotes of one question support."""

    def __init__(self, index: Index, infos: Sequence[SourceInfo], vector: Vector | None = None) -> None:
        self._index = index
        self._infos = infos
        self._verifier = Verifier(index)
        self._match = Matcher(vector or vectors_of(index))

    def judge(self, sentence: str, quote: Quote) -> Support:
        """How a quote bears out a sentence.

        Raises:
            EncoderError: the encoder does not answer.
        """
        claim = attributed(sentence)
        is_speaker = bool(claim.speaker) and self._is_speaker(claim.speaker, quote)
        if claim.speaker and not is_speaker and not self._in_quote(claim, quote):
            return Support(0.0, (Finding("attribution", claim.speaker),))
        rest = claim.rest if is_speaker else sentence
        basis = f"{quote.lead_in} {quote.text}"
        likeness = self.likeness(rest, quote)
        known = sum(like >= SAME_WORD for like in likeness.values())
        found = [
            *differences(self._match, rest, quote, basis, likeness),
            *copied(self._index, self._verifier, rest, quote),
        ]
        if load_wording().probability(*self.wording(rest, quote)) < BORNE_OUT:
            weakest = sorted(likeness, key=lambda word: likeness[word])[:WORDS_SHOWN]
            strange = ", ".join(word for word in weakest if likeness[word] < SAME_WORD)
            found.append(Finding("wording", strange))
        score = known / len(likeness) if likeness else 0.0
        return Support(score, tuple({finding.kind: finding for finding in reversed(found)}.values()))

    def wording(self, rest: str, quote: Quote) -> tuple[float, float, bool]:
        """What :meth:`WordingModel.probability` takes, of a sentence without its attribution."""
        alike = float(self._match.vector(rest) @ self._match.vector(quote.text))
        foreign = language_of(rest) != quote.source.language
        return min(self.likeness(rest, quote).values(), default=0.0), alike, foreign

    def speaks_for(self, sentence: str, quotes: Sequence[Quote]) -> bool:
        """Whether a sentence says whose words it hands on, and they are those of one of the quotes."""
        speaker = attributed(sentence).speaker
        return bool(speaker) and any(self._is_speaker(speaker, quote) for quote in quotes)

    def likeness(self, rest: str, quote: Quote) -> dict[str, float]:
        """The content words of a sentence, with the cosine of each with its best match in the quote.

        Names and numbers, which are judged apart, count as matched, and words that say little.
        """
        own = content_words(f"{quote.lead_in} {quote.text}")
        called = content_words(told_of(quote.source))
        nearest = self._match.nearest
        named = {w for run in name_runs(rest) for name in run for w in content_words(name)}
        return {
            word: 1.0
            if word in named or word in LIGHT or numbers(word) or nearest(word, called) >= SAME_CALLED
            else nearest(word, own)
            for word in dict.fromkeys(content_words(rest))
        }

    # --- whose words ---

    def _is_speaker(self, name: str, quote: Quote) -> bool:
        folded = set(words_in(name, "fr"))
        if folded & _SOMEBODY and not any(self._names(name, info) for info in self._infos):
            return True
        if persons := speakers_named(name, self._infos):
            return any(self._is_voice_of(self._infos[number], quote) for number in persons)
        meant = {self._infos[number].id for number in sources_named(name, self._infos)}
        meant = meant or {info.id for info in self._infos if self._names(name, info)}
        return quote.source.id in meant

    def _is_voice_of(self, info: SourceInfo, quote: Quote) -> bool:
        """Whether it is who speaks a quote's words."""
        return isinstance(info, Voice) and (info.id, info.speaker) == (quote.source.id, quote.speaker)

    def _names(self, name: str, info: SourceInfo) -> bool:
        """Whether a name, maybe in the other language, has most of its words from what a source is called."""
        own = content_words(f"{info.title} {info.side or ''} {info.kind} {info.id}")
        given = [word for word in content_words(name) if not word[0].isdigit()]
        hits = sum(self._match.nearest(word, own) >= SAME_WORD for word in given)
        return bool(given) and 2 * hits > len(given)

    def _in_quote(self, claim: Attributed, quote: Quote) -> bool:
        """Whether the quote itself hands on what somebody says, and it is the one named.

        « La Commission a annoncé que… » is a statement like others where the quote has who and announcing.
        """
        told = attributed(quote.text)
        own = content_words(quote.text if claim.verb else told.speaker)
        named = [word for word in content_words(claim.speaker) if not numbers(word)]
        said = not claim.verb or told.verb or self._match.nearest(claim.verb.lower(), own) >= SAME_WORD
        return bool(own and said) and all(self._match.nearest(word, own) >= SAME_WORD for word in named)
