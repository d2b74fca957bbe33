"""Claimed quotes: the verdict, the true passage, the diff and what the change does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag import Index, load_settings, sync
from rag.errors import InputError
from rag.verify.effects import denies
from rag.verify.forms import verification_as_json, verification_as_text
from rag.verify.types import Verification
from rag.verify.verifier import QUOTE_MAX, Verifier
from tests.helpers.command import replique

NOTE = """---
title: Note du préfet
side: État
date: 2024-03-05
---
Le pont sera fermé aux camions à partir du 4 mai 2024, sauf les véhicules de secours. La réparation, qui
n’est pas encore financée, pourrait coûter 1 250 000 euros.
- La mairie n’a pas été consultée sur le « plan B ».
- La région paiera la moitié des travaux ; le département examinera une aide aux commerçants.

Les habitants pourront traverser à pied. Peut-être un bac sera-t-il mis en service.
"""
TRACT = """---
title: Tract des riverains
side: Riverains
---
Le préfet ment : les habitants ne pourront pas traverser à pied. Nous refusons la fermeture du pont.
La mairie n’a pas été consultée ! La moitié des travaux sera payée par nos impôts.
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    (folder / "docs").mkdir()
    (folder / "docs" / "note.md").write_text(NOTE, encoding="utf-8")
    (folder / "docs" / "tract.md").write_text(TRACT, encoding="utf-8")
    index = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
    sync(index)
    index.close()
    return folder


@pytest.fixture(scope="module")
def verifier(store: Path) -> Iterator[Verifier]:
    index = Index(load_settings(corpus=store / "docs", store=store / "store"))
    yield Verifier(index)
    index.close()


def effects(found: Verification) -> set[tuple[str, str]]:
    return {(effect.kind, effect.change) for effect in found.effects}


def pieces(found: Verification) -> list[tuple[str, str]]:
    return [(piece.source.id, piece.text) for piece in found.pieces]


@pytest.mark.parametrize(
    "quote",
    [
        "Le pont sera fermé aux camions",
        "« le pont sera fermé aux camions à partir du 4 mai 2024 »",
        "coûter 1\u202f250\u202f000 euros",
        'sur le "plan B"',
        "Le pont sera fermé […] à partir du 4 mai 2024",
        "La réparation […] pourrait coûter 1 250 000 euros",
        "La réparation (...) pourrait coûter",
        "[S]auf les véhicules de secours",
        "La mairie n’a pas été consultée sur le [sic] « plan B »",
        "(…) un bac sera-t-il mis en service ?",
    ],
)
def test_exact(verifier: Verifier, quote: str) -> None:
    found = verifier.verify(quote)
    assert found.verdict == "exact"
    assert found.similarity == 1
    assert all(item.op == "equal" or item.announced for item in found.diff)
    assert not found.effects


@pytest.mark.parametrize(
    ("quote", "effect"),
    [
        ("Le pont ne sera pas fermé aux camions", ("negation", "added")),
        ("La mairie a été consultée sur le « plan B »", ("negation", "dropped")),
        ("La mairie […] a […] été consultée sur le plan", ("negation", "dropped")),
        ("Le pont sera fermé aux camions à partir du 4 juin 2024", ("date", "changed")),
        ("pourrait coûter 1 350 000 euros", ("number", "changed")),
        ("La réparation, qui n’est pas encore financée, va coûter 1 250 000 euros", ("modal", "dropped")),
        ("à partir du 4 mai 2024, les véhicules de secours", ("condition", "dropped")),
        ("La réparation pourrait coûter 1 250 000 euros", ("negation", "dropped")),
        ("le département examinera une aide", None),
        ("le département étudiera une aide aux commerçants", ("wording", "changed")),
        ("La région paiera généreusement la moitié des travaux", ("added", "added")),
        ("La région paiera la moitié des travaux, le département examinera", ("punctuation", "changed")),
        ("sur le plan B", ("quote_marks", "dropped")),
        ("La Région paiera la moitie des travaux", ("spelling", "changed")),
        ("un bac sera mis en service", ("cut", "dropped")),
        ("La moitié la région paiera des travaux", ("order", "changed")),
    ],
)
def test_altered(verifier: Verifier, quote: str, effect: tuple[str, str] | None) -> None:
    found = verifier.verify(quote)
    if effect is None:
        assert found.verdict == "exact"
        return
    assert found.verdict == "altered"
    assert effect in effects(found), found.effects
    assert found.similarity < 1
    assert [piece.source.id for piece in found.pieces] == ["note"] * len(found.pieces)


def test_a_hyphen_is_part_of_the_word(verifier: Verifier) -> None:
    found = verifier.verify("être un bac")
    assert found.verdict == "altered"
    assert pieces(found) == [("note", "Peut-être un bac")]


