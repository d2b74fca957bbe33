"""A dossier as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.catalogue import say
from rag.dossier.check import Checked, CheckedCard, headings_before
from rag.dossier.formats.shared import about, full_cite, line_under, tag_of
from rag.quotes import parts
from rag.types import Language

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&!=])")
_OPENING = re.compile(r"^(\s*)(?=[-+]|\d+[.)])(\d*)")


def markdown(found: Checked) -> str:
    """The dossier as Markdown (CommonMark); characters that are markup are escaped."""
    blocks = [f"# {_escaped(found.title)}", *map(_escaped, about(found))]
    for item, headings in headings_before(found):
        for level, name in headings:
            blocks.append(f"{'#' * level} {_escaped(name)}")
            blocks += map(_escaped, line_under(found, item, level))
        blocks += _markdown_card(item, found.lang)
    return "\n\n".join(blocks) + "\n"


def _markdown_card(item: CheckedCard, lang: Language) -> Iterator[str]:
    quote = item.card.quote
    yield f"#### {_escaped(tag_of(item, lang))}"
    yield f"**{_escaped(full_cite(quote, lang))}**"
    if item.stands:
        yield "> " + _begun("".join(_markdown_part(text, key) for text, key in parts(quote)))
    else:
        yield _escaped(say(f"card_{item.status}", lang))
        yield "<del>" + _escaped(quote.text) + "</del>"
    if item.status == "moved":
        yield f"*{_escaped(say('card_moved', lang))}*"
    if item.card.note:
        yield f"*{_escaped(say('card_note', lang, note=item.card.note))}*"


def _markdown_part(text: str, is_key: bool) -> str:
    return f"<b><u>{_escaped(text)}</u></b>" if is_key else _escaped(text)


def _escaped(text: str) -> str:
    """Text on one line, its markup characters escaped."""
    return _begun(_MARKUP.sub(r"\\\1", " ".join(text.split("\n")).replace("\r", " ")))


def _begun(text: str) -> str:
    """Text that must not begin a list."""
    match = _OPENING.match(text)
    return f"{match[1]}{match[2]}\\{text[match.end() :]}" if match else text
