"""Sides face to face and rebuttals, on two invented documents about wolves and on the shipped ones."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Assistant, Index, load_settings, sync
from rag.debate.debate import Debate
from rag.debate.echoes import ECHOES
from rag.debate.face_to_face import Face, Point
from rag.debate.forms import face_as_json, face_as_text, rebuttal_as_json, rebuttal_as_text
from rag.debate.rebuttal import limits_of
from rag.errors import InputError
from rag.types import Quote
from rag.verify.context import guard
from tests.helpers.command import replique
from tests.helpers.debates import DECREE, LEAFLET


@pytest.fixture(scope="module")
def located(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("debate")
    (folder / "docs").mkdir()
    (folder / "docs" / "arrete.md").write_text(DECREE, encoding="utf-8")
    (folder / "docs" / "tract.md").write_text(LEAFLET, encoding="utf-8")
    sync(Index(load_settings(corpus=folder / "docs", store=folder / "store")))
    return ["--corpus", str(folder / "docs"), "--store", str(folder / "store")]


@pytest.fixture(scope="module")
def debate(located: list[str]) -> Iterator[Debate]:
    index = Index(load_settings(corpus=located[1], store=located[3]))
    yield Debate(index)
    index.close()


def named(face: Face, name: str) -> Point:
    return next(point for point in face.points if point.name == name)


def says(quotes: tuple[Quote, ...], words: str) -> bool:
    return any(words in quote.text for quote in quotes)


def paired(point: Point, one: str, other: str) -> bool:
    texts = [{pair.one.text, pair.other.text} for pair in point.pairs]
    return any(any(one in t for t in pair) and any(other in t for t in pair) for pair in texts)


def test_the_shipped_documents_on_peace_and_war(shipped: Assistant) -> None:
    face = Debate(shipped.index).face("paix ou guerre")
    assert [point.name for point in face.points] == ["paix", "guerre"]
    peace, war = face.points
    assert paired(peace, "paix juste et durable", "La France n’agit pas pour la paix")
    assert war.cells["Coalition"] == ()
    assert says(war.cells["Critique"], "guerre de repartage")
    echoes = {echo.quote.text: echo.found.verdict for echo in face.echoes}
    assert (echoes["hubs"], echoes["convergence opérationnelle"]) == ("absent", "absent")
    assert echoes["Coalition des volontaires"] == "exact"


def test_invented_documents_on_a_motion(debate: Debate) -> None:
    face = debate.face("Le loup et les brebis")
    assert face.sides == ("Bergers", "Préfecture")
    assert paired(named(face, "loup"), "enrichit la forêt", "n’enrichit rien")
    assert paired(named(face, "brebis"), "sera indemnisée", "n’a été indemnisée")


def test_no_quote_faces_more_than_two(shipped: Assistant) -> None:
    for point in Debate(shipped.index).face("paix, garanties et soldats").points:
        facing = Counter(quote for pair in point.pairs for quote in (pair.one, pair.other))
        more, fewer = sorted(point.cells, key=lambda side: -len(point.cells[side]))
        assert all(facing[quote] <= 1 for quote in point.cells[more])
        assert all(facing[quote] <= 2 for quote in point.cells[fewer])


def test_a_motion_finds_words_that_mean_the_same_in_the_other_language(debate: Debate) -> None:
    assert paired(named(debate.face("wolf"), "wolf"), "enrichit la forêt", "n’enrichit rien")


def test_a_point_is_written_as_the_sources_write_it(shipped: Assistant) -> None:
    names = [point.name for point in Debate(shipped.index).face().points]
    assert "Russie" in names
    assert "paix" in names


def test_silence_is_shown_as_silence(debate: Debate) -> None:
    (point,) = debate.face("les touristes").points
    assert says(point.cells["Bergers"], "touristes")
    assert point.cells["Préfecture"] == ()
    data = face_as_json(debate.face("les touristes"))
    assert data["points"][0]["silent_sides"] == ["Préfecture"]
    assert "Préfecture\u00a0: n’en dit rien." in face_as_text(debate.face("les touristes"))
    assert debate.face("la fiscalité des plateformes pétrolières offshore").points == () or all(
        not quotes or len(quotes) < 3 for p in debate.face("offshore").points for quotes in p.cells.values()
    )


def test_without_a_motion_the_points_that_both_sides_touch(debate: Debate) -> None:
    face = debate.face()
    assert {"brebis", "loup"} & {point.name for point in face.points}
    for point in face.points:
        assert all(point.cells.values())
        assert point.pairs
    assert {echo.quote.text: echo.found.verdict for echo in face.echoes} == {
        "tirs de défense": "exact", "cohabitation": "absent",
    }  # fmt: skip
    shown = [quote.start for point in face.points for quote in point.cells["Bergers"]]
    assert len(shown) == len(set(shown))


def test_every_quote_is_a_slice(debate: Debate) -> None:
    snapshot = debate.index.snapshot()
    texts = {info.id: snapshot.source(n).text for n, info in enumerate(snapshot.infos)}
    face, rebuttal = debate.face("loup brebis"), debate.rebut("Le loup enrichit la forêt")
    quotes = [q for p in face.points for cell in p.cells.values() for q in cell]
    quotes += [item.quote for item in (*rebuttal.against, *rebuttal.own)]
    assert quotes
    assert all(texts[q.source.id][q.start : q.end] == q.text for q in quotes)


def test_a_rebuttal_has_the_other_side_and_what_weakens_ones_own(debate: Debate) -> None:
    found = debate.rebut("Les tirs de défense sont autorisés et chaque brebis est indemnisée", "Préfecture")
    assert not found.inferred
    assert {item.quote.source.side for item in found.against} == {"Bergers"}
    assert any("n’a été indemnisée" in item.quote.text for item in found.against)
    (limited,) = [item for item in found.own if "Les tirs de défense peuvent" in item.quote.text]
    assert limited.relation == "weakens"
    assert {effect.kind for effect in limited.limits} == {"modal", "condition"}
    assert any(item.relation == "supports" for item in found.own)
    assert rebuttal_as_json(found)["own"][0]["quote"]["side"] == "Préfecture"
    assert "# Ce qu’on peut lui opposer" in rebuttal_as_text(found)


def test_nothing_bears_on_a_claim_about_something_else(debate: Debate) -> None:
    found = debate.rebut("Les taux d’intérêt de la banque centrale étouffent l’investissement", "Préfecture")
    assert found.against == ()
    assert found.own == ()
    assert found.silent_sides == ("Bergers",)
    assert {quote.source.side for quote in found.near} == {"Bergers"}
    assert len(rebuttal_as_json(found)["near"]) == len(found.near) > 0
    text = rebuttal_as_text(found)
    assert text.index("n’en dit rien") < text.index("ne portent sans doute pas sur cet")
    assert not debate.rebut("Chaque brebis est indemnisée", "Préfecture").near


def test_who_denies_a_claim_has_not_made_it(shipped: Assistant, debate: Debate) -> None:
    assert Debate(shipped.index).rebut("La France agit pour la paix").side == "Coalition"
    assert debate.rebut("Le loup enrichit nos alpages").side != "Bergers"
    nobody = debate.rebut("Les taux d’intérêt de la banque centrale étouffent l’investissement")
    assert nobody.side is None
    assert rebuttal_as_json(nobody)["side"] is None
    assert rebuttal_as_text(nobody).startswith("Aucun côté ne semble avoir dit cela")


def test_an_obligation_weakens_nothing(debate: Debate) -> None:
    assert limits_of("La paix est garantie", "La paix doit être garantie.") == []
    assert [limit.kind for limit in limits_of("La paix est garantie", "La paix peut être garantie.")] == [
        "modal"
    ]


@pytest.mark.parametrize(
    ("motion", "points"),
    [
        ("Faut-il tirer sur les loups ?", ["loups"]),
        ("La Préfecture doit protéger les brebis", ["Préfecture", "brebis"]),
        ("loup", ["loup"]),
        ("Faut-il supprimer les ZFE ?", []),
        ("Doit-on exporter le pétrole ?", []),
    ],
)
def test_points_are_the_things_that_a_motion_is_about(motion: str, points: list[str], debate: Debate) -> None:
    assert [point.name for point in debate.face(motion).points] == points


def test_words_of_one_stem_are_not_one_thing(shipped: Assistant) -> None:
    assert "capitalisme" not in [point.name for point in Debate(shipped.index).face().points]


def test_words_that_only_one_side_quotes_are_absent_from_the_others(shipped: Assistant) -> None:
    text = face_as_text(Debate(shipped.index).face("paix"))
    assert "Absent chez les autres" in text
    assert "ces mots ne sont pas dans les sources" not in text


def test_whose_a_claim_is_can_be_told(debate: Debate) -> None:
    assert debate.rebut("Le loup n’enrichit rien").side == "Bergers"
    assert debate.rebut("Le retour du loup enrichit la forêt").side == "Préfecture"
    with pytest.raises(InputError, match="Bergers, Préfecture"):
        debate.rebut("Le loup", "Chasseurs")
    for empty in ("", " ?"):
        with pytest.raises(InputError):
            debate.rebut(empty)


def test_the_context_guard(debate: Debate) -> None:
    snapshot = debate.index.snapshot()
    text = snapshot.source(0).text

    def warned(words: str) -> set[tuple[str, str]]:
        start = text.index(words)
        return {(e.kind, e.actual) for e in guard(snapshot, 0, start, start + len(words))}

    assert ("condition", "lorsque") in warned("Les tirs de défense peuvent être autorisés")
    assert ("condition", "sauf") in warned("l’usage de produits toxiques")
    assert warned("La préfecture financera des chiens de protection.") == set()


def test_sides_are_needed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("Le pont est fermé depuis lundi matin.", encoding="utf-8")
    index = Index(load_settings(corpus=tmp_path / "docs", store=tmp_path / "store"))
    sync(index)
    with pytest.raises(InputError, match="fewer than two sides"):
        Debate(index).face()
    index.close()


def test_commands(located: list[str]) -> None:
    face = json.loads(replique("face", "le loup", "--json", *located).stdout)
    assert {"motion", "sides", "points", "echoes"} <= set(face)
    assert "# loup" in replique("face", "le loup", *located).stdout
    found = json.loads(replique("rebut", "Le loup enrichit la forêt", "--json", *located).stdout)
    assert found["side"] == "Préfecture"
    assert found["side_inferred"] is True
    assert "En regard" in replique("face", *located).stdout
    done = replique("rebut", "--from", "-", "--json", *located, stdin="Le loup ruine nos alpages\n\n")
    assert done.returncode == 1
    assert json.loads(done.stdout.splitlines()[0])["side"] == "Bergers"
    assert replique("rebut", "Le loup", "--side", "Chasseurs", *located).returncode == 2


def test_of_many_quoted_words_those_on_the_motion_are_looked_for_first(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    for side in ("Mairie", "Opposants"):
        (folder / side).mkdir(parents=True)
    many = " ".join(f"On nous parle ici de « projet numéro {n} » sans rien dire." for n in range(60))
    text = f"{many} Le pont serait une « folie douce » selon eux."
    (folder / "Opposants" / "tract.txt").write_text(text, encoding="utf-8")
    (folder / "Mairie" / "avis.txt").write_text("Le pont sera construit avant la fin de l’année.", "utf-8")
    index = Index(load_settings(corpus=folder, store=tmp_path / "store"))
    sync(index)
    echoes = Debate(index).face("le pont").echoes
    index.close()
    assert len(echoes) == ECHOES
    assert "folie douce" in {echo.quote.text for echo in echoes}
