"""What the switcher asks of the server. Every answer can be shown, never an exception."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from rag.api import Debates
from rag.catalogue import say
from rag.errors import InputError
from rag.ui.call import Asked, told
from rag.ui.debates.view import debates_list, title_of
from rag.ui.messages import as_language
from rag.ui.uploads import uploaded
from rag.workspace import SUFFIX, Description, export_debate, import_debate

EXPORT_MOST = 60_000_000
"""Largest debate that the page exports, in bytes of the file."""


class DebatesCalls:
    """The calls.

    Args:
        debates: the debates that the server answers from.
        uploads: folder where the server leaves what is sent; no other file is ever imported.
    """

    def __init__(self, debates: Debates, uploads: Path) -> None:
        self._debates = debates
        self._shelf = debates.shelf
        self._uploads = uploads

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [
            told(call)
            for call in (
                self.list_debates,
                self.save_debate,
                self.remove_debate,
                self.restore_debate,
                self.export_debate,
                self.import_debate,
            )
        ]

    def list_debates(self, asked: Asked) -> dict[str, Any]:
        """The list, as ``html``; ``title`` of the debate shown, nothing where it is gone."""
        lang, current = as_language(asked["lang"]), self._name(asked.get("debate"))
        rows = self._debates.listed()
        titles = [title_of(row, lang) for row in rows if row["name"] == current]
        html = debates_list(rows, current, lang, self._shelf.settings.read_only)
        return {"html": html, "title": titles[0] if titles else None}

    def save_debate(self, asked: Asked) -> dict[str, Any]:
        """Make a debate, or rename or copy the one named, as ``kind`` says, with ``title`` and ``motion``."""
        kind, title, motion = (str(asked.get(key) or "") for key in ("kind", "title", "motion"))
        if kind == "new":
            return {"go": self._shelf.new(title, motion, as_language(asked["lang"])).name}
        name = str(asked["name"])
        if kind == "copy":
            return {"go": self._shelf.copy(name, title).name}

        def renamed(old: Description) -> Description:
            return replace(old, title=title, motion=motion)

        self._shelf.workspace(name).describe(renamed)
        return self.list_debates(asked)

    def remove_debate(self, asked: Asked) -> dict[str, Any]:
        """Remove the debate ``name``; ``token`` takes that back."""
        lang, name = as_language(asked["lang"]), str(asked["name"])
        title = self._shelf.workspace(name).described().title or name
        token = self._debates.remove(name)
        return {**self.list_debates(asked), "token": token, "said": say("debate_removed", lang, title=title)}

    def restore_debate(self, asked: Asked) -> dict[str, Any]:
        """Take a removal back, by its ``token``."""
        self._shelf.restore(str(asked["token"]))
        return self.list_debates(asked)

    def export_debate(self, asked: Asked) -> dict[str, Any]:
        """The debate ``name`` as a file: ``data`` in base 64, its ``file`` name.

        With the ``dossier`` that the browser keeps, if it keeps one.
        """
        workspace = self._shelf.workspace(self._name(asked["name"]))
        dossier = asked.get("dossier")
        content = None if dossier is None else json.dumps(dossier, ensure_ascii=False).encode()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"debate{SUFFIX}"
            export_debate(workspace, file, content)
            if file.stat().st_size > EXPORT_MOST:
                raise InputError("archive_page_large")
            return {"data": base64.b64encode(file.read_bytes()).decode()}

    def import_debate(self, asked: Asked) -> dict[str, Any]:
        """Make a debate of the upload at ``path``; ``go`` is its name."""
        with uploaded(asked.get("path"), self._uploads) as file:
            return {"go": import_debate(self._shelf, file).name}

    def _name(self, given: object) -> str:
        """A debate's name as the list has it: the server's own has none."""
        name = str(given or "")
        return "" if name == self._shelf.settings.debate else name
