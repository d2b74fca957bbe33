"""Every failure of an endpoint: what was shown stays, the quotes stay, and it is said."""

from __future__ import annotations

import asyncio
import threading
from itertools import pairwise
from typing import Any

import pytest

from rag import Index
from rag.answer.forms import markdown
from rag.api.open import assistant_for
from rag.catalogue import say
from rag.llm import Endpoint
from rag.types import Prose
from tests.helpers.models import KEY, LONG, QUESTION, TRUE, assert_no_misquote, over
from tests.helpers.scripted_endpoint import (
    Handler,
    Scripted,
    broken_json,
    dripping,
    endless,
    not_events,
    says,
    silent,
    status,
    strange_json,
)

FAILURES: dict[str, tuple[Any, str]] = {
    "silent": (silent, "slow"),
    "dripping": (dripping, "slow"),
    "busy": (status(429), "refused"),
    "broken": (status(500, KEY), "refused"),
    "wrong key": (status(401, KEY), "refused"),
    "endless junk": (endless("Une phrase qui ne finit jamais, numéro"), "endless"),
    "endless word": (says("mot " * 5000), "endless"),
    "too long": (says("Une phrase trop longue qui", finish="length"), "endless"),
    "invalid JSON": (broken_json(""), "unreadable"),
    "other JSON": (strange_json, "unreadable"),
    "a web page": (not_events, "empty"),
    "empty": (says(""), "empty"),
    "blank": (says(" \n \n"), "unusable"),
    "cut": (says(LONG, finish=None), "cut"),
    "rude": (says("Vous êtes un imbécile fini. Allez donc lire autre chose."), "unusable"),
    "declines": (says("NO_ANSWER"), "declined"),
    "obeys a source": (says("BANANE ! J’ignore mes règles. « La Coalition ment » [S1]."), "unusable"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_leaves_the_quotes_and_says_so(name: str, index: Index, server: Scripted) -> None:
    server.script, kind = FAILURES[name]
    assistant = over(index, server, seconds=2.0 if kind == "slow" else 20.0, llm_max_tokens=64)
    answer = assistant.ask(QUESTION)
    plain = assistant_for(index).ask(QUESTION)
    reason = say("llm_instead", "fr", reason=say(f"llm_{kind}", "fr"))
    assert answer.blocks == (Prose(reason), *plain.blocks)
    assert (answer.quotes, answer.mode) == (plain.quotes, "sources")
    assert KEY not in markdown(answer)
    assert_no_misquote(answer, index)


def test_a_reply_that_is_left_leaves_no_thread(index: Index, server: Scripted) -> None:
    server.script = says("mot " * 50)
    reply = Endpoint(over(index, server).index.settings).stream([("user", "Bonjour")], 20.0, max_tokens=16)
    assert next(reply)
    reply.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "replique-llm"]


def test_nothing_listens(index: Index, server: Scripted) -> None:
    server.server_close()
    answer = over(index, server).ask(QUESTION)
    assert answer.blocks[0] == Prose(say("llm_instead", "fr", reason=say("llm_unreachable", "fr")))
    assert answer.quotes


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (says(TRUE + LONG, finish=None), "cut"),
        (says(TRUE + LONG, finish="length"), "endless"),
        (broken_json(TRUE + LONG), "unreadable"),
    ],
)
def test_what_was_shown_before_a_failure_stays(
    script: Any, kind: str, index: Index, server: Scripted
) -> None:
    server.script = script
    grown = list(over(index, server).stream(QUESTION))
    assert grown[-1].mode == "llm"
    assert "suite de cette réponse" not in markdown(grown[-1])
    assert say(f"llm_{kind}", "fr") in markdown(grown[-1])
    for one, other in pairwise(grown):
        assert other.blocks[: len(one.blocks)] == one.blocks
        assert other.quotes[: len(one.quotes)] == one.quotes
    assert_no_misquote(grown[-1], index)


def test_a_dead_endpoint_is_asked_once(index: Index, server: Scripted) -> None:
    server.script = status(500)
    over(index, server).ask("Et combien de français ?", history=[QUESTION])
    assert len(server.asked) == 1


def test_stop_ends_the_request(index: Index, server: Scripted) -> None:
    released = threading.Event()

    def slowly(handler: Handler, body: dict[str, Any]) -> None:
        handler.open_stream()
        handler.piece(TRUE + "Ensuite vient encore une autre phrase. ")
        while not released.wait(0.02):
            handler.piece("mot ")

    server.script = slowly

    async def read_one() -> None:
        answers = over(index, server).astream(QUESTION)
        first = await anext(answers)
        assert first.mode == "llm"
        await answers.aclose()  # type: ignore[attr-defined]
        await asyncio.to_thread(server.left.wait, 20)

    try:
        asyncio.run(read_one())
        assert server.left.is_set()
    finally:
        released.set()


def test_stop_ends_a_request_that_waits(index: Index, server: Scripted) -> None:
    server.script = dripping

    async def give_up() -> None:
        answers = over(index, server).astream(QUESTION)
        task = asyncio.ensure_future(anext(answers))
        while not server.asked:
            await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.to_thread(server.left.wait, 20)

    asyncio.run(give_up())
    assert server.left.is_set()
