"""Public docstrings: each name has one, and who raises an error of ours says which."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from rag import errors
from tests.helpers import ROOT

OURS = {name for name, value in vars(errors).items() if inspect.isclass(value)}
DOORS = {"cli", "ui"}
"""Whose docstrings are what a user reads."""
FILES = [
    file
    for file in sorted((ROOT / "rag").rglob("*.py"))
    if file.relative_to(ROOT / "rag").parts[0] not in DOORS
]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def own(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function, but for functions inside and for what a ``try`` there may catch."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(child, ast.Try):
            for part in (*child.handlers, *child.orelse, *child.finalbody):
                yield from own(part)
            continue
        yield child
        yield from own(child)


def raised(function: Function) -> set[str]:
    """Errors of ours that a function makes and raises itself."""
    calls = (node.exc for node in own(function) if isinstance(node, ast.Raise))
    names = (call.func for call in calls if isinstance(call, ast.Call))
    return {name.id for name in names if isinstance(name, ast.Name)} & OURS


def functions(tree: ast.AST) -> Iterator[Function]:
    """Public functions and methods of public classes."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            if isinstance(node, ast.ClassDef):
                yield from functions(node)
            else:
                yield node


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_who_raises_an_error_says_so(file: Path) -> None:
    for function in functions(ast.parse(file.read_text(encoding="utf-8"))):
        if function.returns and ast.unparse(function.returns) == "NoReturn":
            continue  # its type says so
        told = (ast.get_docstring(function) or "").partition("Raises:")[2]
        untold = {name for name in raised(function) if name not in told}
        assert not untold, f"{file}: {function.name} does not say that it raises {untold}"


def test_a_missing_error_is_seen() -> None:
    tree = ast.parse('def f():\n    """Do."""\n    raise InputError("no")\n')
    (function,) = functions(tree)
    assert raised(function) == {"InputError"}


@pytest.mark.parametrize("name", rag.__all__)
def test_every_public_name_is_told(name: str) -> None:
    value = getattr(rag, name)
    told = inspect.getdoc(value) or ""
    assert told
    if inspect.isclass(value) and not issubclass(value, Exception):
        for method, function in vars(value).items():
            if not method.startswith("_") and inspect.isfunction(function):
                assert inspect.getdoc(function), f"{name}.{method}"
        fields = getattr(value, "__dataclass_fields__", {})
        head = told.partition("Attributes:")[2]
        assert all(field in head for field in fields), f"{name}: {set(fields)}"
    elif inspect.isfunction(value):
        given = [p for p in inspect.signature(value).parameters.values() if p.kind != p.VAR_KEYWORD]
        assert all(f"{p.name}" in told.partition("Args:")[2] for p in given) or "takes the same" in told
