"""The debate tools: sides face to face, and rebuttals; quotes alone, no language model."""

from __future__ import annotations

from rag.debate.face_to_face import Face, Facing
from rag.debate.rebuttal import Rebuttal, Rebutting
from rag.debate.sides import Sides
from rag.search import cleaned
from rag.store import Index
from rag.text import language_of
from rag.types import Language


class Debate:
    """The debate tools over one index. Safe to share between threads.

    What a sentence does to a claim is told by the judge (rag/reader/judge.py).

    Args:
        index: with sources of two sides or more.
    """

    def __init__(self, index: Index) -> None:
        self.index = index

    def face(self, motion: str = "", lang: Language | None = None, echoes: bool = False) -> Face:
        """The sides face to face.

        Args:
            motion: what is to be voted on, as debates put it; empty for what divides the sources.
            lang: of the words around the quotes; the motion's own by default.
            echoes: whether to look up what each side puts between quote marks at the others'.

        Raises:
            InputError: the motion is too long, or fewer than two sides speak.
            StoreError: there is no index.
        """
        text = cleaned(motion) if motion.strip() else ""
        language = lang or language_of(text)
        return self.index.read(
            lambda snapshot: Facing(Sides(self.index, snapshot)).face(text, language, echoes)
        )

    def rebut(self, claim: str, side: str | None = None, lang: Language | None = None) -> Rebuttal:
        """What the sources have against a claim, and for it.

        Args:
            claim: an argument of somebody else's.
            side: whose it is; by default it is told from who bears it out, where that is clear.
            lang: of the words around the quotes; the claim's own by default.

        Raises:
            InputError: the claim is empty or too long, the side is unknown, or fewer than two sides speak.
            StoreError: there is no index.
        """
        text = cleaned(claim)
        language = lang or language_of(text)
        return self.index.read(
            lambda snapshot: Rebutting(Sides(self.index, snapshot)).rebut(text, side, language)
        )
