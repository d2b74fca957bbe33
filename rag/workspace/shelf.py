"""The debates that there are: a folder each, made, renamed, copied, removed and taken back.

::

    debates/NAME/            debate.yaml  documents/  dossier.json  questions.jsonl  .replique/
    debates/.trash/TOKEN/    one that was removed
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

from rag.documents import corpus_root
from rag.errors import CorpusError, InputError, ReadOnly
from rag.files import DEVICE, private_folder, sweep_abandoned
from rag.settings import Settings, is_debate_name
from rag.workspace.description import (
    DESCRIBED_MOST,
    FILE,
    Description,
    read_description,
    write_description,
)

DOCUMENTS, DOSSIER, QUESTIONS = "documents", "dossier.json", "questions.jsonl"
NAME_MOST = 60
"""Longest name that a debate's folder is given, in characters."""

_log = logging.getLogger(__name__)
_TRASH = ".trash"
_DRAFT = "." + 12 * "[0-9a-f]"
_TOKEN = len("2026-01-06T12-00-00-0123abcd-")


@dataclass(frozen=True, slots=True)
class Workspace:
    """One debate: what is where.

    Attributes:
        settings: with its corpus, store and question set; ``settings.debate`` is its name, empty for that of
            ``--corpus`` and ``--store``.
    """

    settings: Settings

    @property
    def name(self) -> str:
        """Of its folder; empty for the default debate."""
        return self.settings.debate

    @property
    def description_file(self) -> Path:
        """Of a named debate in its folder, else in the folder of the documents."""
        return (self.settings.debate_dir() if self.name else self.settings.corpus_dir()) / FILE

    @property
    def dossier_file(self) -> Path:
        """The dossier that came with it, or is kept in it by the command; there may be none."""
        return (self.settings.debate_dir() if self.name else self.settings.store) / DOSSIER

    def described(self) -> Description:
        """What is said of it.

        Raises:
            CorpusError: see :func:`rag.workspace.description.read_description`.
        """
        return read_description(self.description_file)

    def said(self) -> Description:
        """What is said of it; nothing, and a line in the log, where that cannot be read."""
        try:
            return self.described()
        except CorpusError as error:
            _log.warning("%s", error)
            return Description()

    def beside(self) -> dict[str, Path]:
        """The files that it has beside its documents, by their names in its folder."""
        questions = {QUESTIONS: self.settings.questions} if self.name else {}  # else they are the suite's
        return {n: file for n, file in {DOSSIER: self.dossier_file, **questions}.items() if file.is_file()}

    def keep_colours(self, sides: Iterable[str]) -> None:
        """Describe sides that are not yet, in the order given: each keeps its colour whatever others come.

        That it cannot be done is logged: it hinders nothing else.
        """
        try:
            self.describe(lambda old: reduce(Description.with_sides, ([side] for side in sides), old))
        except (CorpusError, InputError) as error:
            _log.warning("%s", error)

    def describe(self, change: Callable[[Description], Description]) -> Description:
        """Say something else of it.

        Raises:
            ReadOnly: it may not be changed.
            InputError: a text is too long.
            CorpusError: see :func:`rag.workspace.description.write_description`.
        """
        old = self.described()
        new = change(old)
        if new == old:
            return old
        if self.settings.read_only:
            raise ReadOnly("read_only")
        write_description(self.description_file, new)
        return new


