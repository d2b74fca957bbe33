"""Pure: the frame that the views of the debate tools share: a form, and what comes of it."""

from __future__ import annotations

from rag.catalogue import say
from rag.types import Language
from rag.ui.html import escape, line


def tool(
    name: str, lang: Language, fields: str, go: str, scoped: bool = False, above: str = "", besides: str = ""
) -> str:
    """A view of the desk, beside the column of the sources.

    Args:
        name: of the view; the function of rag/ui/debate/calls.py that answers has the same.
        lang: language of its words.
        fields: HTML inside the form.
        go: key of the words of the button that sends it.
        scoped: whether it hears only the sides, sources and speakers chosen: these are shown, to be changed.
        above: HTML before the form.
        besides: HTML after all that, which is not seen at first.
    """
    title = f"{name}-title"
    failed = f'<template class="t-failed">{line("no_server", lang, "error")}</template>'
    return (
        f'<section class="tool" data-tool="{name}" lang="{lang}" aria-labelledby="{title}">'
        f'<div class="tool-body"><h2 id="{title}" tabindex="-1">{escape(say(f"view_{name}", lang))}</h2>'
        f'<p class="hint">{escape(say(f"{name}_hint", lang))}</p>'
        f'{above}<form class="tool-form">{fields}{_among(lang) if scoped else ""}<div class="tool-send">'
        f'<button type="submit" class="go">{escape(say(go, lang))}</button>'
        '<p class="tool-said hint" role="status"></p></div></form>'
        f'<div class="tool-example"></div><div class="tool-results"></div></div>{failed}{besides}</section>'
    )


def _among(lang: Language) -> str:
    """Whom the tool hears; js/scope.js fills in who they are, and what chooses others."""
    return (
        f'<details class="among"><summary>{escape(say("among", lang))} <bdi></bdi></summary>'
        '<div class="among-choices"></div></details>'
    )


def example_button(key: str, lang: Language, **fields: str) -> str:
    """A button that fills in fields of the form, and sends it.

    Args:
        key: of its words in the catalogue, before what the first field is given.
        lang: language of its words.
        fields: what each field is given, by name.
    """
    first = next(iter(fields.values()))
    return f'<p class="hint">{escape(say(key, lang))}</p>{fill_button(first, **fields)}'


def fill_button(told: str, **fields: str) -> str:
    """A button that fills in fields of the form, by name, and sends it; ``told`` stands on it."""
    data = "".join(f' data-field-{name}="{escape(value)}"' for name, value in fields.items())
    return (
        f'<button type="button" class="suggestion" data-do="example"{data} dir="auto">{escape(told)}</button>'
    )
