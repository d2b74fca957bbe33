"""What the format of a document tells, as the segmenter reads it."""

from __future__ import annotations

from rag.text.segmenter import segment
from rag.types import Layout, Part, Sentence


def layout_of(text: str, **parts: tuple[str, ...]) -> Layout:
    """The layout in which some lines are parts."""
    found = [Part(text.index(s), text.index(s) + len(s), kind) for kind in parts for s in parts[kind]]  # type: ignore[arg-type]
    return Layout(parts=tuple(sorted(found, key=lambda part: part.start)))


def sentences_in(text: str, layout: Layout) -> dict[str, Sentence]:
    """Every sentence, by its words."""
    return {text[s.start : s.end]: s for p in segment(text, layout) for s in p.sentences}


def test_a_paragraph_over_pages_is_one_and_its_sentences_stand_on_their_pages() -> None:
    text = "Un début assez court.\n\nLe maire a parlé. Il a dit que la digue avait bien cédé.\n\nFin."
    pages = Layout(pages=((0, 1), (text.index("que la digue"), 2)))
    found = sentences_in(text, pages)
    spoke, over = (
        found["Le maire a parlé."].place,
        found["Il a dit que la digue avait bien cédé."].place,
    )
    assert (spoke.page, spoke.paragraph, spoke.last_page) == (1, 2, 0)
    assert (over.page, over.paragraph, over.last_page) == (1, 2, 2)
    assert (found["Fin."].place.page, found["Fin."].place.paragraph) == (2, 2)


def test_notes_stand_apart_and_are_cited_by_their_marks() -> None:
    text = "Les cantines servent 45 repas par an.\n\nSource : rectorat de Lyon.\n\nEnquête menée en mars."
    called = text.index(" repas")
    layout = Layout(
        pages=((0, 4), (text.index("Source"), 4)),
        parts=(
            Part(text.index("Source"), text.index("\n\nEnq"), "note", "3", called),
            Part(text.index("Enq"), len(text), "note", "*"),
        ),
    )
    passages = segment(text, layout)
    assert [passage.sentences[0].role for passage in passages] == ["body", "note"]
    found = sentences_in(text, layout)
    assert found["Source : rectorat de Lyon."].place.note == 3
    assert found["Enquête menée en mars."].place.note == 2
    assert found["Source : rectorat de Lyon."].place.page == 4


def test_rows_are_introduced_by_the_heads_of_their_columns() -> None:
    text = "Avant le tableau.\n\nVille | 2024 | 2025\nLyon | 45 | 52\nLille | 12 | 14\n\nAprès le tableau."
    found = sentences_in(text, layout_of(text, columns=("Ville | 2024 | 2025",)))
    heads = (text.index("Ville"), text.index("\nLyon"))
    assert found["Lille | 12 | 14"].lead_in == found["Lyon | 45 | 52"].lead_in == heads
    assert found["Ville | 2024 | 2025"].role == "columns"
    assert found["Après le tableau."].lead_in is None


def test_headings_and_captions_are_context_alone() -> None:
    heading, caption = "Le coût du projet", "Figure 2. Le coût par an et par ville"
    text = f"{heading}\n\nIl coûte 12 millions.\n\n{caption}\n\nIl faudra payer."
    layout = layout_of(text, heading=(heading,), caption=(caption,))
    roles = {words: one.role for words, one in sentences_in(text, layout).items()}
    assert roles == {
        heading: "heading",
        "Il coûte 12 millions.": "body",
        caption: "caption",
        "Il faudra payer.": "body",
    }
    paid = sentences_in(text, layout)["Il coûte 12 millions."]
    assert paid.heading is not None
    assert text[slice(*paid.heading)] == heading


def test_captions_and_lines_of_contents_are_known_by_their_form() -> None:
    caption, contents = "Tableau 3 : Coût des cantines, en euros", "Le coût des cantines ........ 12"
    text = f"{contents}\n\nLes cantines coûtent cher.\n\n{caption}\n\nLe tableau 3 montre que tout augmente."
    roles = {words: one.role for words, one in sentences_in(text, Layout()).items()}
    assert roles[caption] == "caption"
    assert roles[contents] == "contents"
    assert roles["Le tableau 3 montre que tout augmente."] == "body"


def test_a_line_of_figures_above_a_paragraph_is_no_heading() -> None:
    long = "La gratuité des transports coûterait cher à la métropole de Brelan, et tous les ans."
    roles = {
        line: sentences_in(f"{line}\n\n{long}", Layout())[line].role
        for line in ("Montval 310 000 38 %", "Montval en 2027", "Le 12 mai 2026")
    }
    assert list(roles.values()) == ["body", "heading", "heading"]
