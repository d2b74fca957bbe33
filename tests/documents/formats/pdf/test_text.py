"""What stands in the text of a PDF: words whole, columns apart, furniture out, notes as notes."""

from __future__ import annotations

import pytest

from rag.documents.formats.pdf.reader import read_pdf
from rag.documents.formats.shared import Extract
from rag.types import Part
from tests.helpers.documents import LIMIT
from tests.helpers.sheets import BOLD, Sheet


def read(sheet: Sheet) -> Extract:
    return read_pdf(sheet.data(), LIMIT)


def parts(extract: Extract, kind: str) -> list[str]:
    return [extract.text[part.start : part.end] for part in extract.layout.parts if part.kind == kind]


def test_hyphens_at_line_ends_are_undone_but_for_compounds() -> None:
    sheet = Sheet()
    sheet.lines(
        70,
        80,
        [
            "Le conseil régional estime que la rénovation des lycées coûtera 310 mil-",
            "lions d’euros et que l’État en paiera la moi-",
            "tié. Le porte-parole, Mme Duval, juge ce partage franco-",
            "espagnol juste. Un sous-",
            "préfet suivra les travaux de l’au-",
            "torité, ce que peut-",
            "être on lui dira, de 2027-",
            "2031. Rendez-",
            "vous à Saint-",
            "Denis pour l’assemblée.",
        ],
    )
    assert read(sheet).text == (
        "Le conseil régional estime que la rénovation des lycées coûtera 310 millions d’euros et que l’État "
        "en paiera la moitié. Le porte-parole, Mme Duval, juge ce partage franco-espagnol juste. Un "
        "sous-préfet suivra les travaux de l’autorité, ce que peut-être on lui dira, de 2027-2031. "
        "Rendez-vous à Saint-Denis pour l’assemblée."
    )


def test_headers_footers_and_page_numbers_are_left_out_and_sentences_run_over_pages() -> None:
    sheet = Sheet()
    pages = [
        ["La directrice a rappelé que le barrage tenait", "bon, et que les pompiers étaient là avant les"],
        [
            "secours de la région. Selon elle, la ville avait",
            "refusé de fermer l’école. Elle a reconnu que les",
        ],
        ["sirènes ne marchaient pas depuis 2018."],
    ]
    for number, lines in enumerate(pages, 1):
        sheet.put(70, 40, "COMMISSION D’ENQUÊTE – Compte rendu n° 7", 9)
        sheet.lines(70, 100, lines)
        sheet.put(70, 800, "Document provisoire", 8)
        sheet.put(480, 800, f"Page {number} / 3", 8)
        sheet.next()
    extract = read(sheet)
    assert extract.text == " ".join(line for lines in pages for line in lines)
    assert [page for _, page in extract.layout.pages] == [1, 2, 3]
    assert all(
        extract.text[at:].startswith(lines[0])
        for (at, _), lines in zip(extract.layout.pages, pages, strict=True)
    )
    out = [(item.kind, item.text) for item in extract.layout.left_out if item.page == 2]
    assert out == [
        ("header", "COMMISSION D’ENQUÊTE – Compte rendu n° 7"),
        ("footer", "Document provisoire"),
        ("page_number", "Page 2 / 3"),
    ]


@pytest.mark.parametrize("number", ["- {} -", "{}", "Page {}/12"])
def test_page_numbers_of_any_form_are_left_out(number: str) -> None:
    sheet = Sheet()
    for page in (1, 2):
        sheet.lines(
            70, 100, ["La page parle des communes.", f"Elle en nomme {'une deux'.split()[page - 1]}."]
        )
        sheet.put(290, 810, number.format(page), 9)
        sheet.next()
    text = read(sheet).text
    assert text.count("communes") == 2
    assert not any(char.isdigit() for char in text)


def test_numbered_headings_at_the_top_of_pages_are_no_headers() -> None:
    sheet = Sheet()
    for number, what in ((4, "battues"), (5, "tirs"), (6, "foires et marchés")):
        sheet.put(70, 80, f"Article {number}", 14, BOLD)
        sheet.lines(70, 110, [f"Le préfet fixe la date des {what}.", "Il en informe les maires."])
        sheet.next()
    extract = read(sheet)
    assert parts(extract, "heading") == ["Article 4", "Article 5", "Article 6"]


def test_notes_stand_at_the_end_tied_to_their_marks() -> None:
    sheet = Sheet()
    x = sheet.put(70, 80, "Les piscines ouvrent 38")
    x = sheet.raised(x, 80, "5")
    sheet.put(x, 80, " heures par semaine, soit une")
    x = sheet.put(70, 95, "hausse de 9 %")
    x = sheet.raised(x, 95, "6")
    x = sheet.put(x, 95, " sur 45 m")
    x = sheet.raised(x, 95, "2")
    x = sheet.put(x, 95, " pour 10")
    x = sheet.raised(x, 95, "7")
    x = sheet.put(x, 95, " litres, le 1")
    x = sheet.raised(x, 95, "er")
    sheet.put(x, 95, " mai.")
    sheet.put(70, 780, "5. Hors vacances, selon la ville.", 8)
    sheet.put(70, 790, "6. Moyenne de 14 villes.", 8)
    extract = read(sheet)
    body = (
        "Les piscines ouvrent 38 heures par semaine, soit une hausse de 9 % sur 45 m² pour 10⁷ litres, "
        "le 1er mai."
    )
    assert extract.text == f"{body}\n\nHors vacances, selon la ville.\n\nMoyenne de 14 villes."
    start = len(body) + 2
    assert extract.layout.parts == (
        Part(start, start + 30, "note", "5", body.index(" heures")),
        Part(start + 32, start + 53, "note", "6", body.index(" sur 45")),
    )


