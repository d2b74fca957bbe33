"""Prints a document as LibreOffice does: written as flat ODT, which ``soffice`` makes into other kinds."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from itertools import count, groupby
from pathlib import Path
from xml.sax.saxutils import escape

from evals.sets.made.model import Block, Made, Run, runs
from evals.sets.made.words import CAN_BREAK

SECONDS, TRIES = 180, 3
_SPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{about}:1.0"'
        for name, about in {
            "office": "office",
            "style": "style",
            "text": "text",
            "table": "table",
            "draw": "drawing",
            "fo": "xsl-fo-compatible",
            "svg": "svg-compatible",
            "meta": "meta",
        }.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_FACES = {
    "sup": 'style:text-position="super 58%"',
    "sub": 'style:text-position="sub 58%"',
    "bold": 'fo:font-weight="bold"',
    "italic": 'fo:font-style="italic"',
    "capitals": 'fo:font-variant="small-caps"',
    "struck": 'style:text-line-through-style="solid"',
    "hidden": 'text:display="none"',
    "white": 'fo:color="#ffffff"',
}
_BODY = 'fo:text-align="justify" fo:margin-bottom="0.15cm" fo:orphans="2" fo:widows="2"'
_PARAGRAPHS = {
    "body": (_BODY, "", ""),
    "drop": (_BODY, "", '<style:drop-cap style:lines="2" style:length="1" style:distance="0.1cm"/>'),
    "quote": ('fo:margin-left="1cm" fo:margin-right="1cm"', 'fo:font-style="italic"', ""),
    "caption": ('fo:keep-with-next="always"', 'fo:font-size="8pt" fo:font-weight="bold"', ""),
    "aside": ("", 'fo:font-size="12pt" fo:font-weight="bold"', ""),
    "break": ('fo:break-before="page"', "", ""),
    "contents": (
        "",
        "",
        '<style:tab-stops><style:tab-stop style:position="14cm" style:type="right" '
        'style:leader-style="dotted" style:leader-text="."/></style:tab-stops>',
    ),
}


def is_there() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def converted(texts: Mapping[str, str], target: str) -> dict[str, bytes]:
    """Flat ODT by name as another kind, by name: one start of LibreOffice for all.

    It crashes now and then on what it has just converted: what is missing then is tried once more.
    """
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as place:
        folder = Path(place)
        made = {name: folder / f"{name}.{target}" for name in texts}
        for name, text in texts.items():
            (folder / f"{name}.fodt").write_text(text, encoding="utf-8")
        for _ in range(TRIES):
            missing = [str(file.with_suffix(".fodt")) for file in made.values() if not file.is_file()]
            if missing:
                command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
                command += ["--convert-to", target, "--outdir", place, *missing]
                subprocess.run(command, check=False, capture_output=True, timeout=SECONDS)
        return {name: file.read_bytes() for name, file in made.items()}


def flat(made: Made, columns: int = 1, gap: float = 0.5, to_print: bool = False) -> str:
    """A document as flat ODT.

    Args:
        made: the document.
        columns: of all that follows the title.
        gap: between columns, in centimetres.
        to_print: whether PDF is made of it: hidden text is then white, words have places to break.
    """
    return _Printer(made, to_print).document(columns, gap)


class _Printer:
    def __init__(self, made: Made, to_print: bool) -> None:
        self.made, self.to_print = made, to_print
        self.numbers, self.changes = count(1), list[str]()

    def document(self, columns: int, gap: float) -> str:
        title, *rest = self.made.blocks
        body = self.blocks(rest)
        if columns > 1:
            body = f'<text:section text:style-name="columns" text:name="s1">{body}</text:section>'
        body = self.block(title) + body
        changes = (
            f"<text:tracked-changes>{''.join(self.changes)}</text:tracked-changes>" if self.changes else ""
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:meta><dc:title>{escape(self.made.title)}</dc:title></office:meta>"
            f"<office:styles>{_styles()}</office:styles>"
            f"<office:automatic-styles>{_automatic(columns, gap)}</office:automatic-styles>"
            f"<office:master-styles>{self.master()}</office:master-styles>"
            f"<office:body><office:text>{changes}{body}</office:text></office:body></office:document>"
        )

    def master(self) -> str:
        left, right = (f"<text:p>{escape(head)}</text:p>" for head in self.made.heads)
        number, total = "<text:page-number>1</text:page-number>", "<text:page-count>1</text:page-count>"
        foot = f"<text:p>{escape(self.made.foot).replace('##', total).replace('#', number)}</text:p>"
        return (
            '<style:master-page style:name="Standard" style:page-layout-name="page">'
            f"<style:header>{right}</style:header><style:header-left>{left}</style:header-left>"
            f"<style:footer>{foot}</style:footer></style:master-page>"
        )

    # --- blocks -------------------------------------------------------------------------------------

    def blocks(self, blocks: list[Block]) -> str:
        made = ""
        for is_list, group in groupby(blocks, key=lambda block: block.kind == "item"):
            items = list(group)
            made += self.list(items) if is_list else "".join(map(self.block, items))
        return made

    def block(self, block: Block) -> str:
        if block.kind == "page":
            return '<text:p text:style-name="break"/>'
        if block.kind == "heading":
            return f'<text:h text:outline-level="{block.level}">{self.runs(block.text)}</text:h>'
        if block.kind == "table":
            return self.table(block)
        if block.kind == "aside":
            box = f'<text:p text:style-name="aside">{self.runs(block.text)}</text:p>'
            return (
                '<text:p text:style-name="body"><draw:frame draw:style-name="box" draw:name="b1" '
                'text:anchor-type="paragraph" svg:width="4cm" draw:z-index="0">'
                f'<draw:text-box fo:min-height="2cm">{box}</draw:text-box></draw:frame></text:p>'
            )
        style = block.kind if block.kind in _PARAGRAPHS else "body"
        text = self.runs(block.text).replace("\t", "<text:tab/>")
        return f'<text:p text:style-name="{style}">{text}</text:p>'

    def list(self, items: list[Block]) -> str:
        """Numbers and bullets are counted by the program; nested items stand in the one before."""
        first, made, inside = items[0], "", ""
        for item in [*items, Block("item", level=first.level)]:
            if item.level > first.level:
                inside += f"<text:list-item><text:p>{self.runs(item.text)}</text:p></text:list-item>"
                continue
            nested = f'<text:list text:style-name="bullet">{inside}</text:list>' if inside else ""
            made += f"{nested}</text:list-item>" if made else ""
            made += f"<text:list-item><text:p>{self.runs(item.text)}</text:p>" if item.text else ""
            inside = ""
        style = "bullet" if first.mark == "-" else "number" if first.mark[0].isdecimal() else "letter"
        return f'<text:list text:style-name="{style}">{made}</text:list>'

    def table(self, block: Block) -> str:
        def row(cells: tuple[str, ...]) -> str:
            made = (
                f'<table:table-cell table:style-name="cell" office:value-type="string">'
                f"<text:p>{self.runs(cell)}</text:p></table:table-cell>"
                for cell in cells
            )
            return f"<table:table-row>{''.join(made)}</table:table-row>"

        head, *rows = map(row, block.rows)
        return (
            f'<table:table table:name="t{next(self.numbers)}">'
            f'<table:table-column table:number-columns-repeated="{len(block.rows[0])}"/>'
            f"<table:table-header-rows>{head}</table:table-header-rows>{''.join(rows)}</table:table><text:p/>"
        )

    # --- runs ---------------------------------------------------------------------------------------

    def runs(self, text: str) -> str:
        return "".join(map(self.run, runs(text)))

    def run(self, run: Run) -> str:
        if run.kind == "note":
            number = next(self.numbers)
            return (
                f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>{number}'
                f"</text:note-citation><text:note-body><text:p>{escape(run.text)}</text:p></text:note-body>"
                "</text:note>"
            )
        if run.kind in ("inserted", "deleted"):
            return self.change(run)
        text = escape(run.text)
        if self.to_print and run.kind == "capitals":  # small capitals are printed of small letters
            text = re.sub(r"(?<=\w)\w+", lambda rest: rest[0].lower(), text)
        elif self.to_print and run.kind == "plain":
            text = re.sub(r"[a-zéè]{8,}", lambda word: CAN_BREAK.sub("\u00ad", word[0]), text)
        if run.kind == "plain":
            return text
        face = "white" if self.to_print and run.kind == "hidden" else run.kind
        return f'<text:span text:style-name="{face}">{text}</text:span>'

    def change(self, run: Run) -> str:
        number = f"c{len(self.changes) + 1}"
        is_in = run.kind == "inserted"
        kind = "insertion" if is_in else "deletion"
        by = (
            "<office:change-info><dc:creator>R.</dc:creator><dc:date>2026-01-06T10:00:00</dc:date>"
            "</office:change-info>"
        )
        lost = "" if is_in else f"<text:p>{escape(run.text)}</text:p>"
        self.changes.append(
            f'<text:changed-region text:id="{number}"><text:{kind}>{by}{lost}</text:{kind}>'
            "</text:changed-region>"
        )
        at = f'text:change-id="{number}"/>'
        return (
            f"<text:change-start {at}{escape(run.text)}<text:change-end {at}"
            if is_in
            else f"<text:change {at}"
        )


def _styles() -> str:
    sizes = {1: 17, 2: 13}
    headings = "".join(
        f'<style:style style:name="Heading_20_{level}" style:family="paragraph" '
        f'style:default-outline-level="{level}"><style:paragraph-properties fo:keep-with-next="always" '
        f'fo:margin-top="0.4cm"/><style:text-properties fo:font-size="{size}pt" fo:font-weight="bold"/>'
        "</style:style>"
        for level, size in sizes.items()
    )
    return (
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="10pt" '
        'style:font-name="Liberation Serif" fo:hyphenate="true" fo:hyphenation-remain-char-count="2" '
        f'fo:hyphenation-push-char-count="2"/></style:default-style>{headings}'
        '<style:style style:name="Frame" style:family="graphic"/>'
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" '
        'style:num-format=""/><text:outline-level-style text:level="2" style:num-format="1" '
        'style:num-suffix="."><style:list-level-properties '
        'text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment '
        'text:label-followed-by="space"/></style:list-level-properties></text:outline-level-style>'
        "</text:outline-style>"
    )


def _automatic(columns: int, gap: float) -> str:
    faces = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {face}/></style:style>'
        for name, face in _FACES.items()
    )
    paragraphs = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {how}>{inner}'
        f"</style:paragraph-properties><style:text-properties {face}/></style:style>"
        for name, (how, face, inner) in _PARAGRAPHS.items()
    )
    lists = "".join(
        f'<text:list-style style:name="{name}">'
        + "".join(level.format(n, 0.6 * n) for n in (1, 2))
        + "</text:list-style>"
        for name, level in _LISTS.items()
    )
    split = "".join(f'<style:column style:rel-width="{100}*"/>' for _ in range(columns))
    head = '<style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>'
    return (
        f"{faces}{paragraphs}{lists}"
        f'<style:style style:name="columns" style:family="section"><style:section-properties>'
        f'<style:columns fo:column-count="{columns}" fo:column-gap="{gap}cm">{split}</style:columns>'
        "</style:section-properties></style:style>"
        '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties '
        'fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>'
        '<style:style style:name="box" style:family="graphic" '
        'style:parent-style-name="Frame"><style:graphic-properties fo:margin-left="0.3cm" '
        'style:wrap="parallel" style:horizontal-pos="right" style:horizontal-rel="paragraph" '
        'style:vertical-pos="top" style:vertical-rel="paragraph" fo:padding="0.2cm" '
        'fo:background-color="#dddddd" fo:border="0.5pt solid #000000"/></style:style>'
        '<style:page-layout style:name="page" style:page-usage="all"><style:page-layout-properties '
        'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/>'
        f"{head}{head.replace('header-style', 'footer-style')}</style:page-layout>"
    )


_PLACE = (
    '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.5cm" '
    'fo:margin-left="{1}cm"/></style:list-level-properties>'
)
_LISTS = {
    "bullet": '<text:list-level-style-bullet text:level="{0}" text:bullet-char="•">'
    f"{_PLACE}</text:list-level-style-bullet>",
    "number": '<text:list-level-style-number text:level="{0}" style:num-format="1" style:num-suffix=".">'
    f"{_PLACE}</text:list-level-style-number>",
    "letter": '<text:list-level-style-number text:level="{0}" style:num-format="a" style:num-suffix=")">'
    f"{_PLACE}</text:list-level-style-number>",
}
