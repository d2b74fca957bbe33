"""What adds documents, pure: files, pasted text, pages of the web, and what can be said of each."""

from __future__ import annotations

from rag.catalogue import say
from rag.documents import SUFFIXES
from rag.types import Language
from rag.ui.html import button, escape, icon_button, line
from rag.upkeep import MOST, SUPPLIED

FIELDS = ("title", "side", "date", "author", "language", "note")
"""What is said of a document in a form."""
_LANGUAGES = ("fr", "en")
"""Those that the form names; the script adds others that documents have."""


def adding(lang: Language, max_bytes: int, fetches: bool) -> str:
    """The ways in, then the list of what waits to be added.

    Args:
        lang: of the words.
        max_bytes: the largest file.
        fetches: whether pages of the web may be asked for.
    """
    paste = button("paste-text", "paste_text", lang, "pencil")
    return (
        f'<div class="ways">{_drop(lang, max_bytes)}'
        f'<div class="other-ways">{paste}{_fetching(lang) if fetches else ""}</div></div>'
        f'<form class="adding"><div class="meanings" hidden>{line("fields_meaning", lang, "hint")}'
        f'<p id="side-meaning" class="hint">{escape(say("side_meaning", lang))}</p></div>'
        '<ul class="pending-list"></ul>'
        f'<div class="adding-tools" hidden><button type="submit" class="go">'
        f"{escape(say('corpus_add', lang))}</button>"
        f"{button('forget-files', 'cancel', lang, 'close')}</div>"
        '<div class="adding-progress" hidden><progress></progress> <span></span></div>'
        '<div class="adding-results" role="status"></div></form>'
        f'<template class="t-pending">{_pending(lang, "")}</template>'
        f'<template class="t-text">{_pending(lang, _text(lang))}</template>'
    )


def _drop(lang: Language, max_bytes: int) -> str:
    accepted = ",".join(sorted(SUFFIXES))
    limit = say("corpus_kinds", lang, size=max(1, round(max_bytes / 1_000_000)))
    return (
        '<div class="drop">'
        f'<input id="corpus-files" class="unseen" type="file" multiple accept="{accepted}"'
        ' aria-describedby="corpus-kinds">'
        f'<label class="go" for="corpus-files">{escape(say("corpus_choose", lang))}</label> '
        f"<span>{escape(say('corpus_drop', lang))}</span>"
        f'<p id="corpus-kinds" class="hint">{escape(limit)}</p></div>'
    )


def _fetching(lang: Language) -> str:
    """Asks for a page of the web. Not a field of addresses for the browser, which would want ``https://``."""
    return (
        '<form class="fetching"><label for="fetch-address">'
        f"{escape(say('fetch_address', lang))}</label>"
        '<input id="fetch-address" inputmode="url" autocapitalize="off" autocomplete="off" spellcheck="false"'
        f' maxlength="{MOST["address"]}" placeholder="https://…" aria-describedby="fetch-hint">'
        f'<button type="submit" class="go">{escape(say("fetch_go", lang))}</button>'
        f'<p id="fetch-hint" class="hint">{escape(say("fetch_hint", lang))}</p>'
        '<div class="fetch-said" role="status"></div></form>'
    )


def _pending(lang: Language, text: str) -> str:
    """A document that waits, with what can be said of it."""
    drop = icon_button("forget-file", "corpus_forget", lang, "close")
    return (
        '<li class="pending"><fieldset><legend dir="auto"></legend>'
        f'<p class="from hint" hidden></p>{text}<div class="fields">{fields(lang, "side-meaning")}</div>'
        '<p class="peeked hint" role="status"></p>'
        f'<details class="begins" hidden><summary>{escape(say("text_begins", lang))}</summary>'
        f'<p class="opening" dir="auto"></p></details></fieldset>{drop}</li>'
    )


def _text(lang: Language) -> str:
    return (
        f'<label class="given-text">{escape(say("field_text", lang))}'
        '<textarea name="text" rows="8" dir="auto" required></textarea></label>'
    )


def fields(lang: Language, side_meaning: str) -> str:
    """The fields of a form that says something of a document.

    Args:
        lang: of their names.
        side_meaning: id of what explains the side.
    """
    return "".join(
        f"<div><label>{escape(say(f'field_{name}', lang))}"
        f"{_language(lang) if name == 'language' else _input(name, lang, side_meaning)}</label>"
        f"{_by_hand(name, lang)}{_side_offers(lang) if name == 'side' else ''}</div>"
        for name in FIELDS
    )


def _by_hand(name: str, lang: Language) -> str:
    """Says of a field that it is given by hand, where cites say so."""
    if name not in SUPPLIED:
        return ""
    said = say(f"editorial_{name}", lang, by=say("given_by_you", lang))
    return f'<span class="by-hand" hidden>{escape(said)}</span>'


def _input(name: str, lang: Language, side_meaning: str) -> str:
    hints = {
        "side": f' list="corpus-sides" aria-describedby="{side_meaning}"',
        "date": f' placeholder="{escape(say("field_date_hint", lang))}"',
    }
    return (
        f'<input name="{name}" maxlength="{MOST[name]}" dir="auto" autocomplete="off"{hints.get(name, "")}>'
    )


def _language(lang: Language) -> str:
    options = "".join(
        f'<option value="{code}">{escape(say(f"in_{code}", lang))}</option>' for code in _LANGUAGES
    )
    return (
        f'<select name="language"><option value="">{escape(say("detected", lang))}</option>{options}</select>'
    )


def _side_offers(lang: Language) -> str:
    """Where the script puts the sides that there are, each a button that fills in the field."""
    label = escape(say("side_offers", lang))
    return f'<div class="side-offers" role="group" aria-label="{label}" hidden><span>{label}</span></div>'
