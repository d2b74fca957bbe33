"""Pure: the timer of speeches; js/timer.js counts, by the formats of rag/debate/formats.py."""

from __future__ import annotations

import json

from rag.catalogue import say
from rag.debate import formats_as_json
from rag.types import Language
from rag.ui.html import button, escape


def timer_panel(lang: Language) -> str:
    """The timer, with nothing counted yet, and what the dossier has left to read out."""
    formats = escape(json.dumps(formats_as_json(lang), ensure_ascii=False))
    return (
        f'<section class="timer" aria-label="{escape(say("timer", lang))}" data-formats="{formats}">'
        '<div class="timer-face"><p class="timer-title"></p><p class="clock" role="timer"></p>'
        '<div class="timer-bar"><div></div></div><p class="timer-phase" role="status"></p></div>'
        f'<div class="timer-side">{_buttons(lang)}{_reading(lang)}</div></section>'
    )


def _buttons(lang: Language) -> str:
    start = escape(say("timer_start", lang))
    return (
        f'<div class="timer-buttons"><button type="button" class="go" data-do="timer-go">{start}</button>'
        f"{button('timer-reset', 'timer_reset', lang, 'retry')}"
        f"{button('timer-previous', 'timer_previous', lang, 'previous')}"
        f"{button('timer-next', 'timer_next', lang, 'next')}"
        '<span class="timer-preparation" role="group"'
        f' aria-label="{escape(say("timer_preparation", lang))}"></span></div>'
    )


def _reading(lang: Language) -> str:
    """How long the cards left take to read out, the way to read them in large print; what is seldom set."""
    return (
        '<div class="timer-buttons"><p class="timer-reading"></p>'
        f"{button('large-dossier', 'large_dossier', lang, 'larger')}"
        f"{button('large-chosen', 'large_chosen', lang, 'larger')}{_choices(lang)}</div>"
    )


def _choices(lang: Language) -> str:
    return (
        f'<details class="timer-set"><summary>{escape(say("timer_set", lang))}</summary>'
        f'<div class="timer-choices"><label>{escape(say("timer_format", lang))}'
        '<select class="timer-format"></select></label>'
        f'<label>{escape(say("timer_speech", lang))}<select class="timer-slot"></select></label>'
        f"<label>{escape(say('timer_minutes', lang))}"
        '<input class="timer-minutes" type="number" min="0.5" max="60" step="0.5"></label>'
        '<label class="option"><input class="timer-sound" type="checkbox">'
        f"{escape(say('timer_sound', lang))}</label></div></details>"
    )
