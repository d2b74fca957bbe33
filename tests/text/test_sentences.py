"""Sentences, as a French or English reader would cut them."""

from __future__ import annotations

import pytest

from rag.text.sentences import SENTENCE_MAX
from tests.helpers.segments import (
    NBSP,
    NNBSP,
    lead_ins,
    sentences,
)

Case = tuple[str, list[str]]


def case(*expected: str) -> Case:
    """One paragraph of sentences that follow each other after a space."""
    return " ".join(expected), list(expected)


FRENCH = [
    case("M. Dupont a rencontré MM. Durand et Martin.", "Mme Petit était absente ce jour-là."),
    case("Le Dr Martin, le Pr. Durand et Me. Petit sont venus.", "Mgr. Aubry est reparti aussitôt."),
    case("Le texte renvoie à l’art. 5 de la loi.", "Il donne la p. 12 en annexe."),
    case("Selon l'art. L. 123-1 du code, la règle vaut.", "Voir le vol. II et le chap. IV du livre."),
    case("Smith et al. (2020) le montrent bien.", "Fibonacci (v. 1175 à Pise) aussi."),
    case("Il y avait des chars, des avions, etc.", "La France en a fourni beaucoup."),
    case("Il y avait des chars, etc. mais aucun avion."),
    case("Rome fut fondée en 753 av. J.-C.", "Les rois la gouvernaient alors seuls."),
    case("Le siècle de 500 av. J.-C. jusqu’à nous fut long."),
    case("Le juge J.-C. Dupont a tranché hier soir.", "Les parties ont fait appel."),
    case("Le rapport de J. Dupont et d’E. Macron est paru.", "Chacun peut le lire ici."),
    case("Il gare sa voiture au parking B.", "Elle prend le RER A.", "C’est plus rapide pour tous."),
    case("Il a pris 3,5 millions et 3.5 points.", "Le reste attendra encore un peu."),
    case("Le 1er mai et le 2e jour sont fériés.", "Le 3 mai ne l’est pas."),
    case("Il était là en 2020.", "12 pays le suivirent ce jour-là."),
    case("Il hésita longtemps… puis il partit sans un mot.", "Elle attendit encore là..."),
    case(
        "Elle attendit là...",
        "Personne ne vint jamais la chercher.",
        "Il neigeait ce soir-là…",
        "Tout dormait encore ici.",
    ),
    case("« Quoi ? » dit-il alors à son frère.", "Elle ne répondit pas à sa question."),
    case("« Il part demain matin. »", "Elle reste ici avec nous."),
    case(f"«{NBSP}Il part demain matin.{NBSP}»", "Elle reste ici avec nous."),
    case(f"«{NNBSP}Il part demain matin{NNBSP}!{NNBSP}»", "Elle reste ici avec nous."),
    case(f"Il a dit «{NNBSP}nous partons{NNBSP}».", f"Elle a dit «{NNBSP}nous restons ici{NNBSP}»."),
    case("« La paix est signée depuis hier.", "La guerre est finie pour tous."),
    case("La paix est signée depuis hier. »", "La guerre est finie pour tous."),
    case("— Où vas-tu donc si tard ?", "— Je vais voir la mer du Nord."),
    case("« Pourquoi ? Parce que la paix le veut. »"),
    case("Il a parlé longtemps hier soir.", "Pourquoi ? Parce que la paix le veut."),
    case("Il a dit : la paix.", "« Pourquoi ? » Elle ne lui répondit pas."),
    case("Il a parlé longtemps hier soir. Pourquoi ?"),
    case("Est-ce possible aujourd’hui ? Oui.", "Il l’a dit lui-même hier soir."),
    case("Nous ne céderons pas sur ce point. Jamais.", "Ils le savent bien."),
    case("La paix est signée.[1]", "La guerre est finie.[12]", "Tout va donc bien."),
    case("La paix est signée.²", "La guerre est finie¹.", "Tout va donc bien."),
    case("Voir www.exemple.fr et v1.2 du fichier rapport.pdf.", "Écrire à a.b@exemple.fr pour la suite."),
    case("Il est bien 10 h 30.", "La séance commence à 14 h.", "La tour mesure 12 m.", "Elle est haute."),
    case("1. Introduction"),
    case("1. Introduction générale du texte.", "2. La suite du texte."),
    case("Article 1er. – Le président est élu au suffrage direct.", "Il nomme le gouvernement."),
    case("(Il est parti sans rien dire.)", "Elle est restée seule ici."),
    case("Quel grand malheur ! s’écria-t-il.", "Nous sommes tous perdus ici."),
    case("Il a crié « Assez ! ».", "Personne n’a bougé de sa place."),
    case("Le ministre (…) a parlé hier.", "Il a tout dit [...] à la presse."),
    case("Il chante la paix ; la guerre est loin."),
    case("Il répondit : — Je viens avec vous."),
    case("Quelle note sans fin ni point"),
    case("Le prix (env. 30 euros, cf. Le Monde) monte.", "Les gens se plaignent."),
]