def test_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    sheet.put(70, 60, "Un titre au-dessus des deux colonnes", 16, BOLD)
    left = [f"La ligne {n} de gauche raconte la séance" for n in range(1, 13)] + ["et le vote commence."]
    right = [f"La ligne {n} de droite donne les chiffres" for n in range(1, 13)] + ["et la séance est levée."]
    sheet.lines(70, 100, left, 10)
    sheet.lines(310, 103, right, 10)  # on base lines of its own
    sheet.put(
        70,
        330,
        "Une ligne qui va d’un bord à l’autre de la page ferme enfin les deux colonnes du texte imprimé.",
        10,
    )
    text = read(sheet).text
    assert text == "\n\n".join(
        [
            "Un titre au-dessus des deux colonnes",
            " ".join(left),
            " ".join(right),
            "Une ligne qui va d’un bord à l’autre de la page ferme enfin les deux colonnes du texte imprimé.",
        ]
    )


def test_a_box_beside_the_text_is_not_woven_into_it() -> None:
    sheet = Sheet()
    sheet.lines(
        70, 100, [f"Le texte courant, ligne {n}, va son chemin" for n in range(1, 9)] + ["jusqu’au bout."]
    )
    sheet.canvas.rect(330, 842 - 190, 200, 100)
    sheet.lines(340, 110, ["Repères : la loi de 2019", "compte 14 articles, et", "trois décrets."], 9)
    text = read(sheet).text
    assert "Repères : la loi de 2019 compte 14 articles, et trois décrets." in text
    assert "ligne 1, va son chemin Le texte courant, ligne 2, va son chemin" in text


def test_ruled_tables_are_rows_under_their_headings() -> None:
    sheet = Sheet()
    sheet.put(70, 60, "Les voix se répartissent ainsi :")
    sheet.grid(
        70,
        80,
        [150, 80, 90],
        [
            ["Commune", "Habitants", "Part"],
            [["Sainte-Marie-", "aux-Mines"], "5 204", "31,5 %"],
            ["Albi", "48 970", "22,1 %"],
        ],
    )
    extract = read(sheet)
    assert extract.text.endswith(
        "\n\nCommune | Habitants | Part\nSainte-Marie-aux-Mines | 5 204 | 31,5 %\nAlbi | 48 970 | 22,1 %"
    )
    assert parts(extract, "columns") == ["Commune | Habitants | Part"]


def test_tables_without_rules_are_rows_too() -> None:
    sheet = Sheet()
    rows = [
        ("Ville", "Voix", "Sièges"),
        ("Brest", "12 400", "7"),
        ("Lyon", "98 310", "31"),
        ("Nice", "45 002", "15"),
    ]
    for number, row in enumerate(rows):
        for x, cell in zip((70, 220, 340), row, strict=True):
            sheet.put(x, 80 + 15 * number, cell)
    assert read(sheet).text == "\n".join(" | ".join(row) for row in rows)


def test_lists_keep_their_items_and_headings_are_said() -> None:
    sheet = Sheet()
    sheet.put(70, 70, "2. Les mesures", 14, BOLD)
    y = sheet.lines(70, 100, ["Le conseil demande trois choses, dont voici le détail :"])
    for label, lines in (
        ("•", ["que le tarif baisse de 10 % dans toutes les", "communes ;"]),
        ("•", ["que la ligne rouvre."]),
    ):
        sheet.put(80, y, label)
        y = sheet.lines(95, y, lines)
    extract = read(sheet)
    assert (
        extract.text.split("\n\n")[2]
        == "- que le tarif baisse de 10 % dans toutes les communes ;\n- que la ligne rouvre."
    )
    assert parts(extract, "heading") == ["2. Les mesures"]


def test_contents_lines_are_contents() -> None:
    sheet = Sheet()
    sheet.lines(70, 80, ["Introduction " + "." * 60 + " 3", "1. Le climat " + "." * 58 + " 12"])
    extract = read(sheet)
    assert extract.text == "Introduction … 3\n1. Le climat … 12"
    assert len(parts(extract, "contents")) == 2


def test_words_are_parted_where_the_file_has_no_spaces_and_letters_set_apart_are_joined() -> None:
    sheet = Sheet()
    x = 70.0
    for word in "Le maire refuse tout accord.".split():
        x = sheet.put(x, 80, word) + 3
    sheet.canvas.drawString(70, 842 - 120, "A V I S   A U   P U B L I C", charSpace=2)
    assert read(sheet).text.split("\n\n") == ["Le maire refuse tout accord.", "AVIS AU PUBLIC"]


def test_line_numbers_in_the_margin_are_left_out() -> None:
    sheet = Sheet()
    for number in range(1, 13):
        sheet.put(50, 80 + 20 * number, str(number), 9)
        sheet.put(
            90,
            80 + 20 * number,
            f"et la ligne numéro {'abcdefghijkl'[number - 1]} suit" if number > 1 else "Le débat commence,",
        )
    text = read(sheet).text
    assert text.startswith("Le débat commence, et la ligne numéro b suit et la ligne")
    assert not any(char.isdigit() for char in text)
