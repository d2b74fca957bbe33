"""Debates made, described, copied, removed and taken back; nothing outside their folder."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import CorpusError, InputError, ReadOnly, SettingsError
from rag.files import ABANDONED
from rag.settings import load_settings
from rag.workspace.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").write_text("Un texte.", encoding="utf-8")
    return Shelf(
        load_settings(corpus=tmp_path / "corpus", store=tmp_path / "store", debates=tmp_path / "debates")
    )


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_one_is_made_with_a_name_that_is_easily_typed(shelf: Shelf) -> None:
    made = shelf.new(" L’été  à Brassac ! ", "Faut-il\nun tram ?", "fr")
    assert made.name == "l-ete-a-brassac"
    assert made.described().title == "L’été à Brassac !"
    assert made.described().motion == "Faut-il un tram ?"
    assert tree(shelf.folder) == [
        "l-ete-a-brassac",
        "l-ete-a-brassac/debate.yaml",
        "l-ete-a-brassac/documents",
    ]
    assert made.settings.corpus == shelf.folder / "l-ete-a-brassac" / "documents"
    assert [shelf.new(title).name for title in ("l'été à Brassac", "CON", "…", "Тест")] == [
        "l-ete-a-brassac-2", "debat-con", "debat", "тест",
    ]  # fmt: skip
    assert len(shelf.new("mot " * 70).name) <= 60
    with pytest.raises(InputError, match="title"):
        shelf.new("  ")


def test_renaming_keeps_name_and_links(shelf: Shelf) -> None:
    made = shelf.new("Le tram")
    made.describe(lambda old: replace(old, title="Le métro"))
    assert shelf.workspace("le-tram").described().title == "Le métro"


def test_a_copy_has_all_but_the_index(shelf: Shelf, tmp_path: Path) -> None:
    first = shelf.copy("", "Copie")
    (first.settings.store).mkdir()
    (first.settings.store / "manifest.json").write_text("x")
    first.dossier_file.write_text("{}")
    first.settings.questions.write_text("")
    (tmp_path / "secret.txt").write_text("secret")
    (first.settings.corpus / "lien.txt").symlink_to(tmp_path / "secret.txt")
    (first.settings.corpus / ".caché").write_text("x")
    second = shelf.copy("copie", "Encore")
    assert tree(shelf.folder / "encore") == [
        "debate.yaml", "documents", "documents/a.md", "dossier.json", "questions.jsonl",
    ]  # fmt: skip
    assert second.described().title == "Encore"


def test_a_removal_is_taken_back_and_its_name_is_not_given_to_another(shelf: Shelf) -> None:
    shelf.new("Le tram")
    token = shelf.remove("le-tram")
    assert shelf.workspaces() == []
    assert shelf.new("Le tram").name == "le-tram-2"  # what a browser keeps is kept by name
    assert shelf.restore(token).name == "le-tram"
    assert [one.name for one in shelf.workspaces()] == ["le-tram", "le-tram-2"]
    for wrong in (token, "../corpus", "", "2026-01-01T00-00-00-00000000-..", "x" * 40):
        with pytest.raises(InputError):
            shelf.restore(wrong)
    with pytest.raises(InputError, match="default"):
        shelf.remove("")


@pytest.mark.parametrize("name", ["../corpus", ".trash", "a/b", "a\\b", "", "..", "nul\0", "là", "x" * 300])
def test_only_folders_on_the_shelf_are_debates(shelf: Shelf, name: str) -> None:
    shelf.new("Le tram")
    shelf.remove("le-tram")
    if name:
        with pytest.raises(SettingsError) as raised:
            shelf.workspace(name)
        assert raised.value.key == "debate_unknown"
        with pytest.raises(SettingsError):
            load_settings(debates=shelf.folder, debate=name)
    else:
        assert shelf.workspace(name).settings is shelf.settings


def test_what_fails_leaves_nothing(shelf: Shelf) -> None:
    def fill(draft: Path) -> None:
        (draft / "documents").mkdir()
        raise OSError(28, "No space left on device")

    with pytest.raises(CorpusError, match="No space left"):
        shelf.make("Le tram", fill)
    assert tree(shelf.folder) == []


def test_what_a_killed_process_left_is_swept_an_hour_later(shelf: Shelf) -> None:
    for name, age in (("0123456789ab", 2 * ABANDONED), ("ba9876543210", 0)):
        (shelf.folder / f".{name}/documents").mkdir(parents=True)
        os.utime(shelf.folder / f".{name}", (time.time() - age,) * 2)
    shelf.new("Le tram")
    assert [entry.name for entry in shelf.folder.glob(".*")] == [".ba9876543210"]


def test_read_only_refuses_all(shelf: Shelf) -> None:
    made = shelf.new("Le tram")
    token = shelf.remove(shelf.new("Autre").name)
    closed = Shelf(shelf.settings.model_copy(update={"read_only": True}))
    for change in (
        lambda: closed.new("x"),
        lambda: closed.copy("le-tram", "x"),
        lambda: closed.remove("le-tram"),
        lambda: closed.restore(token),
        lambda: closed.workspace("le-tram").describe(lambda old: replace(old, title="x")),
    ):
        with pytest.raises(ReadOnly):
            change()
    closed.workspace("le-tram").keep_colours(["A"])  # hinders nothing
    assert made.described().sides == ()
