"""Whom the services hear, and words looked for, as a client of the API or the command asks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.api.debates import Debates
from rag.api.services import Services
from rag.api.tools import Tools
from rag.errors import InputError
from rag.settings import load_settings
from rag.store.index import Index
from rag.store.synchronise import sync
from tests.helpers.command import replique
from tests.helpers.damages import quotes_of
from tests.helpers.indexes import write
from tests.helpers.transcripts import LETTER, SIDED

RAILS = "Les rails abîment les pavés de la vieille ville"
COSTA = {"speakers": ["Costa"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("scopes")
    write(place / "corpus", {"debat.md": SIDED, "lettre.md": LETTER})
    index = Index(load_settings(corpus=place / "corpus", store=place / "store"))
    sync(index)
    index.close()
    return place


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Any]:
    index = Index(load_settings(corpus=folder / "corpus", store=folder / "store"))
    services: dict[str, Any] = {
        each.__name__: each for each in Services(Debates(Tools(Assistant(index)))).named()
    }

    def call(name: str, **arguments: object) -> Any:
        return json.loads(json.dumps(asyncio.run(services[name](**arguments))))

    yield call
    index.close()


def run(folder: Path, *arguments: str) -> Any:
    done = replique(
        "--corpus", str(folder / "corpus"), "--store", str(folder / "store"), *arguments, "--json"
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def heard(data: object) -> set[str | None]:
    return {quote.get("speaker") for quote in quotes_of(data)}


def test_every_tool_hears_those_chosen_alone(served: Any) -> None:
    assert served("verify", quote=RAILS, speakers=["Ferrand"])["verdict"] == "absent"
    assert served("verify", quote=RAILS, **COSTA)["verdict"] == "exact"
    (speech,) = served("verify_speech", speech=f"On dit : « {RAILS} ».", sources=["lettre"])["results"]
    assert speech["verdict"] == "absent"
    rebuttal = served("rebut", claim="Le tramway coûte moins que le métro.", side="Pour", sides=["Contre"])
    assert rebuttal["among_sides"] == ["Contre"]
    assert heard(rebuttal) <= {"M. Costa"}
    begun = served("drill", count=3, lang="fr", **COSTA)
    found = [question["shown"] for question in begun["questions"]]
    assert found
    face = served("face", motion="le tramway", sides=["Pour", "Contre"])
    assert face["sides"] == ["Contre", "Pour"]
    with pytest.raises(InputError, match="fewer than two sides"):
        served("face", motion="le tramway", **COSTA)
    for wrong in ("Pour", [3], None):
        with pytest.raises(InputError, match="give a list of names"):
            served("rebut", claim="Le tramway", sides=wrong)


def test_words_are_looked_for(served: Any, folder: Path) -> None:
    found = served("search", query="le TRAMWAY coute", literal=True, k=1)
    assert (found["literal"], found["count"], len(found["passages"])) == (True, 2, 1)
    assert found["passages"][0]["text"] == "Le tramway coûte"
    assert served("search", query="le TRAMWAY", literal=True, exact=True)["count"] == 0
    assert served("search", query="tramw*", literal=True, sides=["Riverains"])["count"] == 1
    told = run(folder, "search", "le tramway coute", "--literal", "--speaker", "Costa")
    assert (told["count"], heard(told)) == (1, {"M. Costa"})
    plain = replique(
        "--corpus", str(folder / "corpus"), "--store", str(folder / "store"), "search", "pavés", "--literal"
    )
    assert plain.stdout.endswith("1 occurrence\n")
    assert replique("search", "x", "--exact").returncode == 2


def test_the_command_hears_those_chosen_alone(folder: Path) -> None:
    assert run(folder, "verify", RAILS, "--side", "Pour")["verdict"] == "absent"
    assert run(folder, "verify", RAILS, "--among-side", "Contre")["verdict"] == "exact"
    mine = run(folder, "rebut", "Le tramway coûte cher.", "--side", "Contre", "--among-side", "Pour")
    assert (mine["side"], mine["among_sides"]) == ("Contre", ["Pour"])
    (question, *_) = run(folder, "drill", "--questions", "2", "--speaker", "Costa")["questions"]
    graded = run(folder, "drill", "--answer", question["id"], "rien", "--speaker", "Costa")
    assert heard(graded["expected"]) == {"M. Costa"}
    face = replique(
        "--corpus", str(folder / "corpus"), "--store", str(folder / "store"),
        "face", "le tramway", "--source", "lettre",
    )  # fmt: skip
    assert (face.returncode, face.stderr.count("\n")) == (2, 1)
    assert "fewer than two sides speak (1: Riverains)" in face.stderr


def test_marks_of_a_card_are_those_that_the_owner_gives(served: Any) -> None:
    (quote, *_) = served("ask", question="Que propose M. Costa ?")["quotes"]
    place = {key: quote[key] for key in ("source", "start", "end", "sha256")}
    marks = [[quote["start"], quote["start"] + 2]]
    (card,) = served("dossier_card", **place, suggested=marks)["dossier"]["cards"]
    assert (card["quote"]["highlights"], card["suggested"]) == ([], marks)
    (checked,) = served(
        "dossier_check", dossier=served("dossier_card", **place, highlights=marks)["dossier"]
    )["cards"]
    assert (checked["quote"]["highlights"], checked["suggested"]) == (marks, [])
