"""Where words that are not exact come from: a negation is not hidden by a nearer string."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag import Index, load_settings, sync
from rag.verify.verifier import Verifier

PLAN = "---\nside: Gouvernement\n---\nLe service national ne sera pas obligatoire. Il sera payé.\n"
DEMAND = "Nous réclamons un service national obligatoire. La prime sera versée à tous.\n"


@pytest.mark.parametrize("together", [False, True], ids=["two documents", "one"])
@pytest.mark.parametrize(
    ("quote", "actual", "change"),
    [
        ("Le service national sera obligatoire", "Le service national ne sera pas obligatoire", "dropped"),
        ("La prime ne sera pas versée à tous", "La prime sera versée à tous", "added"),
    ],
)
def test_the_words_that_a_negation_turns_round_come_first(
    tmp_path: Path, quote: str, actual: str, change: str, together: bool
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/plan.md").write_text(PLAN + (DEMAND if together else ""), encoding="utf-8")
    (tmp_path / "docs/demand.md").write_text(DEMAND, encoding="utf-8")
    index = Index(load_settings(corpus=tmp_path / "docs", store=tmp_path / "store"))
    sync(index)
    found = Verifier(index).verify(quote)
    index.close()
    assert found.verdict == "altered"
    assert [piece.text for piece in found.pieces] == [actual]
    assert [(effect.kind, effect.change) for effect in found.effects] == [("negation", change)]