ENGLISH = [
    case("Mr. Smith met Mrs. Jones and Dr. Brown.", "Gen. Lee was absent that day."),
    case("The U.S. Army is in the U.S.", "The president said so to the press."),
    case("It is case No. 5 today.", "He said no.", "Then he left the room."),
    case("He said no.", "I think he is wrong here."),
    case("He told me.", "Then he left the house."),
    case("In Roe v. Wade, it ruled so.", "It was in 1973 that it ruled."),
    case("On Jan. 6, 2026, they met.", "They signed at 5 p.m.", "Nobody objected to it."),
    case("Some allies, e.g. Poland, i.e. NATO members, agreed.", "Others did not agree."),
    case("“We will not go there.”", "He left the room at once."),
    case('"We will not go there."', "She left the room at once."),
    case("‘We will not go there.’", "They left the room at once."),
    case("“Where are you going now?” he asked her.", "She did not answer him."),
    case("It grew by 3.5 points to 1,234.56 dollars.", "That is a lot of money."),
    case("J. R. R. Tolkien wrote it.", "C. S. Lewis read it all."),
    case("What?! Nobody knew that yesterday.", "It is on https://example.org/a.b?c=d now."),
    case("It was so... quiet that night.", "Nobody came along…", "The end was near."),
]


@pytest.mark.parametrize(("text", "expected"), FRENCH + ENGLISH)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("word", ["cruel", "vingt", "seul", "col", "prof", "me", "non"])
def test_a_common_word_is_no_abbreviation(word: str) -> None:
    assert len(sentences(f"Il est arrivé au {word}. Personne ne l’attendait là-bas.")) == 2


def test_staccato_sentences_are_joined_but_bounded() -> None:
    found = sentences("Oui. Non. " * 500)
    assert all(10 < len(sentence) <= SENTENCE_MAX for sentence in found)


def test_a_run_without_space_is_cut_at_the_limit() -> None:
    assert [len(s) for s in sentences("x" * (2 * SENTENCE_MAX + 5))] == [SENTENCE_MAX, SENTENCE_MAX, 5]


def test_a_long_sentence_is_cut_after_a_clause_or_a_word() -> None:
    clauses = sentences("la paix est proche pour nous tous, " * 60)
    assert len(clauses) > 1
    assert all(s.endswith(",") for s in clauses)
    words = sentences("paix " * 400)
    assert len(words) > 1
    assert all(set(s.split()) == {"paix"} for s in words)


@pytest.mark.parametrize(
    ("before", "lead_in", "items", "after"),
    [
        ([], "Ce plan prévoit :", ["une aide ;", "un prêt ;", "un don."], ["Il coûte très cher."]),
        ([], "This plan includes:", ["aid to all;", "a loan."], ["It is dear to us."]),
        (["Il est là depuis hier."], "Il prévoit :", ["une aide (civile ; militaire) ;", "un prêt."], []),
        (["Il est là depuis hier."], "Il prévoit :", ["– une aide ;", "– un prêt ;", "– rien."], []),
        ([], "« Ce plan prévoit :", ["une aide ;", "un prêt. »"], ["Il coûte très cher."]),
    ],
)
def test_enumeration_items_know_their_lead_in(
    before: list[str], lead_in: str, items: list[str], after: list[str]
) -> None:
    text = " ".join([*before, lead_in, *items, *after])
    assert sentences(text) == [*before, lead_in, *items, *after]
    assert lead_ins(text) == [None] * (len(before) + 1) + [lead_in] * len(items) + [None] * len(after)


@pytest.mark.parametrize(
    "text",
    [
        "Il a dit : « La paix est proche ; la guerre est loin. »",
        "Il a dit :  « La paix est proche ; la guerre est loin. »",
        f"Il a dit{NBSP}:{NBSP}«{NNBSP}La paix est proche ; la guerre est loin.{NNBSP}»",
        "He said: “Peace is near; war is far.”",
        "He said: 'Peace is near; war is far.'",
        "L’Écosse (en scots : Scotland ; en gaélique : Alba) est une nation.",
        "La paix est proche ; la guerre est loin ; voici : rien.",
        "Le bilan est clair : la paix est proche.",
        "Il est 10:30 ; il part.",
    ],
)
def test_no_enumeration(text: str) -> None:
    assert sentences(text) == [text]
    assert lead_ins(text) == [None]


def test_an_endless_lead_in_introduces_nothing() -> None:
    text = f"Ce plan {'très ' * 300} prévoit : une aide ; un prêt."
    assert not any(lead_ins(text))
