"""No quote that is not a slice leaves the program: by command line, endpoint, agent or page."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from rag import Assistant
from rag.api import briefs as briefs_module
from rag.api import tools as tools_module
from rag.api.debates import Debates
from rag.api.services import Services
from rag.api.tools import Tools
from rag.api.verify import VerifyServices
from rag.cli.app import app
from rag.debate.debate import Debate
from rag.dossier import check as dossier_check
from rag.drill.drill import Drill
from rag.errors import QuoteError
from rag.search.retriever import Retriever
from rag.verify.said import Substance
from rag.verify.verifier import Verifier
from tests.helpers.command import replique
from tests.helpers.damages import DAMAGES, Damage, assert_slices, corrupt
from tests.helpers.judge import fake_judge
from tests.helpers.judges import taken_at_its_word

QUESTION = "Combien de soldats compterait l’armée ukrainienne ?"
MANY = "Que disent les textes de la paix en Ukraine ?"

# --- the command line -----------------------------------------------------------------------------

GIVE_QUOTES = {
    "ask": (["ask", QUESTION], Assistant, "ask"),
    "search": (["search", "cessez-le-feu"], Retriever, "search"),
    "verify": (["verify", "800 000 soldats"], Verifier, "verify"),
    "face": (["face", "la paix en Ukraine", "--echoes"], Debate, "face"),
    "rebut": (["rebut", "La France agit pour la paix."], Debate, "rebut"),
    "brief": (["brief"], briefs_module, "make_brief"),
    "counter": (["counter", "--speech", "-"], Debate, "counter"),
}
SPEECH = "La France agit pour la paix. Il a dit : « une force armée ukrainienne de 900 000 soldats »."
GIVE_NONE = {"index", "add", "show", "sources", "feedback", "eval", "serve", "doctor"}
GIVE_PARTS = {"drill"}  # slices of another form


def test_every_command_is_known_to_give_quotes_or_none() -> None:
    names = {each.name or each.callback.__name__ for each in app.registered_commands if each.callback}
    assert names == GIVE_QUOTES.keys() | GIVE_NONE | GIVE_PARTS


@pytest.mark.parametrize("name", GIVE_QUOTES)
def test_sound_quotes_leave_by_the_command_line(name: str, shipped: Assistant, shipped_store: Path) -> None:
    done = replique(*GIVE_QUOTES[name][0], "--json", store=shipped_store, stdin=SPEECH)
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
    done = replique(*arguments, *form, store=shipped_store, stdin=SPEECH)
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
    corrupt(monkeypatch, Assistant, "ask", DAMAGES["changed text"], least=2)
    done = replique("ask", MANY, "--json", store=shipped_store)
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


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_said_in_substance_does_not_leave_damaged(
    damage: Damage, shipped: Assistant, shipped_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = fake_judge(
        {"Il a été décidé qu’il y aurait une « convergence opérationnelle ».": (0.9, 0.1, 0, 0)}
    )
    monkeypatch.setattr("rag.search.judged.load_judge", lambda: judge)
    taken_at_its_word(monkeypatch)
    command = ["verify", "Les volontaires agiront de concert", "--json"]
    done = replique(*command, store=shipped_store)
    assert assert_slices(shipped, json.loads(done.stdout)["meaning"]) == 1
    corrupt(monkeypatch, Substance, "meaning", damage)
    done = replique(*command, store=shipped_store)
    assert (done.returncode, done.stdout) == (1, "")
    with pytest.raises(QuoteError, match="ask again"):
        asyncio.run(VerifyServices(Debates(Tools(shipped))).verify(command[1]))


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_slice_becomes_no_card_and_no_page(
    damage: Damage, shipped: Assistant, shipped_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, page = tmp_path / "d.json", tmp_path / "d.md"
    add = ["dossier", "add", str(file), "--source", "declaration", "--start", "1394", "--end", "1495"]
    export = ["dossier", "export", str(file), str(page)]
    for arguments in (["dossier", "new", str(file)], add, export):
        assert replique(*arguments, store=shipped_store).returncode == 0
    kept, sound = file.read_bytes(), page.read_bytes()
    corrupt(monkeypatch, tools_module, "make_card", damage)
    corrupt(monkeypatch, dossier_check, "as_now", damage)
    for arguments in (add, export):
        done = replique(*arguments, store=shipped_store)
        assert (done.returncode, done.stdout) == (1, "")
        assert "ask again" in done.stderr
    assert (file.read_bytes(), page.read_bytes()) == (kept, sound)


# --- endpoints and agents -------------------------------------------------------------------------


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_quotes_do_not_leave_by_an_endpoint(
    damage: Damage, shipped: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = Services(Debates(Tools(shipped)))
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
    "face": ({"motion": "la paix en Ukraine", "echoes": True}, Debate, "face"),
    "rebut": ({"claim": "La France agit pour la paix."}, Debate, "rebut"),
    "brief": ({}, briefs_module, "make_brief"),
    "counter": ({"speech": SPEECH}, Debate, "counter"),
    "drill": ({"count": 2}, Drill, "begin"),
    "drill_grade": ({"question": "", "answer": ""}, Drill, "grade"),
    "dossier_card": ({"source": "declaration", "start": 1394, "end": 1495}, tools_module, "make_card"),
    "dossier_check": ({"dossier": {}}, dossier_check, "as_now"),
    "dossier_export": ({"dossier": {}, "format": "md"}, dossier_check, "as_now"),
}
GIVE_NO_QUOTES = {"debates", "sources", "drill_overrule"}


def test_every_service_is_known_to_give_quotes_or_none(shipped: Assistant) -> None:
    named = {each.__name__ for each in Services(Debates(Tools(shipped))).named()}
    assert named == SERVICES.keys() | GIVE_NO_QUOTES


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("name", SERVICES)
def test_damaged_quotes_do_not_leave_by_a_service(
    name: str, damage: Damage, shipped: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = {each.__name__: each for each in Services(Debates(Tools(shipped))).named()}
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
