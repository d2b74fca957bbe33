"""The views of the debate tools: their HTML, and what the page asks of the server for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.debate.echoes import Echo
from rag.debate.face_to_face import Face, Opposed, Point
from rag.debate.rebuttal import Rebuttal, Reply
from rag.settings import load_settings
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.types import Language, Quote
from rag.ui.debate import view as debate_view
from rag.ui.debate.calls import DebateCalls
from rag.ui.debate.examples import altered
from rag.ui.verify import view as verify_view
from rag.ui.verify.calls import VerifyCalls
from rag.verify.types import Attribution, Difference, Effect, Verification
from tests.helpers.debates import DECREE, LEAFLET
from tests.helpers.pages import OURS, TRICKS, make_quote, make_source, read

LANGUAGES: tuple[Language, ...] = ("fr", "en")
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


def trick(at: int = 0, side: str = TRICKS) -> Quote:
    """A quote of a source all of whose words try to be tags."""
    source = make_source(TRICKS * 4, title=TRICKS, note=TRICKS, side=side)
    return make_quote(source, at + len(TRICKS), at + 2 * len(TRICKS))


def shown(parts: list[str], css_class: str) -> list[str]:
    return read(parts).texts.get(css_class, [])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verdict", verify_view.VERDICT_ICONS)
def test_a_check_shows_all_it_found_and_brings_no_tags(verdict: Any, lang: Language) -> None:
    effect = Effect("number", "changed", TRICKS, TRICKS)
    found = Verification(
        quote=TRICKS,
        verdict=verdict,
        similarity=0.9,
        pieces=tuple(trick(n) for n in range(5)),
        places=5,
        diff=(Difference("equal", TRICKS, TRICKS), Difference("replace", TRICKS, TRICKS)),
        effects=(effect,),
        warnings=(effect,),
        near=(trick(),),
        attribution=Attribution(TRICKS, ("un",), False),
    )
    html = verify_view.verified([(None, found)], {TRICKS: "side-0"}, lang)
    page = read([html])
    assert page.tags <= OURS
    assert page.texts["quote-text"] == [quote.text for quote in found.pieces]
    assert page.texts["claimed"][0].endswith(TRICKS)
    assert len(page.texts["verdict"][0]) > 10, "the verdict is told in words"
    assert html.count("<summary>") == 1, "the places beyond the first are there to be opened"
    said = verify_view.summary([found, found], lang)
    assert "2" in said


def test_a_diff_tells_in_words_what_is_struck_out_and_what_the_source_says() -> None:
    diff = (
        Difference("equal", "Il y aura ", "il y aura "),
        Difference("replace", "900\u00a0000", "800\u00a0000"),
        Difference("equal", " loups", " loups"),
        Difference("delete", "", " au plus"),
        Difference("insert", " […]", " en hiver", announced=True),
    )
    html = verify_view.diff_html(diff, "fr")
    assert re.findall("<del>.*?</span>(.*?)<span", html) == ["900\u00a0000"]
    assert re.findall("<ins[^>]*>.*?</span>(.*?)<span", html) == ["800\u00a0000", "au plus", "en hiver"]
    heard = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", html.partition("</p>")[0]))
    assert "[dans le texte vérifié : 900 000 ] [dans la source : 800 000 ] loups" in heard
    assert "[…] [la source dit ici : en hiver ]" in heard
    assert verify_view.diff_html(diff[:1], "fr") == ""


def test_quotes_that_face_each_other_share_a_row_and_no_quote_is_lost() -> None:
    left = make_source("a b c d", "gauche", "Gauche")
    right = make_source("a b c d", "droite", "Droite")
    a, b, c = (make_quote(left, n, n + 1) for n in (0, 2, 4))
    x, y, z = (make_quote(right, n, n + 1) for n in (0, 2, 4))
    pairs = (Opposed(a, x, 0.9), Opposed(b, y, 0.8), Opposed(c, x, 0.7))
    rows = debate_view.aligned(Point("loup", {"Gauche": (a, b, c), "Droite": (x, y, z)}, pairs))
    assert rows == [
        {"Gauche": (a, c), "Droite": (x,)},
        {"Gauche": (b,), "Droite": (y,)},
        {"Gauche": (), "Droite": (z,)},
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sides_stand_face_to_face_with_their_silence(lang: Language) -> None:
    one, other = trick(), trick(side="autre")
    point = Point(TRICKS, {TRICKS: (one,), "autre": (other,), "muet": ()}, (Opposed(one, other, 0.5),))
    found = Verification(TRICKS, "absent", 0.1, near=(other,))
    face = Face(TRICKS, lang, (TRICKS, "autre", "muet"), (point,), (Echo(one, found),))
    page = read([debate_view.faced(face, {TRICKS: "side-0"}, lang)])
    assert page.tags <= OURS
    assert len(page.texts["cell"]) == 3 + 2
    assert page.texts["silence"] == ["N’en dit rien." if lang == "fr" else "Does not say."]
    assert len(page.texts["quote-text"]) == 3
    assert "near-text" not in page.texts, "nothing stands for words that the others do not have"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rebuttal_says_whose_claim_it_is_and_warns_of_what_a_quote_leaves_out(lang: Language) -> None:
    limit = Effect("condition", "dropped", "", TRICKS)
    found = Rebuttal(
        claim=TRICKS,
        lang=lang,
        side=TRICKS,
        inferred=True,
        against=(Reply(trick(), "answers", (), (limit,)),),
        own=(Reply(trick(), "weakens", (limit,), ()), Reply(trick(), "supports", (), ())),
        silent_sides=(TRICKS,),
    )
    html = debate_view.rebutted(found, {TRICKS: "side-0"}, lang)
    page = read([html])
    assert page.tags <= OURS
    assert len(page.texts["warning"]) == 1
    assert TRICKS in page.texts["warning"][0]
    assert len(page.texts["relation"]) == 2
    assert TRICKS in page.texts["relation"][0]
    guessed = "Deviné" if lang == "fr" else "Guessed"
    assert page.texts["whose"][0].startswith(guessed)
    told = debate_view.rebutted(replace(found, inferred=False), {}, lang)
    assert guessed not in told


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", [verify_view.verify_view, debate_view.face_view, debate_view.rebut_view])
def test_every_field_of_a_form_has_a_label(view: Any, lang: Language) -> None:
    html = view(lang)
    assert read([re.sub("<input[^>]*>", "", html)]).tags
    for field in re.findall("<(?:textarea|select|input)[^>]*>", html):
        labelled = re.search(rf"<label[^>]*>(?:(?!</label>).)*{re.escape(field)}", html)
        own = re.search(r' id="(\w+)"', field)
        assert labelled or (own and f'<label for="{own[1]}">' in html), field


def test_names_and_sides_are_offered_as_they_are() -> None:
    infos = [make_source("Un.", "un", TRICKS, title=TRICKS).info]
    assert verify_view.names(infos).count("<option>") == 1
    options = debate_view.side_options([TRICKS, ""], "fr")
    assert options.count("<option") == 4
    assert "<script" not in options + verify_view.names(infos)


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


def test_both_sides_face_each_other_and_a_silent_one_is_said(calls: Calls) -> None:
    html = call(calls, "face", motion="brebis et forêt")["html"]
    page = read([html])
    rows = [text for text in page.texts["facing"] if "indemnisée" in text]
    assert any("sera indemnisée" in row and "Aucune brebis" in row for row in rows)
    assert page.texts["silence"].count("N’en dit rien.") == 1
    assert "tirs de défense" in page.texts["echoes"][0]
    assert call(calls, "face", motion="")["html"].count('class="point"') > 1


def test_a_rebuttal_warns_that_a_quote_is_limited_by_what_introduces_it(calls: Calls) -> None:
    given = call(calls, "rebut", claim="Le piégeage des louves est permis", side="=Bergers")
    page = read([given["html"]])
    assert "le piégeage des louves avec leurs petits" in " ".join(page.texts["quote-text"])
    assert any("sauf" in warning for warning in page.texts["warning"])
    assert "Deviné" not in given["html"]
    guessed = call(calls, "rebut", claim="Le piégeage des louves est permis", side="?")
    assert "Deviné" in guessed["html"]


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
        ("face", {"motion": "le la les"}, "pas de mot à chercher"),
        ("rebut", {"claim": "Le loup", "side": ""}, "qui avance"),
        ("rebut", {"claim": "Le loup", "side": "=Martiens"}, "plus de côté Martiens"),
        ("rebut", {"claim": "", "side": "?"}, "pas de mots"),
    ],
)
def test_what_cannot_be_is_said(calls: Calls, name: str, asked: dict[str, Any], said: str) -> None:
    given = call(calls, name, **asked)
    assert said in read([given["error"]]).texts["error"][0]
