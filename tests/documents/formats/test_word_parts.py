"""Word files as a reader sees them: numbers, notes, what is hidden, fields, changes, tables."""

from __future__ import annotations

from rag.types import Source
from tests.helpers.documents import Read
from tests.helpers.office import cell, edit_zip, para, run, table, word

SUPER = '<w:vertAlign w:val="superscript"/>'


def level(number: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(list_id: int, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def field(instruction: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def reference(kind: str, number: int) -> str:
    return f'<w:r><w:rPr>{SUPER}</w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def parts(source: Source) -> list[tuple[str, str]]:
    return [(part.kind, source.text[part.start : part.end]) for part in source.layout.parts]


def left_out(source: Source) -> list[tuple[str, str]]:
    return [(left.kind, left.text) for left in source.layout.left_out]


def remarks(source: Source) -> dict[str, int]:
    return {remark.key: remark.count for remark in source.layout.remarks}


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1", '<w:pStyle w:val="Titre1"/>')
    + level(1, "decimal", "%1.%2", '<w:pStyle w:val="Titre2"/>')
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "lowerLetter", "%1)")
    + level(1, "lowerRoman", "%2.")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="2">'
    + level(0, "decimal", "Article %1 –")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="3">'
    + level(0, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(4))
    + '<w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="Mon titre"/><w:basedOn w:val="Titre1"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Cache"><w:name w:val="Cache"/><w:rPr><w:vanish/></w:rPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Lgende"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>'
)


def test_automatic_numbers_are_printed(read: Read) -> None:
    body = "".join(
        [
            para("Contexte", style("Titre1")),
            para("Le cadre", style("Titre1")),
            para("La loi", style("Titre2")),
            para("Le décret", style("Titre2")),
            para("Le budget", style("Titre1")),
            para("Les crédits", style("Titre2")),
            para("premier", numbered(2)),
            para("deuxième", numbered(2)),
            para("détail", numbered(2, 1)),
            para("troisième", numbered(2)),
            para("une autre liste", numbered(5)),
            para("Objet de la loi.", numbered(3)),
            para("Une phrase entre deux."),
            para("Entrée en vigueur.", numbered(3)),
            para("une puce", numbered(4)),
        ]
    )
    source = read("a.docx", word(body, numbering=NUMBERING, styles=STYLES))
    assert source.text == (
        "1 Contexte\n\n2 Le cadre\n\n2.1 La loi\n\n2.2 Le décret\n\n3 Le budget\n\n3.1 Les crédits\n\n"
        "a) premier\nb) deuxième\n  i. détail\nc) troisième\na) une autre liste\n\n"
        "Article 1 – Objet de la loi.\n\nUne phrase entre deux.\n\nArticle 2 – Entrée en vigueur."
        "\n\n- une puce"
    )
    assert [kind for kind, _ in parts(source)] == ["heading"] * 6


def test_articles_of_law_in_the_style_of_headings_are_text(read: Read) -> None:
    article = "Les États membres veillent à ce que les données soient conservées pendant deux ans."
    source = read("a.docx", word(para(article, style("Titre2")), styles=STYLES))
    assert parts(source) == [] and source.text == article


def test_notes_stand_apart_and_their_marks_are_not_in_the_text(read: Read) -> None:
    called = '<w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t>'
    custom = f"<w:r><w:rPr>{SUPER}</w:rPr>{called}</w:r>"
    body = para(
        run("Soit 12")
        + reference("footnote", 2)
        + run(" millions")
        + reference("endnote", 2)
        + run(", hors")
        + custom
        + run(" taxes.")
    )
    own = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    notes = (
        f'<w:footnote w:id="2">{para(own + run(" Chiffre contesté."))}</w:footnote>'
        f'<w:footnote w:id="3">{para(run("* Taxes locales."))}</w:footnote>'
    )
    endnotes = f'<w:endnote w:id="2">{para(run("Insee, 2024."))}</w:endnote>'
    source = read("a.docx", word(body, footnotes=notes, endnotes=endnotes))
    assert source.text == (
        "Soit 12 millions, hors taxes.\n\nChiffre contesté.\n\nInsee, 2024.\n\nTaxes locales."
    )
    found = [(part.kind, part.mark, source.text[: part.at]) for part in source.layout.parts]
    assert found == [
        ("note", "1", "Soit 12"),
        ("note", "i", "Soit 12 millions"),
        ("note", "*", "Soit 12 millions, hors"),
    ]


def test_notes_that_somebody_typed_are_tied_to_their_marks(read: Read) -> None:
    body = (
        para(
            run("Soit 12")
            + run("3", SUPER)
            + run(" millions d’euros, et 10")
            + run("6", SUPER)
            + run(" cas.")
        )
        + para("La suite.")
        + para(run("3", SUPER) + run(" Chiffre du ministère."))
    )
    source = read("a.docx", word(body))
    assert source.text == "Soit 12 millions d’euros, et 10⁶ cas.\n\nLa suite.\n\nChiffre du ministère."
    (note,) = source.layout.parts
    assert (note.kind, note.mark, source.text[: note.at]) == ("note", "3", "Soit 12")


def test_hidden_white_and_struck_words_are_set_apart_and_said(read: Read) -> None:
    white = '<w:color w:val="FFFFFF"/>'
    body = para(
        run("La taxe est ")
        + run("supprimée ", "<w:strike/>")
        + run("maintenue")
        + run(" [à vérifier]", "<w:vanish/>")
        + run(" par la préfète", '<w:rStyle w:val="Cache"/>')
        + run(" en douce", white)
        + run(" depuis ", '<w:vanish w:val="0"/>')
        + run("mars", white + '<w:shd w:val="clear" w:fill="000080"/>')
        + run(".")
    )
    source = read("a.docx", word(body, styles=STYLES))
    assert source.text == "La taxe est maintenue depuis mars."
    assert left_out(source) == [("struck", "supprimée"), ("hidden", "[à vérifier] par la préfète en douce")]
    assert remarks(source) == {"hidden": 1, "struck": 1}


def test_white_words_on_a_coloured_cell_are_read(read: Read) -> None:
    head = run("Année", '<w:color w:val="FFFFFF"/>')
    shaded = '<w:shd w:val="clear" w:fill="1F3864"/>'
    rows = table(cell(para(head), shaded) + cell("Coût"), cell("2024") + cell("12 €"))
    assert read("a.docx", word(rows)).text == "Année | Coût\n2024 | 12 €"


def test_symbols_fields_and_equations(read: Read) -> None:
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
        "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    body = (
        para(
            run("Au moins ")
            + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
            + run(" 5 ")
            + '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
            + run(" 7 ")
            + run("\uf0b3", '<w:rFonts w:ascii="Symbol"/>')
            + field(' REF _x \\h "secret" ', " voir 4")
            + field(" PAGE ", "99")
            + run(" et ")
            + fraction
        )
        + para(field(" TOC \\o ", "Le budget\t3"))
        + para("Le budget\t3", style("TM1"))
    )
    source = read("a.docx", word(body, styles=STYLES))
    assert source.text == "Au moins ≥ 5 → 7 ≥ voir 4 et (a+b)/2x²\n\nLe budget 3\nLe budget 3"
    assert parts(source) == [("contents", "Le budget 3")] * 2
    unknown = '<w:r><w:sym w:font="Wingdings" w:char="F030"/></w:r>'
    assert remarks(read("a.docx", word(para(run("Un signe ") + unknown)))) == {"symbols": 1}


