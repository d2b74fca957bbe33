"""`replique add`: files, standard input, pages of the web; what is refused is named, the rest is added."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.command import replique
from tests.helpers.web import Reply, article, serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with one document in the corpus, and files beside it."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/maire.txt").write_text("Le centre sera piéton.\n", encoding="utf-8")
    (tmp_path / "tract.txt").write_text("Un essai de six mois suffit.\n", encoding="utf-8")
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    return tmp_path


def test_text_from_standard_input_becomes_a_document(folder: Path) -> None:
    text = "Les clients viendront à pied.\n"
    given = ["--title", "Tribune : oui/non", "--side", "Pour", "--date", "2026-03-02", "--author", "Léa"]
    done = replique("add", "-", *given, "--language", "fr", "--note", "Inédit", cwd=folder, stdin=text)
    assert done.returncode == 0
    assert done.stdout == "added Tribune - oui-non: Tribune : oui/non (Pour), in Tribune - oui-non.txt\n"
    assert replique("show", "Tribune - oui-non", cwd=folder).stdout == text
    (row,) = [
        row for row in json.loads(replique("sources", "--json", cwd=folder).stdout) if row["side"] == "Pour"
    ]
    assert (row["author"], row["note"], row["editorial"]) == (
        "Léa",
        "Inédit",
        ["title", "side", "date", "author"],
    )


def test_files_and_pages_are_added_and_what_is_refused_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPLIQUE_FETCH_PRIVATE", "on")
    with serving() as web:
        web.replies["/bus"] = Reply(article())
        given = ["tract.txt", "image.png", "rien.txt", "corpus/maire.txt", ".", web.at("/bus"), web.at("/x")]
        done = replique("add", *given, "--side", "Contre", "--json", cwd=folder)
    assert done.returncode == 1
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["name"] for one in told] == given
    added = [one["source"] for one in told if one["source"]]
    assert [(one["path"], one["side"]) for one in added] == [
        ("tract.txt", "Contre"), ("La gratuité des bus.html", "Contre"),
    ]  # fmt: skip
    assert added[1]["address"] == given[-2] and added[1]["retrieved"]
    errors = [one["error"] for one in told if not one["source"]]
    said = ["a picture is not read", "no such file", "run `replique index`", "a folder", "(404)"]
    assert [part in error for part, error in zip(said, errors, strict=True)] == [True] * 5, errors


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        (["-"], 1, "give the text a title"),
        (["tract.txt", "image.png", "--title", "T"], 2, "--title is for one document"),
        (["tract.txt", "--side", "x" * 99], 2, "side"),
        (["http://localhost/"], 1, "private address"),
        (["ftp://a.example/"], 1, "must look like https://"),
        ([], 2, "Missing argument"),
    ],
)
def test_errors_are_one_line(folder: Path, given: list[str], code: int, says: str) -> None:
    done = replique("add", *given, cwd=folder, stdin="Des mots.")
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert [file.name for file in (folder / "corpus").iterdir()] == ["maire.txt"]


@pytest.mark.parametrize("setting", ["REPLIQUE_READ_ONLY", "REPLIQUE_FETCH"])
def test_it_can_be_forbidden(folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv(setting, "on" if setting == "REPLIQUE_READ_ONLY" else "off")
    monkeypatch.setenv("REPLIQUE_FETCH_PRIVATE", "on")
    with serving() as web:
        done = replique("add", web.at("/"), cwd=folder)
        assert (done.returncode, web.asked) == (1, [])
    assert setting in done.stderr
