"""What tests of a language model share."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from rag import Index, QuoteRef, load_settings
from rag.catalogue import say
from rag.llm.assistant import GroundedAssistant
from rag.llm.endpoint import Message
from rag.types import Answer, Prose
from tests.helpers.scripted_endpoint import Scripted

QUESTION = "Combien de soldats compterait l'armée ukrainienne ?"
TRUE = "Selon le Commentaire de la réunion de Paris, l’armée ukrainienne compterait 800 000 soldats [S1]. "
LONG = "La suite de cette réponse ne viendra jamais, car la ligne est coupée ici même"
MARKS = re.compile(r"[«»“”„‟\"‹›]")
KEY = "sk-quite-secret-0123456789"


class Fake:
    """An endpoint that writes what it is told to, without a network."""

    def __init__(self, *texts: str, seconds: float = 60.0) -> None:
        self.settings = load_settings(llm_url="http://127.0.0.1:9/v1", llm_timeout=seconds)
        self.texts = list(texts)
        self.asked: list[Sequence[Message]] = []

    def stream(
        self,
        messages: Sequence[Message],
        seconds: float,
        max_tokens: int | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[str]:
        self.asked.append(messages)
        text = self.texts.pop(0)
        yield from (text[start : start + 9] for start in range(0, len(text), 9))


def assert_no_misquote(answer: Answer, index: Index) -> None:
    """The promises, whatever the model wrote."""
    snapshot = index.snapshot()
    texts = {info.id: snapshot.source(n).text for n, info in enumerate(snapshot.infos)}
    for quote in (*answer.quotes, *answer.near):
        assert texts[quote.source.id][quote.start : quote.end] == quote.text
    assert [quote.n for quote in answer.quotes] == list(range(1, len(answer.quotes) + 1))
    shown = [block.n for block in answer.blocks if isinstance(block, QuoteRef)]
    assert shown == [quote.n for quote in answer.quotes]
    titles = [f"«\u00a0{info.title}\u00a0»" for info in snapshot.infos]
    titles += [f"“{info.title}”" for info in snapshot.infos]
    for block in answer.blocks:
        if isinstance(block, Prose):
            words = block.text
            for title in [*titles, *(say("side_silent", answer.lang, side=s) for s in answer.silent_sides)]:
                words = words.replace(title, "")
            assert not MARKS.search(words), block.text
            assert all(int(number) in shown for number in re.findall(r"\[(\d+)\]", block.text)), block.text


def over(index: Index, server: Scripted, seconds: float = 20.0, **settings: Any) -> GroundedAssistant:
    """An assistant over the shipped documents, with the model of a server."""
    chosen = load_settings(
        corpus=index.settings.corpus,
        store=index.store,
        llm_url=server.url,
        llm_timeout=seconds,
        llm_key=KEY,
        **settings,
    )
    return GroundedAssistant(Index(chosen, index.encoder))


_assistants: dict[int, GroundedAssistant] = {}  # what they learnt of words serves all tests


def told(index: Index, *texts: str, question: str = QUESTION, **options: Any) -> Answer:
    """The answer of a model that writes these texts, one a request."""
    assistant = _assistants.setdefault(id(index), GroundedAssistant(index, Fake()))  # type: ignore[arg-type]
    assistant.endpoint = Fake(*texts)  # type: ignore[assignment]
    return assistant.ask(question, **options)
