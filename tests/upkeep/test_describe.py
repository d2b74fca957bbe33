"""What is said of a document, changed: its text stays, and nothing is written outside."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.errors import InputError, UnknownSource
from rag.store.manifest import Manifest
from rag.store.stale import is_stale
from rag.store.synchronise import sync
from rag.upkeep.details import Details
from rag.upkeep.edit import Editor
from tests.helpers.indexes import found, write
from tests.helpers.transcripts import SIDED, WORDS
from tests.helpers.uploads import A_PDF, files, infos


def test_a_side_is_renamed_whatever_says_it(keeper: Editor, add: Callable[..., Any], tmp_path: Path) -> None:
    add(A_PDF, "rapport.pdf")
    pdf, before = (tmp_path / "corpus/rapport.pdf").read_bytes(), infos(keeper.index)
    assert (before["reponse"].side, before["notes"].side, before["rapport"].side) == ("theirs", None, None)
    now = keeper.describe(["reponse", "notes", "accord", "rapport"], Details(side="Les autres")).sources
    assert [(info.id, info.side, info.editorial) for info in now] == [
        (name, "Les autres", ("side",)) for name in ("reponse", "notes", "accord", "rapport")
    ]
    assert {name: info.sha256 for name, info in infos(keeper.index).items()} == {
        name: info.sha256 for name, info in before.items()
    }
    assert now[2].title == "L’accord"
    assert (tmp_path / "corpus/rapport.pdf").read_bytes() == pdf
    again = keeper.describe(["reponse", "rapport"], Details(side="", title="Autre")).sources
    assert [(info.side, info.title, info.editorial) for info in again] == [
        ("theirs", "Autre", ("title",)), (None, "Autre", ("title",)),
    ]  # fmt: skip
    assert found(keeper.index, side_of := "La flotte compte neuf navires", sides=["theirs"]), side_of


def test_saying_the_same_writes_nothing(keeper: Editor, tmp_path: Path) -> None:
    before, manifest = files(tmp_path / "corpus"), Manifest.read(keeper.index.store)
    keeper.describe(["accord"], Details(title="L’accord", side="ours"))
    assert (files(tmp_path / "corpus"), Manifest.read(keeper.index.store)) == (before, manifest)


def test_an_unknown_source_changes_nothing(keeper: Editor, tmp_path: Path) -> None:
    before = files(tmp_path / "corpus")
    with pytest.raises(UnknownSource, match="'rien'"):
        keeper.describe(["notes", "rien"], Details(side="X"))
    with pytest.raises(UnknownSource):
        keeper.remove("rien")
    assert files(tmp_path / "corpus") == before


def test_a_document_that_cannot_be_changed_says_why(keeper: Editor, tmp_path: Path) -> None:
    write(tmp_path / "corpus", {"notes.md": "---\ntitle: A\nside: [a, b]\n---\nUn texte.\n"})
    with pytest.raises(InputError, match="notes cannot be changed: front matter, line 3"):
        keeper.describe(["notes"], Details(side="X"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_nothing_is_written_through_a_link_that_leads_out(
    keeper: Editor, add: Callable[..., Any], tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    write(outside, {"reponse.txt": "Dehors.\n"})
    add(A_PDF, "rapport.pdf")
    (tmp_path / "corpus/rapport.pdf.yaml").symlink_to(outside / "rapport.pdf.yaml")
    with pytest.raises(InputError, match="out of the corpus folder"):
        keeper.describe(["rapport"], Details(side="X"))
    removed = keeper.remove("reponse")
    (tmp_path / "corpus/theirs").rmdir()
    (tmp_path / "corpus/theirs").symlink_to(outside)
    with pytest.raises(InputError, match="out of the corpus folder"):
        keeper.restore(removed.token)
    assert files(outside) == {"reponse.txt": b"Dehors.\n"}


def test_an_edited_sidecar_is_seen(keeper: Editor, add: Callable[..., Any], tmp_path: Path) -> None:
    add(A_PDF, "rapport.pdf", side="Nous")
    sidecar = tmp_path / "corpus/rapport.pdf.yaml"
    sidecar.write_text("---\nside: Eux\ntitle: Le rapport\n---\n", encoding="utf-8")
    assert is_stale(keeper.index)
    assert sync(keeper.index).changed == ("rapport",)
    assert infos(keeper.index)["rapport"].side == "Eux"
    sidecar.write_text("rien de tel", encoding="utf-8")
    report = sync(keeper.index)
    assert (report.kept, report.skipped[0].reason) == (
        ("rapport",), "rapport.pdf.yaml: not a list of fields such as `side: …`; correct it",
    )  # fmt: skip
    sidecar.unlink()
    sync(keeper.index)
    assert infos(keeper.index)["rapport"].side is None
    assert not is_stale(keeper.index)


def test_those_who_speak_are_given_sides(keeper: Editor, add: Callable[..., Any], tmp_path: Path) -> None:
    debate = tmp_path / "corpus/debat.md"
    debate.write_text(SIDED.replace("title", "# gardé\ntitle"), encoding="utf-8")
    sync(keeper.index)
    keeper.describe(["debat"], Details(speakers=(("M. Costa", "Anti"), ("Mme Ferrand", ""))))
    assert infos(keeper.index)["debat"].speakers == (("M. Costa", "Anti"),)
    assert keeper.index.snapshot().sides == ["Anti", "ours", "theirs"]
    written = debate.read_text(encoding="utf-8")
    assert "# gardé\n" in written and "Jean Costa" not in written and written.endswith(WORDS)
    add(A_PDF, "rapport.pdf")
    keeper.describe(["rapport"], Details(speakers=(("M. « Un » : deux", "Pour"),)))
    sidecar = (tmp_path / "corpus/rapport.pdf.yaml").read_text(encoding="utf-8")
    assert sidecar == 'speakers: {"M. « Un » : deux": "Pour"}\n'
    with pytest.raises(InputError):
        keeper.describe(["debat"], Details(speakers=(("M. Costa", "x" * 100),)))
