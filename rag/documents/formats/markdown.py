"""Markdown -> what a reader of the rendered text reads.

Blocks keep their look (``# ``, ``- ``, ``> ``: known to the segmenter, never quoted), and every line that has
no markup inside stays as it is, to the character; of the others, what is rendered takes their place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rag.documents.formats.markdown_inline import Words, parser, without_callout, words_of
from rag.documents.formats.shared import Extract, one_line
from rag.types import Layout, LeftOut, Part, PartKind, Remark

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_BULLET = re.compile(r"(?<=[ \t>])\+(?=[ \t])|\A\+(?=[ \t])")
_TITLE_LINES = 10
_HEADING_MOST = 120  # characters of a heading that a rule underlines


def read_markdown(text: str) -> Extract:
    """A text in markdown, its front matter taken off, as it is rendered; pure."""
    return _Document(text).extract()


@dataclass(frozen=True, slots=True)
class _Note:
    label: str
    text: str


@dataclass(slots=True)
class _Document:
    source: str
    title: str = ""
    lines: list[str] = field(default_factory=list)
    new: dict[int, str | None] = field(default_factory=dict)  # by line: what stands there; None where nothing
    parts: list[tuple[int, int, PartKind]] = field(default_factory=list)  # by line
    calls: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: list[_Note] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def extract(self) -> Extract:
        """The text, with its parts."""
        self.lines = [line for line in _LINE.findall(self.source) if line]
        env: dict[str, Any] = {}
        tokens = parser().parse(self.source.replace("\0", " "), env)
        in_note = False
        for number, token in enumerate(tokens):
            if not in_note:
                self._read(token, tokens, number)
            in_note = in_note or token.type == "footnote_reference_open"
            in_note = in_note and token.type != "footnote_reference_close"
        for reference in env.get("references", {}).values():
            self._drop(reference["map"])
        return self._assembled()

    # --- what each block becomes ---

    def _read(self, token: Any, tokens: Sequence[Any], number: int) -> None:
        if token.type == "heading_open":
            self._read_heading(token, tokens[number + 1])
        elif token.type == "inline" and tokens[number - 1].type == "paragraph_open":
            self._read_paragraph(token, is_quoted=number > 1 and tokens[number - 2].type == "blockquote_open")
        elif token.type == "fence":
            self._read_fence(token)
        elif token.type == "html_block":
            self._read_html(token)
        elif token.type == "table_open":
            self._read_table(tokens, number)
        elif token.type == "footnote_reference_open":
            self._read_note(tokens, number)
        elif token.type == "list_item_open" and token.markup == "+":
            line = self._now(token.map[0])
            self.new[token.map[0]] = _BULLET.sub("-", line, count=1)

    def _now(self, line: int) -> str:
        return self.new.get(line, self.lines[line]) or ""

    def _drop(self, lines: Sequence[int]) -> None:
        self.new.update(dict.fromkeys(range(lines[0], min(lines[1], len(self.lines)))))

    def _words(self, token: Any, cell: bool = False) -> Words:
        words = words_of(token.children or [], cell)
        self.left_out += [LeftOut("struck", said) for said in words.struck if said.strip()]
        self.left_out += [LeftOut("comment", said) for said in words.comments if said]
        return words

    def _read_heading(self, opening: Any, inline: Any) -> None:
        words = self._words(inline)
        first, last = opening.map
        if opening.markup == "-" and not self._is_underlined(first, last):
            self._put(inline.content, words, (first, last - 1))  # a rule under a paragraph
            return
        if words.text.strip():
            self._put(inline.content, words, (first, last), is_heading=True)
            self.parts.append((first, last, "heading"))
        if opening.tag == "h1" and not self.title and self._is_near(first):
            self.title = one_line(words.text.replace("\n", " "))

    def _is_underlined(self, first: int, last: int) -> bool:
        """Whether a rule underlines a heading: people put one between paragraphs too, without blank lines."""
        apart = last >= len(self.lines) or not self.lines[last].strip()
        apart = apart and "--" in self.lines[last - 1]  # one alone is an item without words
        return apart and last - first == 2 and len(self.lines[first].strip()) <= _HEADING_MOST

    def _is_near(self, line: int) -> bool:
        return sum(bool(one.strip()) for one in self.lines[: line + 1]) <= _TITLE_LINES

    def _read_paragraph(self, token: Any, is_quoted: bool) -> None:
        words = self._words(token)
        if is_quoted:
            words.text = without_callout(words.text)
        self._put(token.content, words, token.map)

    def _put(self, content: str, words: Words, lines: Sequence[int], is_heading: bool = False) -> None:
        """Write rendered words in place of the lines of a block."""
        written = [line.strip(" \t") for line in content.split("\n")]
        rendered = [line.strip(" \t") for line in words.text.split("\n")]
        same = len(written) == len(rendered)
        for number, line in enumerate(range(lines[0], lines[1])):
            old = written[number] if number < len(written) else ""
            now, end = self._now(line), _line_end(self.lines[line])
            at = now.find(old) if old else -1
            prefix = now[:at] if at >= 0 else ""
            if number >= len(rendered) or (is_heading and at < 0) or not rendered[number]:
                self.new[line] = None
            elif same and rendered[number] == old and not (is_heading and now[at + len(old) :].strip()):
                pass
            elif number == lines[1] - lines[0] - 1 - is_heading * (len(written) < lines[1] - lines[0]):
                rest = f"{end or chr(10)}{' ' * len(prefix)}".join(rendered[number:])
                self.new[line] = prefix + rest + end
            else:
                self.new[line] = prefix + rendered[number] + end
            self._place(words, number, line, len(prefix))

    def _place(self, words: Words, number: int, line: int, prefix: int) -> None:
        """Remember where the notes called in a line stand."""
        starts = [0, *(found.end() for found in re.finditer("\n", words.text))]
        if number >= len(starts):
            return
        end = starts[number + 1] if number + 1 < len(starts) else len(words.text) + 1
        for label, at in words.calls:
            if starts[number] <= at < end:
                self.calls.setdefault(label, (line, prefix + at - starts[number]))

    def _read_fence(self, token: Any) -> None:
        first, last = token.map
        self._drop((first, first + 1))
        if self.lines[min(last, len(self.lines)) - 1].strip(" \t>\r\n").startswith(token.markup[:3]):
            self._drop((last - 1, last))

    def _read_html(self, token: Any) -> None:
        from rag.documents.formats.html import fragment_text

        first, last = token.map
        text = fragment_text(token.content)
        self._drop((first, last))
        if text:
            self.new[first] = f"{text}\n"

    def _read_table(self, tokens: Sequence[Any], number: int) -> None:
        first, last = tokens[number].map
        self._drop((first + 1, first + 2))  # the rule under the heads
        self.parts.append((first, first + 1, "columns"))
        rows: list[list[Words]] = []
        for token in tokens[number:]:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self._words(token, cell=True))
            elif token.type == "table_close":
                break
        for line, row in zip([first, *range(first + 2, last)], rows, strict=False):
            margin = re.match(r"[ \t>]*", self.lines[line])
            prefix = margin.group() if margin else ""
            said = ""
            for cell in row:
                start = len(prefix) + len(said) + (3 if said else 0)
                for label, at in cell.calls:
                    self.calls.setdefault(label, (line, start + at))
                said += f" | {cell.text.strip()}" if said else cell.text.strip()
            self.new[line] = f"{prefix}{said}{_line_end(self.lines[line])}"

    def _read_note(self, tokens: Sequence[Any], number: int) -> None:
        said: list[str] = []
        for token in tokens[number:]:
            if token.type == "inline":
                said.append(self._words(token).text.replace("\n", " "))
                self._drop(token.map)
            elif token.type == "footnote_reference_close":
                break
        self.notes.append(_Note(str(tokens[number].meta["label"]), " ".join(said)))

    # --- the text they make ---

    def _assembled(self) -> Extract:
        starts = [0]
        for number, written in enumerate(self.lines):
            starts.append(starts[-1] + len(self.new.get(number, written) or ""))
        text = "".join(self.new.get(number, written) or "" for number, written in enumerate(self.lines))
        found = (_part(text, starts[first], starts[last], kind) for first, last, kind in self.parts)
        parts = sorted((part for part in found if part), key=lambda part: part.start)
        notes = [note for note in self.notes if note.text.strip()]
        text = text.rstrip("\r\n \t") if notes else text
        for note in notes:
            text += "\n\n" if text else ""
            line, column = self.calls.get(note.label, (-1, -1))
            at = starts[line] + column if line >= 0 else -1
            parts.append(Part(len(text), len(text) + len(note.text), "note", note.label, at))
            text += note.text
        struck = sum(one.kind == "struck" for one in self.left_out)
        remarks = (Remark("struck", struck),) if struck else ()
        return Extract(
            text, self.title, Layout(parts=tuple(parts), left_out=tuple(self.left_out), remarks=remarks)
        )


def _part(text: str, start: int, end: int, kind: PartKind) -> Part | None:
    end = start + len(text[start:end].rstrip())
    return Part(start, end, kind) if end > start else None


def _line_end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
