"""The view of the documents: its HTML, what it asks of the server, and why something is refused."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.catalogue import say
from rag.documents import SUFFIXES
from rag.documents.folder import list_files
from rag.errors import InputError
from rag.store import sync
from rag.store.index import Index
from rag.types import Language
from rag.ui.documents.adding_calls import FILES_AT_ONCE
from rag.ui.documents.calls import CorpusCalls
from rag.ui.documents.view import corpus_list, corpus_panel, results
from rag.upkeep.edit import Added
from tests.helpers.indexes import made, open_in
from tests.helpers.pages import TRICKS, make_source, read
from tests.helpers.transcripts import debate

LANGUAGES: tuple[Language, ...] = ("fr", "en")
WHEAT = "Les blés ont levé au printemps.\n"


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return made(tmp_path)


@pytest.fixture
def calls(index: Index, tmp_path: Path) -> CorpusCalls:
    (tmp_path / "uploads").mkdir()
    return CorpusCalls(Tools(Assistant(index)), tmp_path / "uploads")


def sent(tmp_path: Path, content: str, name: str = "blé.txt", **fields: str) -> dict[str, str]:
    folder = tmp_path / "uploads" / name
    folder.mkdir()
    (folder / name).write_text(content, encoding="utf-8")
    return {"path": str(folder / name), "name": name, **fields}


def add(calls: CorpusCalls, *files: object, lang: Language = "fr") -> list[dict[str, Any]]:
    async def run() -> list[dict[str, Any]]:
        return [update async for update in calls.add({"lang": lang, "batch": "b", "files": list(files)})]

    return asyncio.run(run())


def call(calls: CorpusCalls, name: str, **asked: object) -> dict[str, Any]:
    by_name = {function.__name__: function for function in calls.functions()}
    result: dict[str, Any] = by_name[name]({"lang": "fr", **asked})
    return result


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_documents_and_files_are_called_brings_no_tags(lang: Language) -> None:
    info = make_source("Texte.", TRICKS, TRICKS, title=TRICKS, note=TRICKS, date=TRICKS).info
    shown = corpus_list([info, make_source("Deux.", "deux", None).info], {}, lang, read_only=False)
    error = InputError("same_text", source=TRICKS)
    refused = results([Added(TRICKS, None, error), Added(TRICKS, info)], lang)
    tags = read([re.sub("<input[^>]*>", "", shown)]).tags | read([refused]).tags
    assert not {"script", "img", "b", "em"} & tags
    assert shown.count("<tr data-source") == 2


def test_all_kinds_that_are_read_are_told() -> None:
    others = {".htm", ".xhtml", ".mhtml", ".docm", ".dotx", ".ott", ".markdown", ".text", ".xlsm"}
    for lang in LANGUAGES:
        told = re.findall(r"\w+", say("corpus_kinds", lang, size=1).lower())
        assert {suffix[1:] for suffix in SUFFIXES - others} <= set(told)


def test_files_that_are_not_read_are_named(calls: CorpusCalls, index: Index) -> None:
    folder = index.settings.corpus_dir()
    assert "unread-files" not in call(calls, "documents")["html"]
    (folder / "<b>vieux.doc").write_bytes(b"x")
    sync(index)
    for lang, said in (("fr", "enregistrez-le en .docx"), ("en", "save it as .docx")):
        shown = call(calls, "documents", lang=lang)["html"].partition("unread-files")[2]
        assert "&lt;b&gt;vieux.doc" in shown
        assert said in shown


def test_every_field_has_a_label_and_every_button_a_name() -> None:
    for lang in LANGUAGES:
        frame = corpus_panel(lang, 50_000_000, read_only=False).partition('class="finding-lists"')[2]
        for field in re.findall(r"<input [^>]*name=\"(?!whole)[^>]*>", frame):
            assert re.search(rf"<label>[^<]+{re.escape(field)}</label>", frame)
        shown = corpus_list([make_source("Texte.").info], {}, lang, read_only=False)
        buttons = re.findall("<button[^>]*>", shown)
        assert len(buttons) == 4
        assert all("aria-label=" in button for button in buttons)


def test_a_read_only_view_has_nothing_that_changes() -> None:
    frame = corpus_panel("fr", 50_000_000, read_only=True)
    shown = corpus_list([make_source("Texte.").info], {}, "fr", read_only=True)
    assert "lecture seule" in frame
    assert '<form class="adding"' not in frame
    assert "remove-source" not in shown + frame


def test_the_length_and_language_are_in_the_readers_words() -> None:
    info = make_source("x" * 12345).info
    assert "12\u202f345\u00a0caractères" in corpus_list([info], {}, "fr", False).replace(" car", "\u00a0car")
    assert "12,345 characters" in corpus_list([info], {}, "en", False)
    assert "<td>French</td>" in corpus_list([info], {}, "en", False)


def test_files_are_added_with_progress_and_no_copy_stays(calls: CorpusCalls, tmp_path: Path) -> None:
    updates = add(calls, sent(tmp_path, WHEAT, title="Les blés", side="Nous"), sent(tmp_path, "", "vide.txt"))
    assert all(update["batch"] == "b" for update in updates)
    assert [update for update in updates if "finished" in update] == updates[-1:]
    assert "Les blés" in updates[-1]["html"]
    said = read([updates[-1]["results"]]).texts
    assert "Les blés" in said["added"][0]
    assert "le fichier est vide" in said["error"][0]
    assert (tmp_path / "corpus/blé.txt").exists()
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../corpus/notes.md", "uploads", "", "\0", "uploads/../corpus/notes.md", 7, None]
)
def test_nothing_but_an_upload_is_ever_added(calls: CorpusCalls, tmp_path: Path, path: object) -> None:
    if isinstance(path, str) and path and not path.startswith(("/", "\0")):
        path = str(tmp_path / path)
    before = list_files(tmp_path / "corpus")
    (update,) = [u for u in add(calls, {"path": path, "name": "x.txt"}) if "finished" in u]
    assert "n’est plus là" in update["results"]
    assert list_files(tmp_path / "corpus") == before
    assert (tmp_path / "corpus/notes.md").exists()


def test_a_link_among_the_uploads_is_not_followed(calls: CorpusCalls, tmp_path: Path) -> None:
    link = tmp_path / "uploads/lien.txt"
    link.symlink_to(tmp_path / "corpus/notes.md")
    (update,) = [u for u in add(calls, {"path": str(link), "name": "x.txt"}) if "finished" in u]
    assert "n’est plus là" in update["results"]


def test_too_many_files_are_refused(calls: CorpusCalls) -> None:
    updates = add(calls, *({"path": "x"} for _ in range(FILES_AT_ONCE + 1)), lang="en")
    assert "50 files at once" in updates[-1]["results"]


def test_a_side_is_changed_for_all_that_share_it(calls: CorpusCalls, index: Index) -> None:
    call(calls, "describe_source", source="notes", fields={"side": "ours"})
    shown = call(
        calls, "describe_source", source="notes", whole_side=True, fields={"side": "Nous", "title": "Carnet"}
    )
    infos = {info.id: info for info in index.read(lambda snapshot: snapshot.infos)}
    assert {name: info.side for name, info in infos.items()} == {
        "accord": "Nous", "notes": "Nous", "reponse": "theirs",
    }  # fmt: skip
    assert (infos["accord"].title, infos["notes"].title) == ("L’accord", "Carnet")
    assert "Carnet" in shown["html"]


def test_removing_gives_what_takes_it_back(calls: CorpusCalls, tmp_path: Path) -> None:
    removed = call(calls, "remove_source", source="notes")
    assert 'data-source="notes"' not in removed["html"]
    assert "notes" in removed["said"]
    assert 'data-source="notes"' in call(calls, "restore_source", token=removed["token"])["html"]
    again = call(calls, "restore_source", token=removed["token"])
    assert "déjà été rétabli" in again["error"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("remove_source", {"source": "rien"}),
        ("remove_source", {}),
        ("describe_source", {"source": "notes", "fields": {"side": "x" * 100}}),
        ("describe_source", {"source": "notes", "fields": None}),
        ("restore_source", {"token": "../../etc"}),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    calls: CorpusCalls, tmp_path: Path, name: str, asked: dict[str, Any]
) -> None:
    before = {path: (tmp_path / "corpus" / path).read_bytes() for path in list_files(tmp_path / "corpus")}
    shown = call(calls, name, **asked)
    assert read([shown["error"]]).texts["error"][0]
    assert {path: (tmp_path / "corpus" / path).read_bytes() for path in before} == before


def test_a_read_only_corpus_refuses_whatever_is_called(index: Index, tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    closed = CorpusCalls(Tools(Assistant(open_in(tmp_path, read_only=True))), tmp_path / "uploads")
    shown = [
        add(closed, sent(tmp_path, WHEAT))[-1]["results"],
        call(closed, "remove_source", source="notes")["error"],
        call(closed, "describe_source", source="notes", fields={"side": "x"})["error"],
        call(closed, "restore_source", token="x")["error"],
    ]
    assert all("lecture seule" in html for html in shown)
    assert "blé.txt" not in list_files(tmp_path / "corpus")


def test_the_form_gives_sides_to_those_who_speak(tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    calls = CorpusCalls(Tools(Assistant(debate(tmp_path))), tmp_path / "uploads")
    shown = call(calls, "documents")["html"]
    assert re.findall(r'data-speaker="([^"]*)" value="([^"]*)"', shown) == [
        ("M. Costa", "Contre"), ("Mme Ferrand", "Pour"),
    ]  # fmt: skip
    again = call(calls, "describe_source", source="debat", fields={}, speakers=[["M. Costa", "Non"]])["html"]
    assert 'data-speaker="M. Costa" value="Non"' in again and ">Non</option>" in again
    assert call(calls, "documents")["html"].count("t-voices") == 1
