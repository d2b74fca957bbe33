"""The dossier in the page: its HTML, and what it asks of the server."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.dossier.cards import make_card
from rag.dossier.file import from_json, to_json
from rag.dossier.types import Dossier
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.types import Language
from rag.ui.dossier.calls import DossierCalls
from rag.ui.dossier.view import FORMATS, dossier_panel
from tests.helpers.indexes import made
from tests.helpers.pages import TRICKS, Reader

BRIDGE = "Le pont sera fermé lundi matin. La mairie a été consultée. Le bac passera toutes les heures.\n"


DOCUMENT = f"---\ntitle: Le pont\nside: Mairie\n---\n{BRIDGE}"


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return made(tmp_path, {"pont.md": DOCUMENT})


@pytest.fixture
def calls(index: Index) -> DossierCalls:
    return DossierCalls(Tools(Assistant(index)))


def call(calls: DossierCalls, function: str, dossier: object, /, **asked: object) -> dict[str, Any]:
    by_name = {found.__name__: found for found in calls.functions()}
    result: dict[str, Any] = by_name[function]({"lang": "fr", "pace": 150, "dossier": dossier, **asked})
    return result


def change(calls: DossierCalls, dossier: object, do: str, **asked: object) -> Any:
    given = call(calls, "change_dossier", dossier, do=do, **asked)
    assert "dossier" in given, given
    from_json(given["dossier"])
    return json.loads(json.dumps(given["dossier"]))  # as it goes through the browser


def dossier_of(index: Index, **sections: tuple[str, ...]) -> Any:
    """A card a tag, each of its own slice."""
    generation = index.snapshot()
    cards = [
        make_card(generation, "pont", n, n + 30, tag, section=section)
        for n, (tag, section) in enumerate(sections.items())
    ]
    return json.loads(json.dumps(to_json(Dossier("", tuple(cards)))))


def tags(dossier: Any) -> str:
    return " ".join(card["tag"] for card in dossier["cards"])


def id_of(dossier: Any, tag: str) -> str:
    return next(str(card["id"]) for card in dossier["cards"] if card["tag"] == tag)


def described(dossier: Any) -> list[tuple[str, list[str]]]:
    return [(card["tag"], card["section"]) for card in dossier["cards"]]


# --- HTML -----------------------------------------------------------------------------------------


def whole(html: str) -> Reader:
    return Reader(re.sub(r"<input[^>]*>", "", html))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_control_has_a_name_and_every_tag_is_closed(lang: Language) -> None:
    html = dossier_panel(lang, 150)
    assert "aside" in whole(html).tags
    for attributes, inside in re.findall(r"<button([^>]*)>(.*?)</button>", html):
        assert re.sub(r"<[^>]*>", "", inside).strip() or "aria-label=" in attributes, attributes


def test_what_others_wrote_is_escaped_in_a_card(calls: DossierCalls, index: Index) -> None:
    dossier = dossier_of(index, un=())
    for card in dossier["cards"]:
        card["tag"] = card["note"] = f"{TRICKS}fin"
        card["id"] = TRICKS
        card["section"] = [TRICKS, "b"]
        card["quote"]["source"]["sha256"] = "0" * 64
        card["quote"]["text"] = TRICKS[:30]
    given = call(calls, "change_dossier", dossier, do="show")
    page = whole(given["html"])
    assert not {"script", "img", "b"} & page.tags
    assert page.texts["tag"] == [f"{TRICKS}fin"]
    assert page.texts["section-1"] == [TRICKS]
    assert not {"card-text", "card-quote", "quote"} & page.texts.keys()
    assert page.texts["former"] == [TRICKS[:30]]


# --- changes --------------------------------------------------------------------------------------


def test_a_quote_becomes_a_card_and_is_shown_as_the_slice_that_it_is(
    calls: DossierCalls, index: Index
) -> None:
    sha256 = index.snapshot().infos[0].sha256
    quote = {"source": "pont", "sha256": sha256, "start": 3, "end": 31, "highlights": [[8, 13], [90, 95]]}
    given = call(calls, "change_dossier", None, do="add", quote=quote)
    (card,) = from_json(given["dossier"]).cards
    assert (card.quote.start, card.quote.end, card.quote.highlights) == (3, 31, ())
    assert card.suggested == ((8, 13),), "the reader guesses, the card's owner has marked nothing"
    assert whole(given["html"]).texts["card-text"] == [BRIDGE[3:31]]
    assert 'title="suggéré">sera </mark>' in given["html"]
    assert "<mark>" not in given["html"]
    taken = change(calls, given["dossier"], "take", card=card.id)
    (marked,) = from_json(taken).cards
    assert (marked.quote.highlights, marked.suggested) == (((8, 13),), ())
    back = change(calls, taken, "put_in_place", cards=[given["dossier"]["cards"][0]])
    assert from_json(back).cards == (card,)
    assert from_json(change(calls, back, "dismiss", card=card.id)).cards[0].suggested == ()
    assert given["unverified"] == ""
    assert "Cartes\u00a0: 1" in given["length"]


def test_a_quote_of_a_text_that_changed_or_is_not_there_becomes_none(
    calls: DossierCalls, index: Index
) -> None:
    true = {"source": "pont", "sha256": index.snapshot().infos[0].sha256, "start": 0, "end": 20}
    for wrong, message in (
        ({"sha256": "0" * 64}, "a changé"),
        ({"source": "nulle part"}, "n’existe plus"),
        ({"end": 9999}, "pas de mots"),
    ):
        given = call(calls, "change_dossier", None, do="add", quote={**true, **wrong})
        assert set(given) == {"error"}
        assert message in given["error"]


def test_a_card_that_no_longer_stands_in_its_source_is_marked(
    calls: DossierCalls, index: Index, tmp_path: Path
) -> None:
    dossier = dossier_of(index, un=(), deux=())
    dossier["cards"][1]["quote"]["text"] = dossier["cards"][1]["quote"]["text"].upper()
    given = call(calls, "change_dossier", dossier, do="show")
    assert whole(given["html"]).texts["card-text"] == [BRIDGE[:30]]
    assert "1 sur 2" in given["unverified"]
    (tmp_path / "corpus" / "pont.md").write_text(DOCUMENT.replace("lundi", "mardi"), encoding="utf-8")
    sync(index)
    given = call(calls, "change_dossier", dossier, do="show")
    assert "card-text" not in whole(given["html"]).texts
    assert "2 sur 2" in given["unverified"]
    exported = call(calls, "export_dossier", dossier, format="md")
    assert "2 sur 2" in exported["said"]
    assert base64.b64decode(exported["data"]).decode().count("NON VÉRIFIÉ") == 2


def test_a_card_that_is_given_a_heading_stands_with_its_like(calls: DossierCalls, index: Index) -> None:
    dossier = dossier_of(index, a=("X",), b=("Y",), c=("X", "x"), d=("Y",))
    named = {"field": "section", "do": "describe"}
    moved = change(calls, dossier, card=id_of(dossier, "d"), text="X", **named)
    assert tags(moved) == "a d b c"  # right under a heading before its parts
    moved = change(calls, dossier, card=id_of(dossier, "b"), text="X / x", **named)
    assert tags(moved) == "a b c d"  # beside one of them already
    moved = change(calls, dossier, card=id_of(dossier, "d"), text="X / x", **named)
    assert tags(moved) == "a b c d"
    moved = change(calls, dossier, card=id_of(dossier, "a"), text="Z", **named)
    assert tags(moved) == "a b c d"
    dossier = dossier_of(index, a=("X",), b=("X",), c=("X",))
    moved = change(calls, dossier, card=id_of(dossier, "b"), text="Z", **named)
    assert tags(moved) == "a c b"  # a heading of its own does not part those of the old one


def test_a_card_moves_by_steps_and_keeps_its_heading(calls: DossierCalls, index: Index) -> None:
    dossier = dossier_of(index, a=("X",), b=(), c=("Y",))
    for expected in ("b a c", "b c a", "b c a"):
        dossier = change(calls, dossier, "move", card=id_of(dossier, "a"), by=1)
        assert tags(dossier) == expected
    for expected in ("b a c", "a b c", "a b c"):
        dossier = change(calls, dossier, "move", card=id_of(dossier, "a"), by=-1)
        assert tags(dossier) == expected
    assert described(dossier) == [("a", ["X"]), ("b", []), ("c", ["Y"])]
    moved = call(calls, "change_dossier", dossier, do="move", card=id_of(dossier, "a"), by=1)
    assert re.findall(r"<h3[^>]*>([^<]*)", moved["html"]) == ["Mairie", "X", "Y"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"after": False}, [("b", []), ("a", ["X"]), ("c", ["Y", "y"])]),
        ({"after": True}, [("b", []), ("c", ["Y", "y"]), ("a", ["X"])]),
        ({"after": False, "under": ["Y"]}, [("b", []), ("a", ["Y"]), ("c", ["Y", "y"])]),
    ],
)
def test_a_card_is_put_beside_another_or_under_its_heading(
    calls: DossierCalls, index: Index, where: dict[str, Any], expected: list[tuple[str, list[str]]]
) -> None:
    dossier = dossier_of(index, a=("X",), b=(), c=("Y", "y"))
    beside = id_of(dossier, "c")
    moved = change(calls, dossier, "move", card=id_of(dossier, "a"), beside=beside, **where)
    assert described(moved) == expected


def test_a_card_put_under_its_side_has_no_section_of_its_own(calls: DossierCalls, index: Index) -> None:
    dossier = dossier_of(index, a=("X",), b=())
    where = {"beside": id_of(dossier, "b"), "after": False, "under": ["Mairie"]}
    assert described(change(calls, dossier, "move", card=id_of(dossier, "a"), **where)) == [
        ("a", []),
        ("b", []),
    ]
    again = {**where, "card": id_of(dossier, "b")}  # it is the first there already
    assert described(change(calls, dossier, "move", **again)) == [("a", ["X"]), ("b", [])]


def test_a_removed_card_is_put_back_as_it_was(calls: DossierCalls, index: Index) -> None:
    dossier = change(calls, dossier_of(index, a=("X",), b=("X",), c=("X",)), "show")
    card = dossier["cards"][1]
    without = change(calls, dossier, "remove", card=card["id"])
    assert tags(without) == "a c"
    back = change(calls, without, "put_back", card=card, position=1)
    assert json.dumps(back) == json.dumps(dossier)
    again = change(calls, back, "put_back", card=card, position=1)  # as another window may have done
    assert json.dumps(again) == json.dumps(dossier)


def test_fields_are_written_and_what_cannot_be_is_said(calls: DossierCalls, index: Index) -> None:
    dossier = dossier_of(index, a=())
    card = id_of(dossier, "a")
    for field, text in (("tag", " Un \n point "), ("note", "b"), ("section", "X / Y/Z"), ("title", "T")):
        dossier = change(calls, dossier, "describe", card=card, field=field, text=text)
    (written,) = dossier["cards"]
    assert [written["tag"], written["note"], list(written["section"])] == ["Un point", "b", ["X", "Y", "Z"]]
    assert dossier["title"] == "T"
    for field, text, message in (
        ("tag", "", "prouve"),
        ("section", "a/b/c/d", "3 rubriques au plus"),
        ("note", "x" * 6000, "trop long (6000 caractères, 5000 au plus)"),
    ):
        asked = {"card": card, "field": field, "text": text}
        assert message in call(calls, "change_dossier", dossier, do="describe", **asked)["error"]
    asked = {"card": "none", "field": "tag", "text": "x"}
    assert "n’est plus" in call(calls, "change_dossier", dossier, do="describe", **asked)["error"]


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "pas un dossier"), ("[]", "pas un dossier"), ("[" * 200_000, "pas un dossier")],
)
def test_a_file_that_is_no_dossier_is_refused(calls: DossierCalls, text: str, message: str) -> None:
    given = call(calls, "change_dossier", None, do="open", text=text, name="f.json")
    assert message in given["error"]


def test_a_damaged_or_newer_file_is_refused_and_a_true_one_opened(calls: DossierCalls, index: Index) -> None:
    dossier = dossier_of(index, a=(), b=())

    def opened(data: Any) -> dict[str, Any]:
        return call(calls, "change_dossier", None, do="open", text=f"\ufeff{json.dumps(data)}", name="f.json")

    assert tags(opened(dossier)["dossier"]) == "a b"
    assert "endommagé" in opened({**dossier, "cards": [{}]})["error"]
    assert "autre version" in opened({**dossier, "version": 99})["error"]


def test_a_strange_request_is_answered_in_words(calls: DossierCalls) -> None:
    for asked in ({"do": "explode"}, {"do": "add"}, {"do": "add", "quote": {"source": 1}}, {"do": "move"}):
        assert set(call(calls, "change_dossier", None, **asked)) == {"error"}
    assert set(call(calls, "export_dossier", None, format="exe")) == {"error"}


@pytest.mark.parametrize("pace", [None, 0, -3, "x", 1.5, 10**9])
def test_a_pace_that_cannot_be_is_not_used(calls: DossierCalls, index: Index, pace: object) -> None:
    dossier = dossier_of(index, a=())
    by_name = {function.__name__: function for function in calls.functions()}
    given = by_name["change_dossier"]({"lang": "fr", "dossier": dossier, "pace": pace, "do": "show"})
    assert given["length"] == call(calls, "change_dossier", dossier, do="show")["length"]


# --- exports --------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_exports_hold_the_quotes(calls: DossierCalls, index: Index, suffix: str) -> None:
    given = call(calls, "export_dossier", dossier_of(index, a=("X",), b=()), format=suffix)
    content = base64.b64decode(given["data"])
    if suffix == "docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    else:
        text = content.decode()
    assert BRIDGE[0:30].strip() in text
    assert BRIDGE[1:31].strip() in text
    assert given["said"] == "Exporté, chaque citation vérifiée."


# --- marks ----------------------------------------------------------------------------------------


def test_words_are_marked_where_they_are_shown(calls: DossierCalls, index: Index) -> None:
    dossier = dossier_of(index, un=(), deux=())
    one, other = (id_of(dossier, tag) for tag in ("un", "deux"))
    marked = change(calls, dossier, "mark", card=one, start=3, end=7)
    assert from_json(marked).cards[0].quote.highlights == ((3, 7),)
    assert "<mark>pont</mark>" in call(calls, "change_dossier", marked, do="show")["html"]
    assert from_json(change(calls, marked, "mark", card=one, start=4, end=5)).cards[0].quote.highlights == ()
    for wrong in ({"start": 90, "end": 95}, {"card": "gone"}):
        refused = call(
            calls, "change_dossier", dossier, do="mark", **{"card": other, "start": 3, "end": 7} | wrong
        )
        assert set(refused) == {"error"}


def test_all_suggestions_are_taken_over_at_once(calls: DossierCalls, index: Index) -> None:
    dossier = dossier_of(index, un=(), deux=())
    for card in dossier["cards"]:
        card["suggested"] = [[card["quote"]["start"], card["quote"]["start"] + 5]]
    shown = call(calls, "change_dossier", dossier, do="show")["html"]
    assert "2 cartes ont des marques suggérées" in shown
    taken = change(calls, dossier, "take")
    assert all(card["quote"]["highlights"] and not card["suggested"] for card in taken["cards"])
    assert "suggérées" not in call(calls, "change_dossier", taken, do="show")["html"]
