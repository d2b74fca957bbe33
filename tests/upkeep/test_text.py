"""Text that is pasted becomes a document; what is said of one is taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.documents import make_source
from rag.errors import InputError
from rag.types import text_hash
from rag.upkeep import Details, Editor, text_upload
from tests.helpers.uploads import A_PDF, files, infos

TEXT = "  La gare rouvrira en mai.\n\n— Et le train de nuit ? Non.\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("La gare : 50/50 ?", "La gare - 50-50 -.txt"),
        ("../../etc/passwd", "-..-etc-passwd.txt"),
        ("v1.2", "v1.2.txt"),
        ("CON", "_CON.txt"),
        ("é" * 200, "é" * 75 + ".txt"),
    ],
)
def test_text_is_kept_to_the_character_under_its_title(
    keeper: Editor, tmp_path: Path, title: str, name: str
) -> None:
    details = Details(title=title, side="Ville", date="2026-05-01", author="Mme Roux", language="fr")
    (added,) = keeper.add([text_upload(TEXT, details)])
    info = added.source
    assert info is not None and (tmp_path / "corpus" / name).exists()
    assert (info.path, info.title, info.side) == (name, title, "Ville")
    assert (info.date, info.author, info.sha256) == ("2026-05-01", "Mme Roux", text_hash(TEXT))
    assert info.editorial == ("title", "side", "date", "author")


def test_what_the_text_says_itself_is_not_given_by_hand(keeper: Editor) -> None:
    text = "Mme Roux, le 1er mai 2026.\nLa gare\nrouvrira."
    (added,) = keeper.add([text_upload(text, Details(title="La gare", date="2026-05-01", author="Mme Roux"))])
    assert added.source is not None and added.source.editorial == ()


def test_text_without_title_or_words_is_refused(keeper: Editor, tmp_path: Path) -> None:
    before = files(tmp_path / "corpus")
    for title in (None, "", " \n"):
        with pytest.raises(InputError, match="give the text a title"):
            text_upload(TEXT, Details(title=title))
    for text in ("", " \n\u200b", "\ud800" * 3):
        (added,) = keeper.add([text_upload(text, Details(title="Vide"))])
        assert added.source is None or text == "\ud800" * 3
    assert set(files(tmp_path / "corpus")) - set(before) <= {"Vide.txt"}


def test_what_is_said_of_documents_is_taken_back_to_the_byte(
    keeper: Editor, add: Callable[..., Any], tmp_path: Path
) -> None:
    add(A_PDF, "rapport.pdf")
    before, known = files(tmp_path / "corpus"), infos(keeper.index)
    done = keeper.describe(["accord", "notes", "rapport"], Details(side="Les autres", author="X"))
    assert {info.side for info in done.sources} == {"Les autres"}
    keeper.describe_back(done.token)
    (tmp_path / "corpus/debate.yaml").unlink()  # of which colour each side is
    assert (files(tmp_path / "corpus"), infos(keeper.index)) == (before, known)
    with pytest.raises(InputError, match="restored meanwhile"):
        keeper.describe_back(done.token)
    assert keeper.describe(["accord"], Details(side=known["accord"].side)).token == ""


def test_nothing_is_taken_back_over_a_later_change(keeper: Editor, tmp_path: Path) -> None:
    done = keeper.describe(["accord", "notes"], Details(side="Les autres"))
    file = tmp_path / "corpus" / infos(keeper.index)["notes"].path
    file.write_text("Un autre texte.\n", encoding="utf-8")
    before = files(tmp_path / "corpus")
    with pytest.raises(InputError, match="has been changed since"):
        keeper.describe_back(done.token)
    with pytest.raises(InputError):
        keeper.describe_back("../../corpus")
    assert files(tmp_path / "corpus") == before


def test_who_gave_a_field_is_forgotten_when_somebody_else_gives_one(keeper: Editor, tmp_path: Path) -> None:
    (tmp_path / "corpus/don.md").write_text(
        "---\nside: A\neditorial: [side]\neditor: Mme Roux\n---\nUn texte reçu.\n", encoding="utf-8"
    )
    keeper.add([text_upload("Un autre texte.", Details(title="Autre"))])
    assert infos(keeper.index)["don"].editor == "Mme Roux"
    (now,) = keeper.describe(["don"], Details(side="B")).sources
    assert (now.side, now.editor, now.editorial) == ("B", "", ("side",))
    assert (
        make_source("don.md", "don", (tmp_path / "corpus/don.md").read_bytes(), None, 1000).text
        == "Un texte reçu.\n"
    )
