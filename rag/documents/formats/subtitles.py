"""SRT and WebVTT -> text: cues joined into sentences, a paragraph for each turn of speech."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.documents.formats.characters import decode
from rag.documents.formats.shared import Extract, has_visible, one_line, tidy
from rag.documents.formats.writing import Writer
from rag.documents.language import language_code
from rag.errors import NotReadable
from rag.types import Layout

_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_STAMP}\s*-->\s*{_STAMP}.*")
_TAG = re.compile(
    r"</?(?:[ibuc]|v|lang|ruby|rt|font|span|\d[\d:.]*)(?:[.\s][^<>]*)?>|\{\\?[a-z]+\d*[^{}]*\}", re.IGNORECASE
)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)*\s+([^<>]+)>")
_LABEL = re.compile(r"(?:>>+\s*)?[A-ZÀ-ÝŒ][\w.’' -]{0,40}\s?:\s")
_DASH = re.compile(r"^(?:[-–—](?!\d)|>>+)\s*(?=\S)")
_SOUND = re.compile(r"[\[(][^\[\]()]{1,80}[\])]|[♪♫#][^♪♫]*[♪♫#]?|[♪♫\s]+")
_STOPS = re.compile(r"[.!?…][»”\"’)\]\s]*$")
_LANGUAGE = re.compile(r"^Language:[ \t]*([\w-]+)", re.MULTILINE)
_PAUSE = 4.0  # seconds of silence after a sentence that begin a paragraph
_ROLLS = 0.25  # seconds between a caption and its repetition, at most
_LONG = 700  # characters after which a paragraph ends with its sentence


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    lines: list[str]


@dataclass(slots=True)
class _Turn:
    """A paragraph: who speaks, where that is told, and the words; or a sound."""

    voice: str
    words: str
    end: float
    is_sound: bool = False


def read_subtitles(data: bytes) -> Extract:
    """What is said in a file of subtitles, as paragraphs; sounds are lines of their own.

    Raises:
        NotReadable: for binary data, or where there are no cues.
    """
    text = tidy(decode(data))
    cues = list(_unrolled(_cues(text)))
    if not cues:
        raise NotReadable("subtitles_none")
    writer = Writer()
    for turn in _turns(cues):
        if writer.length:
            writer.write("\n\n")
        start = writer.length
        writer.write(f"{turn.voice} : {turn.words}" if turn.voice else turn.words)
        if turn.is_sound:
            writer.add_part(start, "aside")
    language = _LANGUAGE.search(text.partition("\n\n")[0])
    return Extract(
        writer.text(),
        layout=Layout(parts=writer.parts()),
        language=language_code(language.group(1)) if language else "",
    )


def _cues(text: str) -> Iterator[_Cue]:
    is_vtt = text.lstrip("\ufeff").startswith("WEBVTT")
    cue: _Cue | None = None
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        at = next((number for number, line in enumerate(lines[:2]) if _TIMES.fullmatch(line)), None)
        if at is None:
            if cue and not is_vtt:  # words after a blank line
                cue.lines.extend(lines)
            continue
        if cue:
            yield cue
        while at is not None:  # cues without a blank line between them
            rest = lines[at + 1 :]
            following = next((number for number, line in enumerate(rest) if _TIMES.fullmatch(line)), None)
            said = rest if following is None else rest[:following]
            if following is not None and said and said[-1].isdecimal():
                said = said[:-1]
            cue = _Cue(*_times(lines[at]), said)
            if following is not None:
                yield cue
            lines, at = rest, following
    if cue:
        yield cue


def _times(line: str) -> tuple[float, float]:
    found = _TIMES.fullmatch(line)
    parts = [int(part or 0) for part in found.groups()] if found else [0] * 8
    start, end = (h * 3600 + m * 60 + s + ms / 1000 for h, m, s, ms in (parts[:4], parts[4:]))
    return start, end


def _unrolled(cues: Iterator[_Cue]) -> Iterator[_Cue]:
    """Cues without the lines that roll on from the cue before."""
    shown: list[str] = []  # lines of the cue before, as they stood
    end = -1.0
    for cue in cues:
        lines = [line for line in cue.lines if _plain(line)]
        rolls = cue.start - end <= _ROLLS
        overlap = max(
            (n for n in range(len(lines) + 1) if rolls and n and _same(shown[-n:], lines[:n])), default=0
        )
        fresh = lines[overlap:]
        shown, end = lines or shown, max(end, cue.end)
        if fresh:
            yield _Cue(cue.start, cue.end, fresh)


def _same(before: list[str], after: list[str]) -> bool:
    return [_plain(line) for line in before] == [_plain(line) for line in after]


def _plain(line: str) -> str:
    return one_line(html.unescape(_TAG.sub("", line)).replace("\u00ad", ""))


def _turns(cues: list[_Cue]) -> list[_Turn]:
    turns: list[_Turn] = []
    for cue in cues:
        for voice, line in _voiced(cue.lines):
            words = _plain(line)
            if not has_visible(words):
                continue
            if _SOUND.fullmatch(words):
                turns.append(_Turn("", words, cue.end, is_sound=True))
            elif turns and _goes_on(turns[-1], voice, words, cue.start):
                turns[-1].words += f" {words}"
                turns[-1].end = cue.end
            else:
                turns.append(
                    _Turn(voice, _DASH.sub("— " if not _LABEL.match(words) else "", words, count=1), cue.end)
                )
    return turns


def _voiced(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Pieces of a cue with their voices; a voice holds to the end of its cue."""
    voice = ""
    for line in lines:
        pieces = _VOICE.split(line)
        yield voice, pieces[0]
        for name, words in zip(pieces[1::2], pieces[2::2], strict=True):
            voice = one_line(html.unescape(name))
            yield voice, words


def _goes_on(turn: _Turn, voice: str, words: str, start: float) -> bool:
    if turn.is_sound or voice != turn.voice or _DASH.match(words) or (not voice and _LABEL.match(words)):
        return False
    ended = _STOPS.search(turn.words) is not None
    return not (ended and (start - turn.end >= _PAUSE or len(turn.words) >= _LONG))
