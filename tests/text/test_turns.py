"""Who speaks, in transcripts, interviews and official reports; and nobody in documents like them."""

from __future__ import annotations

import pytest

from rag.text.segmenter import segment
from rag.text.sentences import is_answer
from rag.types import Layout, Part, Passage, Sentence
from tests.helpers import ROOT, transcripts_en, transcripts_fr
from tests.helpers.lookalikes import LOOKALIKES
from tests.helpers.sittings import FORMS, sitting

MARKS = {"body": ">", "question": "?", "aside": "(", "heading": "#"}
DOCUMENTS = {
    **{name: (text.replace("\n", "\n\n"), said) for name, (text, said) in transcripts_fr.PARAGRAPHS.items()},
    **{name: (text.replace("\n", "\n\n"), said) for name, (text, said) in transcripts_en.PARAGRAPHS.items()},
    **transcripts_fr.LINES,
    **transcripts_en.LINES,
}


def sentences(text: str) -> list[Sentence]:
    return [sentence for passage in segment(text) for sentence in passage.sentences]


def said(text: str) -> list[str]:
    """Each sentence that is no label, as the tables have it."""
    return [
        f"{one.speaker or ''}{MARKS[one.role]} {' '.join(text[one.start : one.end].split())}"
        for one in sentences(text)
        if one.role != "label"
    ]


def speakers(text: str) -> list[str | None]:
    """The speakers of a text, in order of their first words."""
    return list(dict.fromkeys(one.speaker for one in sentences(text) if one.role == "body"))


def voices(passage: Passage) -> set[str | None]:
    return {one.speaker for one in passage.sentences if one.role != "aside"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_who_says_what(name: str) -> None:
    text, right = DOCUMENTS[name]
    assert said(text) == right.splitlines()
    assert all(len(voices(passage)) < 2 for passage in segment(text))


@pytest.mark.parametrize("name", LOOKALIKES)
def test_nobody_speaks_in_other_documents(name: str) -> None:
    found = sentences(LOOKALIKES[name])
    assert {(one.speaker, one.role == "label") for one in found} == {(None, False)}


def test_nobody_speaks_in_the_shipped_documents() -> None:
    for name in ("commentaire.md", "declaration.md"):
        assert speakers((ROOT / "corpus" / name).read_text(encoding="utf-8")) == [None]


def test_sittings_made_by_rule() -> None:
    told = right = wrong = 0
    for number, form in enumerate(FORMS.values()):
        made = sitting(form, number)
        passages = segment(made.text)
        assert all(len(voices(passage)) < 2 for passage in passages)
        units = [one for passage in passages for one in passage.sentences if one.role in ("body", "question")]
        by_words = {" ".join(made.text[one.start : one.end].split()): one.speaker for one in units}
        for words, name in made.said:
            parts = {speaker for part, speaker in by_words.items() if words in part or part in words}
            told += 1
            right += parts == {name}
            wrong += not parts <= {name, None}
    assert right >= 0.99 * told and wrong <= 0.002 * told, (told, right, wrong)


def test_labels_asides_and_questions_are_never_answers() -> None:
    text, _ = DOCUMENTS["official report"]
    roles = {one.role: is_answer(text, one) for one in sentences(text)}
    assert roles == {
        "body": True, "label": False, "aside": False, "question": False, "heading": False,
    }  # fmt: skip


DIALOGUE = "\n\n".join(
    [
        "{0} Bonjour à tous, merci.",
        "{1} Que voulez-vous, au juste ?",
        "{0} Nous voulons un pont.",
        "{1} Merci, donc.",
    ]
)
"""Two who speak in turn, each twice."""


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ("M. COSTA :", "Mme FERRAND :", ["M. Costa", "Mme Ferrand"]),
        ("M. Costa. —", "Mme Ferrand. –", ["M. Costa", "Mme Ferrand"]),
        ("M. DE LA TOUR.", "M. LE GOFF.", ["M. de la Tour", "M. Le Goff"]),
        ("LE PRÉSIDENT.", "M. LE MINISTRE.", ["Le président", "M. le ministre"]),
        ("JEAN-LUC D’ALMEIDA :", "URSULA VON DER LEYEN :", ["Jean-Luc D’Almeida", "Ursula von der Leyen"]),
        ("Le Vice-Président (M. Roy) :", "Mme Roux, à M. Roy :", ["Le Vice-Président (M. Roy)", "Mme Roux"]),
        ("La présidente, Mme Anne Roux. —", "Le sénateur Roy. —", ["Mme Anne Roux", "Le sénateur Roy"]),
        ("**M. Costa :**", "**Mme Ferrand** :", ["M. Costa", "Mme Ferrand"]),
        ("- Journaliste :", "- L’abbé Roy :", ["Journaliste", "L’abbé Roy"]),
        ("SPEAKER 1:", "SPEAKER 2:", ["Speaker 1", "Speaker 2"]),
        ("THE COURT:", "MR. SMITH:", ["The Court", "Mr. Smith"]),
        ("Q5 Chair:", "Mrs VANE MP:", ["Chair", "Mrs Vane MP"]),
    ],
)
def test_forms_of_labels(one: str, other: str, names: list[str]) -> None:
    assert speakers(DIALOGUE.format(one, other)) == names


def test_one_name_for_one_person() -> None:
    text = DIALOGUE.format("M. Jean COSTA, ministre.", "Mme la présidente.")
    text += "\n\nM. Costa. Je le redis.\n\nM. le ministre. Je le répète.\n\nMme Costa. Moi aussi."
    assert speakers(text) == ["M. Jean Costa", "Mme la présidente", "Mme Costa"]


def test_a_label_alone_on_its_line_is_no_heading() -> None:
    text = DIALOGUE.format("M. Jean Costa\n\n", "Mme Anne Roux (PS)\n\n")
    assert speakers(text) == ["M. Jean Costa", "Mme Anne Roux"]
    assert {one.heading for one in sentences(text)} == {None}
    layout = Layout(
        parts=tuple(Part(one.start, one.end, "heading") for one in sentences(text) if one.role == "label")
    )
    assert [one.role for passage in segment(text, layout) for one in passage.sentences].count("heading") == 0


def test_a_stage_direction_in_mid_sentence_stays_there() -> None:
    text = (
        DIALOGUE.format("M. Costa :", "Mme Roux :")
        + " Je pars (rires) et je reste. Notre fin approche (Rires.) Nous partons."
    )
    assert said(text)[-4:] == [
        "Mme Roux> Merci, donc. Je pars (rires) et je reste.",
        "Mme Roux> Notre fin approche",
        "( (Rires.)",
        "Mme Roux> Nous partons.",
    ]


def test_notes_are_nobodys_words() -> None:
    text = DIALOGUE.format("M. Costa :", "Mme Roux :") + "\n\nSelon la mairie, en 2020."
    layout = Layout(parts=(Part(text.index("Selon"), len(text), "note", "1", 5),))
    last = segment(text, layout)[-1].sentences[0]
    assert (last.role, last.speaker) == ("note", None)


@pytest.mark.parametrize(
    "words", ["M. Jean Costa, du, ", "Le président de la ", "A B C ", "(Rires.) ", "***", "M. "]
)
def test_long_transcripts(words: str) -> None:
    text = (
        DIALOGUE.format("M. Costa :", "Mme Roux :")
        + f"\n\nM. Costa : {words * 5000}"
        + f"\n\n{words * 9}" * 500
    )
    assert speakers(text)[:2] == ["M. Costa", "Mme Roux"]
