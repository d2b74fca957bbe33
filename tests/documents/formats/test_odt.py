"""OpenDocument texts as a reader sees them."""

from __future__ import annotations

import pytest

from rag.errors import UnreadableFile
from tests.helpers.documents import Read
from tests.helpers.office import zipped

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "meta": "meta",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
STYLES = (
    '<style:style style:name="Up" style:family="text"><style:text-properties '
    'style:text-position="super 58%"/>'
    '</style:style><style:style style:name="Low" style:family="text"><style:text-properties '
    'style:text-position="-33% 58%"/></style:style><style:style style:name="Struck" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/>'
    "</style:style>"
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_1"/>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" '
    'style:num-suffix=")"/>'
    '</text:list-style><text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"/></text:list-style>'
)
OUTLINE = (
    '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1"/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
    "</text:outline-style>"
)


def odt(body: str, meta: str = "", named: str = "", **members: str) -> bytes:
    return zipped(
        {
            "content.xml": f"<office:document-content {_NAMES}><office:automatic-styles>{STYLES}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {_NAMES}>{named}</office:document-styles>",
            "meta.xml": f"<office:document-meta {_NAMES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
            **{name.replace("__", "/"): content for name, content in members.items()},
        }
    )


def p(content: str) -> str:
    return f"<text:p>{content}</text:p>"


def span(style: str, content: str) -> str:
    return f'<text:span text:style-name="{style}">{content}</text:span>'


def test_numbers_of_lists_and_headings(read: Read) -> None:
    def items(*contents: str) -> str:
        return "".join(f"<text:list-item>{content}</text:list-item>" for content in contents)

    inner = f"<text:list>{items(p('détail'))}</text:list>"
    body = (
        '<text:h text:style-name="P1" text:outline-level="1">Contexte</text:h>'
        '<text:h text:outline-level="2">Le cadre</text:h>'
        f'<text:list text:style-name="L1">{items(p("un") + inner, p("deux"))}</text:list>{p("Entre deux.")}'
        f'<text:list text:style-name="L1" text:continue-numbering="true">{items(p("trois"))}</text:list>'
        f'{p("Une autre :")}<text:list text:style-name="L1">{items(p("un"))}</text:list>'
        f'<text:list text:style-name="L2">{items(p("puce"))}</text:list>'
    )
    source = read("a.odt", odt(body, named=OUTLINE))
    assert source.text == (
        "1 Contexte\n\n1.1 Le cadre\n\n1. un\n  a) détail\n2. deux\n\nEntre deux.\n\n3. trois\n\n"
        "Une autre :\n\n1. un\n- puce"
    )
    assert [part.kind for part in source.layout.parts] == ["heading", "heading"]


def test_notes_raised_hidden_struck_and_spaces(read: Read) -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('Contesté.')}</text:note-body></text:note>"
    )
    body = (
        p(f"Soit 12{note} millions,<text:s text:c='2'/>10{span('Up', '6')} cas, CO{span('Low', '2')}.")
        + p(
            f"La taxe est {span('Struck', 'supprimée ')}maintenue{span('Gone', ' en secret')}."
            "<text:line-break/>Fin"
        )
        + f'<text:section text:display="none">{p("Caché")}</text:section>'
        + p(
            "Un<office:annotation><dc:creator>X</dc:creator><text:p>À revoir</text:p>"
            "</office:annotation> mot."
        )
    )
    source = read("a.odt", odt(body))
    assert source.text == (
        "Soit 12 millions,  10⁶ cas, CO₂.\n\nLa taxe est maintenue.\nFin\n\nUn mot.\n\nContesté."
    )
    (found,) = source.layout.parts
    assert (found.kind, found.mark, source.text[: found.at]) == ("note", "1", "Soit 12")
    assert {(left.kind, left.text) for left in source.layout.left_out} == {
        ("struck", "supprimée"), ("hidden", "en secret"), ("hidden", "Caché"), ("comment", "À revoir"),
    }  # fmt: skip
    assert {remark.key: remark.count for remark in source.layout.remarks} == {
        "hidden": 2,
        "struck": 1,
        "comments": 1,
    }


def test_changes_tables_frames_equations_and_properties(read: Read) -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>refuse</text:p>'
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    rows = (
        "<table:table-header-rows><table:table-row>"
        f"<table:table-cell>{p('Lieu')}</table:table-cell><table:table-cell>{p('Brebis')}</table:table-cell>"
        "</table:table-row></table:table-header-rows><table:table-row>"
        f'<table:table-cell table:number-rows-spanned="2">{p("Alpes")}</table:table-cell>'
        f"<table:table-cell>{p('340')}</table:table-cell></table:table-row><table:table-row>"
        f"<table:covered-table-cell/><table:table-cell>{p('12')}{p('345')}</table:table-cell></table:table-row>"
    )
    frame = f"<draw:frame><draw:text-box>{p('Encadré')}</draw:text-box></draw:frame>"
    formula = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    math = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><msup><mi>x</mi><mn>2</mn></msup>'
        "<annotation>x^2</annotation></semantics></math>"
    )
    body = (
        changes
        + p(f'Il <text:change text:change-id="c1"/>accepte{frame} la loi.')
        + p(f"Où {formula} est l’aire.")
        + f"<table:table>{rows}</table:table>"
    )
    meta = "<dc:title>Le loup</dc:title><meta:initial-creator>Anne Costa</meta:initial-creator>"
    source = read("a.odt", odt(body, meta, **{"Object 1__content.xml": math}))
    assert source.text == (
        "Il accepte la loi.\n\nEncadré\n\nOù x² est l’aire.\n\nLieu | Brebis\nAlpes | 340\nAlpes | 12 / 345"
    )
    assert (source.info.title, source.info.author) == ("Le loup", "Anne Costa")
    assert [(remark.key, remark.count) for remark in source.layout.remarks] == [("changes", 1)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (odt(p("x"), **{"META-INF__manifest.xml": "<m><encryption-data/></m>"}), "password"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "without a text"),
        (odt(p("x"))[:-40], "damaged"),
        (b"{\\rtf1 x}", "not ODT"),
    ],
)
def test_odt_that_cannot_be_read(read: Read, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read("a.odt", data)
