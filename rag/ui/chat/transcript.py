"""Pure: the column of the conversation shown. js/chat.js fills it, answer by answer."""

from __future__ import annotations

from collections.abc import Sequence

from rag.catalogue import say
from rag.types import Language, SourceInfo
from rag.ui.html import button, escape, line, thumb
from rag.ui.messages import EXAMPLES, SHIPPED_SOURCES


def chat_column(lang: Language, has_model: bool) -> str:
    """The column: welcome, transcript, box to type in; with templates for what the browser adds.

    Args:
        lang: language of its words.
        has_model: whether one can choose that a language model writes.
    """
    label = escape(say("view_chat", lang))
    return (
        f'<section class="chat" lang="{lang}" aria-label="{label}">'
        f'<div class="scroll" tabindex="0" role="group" aria-label="{label}"><div class="welcome"></div>'
        f'<div class="transcript" role="log" aria-live="polite" aria-label="{label}"></div>'
        f"</div>{_composer(lang, has_model)}{_turn(lang)}{_failed(lang)}"
        f"{_translate(lang) if has_model else ''}</section>"
    )


def _turn(lang: Language) -> str:
    """What stands on the page from the moment a question is asked."""
    tools = button("retry", "retry", lang, "retry") + button("edit", "edit", lang, "pencil")
    verdict = escape(say("verdict", lang))
    thumbs = thumb("good", lang, "good") + thumb("wrong", lang, "wrong")
    tools += f'<div class="thumbs" role="group" aria-label="{verdict}">{thumbs}</div>'
    return (
        '<template class="t-turn"><article class="turn"><div class="question">'
        f'<span class="unseen">{escape(say("you", lang))}</span>'
        '<h2 class="question-text" dir="auto"></h2></div>'
        f'<div class="answer">{line("searching", lang, "searching")}</div>'
        f'<div class="turn-tools">{tools}</div></article></template>'
        f'<template class="t-stopped">{line("stopped", lang, "stopped")}</template>'
        f'<template class="t-waiting">{line("waiting", lang, "stopped")}</template>'
        f'<template class="t-cut">{line("cut", lang, "stopped")}</template>'
        f'<template class="t-lost">{_helped("lost", "retry", lang)}</template>'
    )


def _failed(lang: Language) -> str:
    """When the server does not answer."""
    return f'<template class="t-failed">{_helped("no_server", "try-server", lang)}</template>'


def _helped(key: str, action: str, lang: Language) -> str:
    """What went wrong, with a button to try again."""
    return f'<div class="failed">{line(key, lang, "error")}{button(action, "retry", lang, "retry")}</div>'


def _translate(lang: Language) -> str:
    """For a quote in another language than the page's."""
    return f'<template class="t-translate">{button("translate", "translate", lang, "translate")}</template>'


def _composer(lang: Language, has_model: bool) -> str:
    words = {name: escape(say(name, lang)) for name in ("question_label", "placeholder", "send", "stop")}
    cancel = f'<button type="button" data-do="cancel-edit">{escape(say("cancel", lang))}</button>'
    everything = f'<button type="button" data-do="scope-all">{escape(say("ask_all", lang))}</button>'
    return (
        f'<form class="composer">{_who_writes(lang) if has_model else ""}'
        f'<p class="scoped" hidden>{escape(say("asked_only", lang))} <bdi></bdi> {everything}</p>'
        f'<p class="editing" hidden>{escape(say("editing", lang))} {cancel}</p><div class="line">'
        f'<label class="unseen" for="question">{words["question_label"]}</label>'
        f'<textarea id="question" rows="1" dir="auto" autocomplete="off" enterkeyhint="send"'
        f' aria-describedby="keys" placeholder="{words["placeholder"]}"></textarea>'
        f'<button type="submit" id="send">{words["send"]}</button>'
        f'<button type="button" id="stop" data-do="stop" hidden>{words["stop"]}</button></div>'
        f'<div class="closing"><p id="keys">{escape(say("keys", lang))}</p>'
        f"{button('export', 'export', lang, 'save')}{button('clear', 'clear', lang, 'bin')}</div></form>"
    )


def _who_writes(lang: Language) -> str:
    """The choice between quotes alone and a model's sentences with their quotes."""
    choices = "".join(
        f'<label><input type="radio" name="llm" value="{value}"{" checked" if value else ""}>'
        f"<span>{escape(say(key, lang))}</span></label>"
        for value, key in ((1, "write_llm"), (0, "write_sources"))
    )
    legend = f"<legend>{escape(say('who_writes', lang))}</legend>"
    return f'<fieldset class="who-writes">{legend}{choices}</fieldset>'


def welcome(infos: Sequence[SourceInfo], lang: Language) -> str:
    """What a first visit shows: what this is, and questions to begin with if they suit the corpus."""
    head = f"<h2>{escape(say('tagline', lang))}</h2>"
    if not infos:
        return f'<div class="empty-corpus" lang="{lang}">{head}{line("no_documents", lang, "hint")}</div>'
    suited = {info.id for info in infos} == SHIPPED_SOURCES
    return f'<div lang="{lang}">{head}{line("hint", lang, "hint")}{_examples(lang) if suited else ""}</div>'


def _examples(lang: Language) -> str:
    return suggestions(EXAMPLES[lang], "examples", lang)


def suggestions(questions: Sequence[str], key: str, lang: Language) -> str:
    """Questions that are asked when pressed, under a heading of the catalogue; empty without any."""
    if not questions:
        return ""
    buttons = "".join(
        '<li><button type="button" class="suggestion" data-do="ask" dir="auto">'
        f"{escape(question)}</button></li>"
        for question in questions
    )
    return f'<div class="suggestions" lang="{lang}"><h3>{escape(say(key, lang))}</h3><ul>{buttons}</ul></div>'