def test_the_diff_shows_the_one_word(verifier: Verifier) -> None:
    found = verifier.verify("La région paiera le tiers des travaux")
    assert [(d.op, d.quoted.strip(), d.actual.strip()) for d in found.diff] == [
        ("equal", "La région paiera", "La région paiera"),
        ("replace", "le tiers", "la moitié"),
        ("equal", "des travaux", "des travaux"),
    ]
    assert "".join(d.quoted for d in found.diff) == "La région paiera le tiers des travaux"
    assert "".join(d.actual for d in found.diff) == found.pieces[0].text
    assert found.pieces[0].after.startswith(" ; le département")


def test_every_place_of_an_exact_quote(verifier: Verifier) -> None:
    found = verifier.verify("La mairie n’a pas été consultée")
    assert [(piece.n, piece.source.id) for piece in found.pieces] == [(1, "note"), (2, "tract")]
    assert found.places == 2


def test_stitched(verifier: Verifier) -> None:
    for joint in (" ", " […] "):
        found = verifier.verify(f"Nous refusons la fermeture du pont{joint}à partir du 4 mai 2024")
        assert found.verdict == "stitched"
        assert {piece.source.id for piece in found.pieces} == {"note", "tract"}


def test_an_ellipsis_over_paragraphs_is_stitched(verifier: Verifier) -> None:
    found = verifier.verify("Le pont sera fermé aux camions […] traverser à pied")
    assert found.verdict == "stitched"
    assert pieces(found) == [("note", "Le pont sera fermé aux camions"), ("note", "traverser à pied")]


@pytest.mark.parametrize(
    ("omitted", "hides"),
    [
        (" n’", True),
        (" pas ", True),
        (" qu’", True),
        (" can’t spend more, unless Parliament ", True),
        (", qui n’est pas financée, ", False),
        (" et demain ", False),
        (" ; il ne viendra pas. ", False),
        (", mais il ne ", True),
    ],
)
def test_what_an_ellipsis_may_not_hide(omitted: str, hides: bool) -> None:
    assert denies(omitted) is hides


def test_an_ellipsis_that_turns_the_order_round_is_not_exact(verifier: Verifier) -> None:
    found = verifier.verify("à partir du 4 mai 2024 […] le pont sera fermé aux camions")
    assert found.verdict in ("altered", "stitched")


@pytest.mark.parametrize(
    "quote",
    ["Le viaduc de Millau accueille des concerts", "The town hall was not consulted", "xyzzy", "pont tunnel"],
)
def test_absent_has_near_passages_and_no_piece(verifier: Verifier, quote: str) -> None:
    found = verifier.verify(quote)
    assert found.verdict == "absent"
    assert not found.pieces
    assert found.near


@pytest.mark.parametrize(
    ("quote", "actual"),
    [
        ("La mairie a été consultée sur le « plan B »", "n’"),
        ("La région n’a pas été consultée sur le « plan B ».", "mairie"),
        ("Selon la note, la mairie n’a pas été informée du « plan B »", "consultée"),
    ],
)
def test_what_a_source_has_around_words_between_marks_is_claimed_too(
    verifier: Verifier, quote: str, actual: str
) -> None:
    found = verifier.verify(quote)
    assert found.verdict == "altered"
    assert any(actual in item.actual for item in found.diff if item.op != "equal")


@pytest.mark.parametrize(
    ("quote", "attributed", "verdict"),
    [
        ("Nous refusons la fermeture du pont", "État", "misattributed"),
        ("Nous refusons la fermeture du pont", "la note", "misattributed"),
        ("Nous refusons la fermeture du pont", "tract", "exact"),
        ("La mairie n’a pas été consultée", "Riverains", "exact"),
        ("Selon la Note, « nous refusons la fermeture du pont »", None, "misattributed"),
        ("« Nous refusons la fermeture du pont », disent les riverains", None, "exact"),
        ("Selon le ministre, « nous refusons la fermeture du pont »", None, "exact"),
        ("les habitants pourront traverser à pied", "Riverains", "misattributed"),
        ("Nous acceptons la fermeture du pont", "Riverains", "altered"),
        ("Nous acceptons la fermeture du pont", "État", "absent"),
        ("Selon la Note, « nous acceptons la fermeture du pont »", None, "absent"),
        ("les habitants ne pourraient pas traverser à pied", "État", "altered"),
    ],
)
def test_attribution(verifier: Verifier, quote: str, attributed: str | None, verdict: str) -> None:
    found = verifier.verify(quote, attributed)
    assert found.verdict == verdict
    assert found.attribution is not None
    if verdict == "misattributed":
        assert found.attribution.holds is False
    if verdict == "exact" and found.attribution.sources:
        assert {piece.source.id for piece in found.pieces} <= set(found.attribution.sources)


