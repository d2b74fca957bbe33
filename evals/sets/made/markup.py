"""Prints a document as HTML with what stands around an article, as EPUB, Markdown and e-mail."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from html import escape
from itertools import count, groupby
from zipfile import ZIP_STORED, ZipFile

from evals.sets.made.model import Block, Made, Run, notes, runs

NOISE = {
    "fr": (
        "Ce site utilise 37 cookies pour mesurer son audience. Tout accepter ou tout refuser.",
        "Accueil Politique Économie Débats Abonnements",
        "À lire aussi : Les 5 erreurs du budget que personne n’avait vues",
        "Il vous reste 70 % de cet article à lire. La suite est réservée aux abonnés.",
        "Jean-Michel, il y a 3 heures : encore un article acheté 90 millions !",
        "Mentions légales et plan du site, tous droits réservés 2026",
        "Partager sur les réseaux Copier le lien",
    ),
    "en": (
        "We use 37 cookies and similar technologies to measure our audience. Accept all or reject all.",
        "Home Politics Business Debates Subscribe",
        "Read also: Five budget blunders nobody had spotted",
        "You have 2 free articles left this month. Subscribe to continue reading.",
        "Bob from Leeds, 3 hours ago: another story paid for with 90 million!",
        "Terms of use and site map, all rights reserved 2026",
        "Share on social networks Copy link",
    ),
}
_TAGS = {
    "sup": "sup",
    "sub": "sub",
    "bold": "strong",
    "italic": "em",
    "struck": "s",
    "inserted": "ins",
    "deleted": "del",
}


def page(made: Made, noisy: bool = True, tags: bool = True, breaks: bool = False) -> bytes:
    """A document as an article of a web site.

    Args:
        made: the document; :data:`NOISE` is around it.
        noisy: whether the noise is there.
        tags: whether the parts of the page have tags that say what they are, or only ``div``.
        breaks: whether paragraphs are only apart by line breaks, as on old pages.
    """
    printer = _Html(made)
    article = printer.body(in_middle=_noise(made, 2) if noisy else "")
    head = (
        f"<title>{escape(made.title)}</title>"
        f'<meta property="og:title" content="{escape(made.title)}"/><meta charset="utf-8"/>'
        "<style>.nav a{color:red}</style><script>var total = 123456;</script>"
    )
    before = after = ""
    if noisy:
        cookies, menu, _, wall, comment, legal, share = (escape(text) for text in NOISE[made.language])
        links = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in menu.split())
        before = (
            f'<div class="cookie-banner" id="cookies"><p>{cookies}</p><button>OK</button></div>'
            f'<header><nav class="nav"><ul>{links}</ul></nav></header>'
        )
        after = (
            f'<div class="paywall"><p>{wall}</p></div><div class="share-buttons"><p>{share}</p></div>'
            f'<section class="comments" id="comments"><h3>…</h3><p class="comment">{comment}</p></section>'
            f'<footer class="footer"><p>{legal}</p></footer>'
        )
    made_page = f"{before}<main><article>{article}</article></main>{after}"
    if not tags:
        made_page = re.sub(r"<(/?)(?:main|article|nav|header|footer|section|aside)\b", r"<\1div", made_page)
    if breaks:
        made_page = re.sub(r"<p>(.*?)</p>(?=\n)", r"\1<br><br>", made_page)
    whole = f'<html lang="{made.language}"><head>{head}</head><body>{made_page}</body></html>'
    return f"<!DOCTYPE html>{whole}".encode()


def _noise(made: Made, number: int) -> str:
    return f'<aside class="related"><p><a href="/5">{escape(NOISE[made.language][number])}</a></p></aside>'


class _Html:
    def __init__(self, made: Made) -> None:
        self.made = made
        self.numbers = count(1)

    def body(self, in_middle: str = "", is_book: bool = False) -> str:
        groups = [list(g) for _, g in groupby(self.made.blocks, key=lambda block: block.kind == "item")]
        parts = [
            part
            for group in groups
            for part in ([self.list(group)] if group[0].kind == "item" else list(map(self.block, group)))
        ]
        parts.insert(len(parts) // 2, in_middle)
        kind = ' epub:type="footnote"' if is_book else ""
        told = "".join(
            f'<li id="fn{n}"{kind}><p>{escape(note)} <a href="#ref{n}" class="back">↩</a></p></li>'
            for n, note in enumerate(notes(self.made), 1)
        )
        ending = f'<section class="footnotes"><hr/><ol>{told}</ol></section>' if told else ""
        return "\n".join(parts) + ending

    def block(self, block: Block) -> str:
        text = self.runs(block.text)
        if block.kind == "heading":
            text = f"{escape(block.mark)} {text}" if block.mark else text
            return f"<h{block.level}>{text}</h{block.level}>"
        if block.kind == "table":
            head, *rows = block.rows
            body = "".join(self.row(row, "td") for row in rows)
            return f"<table><thead>{self.row(head, 'th')}</thead><tbody>{body}</tbody></table>"
        if block.kind == "quote":
            return f"<blockquote><p>{text}</p></blockquote>"
        if block.kind == "caption":
            return f"<p class='caption'>{text}</p>"
        if block.kind == "drop":
            return f'<p><span class="dropcap">{text[0]}</span>{text[1:]}</p>'
        if block.kind == "aside":
            return f"<aside><p>{text}</p></aside>"
        return f"<p>{text}</p>"

    def row(self, cells: tuple[str, ...], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{self.runs(cell)}</{tag}>" for cell in cells) + "</tr>"

    def list(self, items: list[Block]) -> str:
        form = {"-": "ul", "a": 'ol type="a"'}.get(items[0].mark[0], "ol")
        made, inside = "", ""
        for item in [*items, Block("item", level=items[0].level)]:
            if item.level > items[0].level:
                inside += f"<li>{self.runs(item.text)}</li>"
                continue
            made += (f"<ul>{inside}</ul>" if inside else "") + ("</li>" if made else "")
            made += f"<li>{self.runs(item.text)}" if item.text else ""
            inside = ""
        return f"<{form}>{made}</{form.split()[0]}>"

    def runs(self, text: str) -> str:
        return "".join(map(self.run, runs(text)))

    def run(self, run: Run) -> str:
        text = escape(run.text)
        if run.kind == "note":
            number = next(self.numbers)
            return f'<sup class="ref" id="ref{number}"><a href="#fn{number}">{number}</a></sup>'
        if run.kind == "hidden":
            return f'<span style="display:none">{text}</span>'
        if run.kind == "capitals":
            return f'<span style="font-variant:small-caps">{text}</span>'
        tag = _TAGS.get(run.kind)
        return f"<{tag}>{text}</{tag}>" if tag else text


def book(made: Made) -> bytes:
    """A document as EPUB: a chapter for each heading of the second level, notes in their own file."""
    text = _Html(made).body(is_book=True)
    text, _, notes_ = text.partition('<section class="footnotes">')
    chapters = re.split(r"(?=<h2>)", text)
    files = {f"c{number}": chapter for number, chapter in enumerate(chapters)}
    if notes_:
        files["notes"] = f'<section class="footnotes">{notes_}'
    files = {name: re.sub(r'href="#fn', 'href="notes.xhtml#fn', text) for name, text in files.items()}
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as zipped:
        zipped.writestr("mimetype", "application/epub+zip", ZIP_STORED)
        for name, content in _parts(made, files):
            zipped.writestr(name, content)
    return buffer.getvalue()


def _parts(made: Made, files: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield (
        "META-INF/container.xml",
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>",
    )
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in files
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in files)
    yield (
        "OEBPS/book.opf",
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">made</dc:identifier>'
        f"<dc:title>{escape(made.title)}</dc:title><dc:language>{made.language}</dc:language></metadata>"
        '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f"{items}</manifest><spine>{spine}</spine></package>",
    )
    links = "".join(f'<li><a href="{name}.xhtml">{name}</a></li>' for name in files)
    for name, text in {"nav": f'<nav epub:type="toc"><ol>{links}</ol></nav>', **files}.items():
        yield (
            f"OEBPS/{name}.xhtml",
            '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
            f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{escape(made.title)}</title></head>'
            f"<body>{text}</body></html>",
        )


_MARKS = {
    "bold": "**{}**",
    "italic": "*{}*",
    "struck": "~~{}~~",
    "sup": "<sup>{}</sup>",
    "sub": "<sub>{}</sub>",
}


def markdown(made: Made) -> bytes:
    """A document as Markdown, with front matter, its paragraphs broken into short lines."""
    numbers = count(1)

    def text(marked: str) -> str:
        parts = []
        for run in runs(marked):
            if run.kind == "note":
                parts.append(f"[^{next(numbers)}]")
            elif run.kind == "hidden":
                parts.append(f"<!-- {run.text} -->")
            else:
                parts.append(_MARKS.get(run.kind, "{}").format(run.text))
        return "".join(parts)

    lines: list[str] = ["---", f"title: {made.title}", f"language: {made.language}", "---", ""]
    for block in made.blocks:
        told = text(block.text)
        if block.kind == "heading":
            lines += [f"{'#' * block.level} {block.mark} {told}".replace("#  ", "# "), ""]
        elif block.kind == "item":
            lines += [f"{'   ' * block.level}{block.mark} {told}"]
        elif block.kind == "table":
            head, *rows = (f"| {' | '.join(map(text, row))} |" for row in block.rows)
            lines += [head, "|---" * len(block.rows[0]) + "|", *rows, ""]
        else:
            before = "> " if block.kind == "quote" else ""
            short = re.sub(r"(.{60,90}?) ", r"\1\n" + before, told)
            lines += ["", before + short, ""]
    lines += [f"[^{number}]: {note}" for number, note in enumerate(notes(made), 1)]
    return "\n".join(lines).encode()


ONLY_HTML = "This message is in HTML. View it in your browser."


def mail(made: Made, is_html: bool) -> bytes:
    """A document as an e-mail; where it is HTML, the plain text beside it only says so."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = made.title, "a@example.org", "b@example.org"
    message["Date"] = "Tue, 06 Jan 2026 10:00:00 +0100"
    text = "\n\n".join("".join(run.read for run in runs(block.text)) for block in made.blocks)
    message.set_content(ONLY_HTML if is_html else text, cte="quoted-printable")
    if is_html:
        message.add_alternative(
            f"<html><body>{_Html(made).body()}</body></html>", subtype="html", cte="base64"
        )
    return message.as_bytes()
