"""The debate tools: sides face to face, rebuttals, the answer to a speech; quotes alone, no model."""

from __future__ import annotations

from dataclasses import replace

from rag.debate.counter import Counter, Countered, Countering, demand_words, units_in
from rag.debate.face_to_face import Face, Facing
from rag.debate.rebuttal import Rebuttal, Rebutting
from rag.debate.sides import Sides
from rag.search import EVERYBODY, Scope, cleaned
from rag.store import Index
from rag.text import language_of
from rag.types import Language, Progress, no_progress


class Debate:
    """The debate tools over one index. Safe to share between threads.

    What a sentence does to a claim is told by the judge (rag/reader/judge.py).

    Args:
        index: with sources of two sides or more.
    """

    def __init__(self, index: Index) -> None:
        self.index = index

    def face(
        self,
        motion: str = "",
        lang: Language | None = None,
        echoes: bool = False,
        scope: Scope = EVERYBODY,
    ) -> Face:
        """The sides face to face.

        Args:
            motion: what is to be voted on, as debates put it; empty for what divides the sources.
            lang: of the words around the quotes; the motion's own by default.
            echoes: whether to look up what each side puts between quote marks at the others'.
            scope: the only ones to hear.

        Raises:
            InputError: the motion is too long, or fewer than two sides speak of those to hear.
            UnknownSource: there is no such source.
            StoreError: there is no index.
        """
        text = cleaned(motion) if motion.strip() else ""
        language = lang or language_of(text)
        return self.index.read(
            lambda snapshot: Facing(Sides(self.index, snapshot, scope)).face(text, language, echoes)
        )

    def rebut(
        self,
        claim: str,
        side: str | None = None,
        lang: Language | None = None,
        scope: Scope = EVERYBODY,
    ) -> Rebuttal:
        """What the sources have against a claim, and for it.

        Args:
            claim: an argument of somebody else's.
            side: whose it is; by default it is told from who bears it out, where that is clear.
            lang: of the words around the quotes; the claim's own by default.
            scope: the only ones to look at; one side is enough, the claimant's need not be among them.

        Raises:
            InputError: the claim is empty or too long, the side is unknown, fewer than two sides speak, or
                none of those to look at.
            UnknownSource: there is no such source.
            StoreError: there is no index.
        """
        text = cleaned(claim)
        language = lang or language_of(text)
        return self.index.read(
            lambda snapshot: Rebutting(Sides(self.index, snapshot, scope, least=0)).rebut(
                text, side, language
            )
        )

    def counter(
        self,
        speech: str,
        side: str | None = None,
        lang: Language | None = None,
        progress: Progress = no_progress,
        scope: Scope = EVERYBODY,
    ) -> Counter:
        """What to answer to a speech, sentence by sentence.

        Args:
            speech: what the other side says.
            side: which that is; by default nobody's words are held against their own side.
            lang: of the words around the quotes; the speech's own by default.
            progress: told of each sentence that is done.
            scope: the only ones to look at; one side is enough, the speech's own need not be among them.

        Raises:
            InputError: the speech is empty or too long, the side is unknown, or nobody is left to look at.
            UnknownSource: there is no such source.
            StoreError: there is no index.
        """
        spans = units_in(speech)
        language = lang or language_of(speech)
        found: list[Countered] = []
        for number, (start, end) in enumerate(spans):
            progress("sentences", number, len(spans))
            one = self.counter_sentence(speech[start:end], side, language, scope)
            found.append(replace(one, start=start, end=end))
        progress("sentences", len(spans), len(spans))
        return Counter(language, side, tuple(found))

    def counter_sentence(
        self,
        sentence: str,
        side: str | None = None,
        lang: Language | None = None,
        scope: Scope = EVERYBODY,
    ) -> Countered:
        """What to answer to one sentence of a speech; arguments and errors as of :meth:`counter`."""
        demand_words(sentence)
        language = lang or language_of(sentence)
        return self.index.read(
            lambda snapshot: Countering(Sides(self.index, snapshot, scope, least=0)).counter(
                sentence, side, language
            )
        )
