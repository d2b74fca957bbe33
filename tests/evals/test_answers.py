"""The suite of the answers: its systems, its command from end to end, when it fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main
from evals.report.baseline import HEADLINE, baseline
from evals.report.figures import figure, load_report, misses, write_json
from evals.sets.questions import QUESTIONS, Dataset, Question, load_questions
from evals.sets.squad import split_of, squad_set
from evals.suites import answers
from evals.suites.stock import locate
from evals.suites.systems import all_systems
from rag import Assistant
from rag.errors import InputError
from rag.types import Progress, no_progress
from tests.helpers.evaluation import changed


def test_quoting_gold_scores_one_and_nothing_scores_zero(perfect: dict[str, Any]) -> None:
    for split in ("dev", "test"):
        for name in (
            *HEADLINE,
            "passage@1",
            "ndcg@10",
            "recall",
            "length_ratio",
            "sides_right",
            "auc",
        ):
            assert figure(perfect, split, "ours", "all", name)["value"] == pytest.approx(1), name  # type: ignore[index]
        for name in ("quote@1", "quote@3", "mrr", "ndcg@10", "precision", "recall", "f1", "sides"):
            assert figure(perfect, split, "fusion", "all", name)["value"] == 0, name  # type: ignore[index]
    assert misses(perfect, "test") == []


def test_slices_and_splits_are_apart(perfect: dict[str, Any]) -> None:
    assert list(perfect["aggregates"]) == ["test", "dev"]
    parts = perfect["aggregates"]["test"]["ours"]
    assert {"all", "lang:fr", "lang:en", "kind:both_sides", "side:Critique"} <= set(parts)
    counted = sum(q.split == "test" for q in load_questions(QUESTIONS))
    assert parts["all"]["risk_area"]["n"] == counted == perfect["dataset"]["splits"]["test"]


def test_six_questions_from_end_to_end(
    shipped: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--limit", "6", "--output", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "Stock LlamaIndex" in out
    made = load_report(tmp_path / "report.json")
    assert [system["name"] for system in made["systems"]] == [
        "ours",
        "bm25",
        "encoder",
        "fusion",
        "llamaindex",
    ]
    assert len(made["questions"]) == 6
    snapshot = shipped.index.snapshot()
    texts = {info.id: snapshot.source(number).text for number, info in enumerate(snapshot.infos)}
    for entry in made["questions"]:
        for given in entry["results"].values():
            for quote in given["quotes"]:
                assert texts[quote["source"]][quote["start"] : quote["end"]] == quote["text"]
    assert (tmp_path / "report.html").stat().st_size > 10_000


def test_a_reading_set_from_end_to_end(tmp_path: Path) -> None:
    titles = [title for title in map(str, range(50)) if split_of(title) == "report"][:2]
    texts = ["Le phare de Cordouan fut bâti en 1611.", "La tour Eiffel mesure 330 mètres."]
    asked = ["Quand fut bâti le phare de Cordouan ?", "Combien mesure la tour Eiffel ?"]
    starts = [texts[0].index("1611"), texts[1].index("330")]
    data = [
        {
            "title": title,
            "paragraphs": [
                {"context": text, "qas": [{"id": text, "question": q, "answers": [{"answer_start": at}]}]}
            ],
        }
        for title, text, q, at in zip(titles, texts, asked, starts, strict=True)
    ]
    file = tmp_path / "set.json"
    file.write_text(json.dumps({"data": data}), encoding="utf-8")
    with squad_set(file) as dataset:
        made = answers.run(no_progress, dataset)
    for name in ("ours", "bm25", "encoder", "fusion", "llamaindex"):
        assert made["aggregates"]["report"][name]["all"]["passage@1"]["value"] == 1, name
    assert made["cost_ratio"] > 0
    with pytest.raises(InputError, match="--part"), squad_set(file, "fit"):
        pass


def test_chunks_are_located_in_order() -> None:
    class Node:
        def __init__(self, node_id: str, text: str) -> None:
            self.node_id, self.ref_doc_id, self.text = node_id, "a", text

        def get_content(self) -> str:
            return self.text

    nodes = [Node("1", "ab"), Node("2", "b a"), Node("3", "zz"), Node("4", "cd")]
    places = locate(nodes, {"a": "ab ab cd"})
    assert [(p.start, p.end) for p in places.values()] == [(0, 2), (1, 4), (-1, -1), (6, 8)]


def test_all_systems_are_named_once(shipped: Assistant) -> None:
    systems = all_systems(shipped.index)
    assert len({system.name for system in systems}) == len(systems) == 5


QUOTE = ("aggregates", "test", "ours", "all", "quote@1")


def test_check_fails_when_a_figure_falls_by_more_than_its_interval(perfect: dict[str, Any]) -> None:
    base = changed(baseline(perfect), [(QUOTE, {"value": 0.8, "low": 0.7, "high": 0.9, "n": 9})])
    for value, falls in ((0.9, False), (0.71, False), (0.69, True)):
        now = changed(perfect, [((*QUOTE, "value"), value)])
        assert bool(answers.failures(now, base)) is falls
    missing = changed(perfect, [(QUOTE[:-1], {})])
    assert "missing" in answers.failures(missing, base)[0]


def test_the_half_that_is_checked_can_be_asked_alone(
    perfect: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Question] = []

    def run(progress: Progress, dataset: Dataset) -> dict[str, Any]:
        asked.extend(dataset.questions)
        return perfect

    monkeypatch.setattr(answers, "run", run)
    write_json(tmp_path / "base.json", baseline(perfect))
    given = ["--headline", "--check", str(tmp_path / "base.json"), "--output", str(tmp_path)]
    assert main(given) == 0
    assert asked == [question for question in load_questions(QUESTIONS) if question.split == "test"]


def test_check_refuses_another_corpus_and_samples(perfect: dict[str, Any]) -> None:
    base = baseline(perfect)
    assert answers.failures(perfect, base) == []
    other = changed(perfect, [(("corpus", "sha256"), "0")])
    assert "another corpus" in answers.failures(other, base)[0]
    sampled = changed(perfect, [(("dataset", "limit"), 6)])
    assert "--limit" in answers.failures(sampled, base)[0]