class Shelf:
    """The debates under the folder that the settings name. Reads nothing until asked.

    Args:
        settings: of the default debate; a named one has the same, but for where its files are.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.debates

    def workspaces(self) -> list[Workspace]:
        """Those with a name, by their names."""
        with suppress(OSError):
            names = sorted(entry.name for entry in self.folder.iterdir() if entry.is_dir())
            return [Workspace(self.settings.for_debate(name)) for name in names if is_debate_name(name)]
        return []

    def workspace(self, name: str = "") -> Workspace:
        """One of them; without a name the default one.

        Raises:
            SettingsError: there is none of that name.
        """
        return Workspace(self.settings.for_debate(name) if name else self.settings)

    def new(self, title: str, motion: str = "", language: str = "") -> Workspace:
        """Make one, without documents.

        Raises:
            ReadOnly: none may be made.
            InputError: the title is empty, or a text is too long.
            CorpusError: the folder cannot be made.
        """
        described = Description(_line(title), _line(motion), language)
        if not described.title:
            raise InputError("debate_untitled")

        def fill(draft: Path) -> None:
            (draft / DOCUMENTS).mkdir()
            write_description(draft / FILE, described)

        return self.make(described.title, fill)

    def copy(self, name: str, title: str) -> Workspace:
        """Make one with the documents, dossier and questions of another; the index is made when it is used.

        Raises:
            ReadOnly, InputError, CorpusError: as :meth:`new`.
            SettingsError: there is none of that name.
        """
        other = self.workspace(name)
        described = replace(other.described(), title=_line(title))
        if not described.title:
            raise InputError("debate_untitled")

        def fill(draft: Path) -> None:
            shutil.copytree(corpus_root(other.settings.corpus_dir()), draft / DOCUMENTS, ignore=_not_copied)
            for name, file in other.beside().items():
                shutil.copyfile(file, draft / name)
            write_description(draft / FILE, described)

        return self.make(described.title, fill)

    def remove(self, name: str) -> str:
        """Move one into the trash; gives the token that takes it back.

        Raises:
            ReadOnly: none may be removed.
            SettingsError: there is none of that name.
            InputError: it is the default one.
            CorpusError: its folder cannot be moved.
        """
        self._demand_writable()
        if not name:
            raise InputError("debate_default")
        folder = self.workspace(name).settings.debate_dir()
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S")
        token = f"{now}-{secrets.token_hex(4)}-{name}"
        with _changing(self.folder):
            (self.folder / _TRASH).mkdir(exist_ok=True)
            os.replace(folder, self.folder / _TRASH / token)
        return token

    def restore(self, token: str) -> Workspace:
        """Take a removal back; under another name where its own is taken.

        Raises:
            ReadOnly: nothing may be changed.
            InputError: the trash holds nothing of that name.
            CorpusError: its folder cannot be moved.
        """
        self._demand_writable()
        wanted, kept = token[_TOKEN:], self.folder / _TRASH / token
        if not (is_debate_name(token) and is_debate_name(wanted) and kept.is_dir()):
            raise InputError("trash_without", token=token)
        with _changing(self.folder):
            is_free = not (self.folder / wanted).exists()
            name = wanted if is_free else self._free_name(wanted)
            os.replace(kept, self.folder / name)
        return self.workspace(name)

    def free_title(self, title: str) -> str:
        """The title, numbered where a debate is called so: no two look the same in the list."""
        taken = {each.said().title for each in (self.workspace(), *self.workspaces())}
        number, free = 1, title
        while free in taken:
            number += 1
            free = f"{title[: DESCRIBED_MOST['title'] - 8]} ({number})"
        return free

    def make(self, title: str, fill: Callable[[Path], None]) -> Workspace:
        """Make a debate whose folder ``fill`` fills; there is none until it has.

        Raises:
            ReadOnly: none may be made.
            CorpusError: the folder cannot be made.
        """
        self._demand_writable()
        draft = self.folder / f".{secrets.token_hex(6)}"
        with _changing(self.folder):
            sweep_abandoned(self.folder, _DRAFT)
            private_folder(draft)
            try:
                fill(draft)
                name = self._free_name(_name_for(title))
                os.replace(draft, self.folder / name)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
        return self.workspace(name)

    def _demand_writable(self) -> None:
        if self.settings.read_only:
            raise ReadOnly("read_only")

    def _free_name(self, name: str) -> str:
        """The name, numbered where a debate has or had it: what a browser keeps is kept by name."""
        taken = {entry.name.casefold() for entry in _entries(self.folder)}
        taken |= {entry.name[_TOKEN:].casefold() for entry in _entries(self.folder / _TRASH)}
        number, free = 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{name}-{number}"
        return free


def _entries(folder: Path) -> list[Path]:
    with suppress(OSError):
        return list(folder.iterdir())
    return []


def _not_copied(folder: str, names: list[str]) -> list[str]:
    """What is no document: hidden files, links (which may lead out), the description."""
    return [name for name in names if name.startswith(".") or name == FILE or Path(folder, name).is_symlink()]


def _name_for(title: str) -> str:
    """A folder's name for a title, easily typed: letters without their accents, digits and hyphens."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    words = re.findall(r"\w+", unicodedata.normalize("NFC", plain).casefold())
    name = "-".join(words)[:NAME_MOST].strip("-_") or "debat"
    return f"debat-{name}" if DEVICE.fullmatch(name) else name


def _line(text: str) -> str:
    return " ".join(text.split())


@contextmanager
def _changing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise CorpusError("debates_unchangeable", folder=folder, reason=reason) from None
