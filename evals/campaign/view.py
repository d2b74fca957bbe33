"""What a store answers, seen from outside: the same few questions each time, each quote checked by hand."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.campaign.world import QUESTIONS, World, bytes_of
from rag.answer import answer_as_json
from rag.api import Tools, assistant_for
from rag.settings import Settings
from rag.store import Index, sync

Answered = tuple[bool, tuple[tuple[str, int, int, str, str], ...]]
"""Whether it is an answer, and what is quoted: source, start, end, text, SHA-256 of the source."""


@dataclass(frozen=True, slots=True)
class View:
    """Sources by id with their hashes, and what is answered, in the order of :data:`QUESTIONS`."""

    sources: tuple[tuple[str, str], ...]
    answers: tuple[Answered, ...]

    def unlike(self, other: View) -> str:
        """Where two views differ, in a line; empty where they do not."""
        if self.sources != other.sources:
            mine, theirs = dict(self.sources), dict(other.sources)
            ids = sorted(i for i in mine.keys() | theirs.keys() if mine.get(i) != theirs.get(i))
            return f"the sources {', '.join(ids)} differ"
        if len(self.answers) != len(other.answers):
            return f"{len(self.answers)} questions are answered, not {len(other.answers)}"
        for asked, mine_, theirs_ in zip(QUESTIONS, self.answers, other.answers, strict=False):
            if mine_ != theirs_:
                return f"{asked!r} is answered {_short(mine_)}, not {_short(theirs_)}"
        return ""


def _short(answered: Answered) -> str:
    return f"{answered[0]} {[quote[3][:40] for quote in answered[1]]}"


def quotes_in(answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Those of an answer, and the passages near to it."""
    yield from answer["quotes"]
    yield from answer["near"]


def answered(answer: Mapping[str, Any]) -> Answered:
    """What is compared of an answer."""
    told = (
        (str(q["source"]), int(q["start"]), int(q["end"]), str(q["text"]), str(q["sha256"]))
        for q in quotes_in(answer)
    )
    return bool(answer["answerable"]), tuple(told)


def view_of(settings: Settings) -> tuple[View, list[dict[str, Any]]]:
    """What an index answers, and the answers as JSON; opened anew, as another process would.

    Raises:
        RepliqueError: it cannot be read.
    """
    index = Index(settings)
    try:
        tools = Tools(assistant_for(index, llm=False))
        answers = [answer_as_json(tools.ask(question)) for question in QUESTIONS]
        return View(sources_of(tools.sources()), tuple(map(answered, answers))), answers
    finally:
        index.close()


def sources_of(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Ids and hashes of sources as JSON."""
    return tuple((str(row["id"]), str(row["sha256"])) for row in rows)


def wrong_in(world: World, answers: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong with the quotes of answers."""
    found = (world.wrong_in(quote) for answer in answers for quote in quotes_in(answer))
    return [line for line in found if line]


def seen(world: World) -> tuple[View, list[str]]:
    """What a world's own index answers, and what is wrong with it."""
    view, answers = view_of(world.settings())
    return view, wrong_in(world, answers)


_FRESH: dict[str, tuple[View, int]] = {}
_MAKING = threading.Lock()


def fresh(world: World) -> View:
    """What an index made anew of the documents as they are answers."""
    return _made_anew(world)[0]


def growth(world: World) -> float:
    """How large a world's store is, in sizes of one made anew."""
    return bytes_of(world.store) / _made_anew(world)[1]


def _made_anew(world: World) -> tuple[View, int]:
    """Answers and bytes of an index made anew; once for each state of the documents."""
    with _MAKING:
        state = world.state()
        if state not in _FRESH:
            with tempfile.TemporaryDirectory(prefix="replique-fresh-") as folder:
                settings = world.settings(store=Path(folder) / "store")
                index = Index(settings)
                sync(index)
                index.close()
                _FRESH[state] = view_of(settings)[0], bytes_of(settings.store)
        return _FRESH[state]
