"""RTF -> text."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.documents.formats.blocks import Note, Paragraph, Run, Tree
from rag.documents.formats.looks import is_title, part_of
from rag.documents.formats.numbers import printed
from rag.documents.formats.package import reading, sensible_author
from rag.documents.formats.rtf_state import Field, State, Tables
from rag.documents.formats.rtf_story import CellRule, Story
from rag.documents.formats.rtf_tokens import SYMBOL_CHARSET, Token, code_page, encoding_of, tokens
from rag.documents.formats.shared import Extract, has_visible, one_line, sensible_title
from rag.documents.formats.symbols import is_symbolic, shown
from rag.documents.formats.writer import write
from rag.errors import NotReadable

_CHARS = {
    "tab": "\t", "line": "\n", "page": "\n", "column": "\n", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "~": "\u00a0", "_": "-", "emspace": " ",
    "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SKIPPED = frozenset(
    "pict fontemb themedata colorschememapping latentstyles datastore objdata objclass revtbl rsidtbl "
    "generator filetbl listtable listoverridetable xmlnstbl nonesttables shprslt upr xe tc tcn rxe mmath "
    "mmathPr atnid atnauthor pgptbl private userprops company operator category keywords comment doccomm "
    "subject manager hlinkbase creatim revtim printim buptim template falt panose ftnsep ftnsepc ftncn "
    "aftnsep aftnsepc aftncn shpinst do pntxta pntxtb pnseclvl".split()
)
_BOXES = ("shptxt", "dptxbxtext")
_HEADERS = "header headerl headerr headerf footer footerl footerr footerf".split()
_STORIES = frozenset(("footnote", "annotation", *_BOXES, *_HEADERS))
_TABLES = ("fonttbl", "colortbl", "stylesheet")
_COLLECTED = frozenset((*_TABLES, "title", "author", "fldinst", "listtext", "pntext"))
_UNREAD_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_CONTENTS_FIELD = re.compile(r"\s*(?:TOC|INDEX)\b", re.IGNORECASE)
_SYMBOL_FIELD = re.compile(r'\s*SYMBOL\s+(\d{1,5})(?:.*?\\f\s*"?([^"\\]+)"?)?', re.IGNORECASE)
_DEEPEST = 5_000


@reading("RTF")
def read_rtf(data: bytes, max_bytes: int) -> Extract:
    """An RTF file as its reader sees it.

    Args:
        data: the file.
        max_bytes: size limit of the file; its text is never longer than the file.

    Raises:
        NotReadable: no RTF, or a damaged one.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise NotReadable("office_not", kind="RTF")
    reader = _Reader()
    for token in tokens(data):
        reader.take(token)
    reader.end()
    title = sensible_title(reader.info["title"]) or reader.title
    return replace(write(reader.tree), title=title, author=sensible_author(reader.info["author"]))


