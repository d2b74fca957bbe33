"""The words of a line of markdown, as the rendered text has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from rag.documents.formats.superscripts import lowered, raised_in_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_SHOWN_TAGS = re.compile(
    "a|abbr|b|bdi|bdo|big|br|cite|code|data|del|dfn|em|font|i|img|input|ins|kbd|mark|q|s|samp|small|span|strike"
    "|strong|sub|sup|time|tt|u|var|wbr"
)
_STRUCK_TAGS = ("del", "s", "strike")
_BLOCK_ID = re.compile(r"[ \t]\^[A-Za-z][A-Za-z0-9-]*(?=\s|$)")
_CALLOUT = re.compile(r"\[!(\w+)\][+-]?(?:[ \t]+(?=\S))?")


@dataclass(slots=True)
class Words:
    """What a line of markdown says.

    Attributes:
        text: as rendered, with a line end where a line ends.
        calls: labels of the notes called, and where in ``text``.
        struck: what is struck out, and left out.
        comments: what is a comment, and left out.
    """

    text: str = ""
    calls: list[tuple[str, int]] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Say something; no second space where something between two was left out."""
        if text.startswith(" ") and (not self.text or self.text[-1] in " \n"):
            text = text[1:]
        self.text += text


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables, struck text, notes, and what Obsidian adds; shared, and never changed."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    markdown.disable("footnote_tail")  # notes stay where they are defined
    for name, opening, closing in _OBSIDIAN:
        markdown.inline.ruler.before("link", name, _rule(name, opening, closing))
    return markdown


_OBSIDIAN = (("embed", "![[", "]]"), ("page", "[[", "]]"), ("highlight", "==", "=="), ("remark", "%%", "%%"))


def _rule(name: str, opening: str, closing: str) -> Any:
    def read(state: Any, silent: bool) -> bool:
        start = state.pos + len(opening)
        if not state.src.startswith(opening, state.pos):
            return False
        end = state.src.find(closing, start, state.posMax)
        inner = state.src[start:end] if end > start else ""
        if not inner.strip() or (name == "highlight" and (inner[0].isspace() or inner[-1].isspace())):
            return False
        if not silent:
            token = state.push(name, "", 0)
            token.content = inner
        state.pos = end + len(closing)
        return True

    return read


def words_of(tokens: Sequence[Any], cell: bool = False) -> Words:
    """What some inline tokens say.

    Args:
        tokens: the children of an inline token.
        cell: whether they stand in a cell of a table, which is one line.
    """
    words = Words()
    line_end = " " if cell else "\n"
    silenced: list[int] = []  # lengths of the text where struck words began
    script: list[tuple[str, int]] = []
    for number, token in enumerate(tokens):
        if token.type == "html_inline":
            after = "".join(later.content for later in tokens[number + 1 : number + 3])
            _read_tag(words, token.content, after, silenced, script, line_end)
        elif token.type == "s_open":
            silenced.append(len(words.text))
        elif token.type == "s_close":
            _silence(words, silenced)
        elif token.type in ("softbreak", "hardbreak"):
            words.text = words.text.rstrip(" ") + line_end
        else:
            _say(words, token)
    words.text = _BLOCK_ID.sub("", words.text)
    return words


def _say(words: Words, token: Any) -> None:
    if token.type in ("text", "text_special", "code_inline"):
        words.add(token.content)
    elif token.type == "footnote_ref":
        words.calls.append((str((token.meta or {}).get("label", "")), len(words.text)))
    elif token.type == "page":
        page, _, alias = token.content.partition("|")
        words.add(alias or " > ".join(part for part in page.split("#") if part))
    elif token.type == "highlight":
        inner = words_of(parser().parseInline(token.content)[0].children or [])
        words.add(inner.text)
    elif token.type == "remark":
        words.comments.append(token.content.strip())


def _read_tag(
    words: Words, tag: str, after: str, silenced: list[int], script: list[tuple[str, int]], line_end: str
) -> None:
    found = _TAG.match(tag)
    if found is None:  # a comment
        if tag.startswith("<!--"):
            words.comments.append(tag[4:-3].strip())
        return
    closes, name = bool(found.group(1)), found.group(2).lower()
    if not _SHOWN_TAGS.fullmatch(name):
        words.add(tag)
    elif name == "br":
        words.text = words.text.rstrip(" ") + line_end
    elif name in _STRUCK_TAGS:
        if not closes:
            silenced.append(len(words.text))
        else:
            _silence(words, silenced)
    elif name in ("sup", "sub"):
        if not closes:
            script.append((name, len(words.text)))
        elif script:
            kind, start = script.pop()
            before, inner = words.text[:start], words.text[start:]
            high, is_near = lowered(inner), False
            if kind == "sup":
                high, is_near = raised_in_line(inner, before.rpartition("\n")[2], after)
            words.text = (before.rstrip(" ") if is_near else before) + high


def _silence(words: Words, silenced: list[int]) -> None:
    if silenced:
        start = silenced.pop()
        words.struck.append(words.text[start:])
        words.text = words.text[:start]
        words.calls = [call for call in words.calls if call[1] <= start]


def without_callout(text: str) -> str:
    """The first line of a callout: ``[!quote] Maire`` is « Maire », ``[!note]`` is « Note »."""
    found = _CALLOUT.match(text)
    if found is None:
        return text
    rest = text[found.end() :]
    return rest if rest.split("\n")[0].strip() else found.group(1).capitalize() + rest
