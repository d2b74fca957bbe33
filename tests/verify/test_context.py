"""What an exact quote is warned of: what limits or denies it, not what only looks like that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Index, load_settings, sync
from rag.verify.verifier import Verifier

PLAN = """---
title: Plan du port
---
Les États *non* européens participeront à la force, et le port ouvrira.
Le quai 3, dit n° 5 ou No. 5, rouvrira.

We have a claim about water rights, and the port is closed.
Le chantier avance à grands pas et le bac reviendra.

Les non-combattants sortiront, les autres resteront. Le maire viendra sans doute et la digue tiendra.
La digue n’a pas cédé, mais le bac a coulé.
"""


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Verifier]:
    folder = tmp_path_factory.mktemp("context")
    (folder / "docs").mkdir()
    (folder / "docs/plan.md").write_text(PLAN, encoding="utf-8")
    index = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
    sync(index)
    yield Verifier(index)
    index.close()


@pytest.mark.parametrize(
    ("quote", "warnings"),
    [
        ("le port ouvrira", []),
        ("Le quai 3", []),
        ("the port is closed", []),
        ("le bac reviendra", []),
        ("les autres resteront", []),
        # the word itself is in the quote, without what negates it
        ("européens participeront à la force", [("negation", "non")]),
        ("européens", [("negation", "non")]),
        # cues that are some
        ("la digue tiendra", [("hedge", "sans doute")]),
        ("le bac a coulé", [("negation", "n’ … pas")]),
    ],
)
def test_warnings(verifier: Verifier, quote: str, warnings: list[tuple[str, str]]) -> None:
    found = verifier.verify(quote)
    assert found.verdict == "exact"
    assert [(warning.kind, warning.actual) for warning in found.warnings] == warnings


@pytest.mark.parametrize(
    "quote",
    [
        "Les États européens participeront à la force",
        "Les États […] européens participeront à la force",
        "Les combattants sortiront",
        "Les […] combattants sortiront",
        "combattants sortiront",
    ],
)
def test_a_word_without_what_negates_it_is_altered(verifier: Verifier, quote: str) -> None:
    found = verifier.verify(quote)
    assert found.verdict == "altered"
    assert any(effect.kind == "negation" and "non" in effect.actual for effect in found.effects)