class _Stories:
    """The stories of a file that are open, the body outermost; what each paragraph of theirs is."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.title = ""
        self._state = State()
        self._stories: list[tuple[Story, Note | None]] = [(Story(), None)]
        self._tables = Tables()
        self._counts = {"decimal": 0, "lowerRoman": 0}
        self._automatic = False  # whether the next note has a number of its own
        self._contents = False
        self._changed: tuple[bool, bool] = (False, False)

    @property
    def _story(self) -> Story:
        return self._stories[-1][0]

    def _open_story(self, word: str) -> None:
        note = None
        if word == "footnote":
            note = Note("", [])
            if not self._automatic:
                last = self._story.runs[-1] if self._story.runs else Run("")
                note.mark = one_line(last.text) if last.script == "super" else ""
                last.text = "" if last.script == "super" else last.text
            if not self._state.out(self._tables.whites):
                self._story.runs.append(Run(self.tree.anchor(note)))
        self._stories.append((Story(), note))
        if note is not None and self._automatic:
            self._number_note("decimal")
        self._automatic = False
        state = self._state
        state.opened, state.skip, state.into, state.table, state.field = word, False, "", 0, None

    def _number_note(self, style: str) -> None:
        note = self._stories[-1][1]
        if note is not None and (note.mark or style == "decimal"):
            if style != "decimal":
                self._counts["decimal"] -= 1
            self._counts[style] += 1
            note.mark = printed(self._counts[style], style)

    def _close_story(self, word: str) -> None:
        self._paragraph()
        self._story.end_table()
        story, note = self._stories.pop()
        if note is not None:
            note.blocks = story.blocks
            note.strip_mark()
        elif word in _BOXES:
            self._story.boxes += story.blocks
        elif word == "annotation":
            self.tree.left_out.append(("comment", story.blocks))
        else:
            self.tree.left_out.append(("header" if word.startswith("header") else "footer", story.blocks))

    def _end_paragraph(self) -> None:
        if self._state.deleted:  # its end is no longer there
            self.tree.changes += not self._changed[0]
        else:
            self._paragraph()

    def _paragraph(self) -> None:
        state, story = self._state, self._story
        name, outline = self._tables.styles.get(state.style, ("", None))
        text = one_line("".join(run.text for run in story.runs if not run.out))
        kind = part_of((name,), outline if state.outline is None else state.outline, text)
        if is_title(name):
            self.title = self.title or text
        label = "" if kind and story.label == "-" else story.label
        paragraph = Paragraph(
            [], "contents" if self._contents else kind or "", label, bool(label), state.depth
        )
        story.end_paragraph(paragraph, min(state.table, 2))
        self._contents = False

    def _count_change(self, state: State, text: str) -> None:
        if has_visible(text):
            changed = (state.deleted, state.revised)
            self.tree.changes += sum(now and not was for now, was in zip(changed, self._changed, strict=True))
            self._changed = changed


class _Reader(_Stories):
    """Takes one token after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.info = {"title": "", "author": ""}
        self._groups: list[State] = []
        self._usual = "cp1252"
        self._bytes = bytearray()
        self._left = 0  # characters to pass over after one of Unicode
        self._starred = False
        self._collected: list[str] = []
        self._high = ""  # first half of a character beyond the usual plane

    def take(self, token: Token) -> None:
        """Read on."""
        word, number, raw = token
        if raw:
            passed = min(self._left, len(raw))
            self._left -= passed
            if not self._state.skip:
                self._bytes += raw[passed:]
            return
        self._flush()
        starred, self._starred = self._starred, word == "*"
        if word == "{":
            self._open()
        elif word == "}":
            self._close()
        elif word == "u":
            self._unicode(number or 0)
        elif self._left and word in _CHARS:
            self._left -= 1
        elif word != "*":
            self._control(word, number, starred)

    def end(self) -> None:
        """The file has ended, perhaps before its groups did."""
        self._flush()
        while self._groups:
            self._close()
        self._paragraph()
        self._story.end_table()
        self.tree.blocks = self._story.blocks

    def _open(self) -> None:
        if len(self._groups) > _DEEPEST:
            raise NotReadable("office_damaged", kind="RTF", problem="groups in groups")
        self._groups.append(self._state)
        self._state = replace(self._state, opened="")
        self._left = 0

    def _close(self) -> None:
        opened, field = self._state.opened, self._state.field
        self._left = 0
        if opened in _STORIES:
            self._close_story(opened)
        elif opened in _COLLECTED:
            self._close_collected(opened, "".join(self._collected))
        elif opened == "field" and field is not None and not field.has_result:
            found = _SYMBOL_FIELD.match(field.instruction)
            if found:
                self._write(shown(chr(0xF000 + int(found[1]) % 0x100), (found[2] or "Symbol").strip()))
        if self._groups:
            self._state = self._groups.pop()

    def _close_collected(self, opened: str, text: str) -> None:
        if opened == "fldinst":
            if self._state.field is not None:
                self._state.field.instruction = text
        elif opened in self.info:
            self.info[opened] = one_line(text)
        elif opened in ("listtext", "pntext"):
            label = one_line(text)
            numbered = any(map(str.isalnum, label)) and label != "o"  # a round bullet of Courier
            self._story.label = label if numbered else "-" if label else ""

    def _control(self, word: str, number: int | None, starred: bool) -> None:
        state = self._state
        if word in _STORIES and (not state.skip or word in _BOXES):
            self._open_story(word)
        elif word == "ud":
            state.skip = False
        elif word in _SKIPPED or (starred and word not in _COLLECTED):
            self.tree.drawings += word == "mmath" and not state.skip
            state.skip = True
        elif state.skip:
            return
        elif word in _COLLECTED:
            if not state.into:
                state.into = state.opened = word
                self._collected = []
        elif state.into in _TABLES:
            self._tables.define(word, number)
        elif word in _CHARS:
            self._write(_CHARS[word])
        elif not state.format(word, number):
            self._act(word, number)

    def _act(self, word: str, number: int | None) -> None:
        story, state = self._story, self._state
        match word:
            case "par" | "sect":
                self._end_paragraph()
            case "cell" | "nestcell":
                state.table = max(state.table, 1 if word == "cell" else 2)
                self._paragraph()
                story.end_cell() if word == "cell" else story.end_nested_cell()
            case "row":
                story.end_row()
            case "nestrow":
                story.end_nested_row()
            case "trowd":
                story.rules, story.rule, story.head = [], CellRule(), False
            case "trhdr":
                story.head = True
            case "clmrg":
                story.rule.left = True
            case "clvmrg":
                story.rule.above = True
            case "cellx":
                story.rules.append(story.rule)
                story.rule = CellRule()
            case "field":
                state.opened, state.field = "field", Field(state.field)
            case "fldrslt" if state.field is not None:
                state.field.has_result = True
            case "chftn":
                self._automatic = self._stories[-1][1] is None
            case "ftnalt":
                self._number_note("lowerRoman")
            case "ansicpg":
                self._usual = code_page(number or 1252)
            case "mac" | "pc" | "pca":
                self._usual = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]

    def _flush(self) -> None:
        if self._bytes:
            name, charset = self._tables.fonts.get(self._state.font, ("", 0))
            symbolic = charset == SYMBOL_CHARSET and is_symbolic(name) and self._state.into not in _TABLES
            text = self._bytes.decode("latin-1" if symbolic else encoding_of(charset, self._usual), "replace")
            self._bytes.clear()
            self._write(text)

    def _unicode(self, number: int) -> None:
        char = chr(number % 0x10000)
        self._left = self._state.fallback
        if "\ud800" <= char <= "\udbff":
            self._high = char
            return
        text = (self._high + char).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._high = ""
        self._write(text)

    def _write(self, text: str) -> None:
        state = self._state
        if state.skip or not text:
            return
        if state.into in _TABLES:
            *ended, rest = text.split(";")
            for name in ended:
                self._tables.end(state.into, one_line("".join(self._collected) + name))
                self._collected = []
            self._collected.append(rest)
            return
        font, charset = self._tables.fonts.get(state.font, ("", 0))
        text = shown(text, font if charset == SYMBOL_CHARSET else "")
        if state.into:
            self._collected.append(text)
            return
        instructions = [each.instruction for each in state.field.chain()] if state.field is not None else []
        if any(map(_UNREAD_FIELD.match, instructions)):
            return
        self._contents = self._contents or any(map(_CONTENTS_FIELD.match, instructions))
        self._count_change(state, text)
        self._story.runs.append(Run(text, state.script, state.out(self._tables.whites), state.bold))
