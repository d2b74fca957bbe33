"""What a sentence of a speech states: nothing, something, or what another says."""

from __future__ import annotations

import pytest

from rag.text import stated_in


@pytest.mark.parametrize(
    ("sentence", "nothing"),
    [
        ("Bonsoir à toutes et à tous.", "greeting"),
        ("Ladies and gentlemen!", "greeting"),
        ("Mesdames, messieurs, bonsoir et merci de m’accueillir.", "thanks"),
        ("Thank you very much for your attention.", "thanks"),
        ("Qui d’entre vous n’a jamais pesté contre les bouchons ?", "question"),
        ("What kind of school do we want?", "question"),
        ("Passons à mon deuxième argument.", "announcement"),
        ("Let me turn to my second point.", "announcement"),
        ("Je vais vous parler des commerces.", "announcement"),
        ("Je vous demande de voter contre la motion.", "appeal"),
        ("We ask you to vote against the motion.", "appeal"),
        ("C’est faux.", "short"),
    ],
)
def test_what_states_nothing_says_why(sentence: str, nothing: str) -> None:
    assert stated_in(sentence).nothing == nothing


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Mesdames et messieurs, le samedi ruine les boutiques.", "le samedi ruine les boutiques."),
        ("Merci à la mairie, qui a tué le commerce.", "Merci à la mairie, qui a tué le commerce."),
        ("We thank the board, but its policy is unfair.", "We thank the board, but its policy is unfair."),
        ("La mesure coûte cher, n’est-ce pas ?", "La mesure coûte cher"),
        ("Children need rules, don't they?", "Children need rules"),
        ("Je pense que la mesure est utile.", "la mesure est utile."),
        ("I will argue that the ban is unfair.", "the ban is unfair."),
        ("Mon premier argument est que l’air est pollué.", "l’air est pollué."),
        ("Nous voulons fermer le centre aux voitures.", "Nous voulons fermer le centre aux voitures."),
        ("Welcome policies reduce harm to refugees.", "Welcome policies reduce harm to refugees."),
        ("Judges are underpaid in this county.", "Judges are underpaid in this county."),
        ("17% of teachers said that phones disrupt lessons.", None),
        ("On ne peut pas dire que personne n’a été consulté.", None),
    ],
)
def test_what_is_stated_is_the_sentence_without_what_only_leads_to_it(
    sentence: str, claim: str | None
) -> None:
    found = stated_in(sentence)
    assert (found.nothing, found.reported) == (None, False)
    assert sentence[slice(*found.span)] == (claim or sentence)


@pytest.mark.parametrize(
    ("sentence", "by", "claim"),
    [
        ("On me répond que les habitants n’ont jamais été consultés.", "", "les habitants n’ont jamais"),
        ("Monsieur le maire, vous dites que la navette est gratuite.", "", "la navette est gratuite"),
        ("Certains disent que les parkings sont trop loin.", "", "les parkings sont trop loin"),
        ("Mes adversaires prétendent que la navette suffit.", "", "la navette suffit"),
        ("I am told that teachers were never asked.", "", "teachers were never asked"),
        ("My opponents claim that the pouches are cheap.", "", "the pouches are cheap"),
        ("La maire a promis que la navette roulerait tard.", "La maire", "la navette roulerait tard"),
        ("Selon les parents, sept piétons ont été renversés.", "les parents", "sept piétons ont été"),
        ("The Lindal Institute says that bans calm pupils.", "The Lindal Institute", "bans calm pupils"),
    ],
)
def test_what_another_is_said_to_say_is_reported(sentence: str, by: str, claim: str) -> None:
    found = stated_in(sentence)
    assert (found.nothing, found.reported, found.by) == (None, True, by)
    assert sentence[slice(*found.span)].startswith(claim)


@pytest.mark.parametrize("text", ["", " ", "…", "« »", "?", "que que que", "X dit que", "Mesdames, " * 500])
def test_any_text_states_something_or_nothing(text: str) -> None:
    found = stated_in(text)
    assert 0 <= found.span[0] <= found.span[1] <= len(text)
