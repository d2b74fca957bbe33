"""French or English, told from the little words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.text.analyzer import words_in
from rag.types import Language

_ENGLISH = frozenset(
    "the of and to in is are was were what which who whom whose when where why how does do did has have "
    "been will would should could can with from for by this that these those it its they their there "
    "not any about between than into according".split()
)
FRENCH = frozenset(
    "le la les un une des du de et est sont qui que quoi quel quelle quels quelles quand ou comment "
    "pourquoi combien dans pour par sur avec sans ce cette ces il elle ils elles leur leurs on ne pas "
    "au aux en se sa son ses a-t-il t-il t-elle y selon".split()
)


def language_of(question: str, history: Sequence[str] = ()) -> Language:
    """French or English, from the little words; then from the earlier questions; then French."""
    for text in (question, *reversed(history)):
        found = words_in(text.replace("'", "' "), "fr")
        french = sum(word in FRENCH for word in found) + bool(re.search("[àâçéèêëîïôùûœ]", text))
        english = sum(word in _ENGLISH for word in found)
        if french != english:
            return "fr" if french > english else "en"
    return "fr"
