"""Pure: what chooses the sides, sources and speakers that the chat asks and the tools hear."""

from __future__ import annotations

from collections.abc import Iterable

from rag.catalogue import say
from rag.store import Snapshot, spoken_in
from rag.types import Language
from rag.ui.html import SideClasses, escape, isolated, side_class

SOURCES_OFFERED = 60
"""The forms of the tools offer at most so many sources, *Documents* all of them."""
VOICES_OFFERED = 30
"""They offer at most so many of those who speak in sources, those who say most."""


def choices(snapshot: Snapshot, classes: SideClasses, lang: Language) -> str:
    """A button for each: pressed, only those that are pressed are heard."""
    infos = snapshot.infos
    sides = (_button("side", side, side, css) for side, css in classes.items()) if len(classes) > 1 else ()
    sources = (
        _button("source", info.id, info.title, side_class(info.side, classes))
        for info in infos[:SOURCES_OFFERED]
    )
    spoken = sorted(
        (one for own in spoken_in(snapshot) for one in own), key=lambda one: (-one.sentences, one.name)
    )
    named = {one.name: side_class(one.side, classes) for one in reversed(spoken)}
    voices = [_button("speaker", name, name, css) for name, css in reversed(named.items())]
    groups = (("among_sides", sides), ("among_sources", sources), ("among_voices", voices[:VOICES_OFFERED]))
    whole = (
        f'<button type="button" class="act" data-do="scope-all">{escape(say("among_whole", lang))}</button>'
    )
    return "".join(_group(key, buttons, lang) for key, buttons in groups) + whole


def _group(key: str, buttons: Iterable[str], lang: Language) -> str:
    label, inside = escape(say(key, lang)), " ".join(buttons)
    if not inside:
        return ""
    return f'<div class="sides" role="group" aria-label="{label}"><span>{label}</span> {inside}</div>'


def _button(kind: str, value: str, name: str, css_class: str) -> str:
    return (
        f'<button type="button" class="chip {css_class}" data-do="scope" data-{kind}="{escape(value)}"'
        f' data-title="{escape(name)}" aria-pressed="false">{isolated(name)}</button>'
    )
