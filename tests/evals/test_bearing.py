"""Fitting whether a sentence bears on a claim."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from evals.fit import bearing
from evals.sets.debates import debates_of
from rag.reader import LABELS
from rag.search.bearing import FOUND, OWN, TOLD


def test_what_is_fitted_tells_labels_apart_that_the_columns_tell_apart() -> None:
    chance = np.random.default_rng(3)
    labels = chance.integers(0, len(LABELS), 400)
    columns = np.eye(len(LABELS))[labels][:, :-1] * 4 + chance.normal(size=(400, 3))
    weights = bearing.fit(columns, labels, np.ones(400))
    logits = np.concatenate([columns @ weights[:, :-1].T + weights[:, -1], np.zeros((400, 1))], axis=1)
    assert (logits.argmax(axis=1) == labels).mean() > 0.9


def test_weights_are_written_with_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bearing, "debates_of", lambda part: debates_of(part)[:1])
    bearing.run(tmp_path)
    kept = json.loads((tmp_path / "bearing.json").read_text(encoding="utf-8"))
    assert list(kept["found"]["weights"]) == list(TOLD)
    assert list(kept["found"]["weights"]["supported"]) == [*TOLD, *FOUND, "bias"]
    assert list(kept["given"]["weights"]["weakened"]) == [*TOLD, "bias"]
    assert list(kept["held"]["weights"]["contradicted"]) == [*TOLD, OWN, "bias"]
    own = {label: kept["held"]["weights"][label][OWN] for label in TOLD}
    assert own["supported"] > own["contradicted"], "a side seldom says the contrary of what it says"