def test_a_field_without_an_end_swallows_nothing(read: Read) -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
    assert (
        read("a.docx", word(para(run("Un ") + begun + run("deux")) + para("Trois"))).text
        == "Un deux\n\nTrois"
    )


def test_changes_are_read_as_accepted_and_said(read: Read) -> None:
    def deleted(text: str) -> str:
        words = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
        return f'<w:del w:id="1" w:author="A">{words}</w:del>'

    gone = '<w:rPr><w:del w:id="3" w:author="A"/></w:rPr>'
    body = (
        para(run("Le comité ") + deleted("refuse ") + f"<w:ins>{run('accepte ')}</w:ins>" + run("la hausse."))
        + para(run("Elle servira à "), gone)
        + para("rénover les canalisations.")
        + para(f"<w:moveFrom>{run('Déplacé.')}</w:moveFrom>")
        + para(f"<w:moveTo>{run('Déplacé.')}</w:moveTo>")
        + table(cell("Reste") + cell("1"), "<w:trPr><w:del/></w:trPr>" + cell("Ôté") + cell("2"))
    )
    source = read("a.docx", word(body))
    assert source.text == (
        "Le comité accepte la hausse.\n\nElle servira à rénover les canalisations.\n\nDéplacé.\n\nReste | 1"
    )
    assert remarks(source) == {"changes": 5}
    assert left_out(source) == [("deleted", "refuse"), ("deleted", "Déplacé."), ("deleted", "Ôté 2")]


