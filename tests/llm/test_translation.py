"""A quote in the reader's language: a model's words, which are never a quote."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.errors import EndpointError, InputError, SettingsError
from rag.llm.assistant import GroundedAssistant
from rag.llm.endpoint import Endpoint
from rag.ui.chat.translation import TranslationCalls
from tests.helpers.indexes import made
from tests.helpers.pages import Reader
from tests.helpers.scripted_endpoint import running, says, status

WORDS = "The bridge will close in June for 40,000 pounds."
ASKED = {"lang": "fr", "source": "note", "start": 0, "end": len(WORDS)}


def test_a_slice_is_translated_and_set_apart_from_the_quote(tmp_path: Path) -> None:
    index = made(tmp_path, {"note.md": f"---\nlanguage: en\n---\n{WORDS}\n"})
    asked = {**ASKED, "sha256": index.infos()[0].sha256}
    with running() as server:
        settings = index.settings.model_copy(update={"llm_url": server.url, "llm_model": "scripted"})
        tools = Tools(GroundedAssistant(index, Endpoint(settings)))
        (translate,) = TranslationCalls(tools).functions()

        server.script = says("« Le pont <b>fermera</b> en juin pour 40 000 livres. »")
        html = translate(asked)["html"]
        shown = Reader(html)
        assert shown.texts["translated"] == ["Le pont <b>fermera</b> en juin pour 40 000 livres."]
        assert "modèle de langue" in shown.texts["label"][0]
        assert not {"blockquote", "q", "b", "mark"} & shown.tags
        assert "warning" not in shown.texts
        sent = server.asked[-1]["body"]["messages"]
        assert sent[-1]["content"] == WORDS
        assert "français" in sent[0]["content"]

        server.script = says("Le pont fermera en juin pour 400 000 livres.")
        assert "nombres" in Reader(translate(asked)["html"]).texts["warning"][0]

        asked_before = len(server.asked)
        assert "a changé" in translate({**asked, "sha256": "0" * 64})["error"]
        assert "pas de mots" in translate({**asked, "end": 9999})["error"]
        assert len(server.asked) == asked_before
        for script in (says("« »"), status(500)):
            server.script = script
            assert set(translate(asked)) == {"error"}
        with pytest.raises(EndpointError):
            tools.translate("note", 0, len(WORDS), "fr")
        with pytest.raises(InputError):
            tools.translate("note", 5, 5, "fr")


def test_without_a_model_nothing_is_translated(tmp_path: Path) -> None:
    index = made(tmp_path, {"note.md": WORDS})
    with pytest.raises(SettingsError, match="REPLIQUE_LLM_URL"):
        Tools(Assistant(index)).translate("note", 0, len(WORDS), "fr")
