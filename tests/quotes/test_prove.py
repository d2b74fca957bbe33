"""No quote that is not a slice leaves the program, by command line, endpoint or page."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from rag import Assistant
from rag.api import dossier as dossier_services
from rag.api.services import Services
from rag.cli.app import app
from rag.debate.debate import Debate
from rag.dossier import check as dossier_check
from rag.drill.drill import Drill
from rag.errors import QuoteError
from rag.quotes.prove import prove_answer, prove_quotes, prove_whole, proven, quotes_in, with_quotes
from rag.search.retriever import Retriever
from rag.types import Answer, Quote, QuoteRef, text_hash
from rag.verify.verifier import Verifier
from tests.helpers.command import replique

QUESTION = "Combien de soldats compterait l’armée ukrainienne ?"
Damage = Callable[[Quote], Quote]

DAMAGES: dict[str, Damage] = {
    "changed text": lambda quote: replace(quote, text=quote.text[:-1] + "¤"),
    "shifted offset": lambda quote: replace(quote, start=quote.start + 1, end=quote.end + 1),
    "longer": lambda quote: replace(quote, end=quote.end + 1),
    "wrong hash": lambda quote: replace(quote, source=replace(quote.source, sha256="0" * 64)),
    "another source": lambda quote: replace(quote, source=replace(quote.source, id="nulle-part")),
    "words before": lambda quote: replace(quote, before="¤" + quote.before),
    "words after": lambda quote: replace(quote, after=quote.after + "¤"),
    "lead-in": lambda quote: replace(quote, lead_in="¤ :"),
    "marks outside": lambda quote: replace(quote, highlights=((quote.end - 1, quote.end + 1),)),
}


def tampered(found: Any, damage: Damage, least: int = 0) -> Any:
    """A result with its quotes damaged, those of an answer from number ``least``."""
    if isinstance(found, Quote):
        return damage(found) if found.n >= least else found
    if is_dataclass(found) and not isinstance(found, type):
        changed = {field.name: tampered(getattr(found, field.name), damage, least) for field in fields(found)}
        return replace(found, **changed)
    if isinstance(found, list | tuple):
        return type(found)(tampered(item, damage, least) for item in found)
    if isinstance(found, Mapping):
        return {key: tampered(value, damage, least) for key, value in found.items()}
    return found


def quotes_of(data: object) -> Iterator[dict[str, Any]]:
    """The quotes in JSON, wherever they are."""
    if isinstance(data, dict):
        if {"source", "start", "end", "sha256"} <= data.keys():
            yield data
        for value in data.values():
            yield from quotes_of(value)
    elif isinstance(data, list):
        for item in data:
            yield from quotes_of(item)


def assert_slices(assistant: Assistant, data: object) -> int:
    """Every quote in JSON is a slice of a source, with its hash; gives their number."""
    snapshot = assistant.index.snapshot()
    texts = {info.id: snapshot.source(number).text for number, info in enumerate(snapshot.infos)}
    found = list(quotes_of(data))
    for quote in found:
        text = texts[quote["source"]]
        words = quote["text"] if "text" in quote else quote["actual"]  # of a verification
        assert text[quote["start"] : quote["end"]] == words
        assert quote["sha256"] == text_hash(text)
        assert text[: quote["start"]].endswith(quote.get("before", ""))
        assert text[quote["end"] :].startswith(quote.get("after", ""))
        assert all(quote["start"] <= a < b <= quote["end"] for a, b in quote.get("highlights", ()))
    return len(found)


@pytest.fixture
def quotes(shipped: Assistant) -> list[Quote]:
    return Retriever(shipped.index, k=3).search("Ukraine")


def corrupt(
    monkeypatch: pytest.MonkeyPatch, home: object, method: str, damage: Damage, least: int = 0
) -> None:
    """Make a method of a class or a function of a module give damaged quotes, as a fault of ours would."""
    true = getattr(home, method)
    monkeypatch.setattr(
        home, method, lambda self, *args, **options: tampered(true(self, *args, **options), damage, least)
    )


# --- the check ------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_quote_that_is_not_a_slice_is_dropped_and_logged(
    shipped: Assistant, quotes: list[Quote], damage: Damage, caplog: pytest.LogCaptureFixture
) -> None:
    assert prove_quotes(quotes, shipped.index) == tuple(quotes)
    assert not caplog.records
    bad = damage(quotes[1])
    assert prove_quotes([quotes[0], bad, quotes[2]], shipped.index) == (quotes[0], quotes[2])
    assert len(caplog.records) == 1
    with pytest.raises(QuoteError, match="ask again"):
        prove_whole({"found": [(quotes[0], bad)]}, shipped.index)


def test_of_a_source_that_is_gone_nothing_passes(quotes: list[Quote]) -> None:
    assert proven(quotes, {}) == ()


def test_what_is_sound_passes_whole(shipped: Assistant) -> None:
    answer = shipped.ask(QUESTION)
    assert prove_answer(answer, shipped.index) == answer
    assert prove_whole(answer, shipped.index) is answer
    assert list(quotes_in(answer)) == [*answer.quotes, *answer.near]


def test_an_answer_goes_on_without_a_bad_quote(shipped: Assistant) -> None:
    answer = shipped.ask("Que disent les textes de la paix en Ukraine ?")
    assert len(answer.quotes) > 1
    proved = prove_answer(tampered(answer, DAMAGES["changed text"], least=2), shipped.index)
    assert [quote.n for quote in proved.quotes] == [1]
    assert [block.n for block in proved.blocks if isinstance(block, QuoteRef)] == [1]
    assert proved.sides == {str(answer.quotes[0].source.side): (1,)}
    assert with_quotes(proved) == proved


def test_an_answer_that_loses_all_its_quotes_is_not_given_as_silence(shipped: Assistant) -> None:
    answer = tampered(shipped.ask(QUESTION), DAMAGES["changed text"])
    with pytest.raises(QuoteError, match="ask again"):
        with_quotes(prove_answer(answer, shipped.index))


# --- the command line -----------------------------------------------------------------------------

GIVE_QUOTES = {
    "ask": (["ask", QUESTION], Assistant, "ask"),
    "search": (["search", "cessez-le-feu"], Retriever, "search"),
    "verify": (["verify", "800 000 soldats"], Verifier, "verify"),
    "face": (["face", "la paix en Ukraine"], Debate, "face"),
    "rebut": (["rebut", "La France agit pour la paix."], Debate, "rebut"),
}
GIVE_NONE = {"index", "show", "sources", "feedback", "eval", "serve", "doctor"}
GIVE_PARTS = {"drill"}  # slices of another form


def test_every_command_is_known_to_give_quotes_or_none() -> None:
    names = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    assert names == GIVE_QUOTES.keys() | GIVE_NONE | GIVE_PARTS


@pytest.mark.parametrize("name", GIVE_QUOTES)
def test_sound_quotes_leave_by_the_command_line(name: str, shipped: Assistant, shipped_store: Path) -> None:
    done = replique(*GIVE_QUOTES[name][0], "--json", store=shipped_store)
    assert done.returncode == 0, done.stderr
    assert assert_slices(shipped, json.loads(done.stdout)) > 0


@pytest.mark.parametrize("form", [["--json"], []], ids=["json", "text"])
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("name", GIVE_QUOTES)
def test_damaged_quotes_do_not(
    name: str,
    damage: Damage,
    form: list[str],
    shipped: Assistant,
    shipped_store: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arguments, home, method = GIVE_QUOTES[name]
    corrupt(monkeypatch, home, method, damage)
    done = replique(*arguments, *form, store=shipped_store)
    assert "¤" not in done.stdout
    if name == "search":
        assert done.stdout.strip() == ('{"query": "cessez-le-feu", "passages": []}' if form else "")
    else:
        assert (done.returncode, done.stdout) == (1, "")
        assert "ask again" in done.stderr


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_slices_are_not_asked_about(
    damage: Damage, shipped: Assistant, shipped_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["drill", "--questions", "2", "--seed", "1", "--json"]
    assert replique(*arguments, store=shipped_store).returncode == 0
    corrupt(monkeypatch, Drill, "begin", damage)
    done = replique(*arguments, store=shipped_store)
    assert (done.returncode, done.stdout) == (1, "")


def test_of_an_answer_the_sound_quotes_leave(
    shipped: Assistant, shipped_store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    question = "Que disent les textes de la paix en Ukraine ?"
    corrupt(monkeypatch, Assistant, "ask", DAMAGES["changed text"], least=2)
    done = replique("ask", question, "--json", store=shipped_store)
    data = json.loads(done.stdout)
    assert assert_slices(shipped, data) == len(data["quotes"]) == 1
    assert "¤" not in done.stdout
    assert "failed its check" in caplog.text


def test_a_speech_with_a_damaged_finding_does_not_leave(
    shipped_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speech = tmp_path / "speech.txt"
    speech.write_text("On lit : « une force armée ukrainienne de 800 000 soldats ».", encoding="utf-8")
    command = ["verify", "--speech", str(speech), "--json"]
    assert "800 000" in replique(*command, store=shipped_store).stdout
    corrupt(monkeypatch, Verifier, "speech", DAMAGES["shifted offset"])
    done = replique(*command, store=shipped_store)
    assert (done.returncode, done.stdout) == (1, "")


# --- endpoints and page ---------------------------------------------------------------------------


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_quotes_do_not_leave_by_an_endpoint(
    damage: Damage, shipped: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = Services(shipped)
    assert assert_slices(shipped, asyncio.run(services.ask(QUESTION))) > 0
    corrupt(monkeypatch, Retriever, "search", damage)
    corrupt(monkeypatch, Assistant, "ask", damage)
    assert asyncio.run(services.search("cessez-le-feu"))["passages"] == []
    with pytest.raises(QuoteError, match="ask again"):
        asyncio.run(services.ask(QUESTION))

    async def streamed() -> list[dict[str, Any]]:
        given = []
        with pytest.raises(QuoteError, match="ask again"):
            async for answer in services.ask_stream(QUESTION):
                given.append(answer)  # noqa: PERF401 - what came before the error counts
        return given

    assert assert_slices(shipped, asyncio.run(streamed())) == 0


SERVICES: dict[str, tuple[dict[str, Any], object, str]] = {
    "ask": ({"question": QUESTION}, Assistant, "ask"),
    "search": ({"query": "cessez-le-feu"}, Retriever, "search"),
    "verify": ({"quote": "800 000 soldats"}, Verifier, "verify"),
    "verify_speech": ({"speech": "On lit : « 800 000 soldats »."}, Verifier, "speech"),
    "face": ({"motion": "la paix en Ukraine"}, Debate, "face"),
    "rebut": ({"claim": "La France agit pour la paix."}, Debate, "rebut"),
    "drill": ({"count": 2}, Drill, "begin"),
    "drill_grade": ({"question": "", "answer": ""}, Drill, "grade"),
    "dossier_card": ({"source": "declaration", "start": 1394, "end": 1495}, dossier_services, "make_card"),
    "dossier_check": ({"dossier": {}}, dossier_check, "as_now"),
    "dossier_export": ({"dossier": {}, "format": "md"}, dossier_check, "as_now"),
}
GIVE_NO_QUOTES = {"sources", "drill_overrule"}


def test_every_service_is_known_to_give_quotes_or_none(shipped: Assistant) -> None:
    assert {each.__name__ for each in Services(shipped).named()} == SERVICES.keys() | GIVE_NO_QUOTES


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("name", SERVICES)
def test_damaged_quotes_do_not_leave_by_a_service(
    name: str, damage: Damage, shipped: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = {each.__name__: each for each in Services(shipped).named()}
    given, home, method = SERVICES[name]
    arguments = dict(given)
    if "question" in arguments and not arguments["question"]:
        arguments["question"] = asyncio.run(services["drill"](1))["questions"][0]["id"]
    if "dossier" in arguments:
        arguments["dossier"] = asyncio.run(services["dossier_card"]("declaration", 1394, 1495))["dossier"]
    sound = json.dumps(asyncio.run(services[name](**arguments)))
    assert_slices(shipped, json.loads(sound))
    corrupt(monkeypatch, home, method, damage)
    if name == "search":
        assert asyncio.run(services[name](**arguments))["passages"] == []
        return
    with pytest.raises(QuoteError, match="ask again"):
        asyncio.run(services[name](**arguments))


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_quotes_do_not_leave_by_the_page(
    damage: Damage, shipped: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from rag.ui.chat.calls import Calls

    async def shown() -> str:
        asked = {"lang": "fr", "question": QUESTION, "history": [], "turn": "1"}
        return json.dumps([update async for update in Calls(shipped).ask(asked)], ensure_ascii=False)

    assert "<blockquote" in asyncio.run(shown())
    corrupt(monkeypatch, Assistant, "ask", damage)
    with caplog.at_level(logging.ERROR):
        page = asyncio.run(shown())
    assert "<blockquote" not in page
    assert "¤" not in page
    assert "failed its check" in caplog.text


def test_an_answer_kept_by_a_browser_is_checked_again(shipped: Assistant) -> None:
    from rag.ui.chat.record import as_record, restore

    answer: Answer = shipped.ask(QUESTION)
    assert restore(as_record(answer), shipped.index).answer.quotes == answer.quotes
    for damage in DAMAGES.values():
        assert restore(as_record(tampered(answer, damage)), shipped.index).answer.quotes == ()
