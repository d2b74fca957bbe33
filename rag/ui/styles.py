"""The page's style sheets, one a view, in static/css/."""

from __future__ import annotations

from pathlib import Path

SHEETS = (
    "tokens",
    "gradio",
    "controls",
    "masthead",
    "footer",
    "layout",
    "history",
    "chat",
    "quote",
    "composer",
    "sources",
    "page",
    "dossier",
    "checks",
    "tools",
    "prepare",
    "counter",
    "evaluation",
    "documents",
    "hand",
    "adding",
    "debates",
    "print",
)
"""In this order: Gradio joins them into one, where of two rules of the same weight the later one wins."""


def css_paths() -> list[Path]:
    """The sheets' files, as ``launch`` takes them."""
    folder = Path(__file__).parent / "static" / "css"
    return [folder / f"{name}.css" for name in SHEETS]
