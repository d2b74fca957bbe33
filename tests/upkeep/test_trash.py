"""Documents removed: they come back as they were, and overwrite nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag import files as file_module
from rag.errors import CorpusError, InputError
from rag.store.synchronise import sync
from rag.upkeep.details import Details
from rag.upkeep.edit import Editor
from rag.upkeep.trash import TRASH
from tests.helpers.indexes import made
from tests.helpers.uploads import A_PDF, WHEAT, files, infos


def tokens(keeper: Editor) -> set[str]:
    """What can be restored."""
    return {folder.name for folder in (keeper.index.store / TRASH).glob("[!.]*")}


def test_what_is_removed_comes_back_as_it_was(
    keeper: Editor, add: Callable[..., Any], tmp_path: Path
) -> None:
    add(A_PDF, "rapport.pdf", side="Nous", title="Le rapport")
    before, known = files(tmp_path / "corpus"), infos(keeper.index)
    one, other = keeper.remove("rapport"), keeper.remove("reponse")
    assert set(infos(keeper.index)) == {"accord", "notes"}
    described = {"debate.yaml"}  # the sides keep their colours
    assert set(files(tmp_path / "corpus")) == {"ours/accord.md", "notes.md"} | described
    assert tokens(keeper) == {one.token, other.token}
    assert (one.id, one.title, one.side) == ("rapport", "Le rapport", "Nous")
    sync(keeper.index, rebuild=True)  # the trash is no part of the index
    (tmp_path / "corpus/theirs").rmdir()
    assert keeper.restore(other.token) == known["reponse"]
    assert keeper.restore(one.token) == known["rapport"]
    assert files(tmp_path / "corpus") == before
    assert not tokens(keeper)
    assert not list((tmp_path / "store/trash").iterdir())
    with pytest.raises(InputError, match="the trash holds no"):
        keeper.restore(one.token)


def test_what_is_put_back_overwrites_nothing(keeper: Editor, add: Callable[..., Any], tmp_path: Path) -> None:
    removed = keeper.remove("notes")
    add(WHEAT, "notes.md")
    assert keeper.restore(removed.token).path == "notes-2.md"
    assert (tmp_path / "corpus/notes.md").read_bytes() == WHEAT.encode()


@pytest.mark.parametrize("token", ["", "..", "../trash", "a/b", "rien", "."])
def test_the_trash_gives_nothing_else_back(keeper: Editor, token: str) -> None:
    keeper.remove("notes")
    with pytest.raises(InputError, match="the trash holds no"):
        keeper.restore(token)


def test_the_only_document_stays(tmp_path: Path) -> None:
    keeper = Editor(made(tmp_path, {"seul.txt": WHEAT}))
    with pytest.raises(InputError, match="the only document"):
        keeper.remove("seul")
    assert set(files(tmp_path / "corpus")) == {"seul.txt"}


def test_what_a_killed_removal_had_copied_is_swept(keeper: Editor, tmp_path: Path) -> None:
    draft = tmp_path / "store/trash/.2026-01-06T12-00-00-0123abcd"
    draft.mkdir(parents=True)
    (draft / "document").write_text("copié")
    keeper.remove("notes")
    assert not draft.exists()


def test_a_removal_that_fails_keeps_the_document(
    keeper: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(tmp_path / "corpus")

    def full(file: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(file_module, "write", full)
    with pytest.raises(CorpusError, match="No space left"):
        keeper.remove("notes")
    with pytest.raises(CorpusError, match="No space left"):
        keeper.describe(["notes"], Details(side="X"))
    assert files(tmp_path / "corpus") == before
    assert not tokens(keeper)
