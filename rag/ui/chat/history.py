"""Pure: the column of conversations. The browser keeps them; js/history.js fills the list."""

from __future__ import annotations

from rag.catalogue import say
from rag.types import Language
from rag.ui.html import button, escape, icon_button, line


def history_column(lang: Language) -> str:
    """The column, with a template for one conversation."""
    tools = (
        icon_button("rename", "rename", lang, "pencil")
        + icon_button("export", "export", lang, "save")
        + icon_button("delete", "delete", lang, "bin")
    )
    entry = (
        '<template class="t-conversation"><li>'
        '<button type="button" class="open" data-do="open" dir="auto"></button>'
        f'<span class="entry-tools">{tools}</span></li></template>'
    )
    name = escape(say("conversations", lang))
    return (
        f'<aside id="history" class="history" lang="{lang}" aria-label="{name}">'
        f"{button('new', 'new', lang, 'plus')}"
        f'<ol class="conversations"></ol>{line("no_conversations", lang, "nothing")}{entry}'
        f"{line('kept_here', lang, 'kept')}</aside>"
    )
