"""What goes by an abbreviation, in all its forms; what documents say of theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.analyzer import indexed_terms, query_terms, terms
from rag.text.bodies import Bodies, abbreviations_in, bodies_with, definitions, public_bodies
from rag.text.known_bodies import KNOWN


def named(text: str, bodies: Bodies | None = None) -> list[tuple[str, str]]:
    return [(text[start:end], value) for start, end, value in (bodies or public_bodies()).named_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L’OTAN décide, NATO decides", [("OTAN", "=otan"), ("NATO", "=otan")]),
        (
            "l’Organisation du Traité de l'Atlantique Nord",
            [("Organisation du Traité de l'Atlantique Nord", "=otan")],
        ),
        (
            "les Nations-Unies, l’O.N.U., l’Onu, the UN",
            [(n, "=onu") for n in ("Nations-Unies", "O.N.U.", "Onu", "UN")],
        ),
        ("que fait l’otan ? nato?", [("otan", "=otan"), ("nato", "=otan")]),
        ("NGOs et ONG", [("NGOs", "=ong"), ("ONG", "=ong")]),
        ("la Cour de justice de l’Union européenne", [("Cour de justice de l’Union européenne", "=cjue")]),
        ("who are you? It is for us, j’ai un plan", []),
        ("UN PLAN DE PAIX : WHO WINS?", []),
        ("des nations. Unies, elles gagnent", []),
    ],
)
def test_a_body_is_one_whatever_it_is_called(text: str, found: list[tuple[str, str]]) -> None:
    assert named(text) == found


def test_each_known_form_names_its_body_alone() -> None:
    for line in KNOWN.replace("\n|", " |").strip().splitlines():
        shorts, *names = line.split("|")
        forms = shorts.split() + [name.strip() for name in names]
        values = {value for form in forms for _, value in named(f"On parle de {form} ici.")}
        assert len(values) == 1, line
        assert all(len(named(f"On parle de {form} ici.")) == 1 for form in forms), line


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("la Caisse des écoles (CDE) vote", [("CDE", "Caisse des écoles")]),
        ("la CDE (Caisse des écoles) vote", [("CDE", "Caisse des écoles")]),
        ("the Port Workers’ Union (PWU) said", [("PWU", "Port Workers’ Union")]),
        ("le produit des ventes (P.D.V.)", [("PDV", "produit des ventes")]),
        ("Le Service National Portuaire est né. Le SNP coûte.", [("SNP", "Service National Portuaire")]),
        ("La Ligue des oiseaux (LDO, née en 1912)", [("LDO", "Ligue des oiseaux")]),
        ("un beau plan (PDF)", []),
        ("Il en parle au monde (ONU).", []),
        ("la CDE (créée en 1912) vote", []),
        ("Le Service National Portuaire est né.", []),
    ],
)
def test_what_a_text_defines(text: str, found: list[tuple[str, str]]) -> None:
    assert list(definitions(text)) == found


def test_what_is_defined_is_known_then() -> None:
    bodies = bodies_with([("CDE", "Caisse des écoles"), ("OTAN", "Organisation du traité nord-atlantique")])
    assert named("la Caisse des Écoles et la CDE", bodies) == [("Caisse des Écoles", "=cde"), ("CDE", "=cde")]
    assert named("l’Organisation du traité nord-atlantique", bodies)[0][1] == "=otan"
    assert named("la CDE") == []
    assert bodies.told("=cde") == ["Caisse des écoles"]
    assert bodies.told("=otan") == ["Organisation du traité nord-atlantique"]
    assert bodies.told("=onu") == public_bodies().told("=otan") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("la CDE, la C.D.E. et des CDEs", ["=cde", "=cde", "=cde"]),
        ("l’OTAN, NATO, l’O.N.U.", []),
        ("LE MAIRE DE LA CDE", []),
        ("Il a 3 A, Jean-Paul E. Ré", []),
    ],
)
def test_an_abbreviation_is_found_under_its_form_whatever_it_stands_for(text: str, found: list[str]) -> None:
    assert list(abbreviations_in(text)) == found
    assert set(found) <= set(indexed_terms(text, "fr"))
    for value in set(found):
        assert query_terms(text, ["fr"], bodies_with([("CDE", "Caisse des écoles")])).count(value) == 1


def test_an_abbreviation_of_two_names_tells_nothing() -> None:
    bodies = bodies_with([("ARB", "agence régionale du bois"), ("ARB", "amis de la rivière bleue")])
    assert named("l’ARB", bodies) == []
    bodies = bodies_with([("ARB", "agence régionale du bois"), ("ARB", "agences régionales du bois")])
    assert named("l’ARB", bodies) == [("ARB", "=arb")]


@given(st.text(alphabet="ABCabc ().,’\n\u00e9deUNOT", max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for short, name in definitions(text):
        assert len(short) > 1 and name in " ".join(text.split())
    reached = 0
    for start, end, _ in public_bodies().named_in(text):
        assert reached <= start < end
        reached = end


def test_a_body_is_a_term() -> None:
    said = "Conduite par l’Organisation du traité de l’Atlantique nord."
    assert query_terms("What does NATO do?", ["fr"]) == ["what", "do", "=otan"]
    assert "=otan" in terms(said, "fr")
    assert set(query_terms(said, ["fr"])) == set(terms(said, "fr"))
