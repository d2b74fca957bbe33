"""Tables: CSV, TSV and workbooks."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from openpyxl.styles import Font

from rag.documents.formats.rows import read_rows
from rag.documents.formats.shared import Extract
from rag.documents.formats.workbook import read_workbook
from rag.errors import NotReadable


def said(found: Extract) -> list[tuple[str, str]]:
    return [(part.kind, found.text[part.start : part.end]) for part in found.layout.parts]


@pytest.mark.parametrize(
    ("data", "text", "head"),
    [
        ("année;coût\n2025;12,5\n2026;13,5\n", "année | coût\n2025 | 12,5\n2026 | 13,5", "année | coût"),
        (
            'Ville,2023,2024\n"L, l",12,"1 300"\nSud,,14',
            "Ville | 2023 | 2024\nL, l | 12 | 1 300\nSud | | 14",
            "Ville | 2023 | 2024",
        ),
        ("a\tb\r\nx, z\ty;w\r\n", "a | b\nx, z | y;w", "a | b"),
        ("sep=|\na|b\n1|2", "a | b\n1 | 2", "a | b"),
        ("1;2\n3;4", "1 | 2\n3 | 4", ""),
        ('a;b\n1;"2', "a | b\n1 | 2", "a | b"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_rows(data: str, text: str, head: str, encoding: str) -> None:
    found = read_rows(data.encode(encoding))
    assert found.text == text
    assert said(found) == ([("columns", head)] if head else [])


def test_titles_above_a_table() -> None:
    found = read_rows("Le budget;\n;\nPoste;Part\nÉcoles;12 %".encode())
    assert found.text == "Le budget\n\nPoste | Part\nÉcoles | 12 %"
    assert said(found) == [("heading", "Le budget"), ("columns", "Poste | Part")]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Budget"
    sheet.append(["Poste de dépense", "Part", "Montant", "Date", "Secret"])
    sheet.append(["Les écoles de la ville", 0.125, 1234567.5, datetime.date(2026, 5, 12), "caché"])
    sheet.append(["Les routes de la ville", 0.12, 0.1 + 0.2, datetime.date(2026, 6, 1), "caché"])
    sheet.append(["Une ligne cachée", 1, 1, None, None])
    sheet.append(["Barré", None, None, None, None])
    for cell, form in {
        "B2": "0.0%",
        "B3": "0%",
        "C2": '#,##0.00 "€"',
        "D2": "dd/mm/yyyy",
        "D3": "mmmm yyyy",
    }.items():
        sheet[cell].number_format = form
    sheet.column_dimensions["E"].hidden = True
    sheet.row_dimensions[4].hidden = True
    sheet["A5"].font = Font(strike=True)
    sheet["XFD1048576"] = " "  # nothing, very far away
    book.create_sheet("Notes")["A1"] = "Une note."
    hidden = book.create_sheet("Interne")
    hidden["A1"], hidden.sheet_state = "Secret", "hidden"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_cells_as_they_are_displayed() -> None:
    found = read_workbook(workbook(), 1_000_000)
    assert found.text == (
        "Budget\n\nPoste de dépense | Part | Montant | Date\n"
        "Les écoles de la ville | 12,5\u00a0% | 1\u202f234\u202f567,50\u00a0€ | 12/05/2026\n"
        "Les routes de la ville | 12\u00a0% | 0,3 | juin 2026\n\nNotes\n\nUne note."
    )
    assert [kind for kind, _ in said(found)] == ["heading", "columns", "heading"]
    assert found.layout.paging == "sheet"
    assert [(found.text[at:][:5], page) for at, page in found.layout.pages] == [("Budge", 1), ("Notes", 2)]
    assert [(remark.key, remark.count) for remark in found.layout.remarks] == [
        ("hidden_pages", 1), ("hidden", 6), ("struck", 1),
    ]  # fmt: skip


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(NotReadable, match="save each sheet"):
        read_workbook(workbook(), 100)
