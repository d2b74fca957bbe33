"""Sides face to face, on two invented documents about wolves and on the shipped ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from rag import Assistant
from rag.debate.debate import Debate
from rag.debate.echoes import ECHOES
from rag.debate.face_to_face import CLEAR, PER_CELL, POINTS, Cell, Stance
from rag.debate.forms import face_as_json, face_as_text
from rag.debate.reply import Reply
from rag.search import BEARS, Relation
from tests.helpers.indexes import made
from tests.helpers.judges import judged_by
from tests.helpers.pages import make_quote, make_source

PRAISE, DENIAL = "enrichit la forêt", "enrichit rien"
PROMISE, BROKEN = "sera indemnisée", "n’a été indemnisée"


def said(replies: tuple[Reply, ...]) -> list[str]:
    return [reply.quote.text for reply in replies]


def stances(cells: Mapping[str, Cell]) -> dict[str, Stance]:
    return {side: cell.stance for side, cell in cells.items()}


# --- a motion -------------------------------------------------------------------------------------


def test_a_motion_is_judged_as_a_claim_with_what_each_side_says_for_and_against(
    debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {
        PRAISE: ("supported", 0.9),
        "financera": ("supported", 0.95),
        DENIAL: ("contradicted", 0.8),
        "touristes": ("weakened", 0.85),
        "bureau": ("contradicted", BEARS - 0.01),
    }
    judge = judged_by(monkeypatch, {"Il faut protéger": told})
    face = debate.face("Faut-il protéger le loup ?")
    assert judge.claims == ["Il faut protéger le loup"]
    assert (face.motion, face.sides) == ("Faut-il protéger le loup ?", ("Bergers", "Préfecture"))
    (point,) = face.points
    assert point.heading == point.proposition == "Il faut protéger le loup"
    assert point.stated is None
    assert stances(point.cells) == {"Bergers": "against", "Préfecture": "for"}
    ours, theirs = point.cells["Préfecture"], point.cells["Bergers"]
    assert [PRAISE in text for text in said(ours.supports)] == [False, True], "the likeliest first"
    assert [DENIAL in text for text in said(theirs.against)] == [False, True]
    assert [reply.relation for reply in theirs.against] == ["weakens", "contradicts"]
    assert ours.against == theirs.supports == ours.says == theirs.says == ()


def test_a_side_that_neither_affirms_nor_denies_is_silent(
    debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_by(monkeypatch, {"transhumance": {"touristes": ("supported", 0.9)}})
    face = debate.face("La transhumance est menacée.")
    assert stances(face.points[0].cells) == {"Bergers": "for", "Préfecture": "silent"}
    assert "## Préfecture\u00a0: n’en dit rien" in face_as_text(face)


def reply(relation: Relation, likely: float) -> Reply:
    source = make_source("Le loup.", "un", "Bergers")
    return Reply(make_quote(source, 0, 7), relation, likely, True, (), ())


@pytest.mark.parametrize(
    ("supports", "against", "stance"),
    [
        ([], [], "silent"),
        ([0.6], [], "for"),
        ([], [0.6], "against"),
        ([0.6], [0.6], "divided"),
        ([0.4 * CLEAR], [0.4], "for"),
        ([0.4], [0.4 * CLEAR], "against"),
        ([0.39 * CLEAR], [0.4], "divided"),
        ([0.5, 0.5], [0.4], "for"),
    ],
)
def test_how_a_side_would_vote(supports: list[float], against: list[float], stance: Stance) -> None:
    cell = Cell(
        tuple(reply("supports", likely) for likely in supports),
        tuple(reply("contradicts", likely) for likely in against),
    )
    assert cell.stance == stance


def test_who_speaks_without_taking_a_stand_only_speaks() -> None:
    quote = reply("supports", 0.9).quote
    assert Cell(says=(quote,)).stance == "speaks"
    assert Cell((reply("supports", 0.9),), says=(quote,)).stance == "for"
    unsure = replace(reply("supports", 0.9), certain=False)
    assert Cell((unsure,)).stance == "speaks"
    assert Cell((unsure,), (reply("contradicts", 0.6),)).stance == "against"
    assert Cell((), (reply("weakens", 0.9),)).stance == "speaks", "a condition may be of one who is for it"


def test_no_more_are_shown_of_a_side_than_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "\n\n".join(f"Le pont numéro {n} ne tiendra pas un hiver de plus." for n in range(PER_CELL + 2))
    index = made(tmp_path, {"Mairie/a.txt": "Le pont tiendra.\n", "Opposants/b.txt": many})
    judged_by(monkeypatch, {"pont": {"ne tiendra": ("contradicted", 0.9)}})
    (point,) = Debate(index).face("Le pont tiendra.").points
    index.close()
    assert len(point.cells["Opposants"].against) == PER_CELL


def test_what_is_uncertain_decides_nothing(debate: Debate, monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, {"touristes": {"touristes": ("supported", 0.9)}})
    monkeypatch.setattr("rag.search.judged.CLEAR", 1.1)
    (point,) = debate.face("les touristes").points
    assert point.proposition == "les touristes"
    assert stances(point.cells) == {"Bergers": "speaks", "Préfecture": "silent"}
    assert point.cells["Bergers"].says


def test_who_does_not_vote_may_still_speak_of_it(debate: Debate, monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, {"touristes": {"financera": ("supported", 0.9)}})
    (point,) = debate.face("les touristes").points
    assert stances(point.cells) == {"Bergers": "speaks", "Préfecture": "for"}
    assert any("touristes" in quote.text for quote in point.cells["Bergers"].says)


# --- a theme --------------------------------------------------------------------------------------


def test_on_a_theme_each_side_says_what_it_says(debate: Debate, monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, {})
    (point,) = debate.face("les touristes").points
    assert (point.proposition, point.stated) == ("les touristes", None)
    assert stances(point.cells) == {"Bergers": "speaks", "Préfecture": "silent"}
    assert any("touristes" in quote.text for quote in point.cells["Bergers"].says)
    text = face_as_text(debate.face("les touristes"))
    assert "Bergers\u00a0: en dit" in text
    assert "Préfecture\u00a0: n’en dit rien" in text
    (given,) = face_as_json(debate.face("les touristes"))["points"]
    assert given["cells"]["Bergers"]["stance"] == "speaks"
    assert given["cells"]["Préfecture"] == {"stance": "silent", "supports": [], "against": [], "says": []}


def test_a_lone_word_is_no_heading(debate: Debate, monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, {})
    (point,) = debate.face("Touristes").points
    assert point.heading == "Ce qui est dit de «\u00a0Touristes\u00a0»"


@pytest.mark.parametrize("motion", ["La fiscalité des plateformes pétrolières offshore", "le la les"])
def test_where_nothing_is_said_there_is_no_point(
    debate: Debate, monkeypatch: pytest.MonkeyPatch, motion: str
) -> None:
    judged_by(monkeypatch, {})
    face = debate.face(motion)
    assert face.points == ()
    assert face_as_text(face) == "Les sources ne disent rien de ce sujet."


# --- what divides the corpus ----------------------------------------------------------------------


def test_without_a_motion_the_points_are_what_one_side_states_and_another_denies(
    debate: Debate, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_by(
        monkeypatch,
        {
            PRAISE: {DENIAL: ("contradicted", 0.9)},
            DENIAL: {PRAISE: ("contradicted", 0.9)},
            BROKEN: {PROMISE: ("weakened", 0.8)},
            "touristes": {"financera": ("supported", 0.9)},
            "bureau": {"financera": ("contradicted", BEARS - 0.01)},
        },
    )
    face = debate.face()
    assert face.motion == ""
    assert face_as_json(face)["motion"] is None
    wolf, sheep = sorted(face.points, key=lambda point: "brebis" in point.proposition)
    assert stances(wolf.cells) in (
        {"Bergers": "against", "Préfecture": "for"},
        {"Bergers": "for", "Préfecture": "against"},
    ), "what answers a point is not a point of its own"
    assert stances(sheep.cells) == {"Bergers": "for", "Préfecture": "speaks"}, "it weakens the point"
    assert sheep.stated is not None
    assert sheep.proposition == sheep.stated.text == sheep.cells["Bergers"].supports[0].quote.text
    assert sheep.cells["Préfecture"].against[0].relation == "weakens"
    assert face_as_json(face)["points"][0]["stated"]["source"] in {"arrete", "tract"}


def test_third_sides_are_heard_on_a_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = made(
        tmp_path,
        {
            "A/a.txt": "La flotte de pêche du port compte douze navires à moteur.\n",
            "B/b.txt": "La flotte de pêche du port compte neuf navires seulement.\n",
            "C/c.txt": "La flotte de pêche du port a bien douze navires à moteur.\n",
            "D/d.txt": "Le boulanger vend du pain de seigle.\n",
        },
    )
    told = {"neuf": ("contradicted", 0.9), "a bien": ("supported", 0.9)}
    judged_by(monkeypatch, {"compte douze": told})
    (point,) = Debate(index).face().points
    index.close()
    assert stances(point.cells) == {"A": "for", "B": "against", "C": "for", "D": "silent"}
    assert point.heading == "La flotte de pêche du port", "what those who disagree both speak of"


@pytest.mark.parametrize(("likely", "points"), [(0.8, 2), (0.3, 1)])
def test_what_is_far_less_surely_denied_than_the_surest_is_no_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, likely: float, points: int
) -> None:
    fleet, bread = (
        "La flotte de pêche du port compte douze navires.",
        "Le pain de seigle du vieux boulanger coûte cher.",
    )
    denied = (
        "La flotte de pêche du port compte neuf navires.",
        "Le pain de seigle du vieux boulanger est à bon marché.",
    )
    index = made(tmp_path, {"A/a.txt": f"{fleet}\n\n{bread}\n", "B/b.txt": "\n\n".join(denied)})
    told = {"douze": {"neuf": ("contradicted", 0.9)}, "cher": {"marché": ("contradicted", likely)}}
    judged_by(monkeypatch, told)  # type: ignore[arg-type]
    found = Debate(index).face().points
    index.close()
    assert [point.proposition for point in found] == [fleet, bread][:points]
    assert len({point.heading for point in found}) == points


def test_of_many_points_the_first_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = range(POINTS + 2)
    ours = "\n\n".join(f"Le pont de la ville numéro {n} tiendra cent ans." for n in numbers)
    theirs = "\n\n".join(f"Le pont de la ville numéro {n} ne tiendra pas cent ans." for n in numbers)
    index = made(tmp_path, {"Mairie/a.txt": ours, "Opposants/b.txt": theirs})
    judged_by(monkeypatch, {f"{n} tiendra": {f"{n} ne": ("contradicted", 0.9)} for n in numbers})
    points = Debate(index).face().points
    index.close()
    assert len(points) == POINTS
    assert len({point.proposition for point in points}) == POINTS


# --- who quotes whom ------------------------------------------------------------------------------


def test_who_quotes_whom_is_looked_up_only_when_asked_for(debate: Debate) -> None:
    assert debate.face("les touristes").echoes == ()
    echoes = debate.face("les touristes", echoes=True).echoes
    assert {echo.quote.text: echo.found.verdict for echo in echoes} == {
        "tirs de défense": "exact", "cohabitation": "absent",
    }  # fmt: skip


def test_words_that_only_one_side_quotes_are_absent_from_the_others(shipped: Assistant) -> None:
    face = Debate(shipped.index).face("la paix", echoes=True)
    echoes = {echo.quote.text: echo.found.verdict for echo in face.echoes}
    assert (echoes["hubs"], echoes["convergence opérationnelle"]) == ("absent", "absent")
    assert echoes["Coalition des volontaires"] == "exact"
    text = face_as_text(face)
    assert "Absent chez les autres" in text
    assert "ces mots ne sont pas dans les sources" not in text


def test_of_many_quoted_words_those_on_the_motion_are_looked_for_first(tmp_path: Path) -> None:
    many = " ".join(f"On nous parle ici de « projet numéro {n} » sans rien dire." for n in range(60))
    index = made(
        tmp_path,
        {
            "Opposants/tract.txt": f"{many} Le pont serait une « folie douce » selon eux.",
            "Mairie/avis.txt": "Le pont sera construit avant la fin de l’année.",
        },
    )
    echoes = Debate(index).face("le pont", echoes=True).echoes
    index.close()
    assert len(echoes) == ECHOES
    assert "folie douce" in {echo.quote.text for echo in echoes}


# --- the judge that comes with the program --------------------------------------------------------


def test_what_is_said_word_for_word_is_voted_for_and_what_has_another_number_against(
    debate: Debate,
) -> None:
    (point,) = debate.face("La préfecture financera des chiens de protection.").points
    assert point.cells["Préfecture"].stance == "for"
    (point,) = debate.face("Chaque brebis tuée sera indemnisée par l’État dans un délai de six mois.").points
    assert point.cells["Préfecture"].stance == "against"
