"""What the page asks of the server for the views of the debate tools and of checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.settings import load_settings
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.ui.debate.calls import DebateCalls
from rag.ui.debate.examples import altered
from rag.ui.verify.calls import VerifyCalls
from tests.helpers.debates import DECREE, LEAFLET
from tests.helpers.judges import judged_by
from tests.helpers.pages import read

Calls = list[Callable[..., Any]]


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calls]:
    folder = tmp_path_factory.mktemp("wolves")
    (folder / "docs").mkdir()
    (folder / "docs/arrete.md").write_text(DECREE, encoding="utf-8")
    (folder / "docs/tract.md").write_text(LEAFLET, encoding="utf-8")
    index = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
    sync(index)
    tools = Tools(Assistant(index))
    yield [*VerifyCalls(tools).functions(), *DebateCalls(tools).functions()]
    index.close()


def call(calls: Calls, name: str, **asked: object) -> dict[str, Any]:
    by_name = {function.__name__: function for function in calls}
    result: dict[str, Any] = by_name[name]({"lang": "fr", **asked})
    return result


def shown(parts: list[str], css_class: str) -> list[str]:
    return read(parts).texts.get(css_class, [])


def test_a_true_quote_is_exact_in_its_context(calls: Calls) -> None:
    text = "« dont le retour enrichit la forêt »"
    given = call(calls, "verify", text=text, kind="quote", attributed="Préfecture")
    assert shown([given["html"]], "verdict")[0].startswith("Exact")
    assert shown([given["html"]], "quote-text") == ["dont le retour enrichit la forêt"]
    around = shown([given["html"]], "around")
    assert around[0] == "Le loup est une espèce protégée "
    assert around[1].startswith(". Les tirs")
    assert "exact (1)" in given["said"]
    given = call(calls, "verify", text=text, kind="quote", attributed="Bergers")
    assert shown([given["html"]], "verdict")[0].startswith("Mal attribué")
    assert "ce n’est pas là" in shown([given["html"]], "attribution")[0]


def test_an_altered_quote_is_shown_beside_the_true_words(calls: Calls) -> None:
    text = "Les tirs de défense seront autorisés lorsque trois attaques ont été constatées"
    html = call(calls, "verify", text=text, kind="quote", attributed="Préfecture")["html"]
    assert "le plus proche" in shown([html], "attribution")[0]
    assert re.findall("<del>.*?</span>(.*?)<span", html) == ["seront", "trois"]
    assert re.findall("<ins>.*?</span>(.*?)<span", html) == ["peuvent être", "deux"]
    effects = read([html]).texts["effects"][0]
    assert "nombre" in effects or "trois" in effects


@pytest.mark.parametrize(("kind", "count"), [("quote", 1), ("speech", 1), ("sentences", 2)])
def test_a_speech_is_checked_quote_by_quote_and_by_choice_sentence_by_sentence(
    calls: Calls, kind: str, count: int
) -> None:
    text = "On nous ment sans cesse sur les troupeaux. L’arrêté parle d’« une espèce protégée », dit-on."
    given = call(calls, "verify", text=text, kind=kind)
    assert given["html"].count("<article") == count
    assert "une espèce protégée" in shown([given["html"]], "quote-text")


def test_a_speech_without_quotes_says_what_to_choose(calls: Calls) -> None:
    given = call(calls, "verify", text="Le loup est beau.", kind="speech")
    assert "ne cite rien" in given["html"]
    assert "sans guillemets" in given["html"]


def test_both_sides_face_each_other_and_a_silent_one_is_said(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"sera indemnisée": ("supported", 0.9), "Aucune brebis": ("contradicted", 0.9)}
    judged_by(
        monkeypatch,
        {
            "brebis": told,  # type: ignore[dict-item]
            "transhumance": {"touristes": ("supported", 0.9)},
            "enrichit rien": {"enrichit la forêt": ("contradicted", 0.9)},
        },
    )
    page = read([call(calls, "face", motion="Faut-il indemniser les brebis ?")["html"]])
    bergers, prefecture = page.texts["cell"]
    assert "contre" in bergers and "Aucune brebis" in bergers
    assert "pour" in prefecture and "sera indemnisée" in prefecture
    assert "silence" not in page.texts and "echoes" not in page.texts
    page = read([call(calls, "face", motion="La transhumance est menacée", echoes="1")["html"]])
    assert page.texts["silence"] == ["N’en dit rien."]
    assert "tirs de défense" in page.texts["echoes"][0]
    given = call(calls, "face", motion="")
    assert given["html"].count('class="point"') == 2, "what divides them"
    assert given["said"] == "Points\u00a0: 2."


def test_a_rebuttal_warns_that_a_quote_is_limited_by_what_introduces_it(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"piégeage des louves": ("contradicted", 0.9), "n’enrichit rien": ("supported", 0.8)}
    judged_by(monkeypatch, {"piégeage": told})  # type: ignore[dict-item]
    given = call(calls, "rebut", claim="Le piégeage des louves est permis", side="=Bergers")
    page = read([given["html"]])
    assert page.texts["quote-text"][0].startswith("le piégeage des louves avec leurs petits")
    assert any("sauf" in warning for warning in page.texts["warning"])
    assert "Jugé" not in given["html"]
    judged = call(calls, "rebut", claim="Le piégeage des louves est permis", side="?")
    assert "Jugé" in judged["html"]
    assert shown([judged["html"]], "whose")[0].endswith("Bergers")


def test_what_is_offered_suits_the_corpus(calls: Calls) -> None:
    given = call(calls, "offers")
    assert "Préfecture" in given["names"]
    assert all("=Bergers" in given["sides"][name] for name in ("rebut", "drill"))
    text = shown([given["verify"]], "suggestion")[0]
    checked = call(calls, "verify", text=text, kind="quote")["html"]
    assert "check-altered" in checked
    claim = shown([given["rebut"]], "suggestion")[0]
    assert "card" in call(calls, "rebut", claim=claim, side="?")["html"]


@pytest.mark.parametrize(
    ("true", "changed"),
    [
        ("Il y a 800 000 loups en 2026.", "Il y a 801 000 loups en 2026."),
        ("Cela ne se fera pas demain.", "Cela ne se fera demain."),
        ("On le verra certainement bientôt.", "On le verra bientôt."),
        ("Oui.", "Oui."),
    ],
)
def test_an_example_has_one_thing_changed(true: str, changed: str) -> None:
    assert altered(true) == changed


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("verify", {"text": " ", "kind": "quote"}, "rien à vérifier"),
        ("verify", {"text": "x" * 2_000_000, "kind": "quote"}, "trop long"),
        (
            "verify",
            {"text": "Le loup", "kind": "quote", "attributed": "Martiens"},
            "rien ne s’appelle Martiens",
        ),
        ("verify", {}, "erreur inattendue"),
        ("face", {"motion": "?"}, "pas de mots"),
        ("rebut", {"claim": "Le loup", "side": ""}, "qui avance"),
        ("rebut", {"claim": "Le loup", "side": "=Martiens"}, "plus de côté Martiens"),
        ("rebut", {"claim": "", "side": "?"}, "pas de mots"),
    ],
)
def test_what_cannot_be_is_said(calls: Calls, name: str, asked: dict[str, Any], said: str) -> None:
    given = call(calls, name, **asked)
    assert said in read([given["error"]]).texts["error"][0]
