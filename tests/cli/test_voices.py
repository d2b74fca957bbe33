"""Those who speak in a transcript, from the command and the services: listed, asked alone."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from rag.answer.assistant import Assistant
from rag.api.debates import Debates
from rag.api.services import Services
from rag.api.tools import Tools
from rag.settings import load_settings
from rag.store.index import Index
from rag.store.synchronise import sync
from tests.helpers.command import replique
from tests.helpers.indexes import write
from tests.helpers.transcripts import LETTER, SIDED


def test_who_speaks_is_listed_and_asked_alone(tmp_path: Path) -> None:
    write(tmp_path / "corpus", {"debat.md": SIDED, "lettre.md": LETTER})
    index = Index(load_settings(corpus=tmp_path / "corpus", store=tmp_path / "store"))
    sync(index)
    located = ["--corpus", str(tmp_path / "corpus"), "--store", str(tmp_path / "store")]
    debate, letter = json.loads(replique(*located, "sources", "--json").stdout)
    assert debate["voices"] == [
        {"name": "M. Costa", "side": "Contre", "sentences": 6},
        {"name": "Mme Ferrand", "side": "Pour", "sentences": 6},
    ]
    assert letter["voices"] == []
    assert "M. Costa [Contre] (6), Mme Ferrand [Pour] (6)" in replique(*located, "sources").stdout
    found = json.loads(replique(*located, "search", "le tramway", "--speaker", "costa", "--json").stdout)
    assert {passage["speaker"] for passage in found["passages"]} == {"M. Costa"}
    asked = json.loads(
        replique(*located, "ask", "Que propose-t-on ?", "--speaker", "Ferrand", "--json").stdout
    )
    assert {quote["speaker"] for quote in (*asked["quotes"], *asked["near"])} == {"Mme Ferrand"}
    unknown = replique(*located, "ask", "Que dit-on ?", "--speaker", "Durand")
    assert (unknown.returncode, unknown.stderr.count("\n")) == (2, 1)
    assert "M. Costa, Mme Ferrand" in unknown.stderr
    services = {each.__name__: each for each in Services(Debates(Tools(Assistant(index)))).named()}
    served = asyncio.run(services["search"]("le tramway", speakers=["Ferrand"]))  # type: ignore[arg-type, call-arg]
    assert {passage["speaker"] for passage in served["passages"]} == {"Mme Ferrand"}
