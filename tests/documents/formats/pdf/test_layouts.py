"""Notes, heads, first letters and columns in layouts that tempt to weave or to leak."""

from __future__ import annotations

import pytest

from rag.documents.formats.pdf.reader import read_pdf
from rag.documents.formats.shared import Extract
from tests.helpers.documents import LIMIT
from tests.helpers.sheets import BOLD, Sheet


def read(sheet: Sheet) -> Extract:
    return read_pdf(sheet.data(), LIMIT)


def test_notes_under_all_columns_are_notes_and_their_marks_are_never_powers() -> None:
    sheet = Sheet()
    left = [f"La phrase numéro {word} de la colonne" for word in "a b c d e f g h i j k l".split()]
    sheet.lines(60, 80, left)
    sheet.lines(320, 80, [line.replace("phrase", "suite") for line in left])
    x = sheet.put(60, 260, "en compte 12 348")
    x = sheet.raised(x, 260, "1")
    sheet.put(x, 260, " à la fin")
    x = sheet.put(320, 260, "en compte 48,4")
    sheet.raised(x, 260, "7")
    sheet.rule(60, 700, 120)
    sheet.put(60, 720, "1", 9)
    sheet.put(
        78,
        720,
        "Cour des comptes, rapport sur les trains de nuit, publié en mai de l’an dernier, page 12 et",
        9,
    )
    sheet.put(78, 731, "suivantes.", 9)
    extract = read(sheet)
    text = extract.text
    assert "en compte 12 348 à la fin\n" in text.replace("à la fin La", "à la fin\nLa")
    assert text.index("en compte 12 348 à la fin") < text.index("La suite numéro a")
    assert "48,4\n\nCour des comptes" in text
    (note,) = [part for part in extract.layout.parts if part.kind == "note"]
    assert (note.mark, text[: note.at].endswith("12 348")) == ("1", True)
    assert text[note.start : note.end].endswith("page 12 et suivantes.")


def test_notes_gathered_at_the_end_are_tied_and_powers_are_kept() -> None:
    sheet = Sheet()
    x = sheet.put(70, 80, "Le port a coûté 3 × 10")
    x = sheet.raised(x, 80, "6")
    x = sheet.put(x, 80, " euros, dit le maire")
    x = sheet.raised(x, 80, "1")
    sheet.put(x, 80, ".")
    x = sheet.put(70, 120, "La gare en a coûté 40")
    x = sheet.raised(x, 120, "2")
    sheet.put(x, 120, " de plus.")
    sheet.next()
    sheet.put(70, 80, "Notes", 14, BOLD)
    sheet.lines(70, 110, ["1. Conseil du 4 mai.", "2. Rapport de la SNCF."])
    extract = read(sheet)
    assert "3 × 10⁶ euros, dit le maire.\n" in extract.text
    tied = [(p.mark, extract.text[p.at - 5 : p.at]) for p in extract.layout.parts if p.kind == "note"]
    assert tied == [("1", "maire"), ("2", "té 40")]


@pytest.mark.parametrize(
    ("first", "lines", "text"),
    [
        (
            "«",
            ["Rien ne justifie 18 425 logements", "neufs », dit le maire."],
            "« Rien ne justifie 18 425 logements",
        ),
        ("À", ["Paris, on vote demain pour", "la piscine."], "À Paris, on vote demain"),
        ("“", ["Nothing justifies 78 homes", "here,” he says."], "“Nothing justifies 78 homes here,”"),
    ],
)
def test_first_letters_of_two_lines_weave_nothing(first: str, lines: list[str], text: str) -> None:
    sheet = Sheet()
    end = sheet.put(70, 100, first, 34)
    sheet.lines(end + 3, 85, lines)
    assert read(sheet).text.startswith(text)


def test_heads_that_come_once_are_left_out_and_first_lines_of_pages_are_not() -> None:
    sheet = Sheet()
    for head, lines in (
        ("Revue des débats", ["La commission a voté le texte par 12 voix", "contre 3, et la ministre"]),
        ("Le train de nuit", ["l’a signé le soir même.", "Le décret suivra."]),
    ):
        sheet.put(400 if head[0] == "R" else 70, 40, head, 8)
        sheet.lines(70, 90, lines)
        sheet.next()
    assert read(sheet).text.startswith(
        "La commission a voté le texte par 12 voix contre 3, et la ministre l’a signé"
    )
    sheet = Sheet()
    sheet.lines(70, 60, ["Monsieur le Maire,"])
    sheet.lines(70, 100, ["Le budget de la commune est en hausse de 3 %."])
    sheet.next()
    sheet.lines(70, 60, ["Veuillez agréer nos salutations."])
    sheet.lines(70, 100, ["Le conseil des parents"])
    assert "Monsieur le Maire" in (text := read(sheet).text)
    assert "Veuillez agréer" in text


def test_short_ends_of_known_columns_and_tables_of_sentences_are_not_woven() -> None:
    sheet = Sheet()
    for verb, lines in (("remplit", 30), ("occupe", 2)):
        for x, what in ((60, "gauche"), (314, "droite")):
            for at in range(lines):
                sheet.put(x, 80 + 13 * at, f"Une ligne à {what} qui {verb} toute la largeur,", 10.9)
        sheet.next()
    side = [line.split(" qui ")[0] for line in read(sheet).text.split("Une ligne à ") if "occupe" in line]
    assert side == ["gauche", "gauche", "droite", "droite"]
    sheet = Sheet()
    rows = [
        (["Mesure"], ["Motif"]),
        (
            ["La gratuité des cantines", "dans tout le pays"],
            ["Elle aiderait les familles", "les plus pauvres", "d’abord."],
        ),
        (["Le repas sans viande"], ["Il émet moins de carbone", "qu’un autre."]),
    ]
    y = 80.0
    for left, right in rows:
        sheet.lines(60, y, left)
        y = sheet.lines(300, y, right) + 9
    assert read(sheet).text.split("\n") == [
        "Mesure | Motif",
        "La gratuité des cantines dans tout le pays | Elle aiderait les familles les plus pauvres d’abord.",
        "Le repas sans viande | Il émet moins de carbone qu’un autre.",
    ]


def test_headings_at_the_top_of_pages_and_lists_under_a_rule_stay() -> None:
    sheet = Sheet()
    for title, line in (
        ("Introduction", "Le premier texte de l’étude."),
        ("Méthode", "Le deuxième la décrit."),
    ):
        sheet.lines(70, 60, [title])
        sheet.lines(70, 100, [line])
        sheet.next()
    sheet.lines(70, 80, ["Trois villes ont une piscine."])
    sheet.rule(70, 400, 120)
    sheet.lines(70, 420, ["1 Brest", "2 Lyon", "3 Nice"])
    extract = read(sheet)
    assert ("Introduction" in extract.text, "Méthode" in extract.text, extract.layout.left_out) == (
        True,
        True,
        (),
    )
    assert "1 Brest" in extract.text
    assert not extract.layout.parts
