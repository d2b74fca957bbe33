"""Dossiers, as a client calls them: each call takes one and gives it back."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from gradio_client import Client

from rag import Index, load_settings, sync
from rag.dossier.file import from_json, load
from tests.helpers.clients import EMPTY, SLICE, call, refused, without
from tests.helpers.command import replique
from tests.helpers.servers import served

pytestmark = pytest.mark.server

BRIDGE = "Le pont sera fermé lundi matin. La mairie a été consultée. Le bac passera toutes les heures.\n"
SQUARE = "La place *centrale* restera ouverte à 1\u202f200 piétons.\n"


def town_in(place: Path) -> Iterator[Client]:
    """A client of a page over two small documents."""
    folder = place / "corpus"
    folder.mkdir()
    (folder / "pont.md").write_text(f"---\ntitle: Le pont\nside: Mairie\n---\n{BRIDGE}", encoding="utf-8")
    (folder / "place.txt").write_text(SQUARE, encoding="utf-8")
    sync(Index(load_settings(corpus=folder, store=place / "store")))
    for url in served(place / "store", corpus=folder):
        yield Client(url, verbose=False)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the documents of the town are, and their index."""
    return tmp_path_factory.mktemp("town")


@pytest.fixture(scope="module")
def town(place: Path) -> Iterator[Client]:
    yield from town_in(place)


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[Client]:
    """The same, whose documents may be changed."""
    yield from town_in(tmp_path)


def two_cards(town: Client) -> Any:
    first = call(
        town, "/dossier_card", source="pont", start=0, end=31, tag="Fermé", note="à lire",
        section="Contre / Le pont", highlights=[[8, 18]],
    )  # fmt: skip
    second = call(
        town, "/dossier_card", source="place", start=0, end=len(SQUARE) - 1, dossier=first["dossier"]
    )
    assert [card["id"] for card in second["dossier"]["cards"]][1:] == [second["card"]]
    return second["dossier"]


def test_a_quote_of_an_answer_becomes_a_card(client: Client) -> None:
    (quote, *_) = call(client, "/search", query="cessez-le-feu")["passages"]
    place = {key: quote[key] for key in ("source", "start", "end", "sha256", "highlights")}
    made = call(client, "/dossier_card", **place, tag="Un cessez-le-feu")
    (card,) = from_json(made["dossier"]).cards
    assert (card.id, card.tag, card.quote.text) == (made["card"], "Un cessez-le-feu", quote["text"])
    (checked,) = call(client, "/dossier_check", dossier=made["dossier"])["cards"]
    assert without(checked["quote"], "n", "score", "lead_in") == without(quote, "n", "score", "lead_in")
    stale = refused(client, "/dossier_card", **{**place, "sha256": "0" * 64})
    assert "has changed since that was found: ask again" in stale


def test_cards_are_checked_timed_and_set_under_their_headings(town: Client) -> None:
    found = call(town, "/dossier_check", dossier=two_cards(town), lang="en", pace=60)
    assert [card["status"] for card in found["cards"]] == ["verified", "verified"]
    assert found["cards"][0]["headings"] == ["Contre", "Le pont"]
    first, second = found["cards"]
    assert first["quote"]["text"] == BRIDGE[:31]
    assert first["quote"]["highlights"] == [[8, 18]]
    assert (first["words"], first["note"], first["told"]) == (4, "à lire", None)
    assert second["quote"]["text"] == SQUARE.strip()
    assert (found["unverified"], found["pace"], found["seconds"]) == (0, 60, found["words"])
    assert found["words"] == first["words"] + second["words"]


def test_a_dossier_is_the_file_of_command_line_and_page(town: Client, place: Path, tmp_path: Path) -> None:
    dossier = two_cards(town)
    file = tmp_path / "d.json"
    file.write_text(json.dumps(dossier), encoding="utf-8")
    places = ["--store", str(place / "store"), "--corpus", str(place / "corpus")]
    done = replique("dossier", "list", str(file), "--check", "--json", *places)
    assert [card["status"] for card in json.loads(done.stdout)["cards"]] == ["verified", "verified"]
    replique("dossier", "edit", str(file), "1", "--tag", "Autre", *places)
    changed = json.loads(file.read_text(encoding="utf-8"))
    assert call(town, "/dossier_check", dossier=changed)["cards"][0]["tag"] == "Autre"
    assert load(file) == from_json(changed)


def exported(town: Client, dossier: Any, suffix: str) -> tuple[dict[str, Any], str]:
    """What an export gives, and its text; that of what stands as a quote in the Word file alone."""
    given = call(town, "/dossier_export", dossier=dossier, format=suffix)
    assert (given["format"], given["cards"]) == (suffix, 2)
    assert (given["text"] is None, given["base64"] is None) == (suffix == "docx", suffix != "docx")
    if suffix != "docx":
        return given, given["text"]
    document = docx.Document(io.BytesIO(base64.b64decode(given["base64"], validate=True)))
    quoted = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Evidence"]
    return given, "\n".join(quoted)


@pytest.mark.parametrize(
    ("suffix", "escaped"),
    [("docx", SQUARE.strip()), ("md", SQUARE.strip().replace("*", "\\*")), ("html", SQUARE.strip())],
)
def test_exports_hold_the_quotes_to_the_character(town: Client, suffix: str, escaped: str) -> None:
    given, text = exported(town, two_cards(town), suffix)
    assert given["unverified"] == 0
    assert escaped in text
    assert "sera fermé" in text


