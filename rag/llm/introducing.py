"""A few sentences of a model that lead to quotes: those alone that the quotes bear out.

What it is told and how its sentences are graded is as for answers (rag/llm/assistant.py); here a sentence
that is not borne out is left out, and no quote is taken from anywhere else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence

from rag.errors import EndpointError
from rag.llm.endpoint import Endpoint, Message
from rag.llm.grading import Graded, Grader
from rag.llm.matching import vectors_of
from rag.llm.parse import Sentences
from rag.llm.prompts import NO_ANSWER, answer_messages
from rag.search import Scope
from rag.store import Index
from rag.types import Language, Quote

logger = logging.getLogger(__name__)

KEPT = 3
"""Most sentences of an introduction."""
READ = 8
"""Most of a model's that are read for it."""


class Introducing:
    """Lets a model write introductions, each from quotes of its own.

    Args:
        index: of the quotes.
        endpoint: of the model.
        scope: whose quotes they all are.
    """

    def __init__(self, index: Index, endpoint: Endpoint, scope: Scope) -> None:
        self._index = index
        self._endpoint = endpoint
        self._scope = scope
        self._vector = vectors_of(index)

    def introduce(
        self, asked: str, quotes: Sequence[Quote], lang: Language, working: Callable[[], None]
    ) -> tuple[list[Graded], str]:
        """What the quotes bear out of what a model writes about them.

        Args:
            asked: the question that it is to answer from the quotes.
            quotes: all that it is shown, the best first.
            lang: of its sentences.
            working: called now and then while it writes; what it raises ends that.

        Returns:
            The sentences, each with quotes of these; and what went wrong (``llm_…`` in the catalogue), empty
            when nothing did.
        """
        settings = self._endpoint.settings
        room = settings.llm_context - settings.llm_max_tokens
        messages, count = answer_messages(asked, quotes, lang, room)
        written, failure = self._written(messages, working)
        grader = Grader(self._index, quotes, self._scope, self._vector)
        kept: dict[str, Graded] = {}
        for sentence in written:
            if NO_ANSWER in sentence.upper().replace(" ", "_") or len(kept) == KEPT:
                break
            graded = grader.grade(sentence, count)
            if graded is not None and graded.quotes and not graded.findings and {*graded.quotes} <= {*quotes}:
                kept.setdefault(graded.text, graded)
        return list(kept.values()), failure

    def _written(self, messages: Sequence[Message], working: Callable[[], None]) -> tuple[list[str], str]:
        """The first sentences of the model, and how it failed."""
        found: list[str] = []
        try:
            pieces = self._endpoint.stream(messages, self._endpoint.settings.llm_timeout)
            for sentence in _sentences(pieces, working):
                found.append(sentence)
                if len(found) == READ:
                    break
        except EndpointError as error:
            logger.warning("%s", error)
            return found, error.kind
        return found, "" if found else "empty"


def _sentences(pieces: Iterator[str], working: Callable[[], None]) -> Iterator[str]:
    """The sentences of a model; one that its failure cut off is not among them."""
    parser = Sentences()
    for piece in pieces:
        working()
        yield from parser.feed(piece)
        if parser.is_over:
            return
    yield from parser.finish()
