"""A dossier as a page to print."""

from __future__ import annotations

import html

from rag.catalogue import say
from rag.dossier.check import Checked, CheckedCard, headings_before
from rag.dossier.formats.shared import NOT_XML, about, full_cite, line_under, tag_of
from rag.quotes import parts
from rag.types import Language

_CSS = """
@page { size: A4; margin: 2cm 2.2cm; }
:root { color-scheme: light; }
body { font: 11pt/1.45 "Source Serif 4", Georgia, "Liberation Serif", serif; color: #111; background: #fff;
  max-width: 46em; margin: 2em auto; padding: 0 1.2em; }
header, h1, h2, h3, h4, .cite, .about, .warning, .note {
  font-family: Inter, "Segoe UI", "Liberation Sans", sans-serif; }
header { border-bottom: 2px solid #111; margin-bottom: 2em; padding-bottom: .6em; }
header .title { font-size: 1.9em; font-weight: 700; margin: 0; line-height: 1.2; }
.about { color: #555; font-size: .82em; margin: .5em 0 0; }
h1 { font-size: 1.6em; margin: 1.6em 0 .5em; border-bottom: 1px solid #999; }
h2 { font-size: 1.3em; margin: 1.4em 0 .4em; }
h3 { font-size: 1.1em; margin: 1.2em 0 .3em; text-decoration: underline; }
h4 { font-size: 1.05em; margin: 0 0 .2em; }
h1, h2, h3, h4, .cite { break-after: avoid; }
article { break-inside: avoid; margin: 1.1em 0 1.5em; }
.cite { font-size: .78em; color: #333; margin: 0 0 .5em; }
blockquote { margin: 0; padding-left: 1em; border-left: 3px solid #bbb; }
blockquote.cut { font-size: .76em; }
blockquote.cut mark { font-size: 1.32em; }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; }
.unverified h4, .warning { color: #a30000; }
.warning { font-size: .85em; font-weight: 600; margin: 0 0 .4em; }
del { color: #666; }
.note { font-size: .85em; font-style: italic; margin: .5em 0 0; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
"""


def page(found: Checked) -> str:
    """The dossier as one HTML file that needs no other, set for paper."""
    body = [f'<header><p class="title">{_html(found.title)}</p>']
    body += [f'<p class="about">{_html(line)}</p>' for line in about(found)]
    body.append("</header>")
    for item, headings in headings_before(found):
        for level, name in headings:
            body.append(f"<h{level}>{_html(name)}</h{level}>")
            body += [f'<p class="about">{_html(line)}</p>' for line in line_under(found, item, level)]
        body.append(_html_card(item, found.lang))
    head = f'<meta charset="utf-8"><title>{_html(found.title)}</title>'
    head += '<meta name="viewport" content="width=device-width, initial-scale=1">'
    style = f"<style>{_CSS}</style>"
    lines = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="{found.lang}">\n<head>{head}{style}</head>\n'
        f"<body>\n{lines}\n</body>\n</html>\n"
    )


def _html_card(item: CheckedCard, lang: Language) -> str:
    quote, ok = item.card.quote, item.stands
    lines = [f"<article{'' if ok else ' class=unverified'}>", f"<h4>{_html(tag_of(item, lang))}</h4>"]
    lines.append(f'<p class="cite">{_html(full_cite(quote, lang))}</p>')
    if ok:
        text = "".join(f"<mark>{_html(t)}</mark>" if key else _html(t) for t, key in parts(quote))
        cut = ' class="cut"' if quote.highlights else ""
        lines.append(f'<blockquote{cut} lang="{_html(quote.source.language)}">{text}</blockquote>')
    else:
        lines.append(f'<p class="warning">{_html(say(f"card_{item.status}", lang))}</p>')
        lines.append(f"<p><del>{_html(quote.text)}</del></p>")
    if item.status == "moved":
        lines.append(f'<p class="about">{_html(say("card_moved", lang))}</p>')
    if item.card.note:
        lines.append(f'<p class="note">{_html(say("card_note", lang, note=item.card.note))}</p>')
    return "\n".join([*lines, "</article>"])


def _html(text: str) -> str:
    return html.escape(NOT_XML.sub("\ufffd", text))
