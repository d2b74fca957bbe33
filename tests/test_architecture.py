"""Imports point one way, public names are pinned, importing costs nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import rag

ROOT = Path(__file__).resolve().parent.parent

# A file imports only from files before it.
ORDER = (
    "errors types settings readers frontmatter corpus lexical concordance segment vocabulary cues "
    "adapter e5 embed features generation index means synchronise keeper rank words quote border "
    "question spans wanted highlight retrieve align markers effects guard speech claim verify verdict "
    "bearing table face rebuttal debate debate_forms dossier export dossier_forms answer suggest "
    "endpoint prompts parse support llm facts questionset doctor drafts quiz grade leitner drill "
    "drill_forms feedback desk __init__ ui terminal cli_dossier cli_drill cli __main__"
).split()


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT / "rag").with_suffix("").parts
    return "ui" if parts[0] == "ui" else parts[0]


def imports_of(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


FILES = sorted((ROOT / "rag").rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_one_way(file: Path) -> None:
    own = module_of(file)
    for name in imports_of(file):
        parts = name.split(".")
        assert parts[0] not in {"app", "evals"}, f"{file} imports {name}"
        if parts[0] == "rag" and len(parts) > 1 and parts[1] in ORDER and own != "__init__":
            same_part = own == "ui" and parts[1] == "ui"
            assert same_part or ORDER.index(parts[1]) < ORDER.index(own), f"{own} imports {parts[1]}"


def test_every_module_has_its_place() -> None:
    assert {module_of(file) for file in FILES} == set(ORDER)


@pytest.mark.parametrize(("library", "allowed"), [("chromadb", {"index"}), ("gradio", {"ui"})])
def test_big_libraries_have_one_importer(library: str, allowed: set[str]) -> None:
    users = {module_of(f) for f in FILES if any(n.split(".")[0] == library for n in imports_of(f))}
    assert users <= allowed


def test_public_names_are_pinned() -> None:
    assert rag.__all__ == [
        "Answer", "Assistant", "Index", "Passage", "Prose", "Quote", "QuoteRef", "RepliqueError",
        "Retriever", "Sentence", "Settings", "Source", "SyncReport", "answer_as_json", "check",
        "load_settings", "open_assistant", "open_index", "sync",
    ]  # fmt: skip
    for name in rag.__all__:
        assert getattr(rag, name) is not None
    with pytest.raises(AttributeError):
        rag.nothing  # noqa: B018


def test_no_public_name_hides_behind_a_module() -> None:
    import importlib
    import types

    for file in FILES:
        if file.parent.name == "rag" and not file.stem.startswith("__"):
            importlib.import_module(f"rag.{file.stem}")
    assert not [name for name in rag.__all__ if isinstance(getattr(rag, name), types.ModuleType)]


def modules_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_big() -> None:
    assert not {"numpy", "chromadb", "llama_index", "gradio", "pydantic"} & modules_after("import rag")


def test_help_loads_nothing_big() -> None:
    assert not {"numpy", "chromadb", "llama_index", "gradio", "pydantic"} & modules_after("import rag.cli")


def test_answering_does_not_load_the_page() -> None:
    assert "gradio" not in modules_after(
        "import rag.answer, rag.store.synchronise, rag.search.find, rag.api.open"
    )


def test_the_llamaindex_seams_are_real() -> None:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.node_parser import NodeParser

    from rag.encoders.use import EmbeddedEncoder
    from rag.store.nodes import SegmentParser

    assert issubclass(rag.Retriever, BaseRetriever)
    assert issubclass(EmbeddedEncoder, BaseEmbedding)
    assert issubclass(SegmentParser, NodeParser)