def test_a_cut_that_leaves_something_out_is_warned_of(verifier: Verifier) -> None:
    found = verifier.verify("habitants ne pourront pas traverser")
    assert found.verdict == "exact"
    found = verifier.verify("Le pont sera fermé aux camions à partir du 4 mai 2024")
    assert [(w.kind, w.actual) for w in found.warnings] == [("condition", "sauf")]
    found = verifier.verify("La réparation […] pourrait coûter 1 250 000 euros")
    assert [(w.kind, w.actual) for w in found.warnings] == [("negation", "n’ … pas")]
    found = verifier.verify("traverser à pied", "tract")
    assert "negation" in {warning.kind for warning in found.warnings}


def test_bad_input(verifier: Verifier) -> None:
    for quote in ("", "  ", "« … »", "x" * (QUOTE_MAX + 1)):
        with pytest.raises(InputError):
            verifier.verify(quote)
    with pytest.raises(InputError, match="note, tract, Riverains, État"):
        verifier.verify("Nous refusons", "le pape")
    with pytest.raises(InputError):
        verifier.speech("")


def test_a_speech(verifier: Verifier) -> None:
    speech = (
        "Le préfet l’écrit : « le pont sera fermé aux camions ». Mais selon la note, « nous refusons la "
        "fermeture du pont », et “la mairie a été consultée”. Le pont est très beau."
    )
    found = verifier.speech(speech)
    assert [check.verdict for _, check in found] == ["exact", "misattributed", "altered"]
    assert all(check.quote == speech[claim.start : claim.end] for claim, check in found)
    more = verifier.speech(speech, sentences=True)
    assert [check.verdict for _, check in more][-1] == "absent"
    assert not more[-1][0].quoted


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_claimed_pieces_are_slices(verifier: Verifier, data: st.DataObject) -> None:
    words = (NOTE + TRACT).split()
    claimed = " ".join(
        data.draw(st.lists(st.sampled_from([*words, "[…]", "«", "zut"]), min_size=1, max_size=25))
    )
    try:
        found = verifier.verify(claimed)
    except InputError:
        return
    snapshot = verifier.index.snapshot()
    texts = {snapshot.infos[n].id: snapshot.source(n).text for n in range(len(snapshot.infos))}
    for piece in (*found.pieces, *found.near):
        assert texts[piece.source.id][piece.start : piece.end] == piece.text
    for item in found.diff:
        assert item.quoted in claimed
        assert any(item.actual in text for text in texts.values())
    if found.verdict == "exact" and "…" not in claimed:
        bare = " ".join(claimed.replace("«", "").split()).strip(" .,;:!?»-")
        assert any(bare.lower()[1:] in " ".join(t.replace("«", "").split()).lower() for t in texts.values())
    json.dumps(verification_as_json(found, "fr"))
    assert verification_as_text(found, "en")


# --- the command ----------------------------------------------------------------------------------


def test_command(store: Path) -> None:
    located = ["--corpus", str(store / "docs"), "--store", str(store / "store")]
    done = replique("verify", "Le pont sera fermé aux trains", "--json", *located)
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["verdict"] == "altered"
    assert {"quote", "verdict", "similarity", "pieces", "diff"} <= set(found)
    assert {"source", "start", "end", "actual", "locator"} <= set(found["pieces"][0])
    shown = replique(
        "show",
        "note",
        "--start",
        str(found["pieces"][0]["start"]),
        "--end",
        str(found["pieces"][0]["end"]),
        *located,
    )
    assert shown.stdout == found["pieces"][0]["actual"]
    told = replique("verify", "Le pont sera fermé aux trains", *located).stdout
    assert told.startswith("Altéré")
    assert "[-camions-]{+trains+}" in told


def test_command_with_many_quotes_and_with_a_speech(store: Path, tmp_path: Path) -> None:
    located = ["--corpus", str(store / "docs"), "--store", str(store / "store")]
    lines = "Le pont sera fermé\n\nLe tunnel sera fermé"
    done = replique("verify", "--from", "-", "--json", *located, stdin=lines)
    assert [json.loads(line).get("verdict") for line in done.stdout.splitlines()][::2] == ["exact", "altered"]
    assert done.returncode == 1  # one line is empty
    file = tmp_path / "discours.txt"
    file.write_text("Selon la note, « nous refusons la fermeture du pont ».", encoding="utf-8")
    done = replique("verify", "--speech", str(file), "--json", *located)
    (result,) = json.loads(done.stdout)["results"]
    assert result["verdict"] == "misattributed"
    assert result["quoted"] is True
    assert "Mal attribué" in replique("verify", "--speech", str(file), *located).stdout
    file.write_text("Rien entre guillemets.", encoding="utf-8")
    assert "ne cite rien" in replique("verify", "--speech", str(file), *located).stdout
    both = replique("verify", "a", "--speech", str(file), *located)
    assert both.returncode == 2
    unknown = replique("verify", "a", "--attributed", "personne", *located)
    assert unknown.returncode == 2
    assert "there are: note" in unknown.stderr
