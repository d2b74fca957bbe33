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


def test_every_quote_is_a_slice(debate: Debate) -> None:
    snapshot = debate.index.snapshot()
    texts = {info.id: snapshot.source(n).text for n, info in enumerate(snapshot.infos)}
    face, rebuttal = debate.face("loup brebis"), debate.rebut("Le loup enrichit la forêt")
    quotes = [q for p in face.points for cell in p.cells.values() for q in cell]
    quotes += [item.quote for item in (*rebuttal.against, *rebuttal.own)]
    assert quotes
    assert all(texts[q.source.id][q.start : q.end] == q.text for q in quotes)


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
    index.close()


def test_commands(located: list[str]) -> None:
    face = json.loads(replique("face", "le loup", "--json", *located).stdout)
    assert {"motion", "sides", "points", "echoes"} <= set(face)
    assert "# loup" in replique("face", "le loup", *located).stdout
    found = json.loads(replique("rebut", "Le loup enrichit la forêt", "--json", *located).stdout)
    assert found["side"] == "Préfecture"
    assert found["side_inferred"] is True
    assert "En regard" in replique("face", *located).stdout
    done = replique("rebut", "--from", "-", "--json", *located, stdin="Le loup ruine nos alpages\n\n")
    assert done.returncode == 1
    assert json.loads(done.stdout.splitlines()[0])["side"] == "Bergers"
    assert replique("rebut", "Le loup", "--side", "Chasseurs", *located).returncode == 2
