"""Whose words a quote is said to be: what is compared, what counts as quoted, what is told of the speaker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Index, load_settings, sync
from rag.catalogue import say
from rag.types import Language
from rag.verify.forms import verification_as_json, verification_as_text
from rag.verify.types import Verification
from rag.verify.verifier import Verifier

NOTE = """---
title: Note du préfet
side: État
---
Le pont sera fermé aux camions à partir du 4 mai 2024. La mairie n’a pas été consultée sur le « plan B ».

Les habitants pourront traverser à pied. Peut-être un bac sera-t-il mis en service.
"""
TRACT = """---
title: Tract des riverains
side: Riverains
---
Le préfet ment : les habitants ne pourront pas traverser à pied. Nous refusons la fermeture du pont.
La mairie n’a pas été consultée ! La moitié des travaux sera payée par nos impôts.
"""

REPORT = """---
title: Compte rendu de la séance
side: Presse
---
Le général d’Aubigny se trompe : la digue a tenu en 1910.
Selon Mme Claire Lebrun, le chantier prendra deux ans.

Le bac coûte trop cher, a déclaré M. Paul Martin. Le porte-parole a ajouté : « Nous ne paierons pas. Jamais. »
M. Roy se trompe quand il dit que le fleuve monte. Contrairement à ce qu’affirme Mme Diop, la crue est passée.

M. Sanchez nie que le port ait fermé. Selon l’Insee, 12 % des quais sont vides. Les riverains veulent un bac.

