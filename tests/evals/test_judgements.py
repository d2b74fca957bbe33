"""Claims on the invented debates, and what sentences do to each: they are sound, and read as they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evals.sets import judgements
from evals.sets.debates import Debate, load_debate, load_debates
from evals.sets.judgements import Judged, judged_of
from evals.sets.squad import split_of
from rag.drill.question_set import Gold, place_in
from rag.reader import LABELS
from tests.helpers.reading_sets import DUSK, HOURS, write_claims, write_debate

DEBATES = load_debates()
JUDGED = [(debate, judged) for debate in DEBATES for judged in judged_of(debate)]


def test_a_claim_has_its_sentences_by_label(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgements, "DEBATES", tmp_path)
    debate = load_debate(write_debate(tmp_path / "port"))
    assert list(judged_of(debate)) == [], "there are none as yet"
    write_claims(tmp_path / "port")
    number, argument, moon = judged_of(debate)
    assert argument == Judged(
        claim="Le port est ouvert tous les jours, et tôt.",
        lang="fr",
        kind="argument",
        holder="accord",
        golds={
            "supported": (Gold("accord", HOURS),),
            "contradicted": (),
            "weakened": (Gold("accord", DUSK),),
            "neither": (),
        },
    )
    assert number.holder is moon.holder is None


@pytest.mark.parametrize("part", ["fit", "check", "report"])
def test_each_part_has_claims_of_every_label(part: str) -> None:
    counts = Counter(
        label
        for debate, judged in JUDGED
        if split_of(debate.name) == part
        for label, golds in judged.golds.items()
        for _ in golds
    )
    assert all(counts[label] >= 50 for label in LABELS), counts


def test_every_slice_stands_once_in_its_document_and_under_one_label() -> None:
    for debate, judged in JUDGED:
        golds = [gold for label in LABELS for gold in judged.golds[label]]
        assert len(set(golds)) == len(golds), f"{debate.name}: {judged.claim}"
        for gold in golds:
            assert place_in(debate.texts[gold.source], gold.text), f"{debate.name}: {gold.text}"


def is_held(debate: Debate, judged: Judged) -> bool:
    return judged.holder is None or judged.holder in debate.texts


def test_every_claim_is_of_one_language_and_of_a_source_or_nobody() -> None:
    assert len({(debate.name, judged.claim) for debate, judged in JUDGED}) == len(JUDGED)
    for debate, judged in JUDGED:
        assert judged.lang in ("fr", "en")
        assert is_held(debate, judged), f"{debate.name}: {judged.holder}"
        assert set(judged.golds) == set(LABELS)
