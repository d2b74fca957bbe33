"""RTF files as a reader sees them."""

from __future__ import annotations

import pytest

from rag.errors import UnreadableFile
from rag.types import Source
from tests.helpers.documents import Read

_HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}"
    r"{\f2\fcharset204 Arial;}}"
    r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 caption;}}"
    r"{\info{\title Le loup}{\author Anne Costa}}"
)


def rtf(body: str) -> bytes:
    return (_HEAD + body + "}").encode("latin-1")


def parts(source: Source) -> list[tuple[str, str]]:
    return [(part.kind, source.text[part.start : part.end]) for part in source.layout.parts]


def test_characters_of_every_encoding(read: Read) -> None:
    body = (
        r"L\'92\'e9t\'e9, c\u339\'9cur\u8239?: \u8805 ?5 \{ok\} \emdash\~ 10\_20\par "
        r"{\f2\'cf\'f0\'e8\'e2\'e5\'f2}\par \uc0\u-10179\u-8694 {\f1\'b3} 7\line fin\par"
    )
    source = read("a.rtf", rtf(body))
    assert source.text == "L’été, cœur\u202f: ≥5 {ok} —\u00a0 10-20\n\nПривет\n\n😊≥ 7\nfin".replace(
        "😊", "😊"
    )
    assert (source.info.title, source.info.author) == ("Le loup", "Anne Costa")


def test_notes_raised_hidden_struck_and_changes(read: Read) -> None:
    body = (
        r"Soit 12{\super\chftn{\footnote\pard {\super\chftn} Contest\'e9.}} millions, 10{\super 6} cas, "
        r"CO{\sub 2}, le 1{\super er} mai.\par "
        r"La taxe est {\strike supprim\'e9e }maintenue{\v  en secret}{\cf1  en blanc}.\par "
        r"Il {\deleted refuse }{\revised accepte} la loi{\*\annotation \'c0 revoir}.\par "
        r"{\header Projet\par}{\field{\*\fldinst PAGE}{\fldrslt 9}}Voir "
        r"{\field{\*\fldinst REF x}{\fldrslt 4}}.\par"
    )
    source = read("a.rtf", rtf(body))
    assert source.text == (
        "Soit 12 millions, 10⁶ cas, CO₂, le 1er mai.\n\nLa taxe est maintenue.\n\nIl accepte la loi."
        "\n\nVoir 4.\n\nContesté."
    )
    (note,) = source.layout.parts
    assert (note.kind, note.mark, source.text[: note.at]) == ("note", "1", "Soit 12")
    assert {(left.kind, left.text) for left in source.layout.left_out} == {
        ("struck", "supprimée"), ("hidden", "en secret en blanc"), ("deleted", "refuse"),
        ("comment", "À revoir"),
        ("header", "Projet"),
    }  # fmt: skip
    assert {remark.key: remark.count for remark in source.layout.remarks} == {
        "hidden": 1, "struck": 1, "changes": 2, "comments": 1,
    }  # fmt: skip


def test_numbers_headings_tables_and_boxes(read: Read) -> None:
    body = (
        r"\pard\s1{\listtext\pard 2.1\tab}Le cadre\par\pard\plain "
        r"{\listtext a)\tab}premier\par\pard\ilvl1{\listtext\f1\'b7\tab}puce\par\pard\plain "
        r"Avant{\shp{\*\shpinst{\sp{\sn x}}{\shptxt\pard Encadr\'e9\par}}{\shprslt Encadr\'e9}} la suite\par "
        r"\trowd\trhdr\cellx1\cellx2\pard\intbl Lieu\cell Brebis\cell\row "
        r"\trowd\clvmgf\cellx1\cellx2\pard\intbl Alpes\cell 340\cell\row "
        r"\trowd\clvmrg\cellx1\cellx2\pard\intbl\cell 12\par 345\cell\row \pard\s2 Figure 1\par"
    )
    source = read("a.rtf", rtf(body))
    assert source.text == (
        "2.1 Le cadre\n\na) premier\n  - puce\n\nAvant la suite\n\nEncadré\n\n"
        "Lieu | Brebis\nAlpes | 340\nAlpes | 12 / 345\n\nFigure 1"
    )
    assert parts(source) == [
        ("heading", "2.1 Le cadre"),
        ("columns", "Lieu | Brebis"),
        ("caption", "Figure 1"),
    ]


def test_rtf_that_is_damaged_is_read_as_far_as_it_goes(read: Read) -> None:
    assert read("a.rtf", rtf(r"Un {\b deux")).text == "Un deux"
    with pytest.raises(UnreadableFile, match="not RTF"):
        read("a.rtf", b"PK\x03\x04")
    with pytest.raises(UnreadableFile, match="damaged"):
        read("a.rtf", rtf("{" * 6000 + "x"))