def test_tables_keep_their_columns(read: Read) -> None:
    merged, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    nested = table(cell("a") + cell("b"), cell("c") + cell("d"))
    body = table(
        "<w:trPr><w:tblHeader/></w:trPr>" + cell("Lieu") + cell("Année") + cell("Brebis"),
        cell("Alpes", merged) + cell("2023") + cell("340"),
        cell("", more) + cell("2024") + cell(para("1") + para("200")),
        cell("Total", '<w:gridSpan w:val="2"/>') + cell("540"),
        cell("Note de bas", '<w:gridSpan w:val="3"/>'),
    )
    source = read("a.docx", word(body + table(cell(para("Avant") + nested + para("Après")) + cell("À côté"))))
    assert source.text == (
        "Lieu | Année | Brebis\nAlpes | 2023 | 340\nAlpes | 2024 | 1 / 200\nTotal | | 540\nNote de bas |\n\n"
        "Avant\n\na | b\nc | d\n\nAprès\n\nÀ côté"
    )
    assert parts(source) == [("columns", "Lieu | Année | Brebis")]


def test_rows_without_figures_or_looks_have_no_heads(read: Read) -> None:
    words = table(cell("Pour") + cell("La ville"), cell("Contre") + cell("Le canton"))
    assert parts(read("a.docx", word(words))) == []
    bold = table(
        cell(para(run("Camp", "<w:b/>"))) + cell(para(run("Qui", "<w:b/>"))), cell("Pour") + cell("La ville")
    )
    assert parts(read("a.docx", word(bold))) == [("columns", "Camp | Qui")]


def test_headers_comments_and_properties(read: Read) -> None:
    comment = f'<w:comment w:id="0" w:author="X">{para("À revoir.")}</w:comment>'
    core = "<dc:title>Motion sur l’eau</dc:title><dc:creator>Anne Costa</dc:creator>"
    data = word(
        para("Le texte.") + para("Figure 1 – L’eau", style("Lgende")),
        core,
        styles=STYLES,
        header=para("Projet"),
        footer=para(run("Page ") + field("PAGE", "1")),
        comments=comment,
    )
    source = read("a.docx", data)
    assert source.text == "Le texte.\n\nFigure 1 – L’eau"
    assert parts(source) == [("caption", "Figure 1 – L’eau")]
    assert left_out(source) == [("footer", "Page"), ("header", "Projet"), ("comment", "À revoir.")]
    assert (source.info.title, source.info.author) == ("Motion sur l’eau", "Anne Costa")
    assert remarks(source) == {"comments": 1}


def test_strict_files_are_read(read: Read) -> None:
    data = word(para(run("Hausse de 5") + run("2", SUPER) + run(" %.")))
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert (
        read("a.docx", edit_zip(data, lambda _, part: part.replace(usual, strict))).text == "Hausse de 5 %."
    )


def test_a_large_first_letter_is_of_its_word(read: Read) -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="2" w:wrap="around"/>'
    body = (
        para("Avant.") + para(run("3", '<w:position w:val="-8"/>'), frame) + para("0 loups.") + para("Fin.")
    )
    assert read("a.docx", word(body)).text == "Avant.\n\n30 loups.\n\nFin."
