"""The debate tools together: every quote is a slice, and the commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag import Index, load_settings, sync
from rag.debate.debate import Debate
from rag.errors import InputError
from rag.verify.context import guard
from tests.helpers.command import replique
from tests.helpers.indexes import slices
from tests.helpers.judges import judged_by


def test_every_quote_is_a_slice(debate: Debate, monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(
        monkeypatch,
        {
            "forêt": {
                "enrichit la": ("supported", 0.9),
                "enrichit rien": ("contradicted", 0.9),
                "piégeage": ("weakened", 0.8),
            }
        },
    )
    face, rebuttal = debate.face("Le loup enrichit la forêt"), debate.rebut("Le loup enrichit la forêt")
    cells = [cell for point in face.points for cell in point.cells.values()]
    replies = [reply for cell in cells for reply in (*cell.supports, *cell.against)]
    assert len(replies) == 3
    replies += [*rebuttal.against, *rebuttal.own, *rebuttal.supports]
    quotes = [reply.quote for reply in replies]
    assert len(quotes) == 6
    quotes += rebuttal.near or debate.rebut("La mer est bleue").near
    quotes += [quote for cell in debate.face("les touristes").points[0].cells.values() for quote in cell.says]
    assert len(quotes) > 8
    assert slices(debate.index.snapshot(), quotes)


def test_the_context_guard(debate: Debate) -> None:
    snapshot = debate.index.snapshot()
    text = snapshot.source(0).text

    def warned(words: str) -> set[tuple[str, str]]:
        start = text.index(words)
        return {(e.kind, e.actual) for e in guard(snapshot, 0, start, start + len(words))}

    assert ("condition", "lorsque") in warned("Les tirs de défense peuvent être autorisés")
    assert ("condition", "sauf") in warned("l’usage de produits toxiques")
    assert warned("La préfecture financera des chiens de protection.") == set()


def test_sides_are_needed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("Le pont est fermé depuis lundi matin.", encoding="utf-8")
    index = Index(load_settings(corpus=tmp_path / "docs", store=tmp_path / "store"))
    sync(index)
    with pytest.raises(InputError, match="fewer than two sides"):
        Debate(index).face()
    with pytest.raises(InputError, match="fewer than two sides"):
        Debate(index).rebut("Le pont est ouvert.")
    index.close()


def test_commands(located: list[str]) -> None:
    face = json.loads(replique("face", "les touristes", "--json", *located).stdout)
    assert face["sides"] == ["Bergers", "Préfecture"]
    assert {side: cell["stance"] for side, cell in face["points"][0]["cells"].items()} == {
        "Bergers": "speaks",
        "Préfecture": "silent",
    }
    assert face["echoes"] == []
    assert len(json.loads(replique("face", "--echoes", "--json", *located).stdout)["echoes"]) == 2
    assert "# les touristes" in replique("face", "les touristes", *located).stdout
    claim = "Chaque brebis tuée sera indemnisée par l’État dans un délai de six mois."
    found = json.loads(replique("rebut", claim, "--side", "Bergers", "--json", *located).stdout)
    assert (found["side"], found["side_inferred"]) == ("Bergers", False)
    assert found["against"][0]["relation"] == "contradicts"
    done = replique("rebut", "--from", "-", "--json", *located, stdin="Le loup ruine nos alpages\n\n")
    assert done.returncode == 1
    assert json.loads(done.stdout.splitlines()[0])["claim"] == "Le loup ruine nos alpages"
    assert replique("rebut", "Le loup", "--side", "Chasseurs", *located).returncode == 2
