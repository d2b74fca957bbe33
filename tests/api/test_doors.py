"""The doors (page, command, endpoints) find no quote but by :class:`rag.api.Tools`, as their source shows."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import ROOT

FILES = sorted((ROOT / "rag").rglob("*.py"))
DOORS = [file for file in FILES if file.relative_to(ROOT / "rag").parts[0] in {"cli", "ui"}]
TOOL_ROOMS = ("quotes", "search", "dossier", "answer", "verify", "llm", "debate", "drill")
READS = {"Index", "Snapshot", "Edition", "Assistant"}
"""What takes one of these can find a quote, or check one."""
PROOFS = {"prove_answer", "prove_quotes", "prove_whole", "with_quotes"}


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def reads_sources(value: object) -> bool:
    try:
        parameters = inspect.signature(value).parameters.values()  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    told = [getattr(each.annotation, "__name__", str(each.annotation)) for each in parameters]
    return any(READS & set(text.replace("|", " ").split()) for text in told)


def raw_tools() -> set[str]:
    """The public names of the tools' rooms that read sources."""
    found = {"open_assistant"}
    for room in TOOL_ROOMS:
        module = importlib.import_module(f"rag.{room}")
        found |= {name for name in module.__all__ if reads_sources(getattr(module, name))}
    return found


RAW = raw_tools() | PROOFS


def running(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a program, but for what it imports for its types alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from running(node)


def offences(source: str) -> list[str]:
    """Where a door goes past the tools."""
    found: list[str] = []
    handed_on: set[ast.AST] = set()
    for node in running(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "rag":
            found += [f"imports {alias.name}" for alias in node.names if alias.name in RAW]
        elif isinstance(node, ast.Import):
            found += [f"imports {alias.name}" for alias in node.names if alias.name.split(".")[0] == "rag"]
        elif isinstance(node, ast.Attribute) and node.attr in PROOFS:
            found.append(f"calls {node.attr}")
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"assistant", "self._assistant"}:
            found += [f"asks an assistant: {node.attr}"] if node.attr != "index" else []
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in {"Tools", "launch"}:
                handed_on |= set(node.args)
            if node.func.id == "assistant_for" and node not in handed_on:
                found.append("keeps an assistant")
    return found


def test_the_raw_tools_are_known() -> None:
    assert {
        "Assistant", "Debate", "Drill", "GroundedAssistant", "Retriever", "Verifier", "checked", "excerpt",
        "find_hits", "follow_ups", "make_card", "openers", "passage_quote", "status",
    } <= RAW  # fmt: skip
    assert not RAW & {"answer_as_json", "cite", "as_json", "Answer", "Card", "from_json", "load_state"}


@pytest.mark.parametrize("file", DOORS, ids=named)
def test_a_door_finds_no_quote_by_itself(file: Path) -> None:
    assert offences(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "from rag.verify import Verifier",
        "def f():\n    from rag.dossier import make_card as card",
        "from rag.quotes import prove_whole",
        "import rag.answer",
        "from rag import quotes\nquotes.prove_answer(1, 2)",
        "from rag.api import assistant_for\nassistant_for(index).ask('x')",
        "def launch(assistant):\n    return assistant.ask('x')",
        "class Calls:\n    def ask(self):\n        return self._assistant.astream('x')",
        "from rag.api import open_assistant",
    ],
)
def test_one_that_would_is_found_out(source: str) -> None:
    assert offences(source)


@pytest.mark.parametrize(
    "source",
    [
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from rag.answer import Assistant",
        "from rag.api import Tools, assistant_for\nTools(assistant_for(index, None)).ask('x')",
        "launch(assistant_for(index), 'host')",
        "def launch(assistant):\n    return Tools(assistant), assistant.index.settings",
    ],
)
def test_one_that_goes_by_the_tools_may_pass(source: str) -> None:
    assert not offences(source)


@pytest.mark.parametrize("file", FILES, ids=named)
def test_quotes_are_proved_in_one_room(file: Path) -> None:
    words = {word for node in ast.walk(ast.parse(file.read_text("utf-8"))) for word in names_in(node)}
    assert not PROOFS & words or file.parent.name in {"api", "quotes"}


def names_in(node: ast.AST) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {alias.name for alias in node.names}
    return (
        {node.attr} if isinstance(node, ast.Attribute) else {node.id} if isinstance(node, ast.Name) else set()
    )
