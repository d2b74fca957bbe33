"""What the page asks of the server to answer a speech."""

from __future__ import annotations

from typing import Any

import pytest

from rag.api.tools import Tools
from rag.ui.counter.calls import CounterCalls
from rag.ui.dossier.calls import DossierCalls
from tests.helpers.judges import judged_by

DENIAL = "La France n’agit pas pour la paix"
CLAIM = "La France agit pour la paix et pour les peuples."


@pytest.fixture(autouse=True)
def judge(monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, {"agit pour la paix": {DENIAL: ("contradicted", 0.9)}})


def call(tools: Tools, name: str, **asked: object) -> dict[str, Any]:
    functions = [*CounterCalls(tools).functions(), *DossierCalls(tools).functions()]
    result: dict[str, Any] = {f.__name__: f for f in functions}[name]({"lang": "fr", **asked})
    return result


def test_a_sentence_comes_back_with_its_strongest_reply(tools: Tools) -> None:
    given = call(tools, "counter_sentence", text=CLAIM, side="")
    assert DENIAL in given["html"] and DENIAL in given["best"]["html"]
    assert given["best"]["strength"] > 1
    assert given["best"]["place"].startswith("commentaire:")
    assert call(tools, "counter_sentence", text="Bonsoir à tous.", side="=Coalition")["best"] is None


def test_what_is_wrong_is_said_in_words(tools: Tools) -> None:
    assert "Martiens" in call(tools, "counter_sentence", text=CLAIM, side="=Martiens")["error"]
    assert "collez un texte" in call(tools, "speech_sentences", text="« ! »", whole=True)["error"]


def test_while_it_is_typed_only_what_has_ended_is_given(tools: Tools) -> None:
    text = f"{CLAIM} La paix est"
    assert call(tools, "speech_sentences", text=text)["sentences"] == [CLAIM]
    assert call(tools, "speech_sentences", text=text, whole=True)["sentences"] == [CLAIM, "La paix est"]
    assert call(tools, "speech_sentences", text="La paix est")["sentences"] == []


def test_a_card_may_bring_its_tag_and_is_read_out_as_long_as_it_is(tools: Tools) -> None:
    found = tools.counter_sentence(CLAIM)
    quote = found.against[0].quote
    place = {"source": quote.source.id, "sha256": quote.source.sha256, "start": quote.start, "end": quote.end}
    added = call(tools, "change_dossier", do="add", dossier=None, quote={**place, "tag": "Contre : tout"})
    assert added["dossier"]["cards"][0]["tag"] == "Contre : tout"
    (card,) = call(tools, "read_out", dossier=added["dossier"], pace=60)["cards"]
    assert quote.text.split()[0] in card["html"] and "Contre : tout" in card["html"]
    words = len(quote.text.split()) + 2
    assert abs(card["seconds"] - words) <= 3, "a word a second"
    assert call(tools, "read_out", dossier=None, pace=None)["cards"] == []
