"""Those who speak in the sources, in a question: a word with an article stands for each while it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.text import fold, persons_in
from rag.types import SourceInfo, Voice

_ARTICLED = re.compile(r"(?:\b(?:l[ea]|du|au|the)\s+|\bl['’])$", re.IGNORECASE)


@dataclass(frozen=True)
class SpokenOf:
    """A question in which something stands for those who speak in the sources.

    Attributes:
        text: « Que dit la Quidam0 de l’eau ? » for « Que dit M. Costa de l’eau ? ».
        mentions: what stands for somebody, with the words of the question.
        voices: numbers of those whom each may mean, by the word that stands for them.
    """

    text: str
    mentions: Mapping[str, str]
    voices: Mapping[str, frozenset[int]]

    @classmethod
    def read(cls, question: str, infos: Sequence[SourceInfo]) -> SpokenOf:
        """Read a question that may name voices among ``infos``."""
        numbers = [n for n, info in enumerate(infos) if isinstance(info, Voice) and info.speaker]
        names = [info.speaker or "" for info in infos if isinstance(info, Voice) and info.speaker]
        text, at = "", 0
        mentions: dict[str, str] = {}
        voices: dict[str, frozenset[int]] = {}
        for number, ((start, end), meant) in enumerate(persons_in(question, names) if names else ()):
            word = f"Quidam{number}"
            stands = word if _ARTICLED.search(question[:start]) else f"la {word}"
            mentions[stands] = question[start:end]
            voices[word] = frozenset(numbers[each] for each in meant)
            text += question[at:start] + stands
            at = end
        return cls(text + question[at:], mentions, voices)

    @cached_property
    def all(self) -> frozenset[int]:
        """Numbers of all who are spoken of."""
        return frozenset(number for meant in self.voices.values() for number in meant)

    @property
    def words(self) -> set[str]:
        """The words that stand for somebody, folded."""
        return {fold(word) for word in self.voices}

    def meant(self, name: str) -> frozenset[int]:
        """Numbers of those whom a name in the text may mean; none where it stands for nobody."""
        found = (meant for word, meant in self.voices.items() if re.search(rf"\b{word}\b", name))
        return frozenset(number for meant in found for number in meant)

    def named(self, text: str) -> str:
        """A part of the text with the words of the question again."""
        for stands, said in self.mentions.items():
            text = re.sub(rf"\b{stands}\b", lambda _, said=said: said, text, flags=re.IGNORECASE)  # type: ignore[misc]
        return text