def test_what_has_changed_is_marked_and_not_shown_as_a_quote(changing: Client, tmp_path: Path) -> None:
    dossier = two_cards(changing)
    (tmp_path / "corpus/place.txt").write_text(SQUARE.replace("200", "300"), encoding="utf-8")
    sync(Index(load_settings(corpus=tmp_path / "corpus", store=tmp_path / "store")))
    found = call(changing, "/dossier_check", dossier=dossier, lang="en")
    assert found["unverified"] == 1
    (marked,) = [card for card in found["cards"] if card["status"] != "verified"]
    assert (marked["status"], marked["quote"]) == ("changed", None)
    assert "changed" in marked["told"]
    assert SQUARE.strip() not in json.dumps(without(marked, "tag"), ensure_ascii=False)
    for suffix in ("docx", "md", "html"):
        given, text = exported(changing, dossier, suffix)
        assert given["unverified"] == 1, suffix
        if suffix == "docx":
            assert "piétons" not in text
        else:
            assert "NON VÉRIFIÉ" in text, suffix
            assert "<del>La place" in text, suffix
        assert "sera fermé" in text, suffix


def test_a_forged_card_is_told_from_a_quote(town: Client) -> None:
    dossier = two_cards(town)
    quote = dossier["cards"][0]["quote"]
    quote["text"] = quote["text"].replace("lundi", "mardi")
    quote = dossier["cards"][1]["quote"]
    quote["before"], quote["place"]["paragraph"], quote["source"]["title"] = "¤", 99, "¤"
    found = call(town, "/dossier_check", dossier=dossier)
    by_status = {card["status"]: card for card in found["cards"]}
    assert by_status["false"]["quote"] is None
    assert (by_status["verified"]["quote"]["before"], by_status["verified"]["quote"]["title"]) == (
        "",
        "place",
    )
    assert "¤" not in json.dumps(found, ensure_ascii=False)
    assert "mardi" not in json.dumps(found, ensure_ascii=False)
    assert "¤" not in exported(town, dossier, "html")[1]


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("/dossier_card", {**SLICE, "source": "nulle part"}, "no source 'nulle part'"),
        ("/dossier_card", {**SLICE, "source": None}, "source = None: give a text"),
        ("/dossier_card", {**SLICE, "end": 99_999}, "it has characters 0 to 4547"),
        ("/dossier_card", {**SLICE, "end": 1394}, "no words at 1394:1394"),
        ("/dossier_card", {**SLICE, "start": -1}, "start = -1: give a whole number"),
        ("/dossier_card", {**SLICE, "start": "x"}, "start = 'x': give a whole number"),
        ("/dossier_card", {**SLICE, "end": 1495.0}, "whole number"),
        ("/dossier_card", {**SLICE, "end": True}, "whole number"),
        ("/dossier_card", {**SLICE, "highlights": "x"}, "highlights = 'x': give pairs"),
        ("/dossier_card", {**SLICE, "highlights": 3}, "give pairs"),
        ("/dossier_card", {**SLICE, "highlights": [[1400]]}, "give pairs"),
        ("/dossier_card", {**SLICE, "highlights": [["a", "b"]]}, "give pairs"),
        ("/dossier_card", {**SLICE, "highlights": [[1410, 1400]]}, "give pairs"),
        ("/dossier_card", {**SLICE, "section": "a/b/c/d"}, "3 sections at most"),
        ("/dossier_card", {**SLICE, "tag": "x" * 501}, "500 at most"),
        ("/dossier_card", {**SLICE, "note": 5}, "note = 5: give a text"),
        ("/dossier_card", {**SLICE, "dossier": "x"}, "is not a dossier"),
        ("/dossier_card", {**SLICE, "dossier": []}, "is not a dossier"),
        ("/dossier_check", {"dossier": {}}, "is not a dossier"),
        ("/dossier_check", {"dossier": None}, "is not a dossier"),
        ("/dossier_check", {"dossier": {**EMPTY, "version": "a\nb"}}, "update it"),
        ("/dossier_check", {"dossier": {**EMPTY, "cards": [{}]}}, "damaged at cards.0"),
        ("/dossier_check", {"dossier": {**EMPTY, "cards": 3}}, "damaged at cards"),
        ("/dossier_check", {"dossier": EMPTY, "pace": 0}, "pace = 0: give a whole number, 1 to 999"),
        ("/dossier_check", {"dossier": EMPTY, "pace": "x"}, "1 to 999"),
        ("/dossier_check", {"dossier": EMPTY, "lang": "de"}, "give fr, en or nothing"),
        ("/dossier_export", {"dossier": {}, "format": "md"}, "is not a dossier"),
        ("/dossier_export", {"dossier": EMPTY, "format": "pd\nf"}, "exported to .docx, .md or .html"),
        ("/dossier_export", {"dossier": EMPTY, "format": None}, "format = None: give a text"),
    ],
)  # fmt: skip
def test_what_a_dossier_cannot_be_is_said_in_one_line(
    client: Client, name: str, arguments: dict[str, Any], message: str
) -> None:
    assert message in refused(client, name, **arguments)
