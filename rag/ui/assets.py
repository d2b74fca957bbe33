"""The page's JavaScript, from the files in js/: one scope, put into the head of the page as it stands."""

from __future__ import annotations

from pathlib import Path

FILES = (
    "page",
    "store",
    "clipboard",
    "history",
    "evidence",
    "corpus",
    "dossier",
    "drill",
    "tools",
    "feedback",
    "desk",
)
"""In this order, each using those before it."""

FRAME = '<div class="frame"></div>'
"""Template of a component that its script fills."""

# Gradio finds the names of a component's events in this text.
DESK = """
const send = (asked) => trigger("ask", asked);
const halt = () => trigger("stop");
replique.desk({ element, props, watch, server, send, halt });
"""
CORPUS = """
const add = (asked) => trigger("add_files", asked);
replique.corpusView({ element, props, watch, server, upload, add });
"""
DOSSIER = "replique.dossierPanel({ element, props, server });"
MASTHEAD = "replique.masthead(element, props);"

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='7' fill='%231f3a5f'/%3E"
    "%3Cpath d='M8 10h6v6c0 4-2 6-5 7v-3c1.500-.7 2-2 2-4H8zm10 0h6v6c0 4-2 6-5 7v-3c1.500-.7 2-2 2-4h-3z' "
    "fill='white'/%3E%3C/svg%3E"
)


def head() -> str:
    """What the page's head holds besides Gradio's own."""
    folder = Path(__file__).with_name("js")
    code = "\n".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in FILES)
    return (
        f'<link rel="icon" type="image/svg+xml" href="{ICON}">'
        f'<script>(() => {{\n"use strict";\n{code}\n}})();</script>'
    )