Dr. Kate Moss said that the ferry will run in May. Mr. Smith is wrong: the tide is falling.
"""


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Verifier]:
    folder = tmp_path_factory.mktemp("attribution")
    (folder / "docs").mkdir()
    for name, text in {"note": NOTE, "tract": TRACT, "presse": REPORT}.items():
        (folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
    index = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
    sync(index)
    yield Verifier(index)
    index.close()


def pieces(found: Verification) -> list[tuple[str, str]]:
    return [(piece.source.id, piece.text) for piece in found.pieces]


def test_what_is_not_exact_is_compared_with_those_alone_whose_words_it_is_said_to_be(
    verifier: Verifier,
) -> None:
    found = verifier.verify("les habitants ne pourraient pas traverser à pied", "État")
    assert pieces(found) == [("note", "Les habitants pourront traverser à pied")]
    found = verifier.verify("les habitants ne pourraient pas traverser à pied")
    assert pieces(found) == [("tract", "les habitants ne pourront pas traverser à pied")]
    for named in ("État", "Riverains"):
        found = verifier.verify("xyzzy et le viaduc de Millau", named)
        assert {near.source.side for near in found.near} == {named}
    ((_, found),) = verifier.speech("Selon la note, « nous acceptons la fermeture du pont ».")
    assert found.verdict == "absent"
    assert {near.source.id for near in found.near} == {"note"}


# --- what counts as quoted --------------------------------------------------------------------------

MARKS = ("«\u00a0{}\u00a0»", "“{}”", '"{}"', "'{}'", "‘{}’")
BAC = "les riverains veulent un bac"


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize(
    ("around", "named"),
    [
        ("M. Dupont a dit : {}", "M. Dupont"),
        ("{}, a dit M. Dupont.", "M. Dupont"),
        ("{}, selon M. J. Dupont", "M. J. Dupont"),
        ("Dupont : {}", "Dupont"),
        ("Le ministre a déclaré : {}", "Le ministre"),
        ("La ministre déléguée : {}", "La ministre déléguée"),
        ("Le maire affirme que {}", "Le maire"),
        ("M. Dupont, le ministre, a dit : {}", "M. Dupont"),
        ("Comme l’a dit M. Dupont, {}", "M. Dupont"),
        ("{} – M. Dupont", "M. Dupont"),
        ("Il a dit : {}", ""),
        ("{}, a-t-elle ajouté.", ""),
        ("{} said Mr. Smith", "Mr. Smith"),
        ("{}, the minister said.", "the minister"),
    ],
)
def test_words_that_introduce_a_quote_are_none_of_it(
    verifier: Verifier, around: str, named: str, marks: str
) -> None:
    text = around.format(marks.format(BAC))
    found = verifier.verify(text)
    assert (found.quote, found.verdict) == (BAC, "exact")
    assert (found.attribution.named if found.attribution else "") == named
    ((claim, same),) = verifier.speech(text)
    assert (same.quote, same.verdict, claim.named) == (BAC, "exact", named)
    false = verifier.verify(around.format(marks.format(BAC.replace("veulent", "ne veulent pas"))))
    assert (false.verdict, [effect.kind for effect in false.effects]) == ("altered", ["negation"])


@pytest.mark.parametrize(
    "text",
    [
        "Le ministre a déclaré : les riverains veulent un bac",
        "Selon M. Dupont, les riverains veulent un bac",
        "Les riverains veulent un bac, a dit M. Dupont.",
        "Il a ajouté : les riverains veulent un bac.",
    ],
)
def test_an_introduction_without_quote_marks_is_taken_off(verifier: Verifier, text: str) -> None:
    assert verifier.verify(text).verdict == "exact"
    ((claim, found),) = verifier.speech(text, sentences=True)
    assert found.verdict == "exact"
    assert text[claim.start : claim.end] == found.quote
    assert found.quote.strip(".").lower() == BAC


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("Selon l’OCDE, 12 % des quais sont vides", "name"),
        ("Le bac coûte trop cher, a déclaré M. Paul Durand", "name"),
        ("Le ministre a déclaré : la mairie a été consultée sur le « plan B »", "negation"),
        ("Le ministre de l’Intérieur a encore dit : la mairie a été consultée sur le « plan B »", "negation"),
        ("Le maire n’a pas dit : les riverains veulent un bac", "negation"),
        ("Selon toute vraisemblance, les riverains veulent un bac", ""),
        ("Belgique : les riverains veulent un bac", ""),
        ("Le général d’Aubigny affirme : la digue a tenu en 1910", ""),
    ],
)
def test_what_does_not_only_introduce_is_claimed(verifier: Verifier, text: str, effect: str) -> None:
    found = verifier.verify(text)
    assert found.verdict == "altered"
    assert not effect or effect in {one.kind for one in found.effects}, found.effects


# --- the speaker ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("speech", "verdict", "told"),
    [
        ("Le général d’Aubigny affirme que « la digue a tenu en 1910 ».", "contradicted", "se trompe"),
        ("« Le chantier prendra deux ans », selon Mme Lebrun.", "confirmed", "Selon Mme Claire"),
        ("« Le chantier prendra deux ans », a dit M. Dupont.", "contradicted", "Selon Mme Claire"),
        ("Jeanne Lebrun l’a dit : « le chantier prendra deux ans ».", "contradicted", "Selon Mme Claire"),
        ("M. Martin a dit : « Le bac coûte trop cher ».", "confirmed", "M. Paul Martin"),
        ("M. Roy a dit : « le fleuve monte ».", "confirmed", "M. Roy se trompe"),
        ("Mme Diop a dit : « la crue est passée ».", "contradicted", "Contrairement"),
        ("M. Sanchez a dit : « le port ait fermé ».", "contradicted", "nie"),
        ("Le porte-parole a dit : « Nous ne paierons pas ».", "confirmed", "Le porte-parole"),
        ("Le porte-parole a dit : « Jamais ».", "confirmed", "Le porte-parole"),
        ("M. Dupont a dit : « Nous ne paierons pas ».", "unchecked", "Le porte-parole"),
        ("La ministre a dit : « le chantier prendra deux ans ».", "unchecked", "Selon Mme Claire"),
        ("Le porte-parole de M. Martin a dit : « Le bac coûte trop cher ».", "unchecked", "M. Paul Martin"),
        ("M. Dupont a dit : « Les riverains veulent un bac ».", "unchecked", ""),
        ("M. Martin a dit : « Les riverains veulent un bac ».", "unchecked", ""),
        ("Mme Moss said: “the ferry will run in May”.", "confirmed", "Kate Moss"),
        ("Mr. Smith said: “the tide is falling”.", "contradicted", "is wrong"),
        ("M. Martin a dit : « Le bac ne coûte pas trop cher ».", "confirmed", "M. Paul Martin"),
    ],
)
def test_who_speaks_is_looked_for_where_the_words_stand(
    verifier: Verifier, speech: str, verdict: str, told: str
) -> None:
    ((_, found),) = verifier.speech(speech)
    assert found.verdict == ("altered" if "ne coûte pas" in speech else "exact")
    assert found.attribution is not None
    assert found.attribution.speaker is not None
    assert found.attribution.speaker.verdict == verdict
    quotes = found.attribution.speaker.quotes
    assert all(told in quote.text for quote in quotes)
    assert bool(quotes) is bool(told)


def test_a_person_is_no_source_that_shares_a_word_of_the_office(verifier: Verifier) -> None:
    ((_, found),) = verifier.speech("Le préfet Durand a dit : « Les riverains veulent un bac ».")
    assert found.verdict == "exact", "he is not « Note du préfet »"
    assert found.attribution is not None
    assert found.attribution.sources == ()
    ((_, found),) = verifier.speech("Le préfet a dit : « Les riverains veulent un bac ».")
    assert found.verdict == "misattributed"


def test_a_source_or_words_that_are_nowhere_have_no_speaker(verifier: Verifier) -> None:
    for speech in ("Selon la note, « le pont sera fermé aux camions »", "M. Dupont a dit : « zut et xyzzy »"):
        ((_, found),) = verifier.speech(speech)
        assert found.attribution is not None
        assert found.attribution.speaker is None


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_speaker_is_told_beside_the_verdict(verifier: Verifier, lang: Language) -> None:
    ((_, found),) = verifier.speech("Le général d’Aubigny affirme que « la digue a tenu en 1910 ».")
    text = verification_as_text(found, lang)
    assert text.startswith("Exact")
    assert say("speaker_contradicted", lang, name="Le général d’Aubigny") in text
    assert "> Le général d’Aubigny se trompe : la digue a tenu en 1910." in text
    speaker = verification_as_json(found, lang)["attribution"]["speaker"]
    assert (speaker["verdict"], len(speaker["quotes"])) == ("contradicted", 1)
    assert speaker["quotes"][0]["source"] == "presse"
