"""Whose words a sentence is: the sources, the side or the speakers that an answer names."""

from __future__ import annotations

from rag.drill.grade.sheet import Sheet
from rag.drill.grade.types import Grade, Reason
from rag.search import sources_named
from rag.text import markers_in, persons_in, words_in
from rag.types import SourceInfo


def grade_speaker(sheet: Sheet) -> Grade:
    """Grade who is named: one voice alone, and not to deny it."""
    source = sheet.question.source
    voices, own = _persons_named(sheet), sheet.question.expected[0].speaker or ""
    if not voices:
        voices, own = {info.side or info.id for info in _named_sources(sheet)}, source.side or source.id
    if not voices:
        return sheet.graded("missed", False, [Reason("no_speaker", source=source)])
    right = own in voices
    if len(voices) > 1:
        return sheet.graded("partly" if right else "missed", False, [Reason("not_speaker", source=source)])
    denied = any(marker.kind == "negation" for marker in markers_in(sheet.answer))
    reason = Reason("speaker" if right else "not_speaker", source=source)
    return sheet.graded("got" if right else "missed", not denied, [reason])


def _persons_named(sheet: Sheet) -> set[str]:
    """Those who speak in the sources and whom an answer names; of several of one name, the right one."""
    own = sheet.question.expected[0].speaker or ""
    names = sorted({voice.speaker for voice in sheet.snapshot.heard.voices if voice.speaker})
    meant = [{names[n] for n in numbers} for _, numbers in persons_in(sheet.answer, names)]
    return {own if own in each else min(each) for each in meant}


def _named_sources(sheet: Sheet) -> list[SourceInfo]:
    """The sources that an answer names by side, title or id, else by some of their words."""
    text = f" {' '.join(words_in(sheet.answer, 'fr'))} "
    infos = sheet.snapshot.heard.voices

    def is_in(name: str | None) -> bool:
        spoken = " ".join(words_in(name or "", "fr"))
        return bool(spoken) and f" {spoken} " in text

    direct: list[SourceInfo] = [info for info in infos if is_in(info.side)]
    direct = direct or [info for info in infos if is_in(info.title) or is_in(info.id)]
    return direct or [infos[number] for number in sorted(sources_named(sheet.answer, infos))]
