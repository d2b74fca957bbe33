"""The evaluation suite: its question set, its arithmetic, its reports."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evals import metrics, report
from evals.__main__ import main
from evals.metrics import Result
from evals.page import html_page
from evals.questions import Question, Slice, load_questions, sample
from evals.run import DOCUMENTS, QUESTIONS, evaluate, shipped_set, squad_set
from evals.squad import split_of
from evals.systems import all_systems, locate, passage_units
from rag import Assistant, Index
from rag.documents.corpus import read_source
from rag.errors import InputError
from tests.helpers import ROOT

SET = load_questions(QUESTIONS)
TEXTS = {
    Path(name).stem: read_source(ROOT / "corpus", name, Path(name).stem, 10**7).text for name in DOCUMENTS
}


def question(**changes: Any) -> Question:
    plain = Question(
        "q1", "f1", "test", "fr", "fact", "Qui ?", (), True, (Slice("a", 10, 20, "0123456789"),), ("A",)
    )
    return replace(plain, **changes)


def result(*quotes: Slice, answered: bool | None = True, confidence: float = 0.9) -> Result:
    return Result(quotes, (), quotes[0] if quotes else None, answered, confidence, 5.0)


# --- the question set -----------------------------------------------------------------------------


def test_gold_slices_stand_in_the_sources() -> None:
    for asked in SET:
        for gold in asked.gold:
            assert TEXTS[gold.source][gold.start : gold.end] == gold.text, asked.id


def test_every_answerable_question_can_be_answered_by_one_passage(shipped: Assistant) -> None:
    units = passage_units(shipped.index.snapshot())
    for asked in SET:
        assert bool(asked.gold) == asked.answerable == bool(asked.sides), asked.id
        assert not asked.answerable or metrics.relevant(units, asked.gold), asked.id


def test_families_do_not_straddle_splits() -> None:
    splits: dict[str, set[str]] = {}
    for asked in SET:
        splits.setdefault(asked.family, set()).add(asked.split)
    assert all(len(found) == 1 for found in splits.values())
    assert {asked.split for asked in SET} == {"dev", "test"}


def test_the_set_is_large_and_two_to_one_french() -> None:
    french = sum(asked.lang == "fr" for asked in SET)
    assert len(SET) >= 150
    assert len({asked.id for asked in SET}) == len(SET)
    assert 1.6 <= french / (len(SET) - french) <= 2.4


def test_gold_sides_are_those_of_the_sources(shipped: Assistant) -> None:
    side_of = {info.id: info.side for info in shipped.index.snapshot().infos}
    for asked in SET:
        assert {side_of[gold.source] for gold in asked.gold} == set(asked.sides), asked.id


def test_a_sample_is_the_same_each_time_and_keeps_the_order() -> None:
    first = sample(SET, 6, seed=1)
    assert first == sample(SET, 6, seed=1) != sample(SET, 6, seed=2)
    assert [SET.index(asked) for asked in first] == sorted(SET.index(asked) for asked in first)
    assert sample(SET, None, 1) == sample(SET, 10**6, 1) == SET


@pytest.mark.parametrize("content", [None, "not JSON\n", '{"id": "q"}\n', "[]\n"])
def test_a_bad_question_set_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "questions.jsonl"
    if content is not None:
        file.write_text(content)
    with pytest.raises(InputError, match=re.escape(str(file))):
        load_questions(file)


# --- one question ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [(10, 20, True), (0, 99, True), (10, 18, True), (10, 17, False), (11, 20, False), (10, 19, True)],
)
def test_a_quote_may_lack_two_characters_of_closing_punctuation(start: int, end: int, covered: bool) -> None:
    gold = Slice("a", 10, 20, "Un mot » !")
    assert metrics.covers(Slice("a", start, end), gold) is covered
    assert not metrics.covers(Slice("b", start, end), gold)


def test_letters_may_not_be_lacking() -> None:
    assert not metrics.covers(Slice("a", 10, 19), Slice("a", 10, 20, "0123456789"))


def test_characters_by_hand() -> None:
    gold = [Slice("a", 10, 20), Slice("a", 100, 104)]
    assert metrics.characters([], gold) == (0, 0, 0)
    assert metrics.characters([Slice("b", 10, 20)], gold) == (0, 0, 0)
    # 15 to 35 and 30 to 40 together are 25 characters, 5 of the 10 wanted: 2 * 5 / (25 + 10).
    quotes = [Slice("a", 15, 35), Slice("a", 30, 40)]
    assert metrics.characters(quotes, gold) == pytest.approx((0.2, 0.5, 2 * 5 / 35))
    fourth = [*quotes, Slice("a", 15, 16), Slice("a", 10, 20)]
    assert metrics.characters(fourth, gold) == metrics.characters(quotes, gold)


def test_length_ratio_is_over_the_longest_gold_held() -> None:
    gold = [Slice("a", 10, 20), Slice("a", 12, 14)]
    assert metrics.length_ratio(Slice("a", 5, 20), gold) == 1.5
    assert metrics.length_ratio(Slice("a", 15, 30), gold) is None


def test_values_of_a_right_second_quote() -> None:
    texts = {"a": "x" * 10 + "0123456789" + "y" * 10}
    quotes = (Slice("a", 0, 5, "xxxxx"), Slice("a", 10, 20, "0123456789"))
    found = metrics.values(question(), result(*quotes), texts, {"a": "A"})
    assert (found["quote@1"], found["quote@3"], found["right"]) == (0, 1, 0)
    assert found["verbatim"] == 1
    assert (found["answered"], found["silent"], found["silence_right"]) == (1, None, None)
    false = metrics.values(question(), result(Slice("a", 0, 5, "xxxxy")), texts, {"a": "A"})
    assert false["verbatim"] == 0


def test_silence_is_right_only_where_the_sources_do_not_say() -> None:
    silent = result(answered=False)
    wrong = metrics.values(question(), silent, {}, {})
    assert (wrong["answered"], wrong["silent"], wrong["silence_right"], wrong["quote@1"]) == (0, None, 0, 0)
    right = metrics.values(question(answerable=False, gold=(), sides=()), silent, {}, {})
    assert (right["answered"], right["silent"], right["silence_right"]) == (None, 1, 1)
    assert "quote@1" not in right
    assert "silent" not in metrics.values(question(), result(answered=None), {}, {})


def test_sides_need_a_quote_of_each() -> None:
    both = question(sides=("A", "B"), gold=(Slice("a", 0, 5), Slice("b", 0, 5)))
    side_of = {"a": "A", "b": "B"}
    cases = [
        ((Slice("a", 0, 5), Slice("b", 0, 5)), 1.0, 1.0),
        ((Slice("a", 0, 5), Slice("b", 7, 9)), 1.0, 0.0),
        ((Slice("a", 0, 5),), 0.0, 0.0),
        ((), 0.0, 0.0),
    ]
    for quotes, heard, right in cases:
        found = metrics.values(both, result(*quotes), {}, side_of)
        assert (found["sides"], found["sides_right"]) == (heard, right)
    assert "sides" not in metrics.values(question(), result(), {}, side_of)


def test_ranking_by_hand() -> None:
    wanted = {"q1": {"x", "y"}, "q2": {"x"}, "q3": {"x"}, "q4": set()}
    found = metrics.ranking_values(wanted, {"q1": ["n", "x", "y"], "q2": [*"abcdefghij", "x"], "q4": ["x"]})
    assert found["q1"]["passage@1"] == 0
    assert found["q1"]["passage@5"] == 1
    assert found["q1"]["mrr"] == 0.5
    ideal = 1 + 1 / np.log2(3)
    assert found["q1"]["ndcg@10"] == pytest.approx((1 / np.log2(3) + 1 / np.log2(4)) / ideal)
    for identifier in ("q2", "q3", "q4"):
        assert set(found[identifier].values()) == {0.0}


# --- aggregates -----------------------------------------------------------------------------------


def test_resamples_draw_families_and_are_the_same_each_time() -> None:
    weights = metrics.resamples(["a", "b", "a", "c"])
    assert weights.shape == (metrics.RESAMPLES + 1, 4)
    assert (weights[0] == 1).all()
    assert (weights[:, 0] == weights[:, 2]).all()
    assert (weights[1:, [0, 1, 3]].sum(axis=1) == 3).all()
    assert (weights == metrics.resamples(["a", "b", "a", "c"])).all()
    assert (weights != metrics.resamples(["a", "b", "a", "c"], seed=1)).any()


def test_interval_of_the_mean_is_near_the_normal_one() -> None:
    column = np.array([1.0] * 60 + [0.0] * 40)
    weights = metrics.resamples([str(number) for number in range(100)])
    found = metrics.aggregate(lambda w: metrics.mean(column, w), weights, 100)
    assert found is not None
    assert found.value == 0.6
    assert found.low == pytest.approx(0.6 - 1.96 * 0.049, abs=0.02)
    assert found.high == pytest.approx(0.6 + 1.96 * 0.049, abs=0.02)


def test_weighted_figures_by_hand() -> None:
    one, two = np.ones((1, 4)), np.array([[2.0, 0.0, 1.0, 1.0]])
    column = np.array([4.0, 2.0, np.nan, 1.0])
    assert metrics.mean(column, np.concatenate([one, two])) == pytest.approx([7 / 3, 3.0])
    assert metrics.quantile(column, np.concatenate([one, two]), 0.5) == pytest.approx([2.0, 4.0])
    confidence, answerable = np.array([0.9, 0.4, 0.6, 0.4]), np.array([True, True, False, False])
    assert metrics.auc(confidence, answerable, one) == pytest.approx([2.5 / 4])
    assert metrics.auc(confidence, answerable, two) == pytest.approx([1.0])


def test_risk_and_calibration_by_hand() -> None:
    confidence, right = np.array([0.2, 0.9, 0.8, 0.1]), np.array([1.0, 1.0, 0.0, 0.0])
    curve = metrics.risk_coverage(confidence, right)
    assert np.array(curve) == pytest.approx(np.array([(0.25, 0), (0.5, 0.5), (0.75, 1 / 3), (1.0, 0.5)]))
    one = np.ones((1, 4))
    assert metrics.risk_area(confidence, right, one) == pytest.approx([(0 + 0.5 + 1 / 3 + 0.5) / 4])
    answerable = np.array([True, True, False, False])
    assert metrics.calibration_error(confidence, answerable, one) == pytest.approx(
        [(0.8 + 0.1 + 0.8 + 0.1) / 4]
    )
    bins = metrics.reliability(np.array([1.0, 0.95, 0.0]), np.array([True, False, False]))
    assert [(b["n"], b["answerable"]) for b in bins] == [(1, 0.0), (2, 0.5)]


def test_balanced_accuracy_by_hand() -> None:
    asked = [question(), question(), question(answerable=False, gold=(), sides=())]
    given = [result(), result(answered=False), result(answered=False)]
    rows = [metrics.values(q, r, {}, {}) for q, r in zip(asked, given, strict=True)]
    found = metrics.aggregates(rows, [True, True, False], metrics.resamples(["a", "b", "c"]))
    assert found["balanced_accuracy"].value == 0.75
    assert (found["abstention_precision"].value, found["abstention_recall"].value) == (0.5, 1.0)


def test_no_questions_no_figures() -> None:
    assert metrics.aggregates([], [], metrics.resamples([])) == {}


# --- running --------------------------------------------------------------------------------------


class Oracle:
    """Quotes the gold of a question, or nothing."""

    def __init__(self, index: Index, name: str, quotes: bool) -> None:
        self.name = self.label = name
        self.quotes = quotes
        self.units = passage_units(index.snapshot())

    def run(self, asked: Question) -> Result:
        if not self.quotes or not asked.answerable:
            return result(answered=False, confidence=0.0)
        firsts = {gold.source: gold for gold in reversed(asked.gold)}
        passages = sorted(metrics.relevant(self.units, asked.gold))
        quotes = tuple(firsts[source] for source in sorted(firsts))
        return Result(quotes, tuple(passages), quotes[0], True, 1.0, 1.0)


def oracles(index: Index) -> list[Oracle]:
    return [Oracle(index, "ours", True), Oracle(index, "fusion", False)]


@pytest.fixture(scope="module")
def perfect() -> dict[str, Any]:
    with shipped_set() as dataset:
        return evaluate(dataset, systems=oracles)


def test_quoting_gold_scores_one_and_nothing_scores_zero(perfect: dict[str, Any]) -> None:
    for split in ("dev", "test"):
        for name in (
            *report.HEADLINE,
            "passage@1",
            "ndcg@10",
            "recall",
            "length_ratio",
            "sides_right",
            "auc",
        ):
            assert report.figure(perfect, split, "ours", "all", name)["value"] == pytest.approx(1), name  # type: ignore[index]
        for name in ("quote@1", "quote@3", "mrr", "ndcg@10", "precision", "recall", "f1", "sides"):
            assert report.figure(perfect, split, "fusion", "all", name)["value"] == 0, name  # type: ignore[index]
    assert report.misses(perfect, "test") == []


def test_slices_and_splits_are_apart(perfect: dict[str, Any]) -> None:
    assert list(perfect["aggregates"]) == ["test", "dev"]
    parts = perfect["aggregates"]["test"]["ours"]
    assert {"all", "lang:fr", "lang:en", "kind:both_sides", "side:Critique"} <= set(parts)
    counted = sum(q.split == "test" for q in SET)
    assert parts["all"]["risk_area"]["n"] == counted == perfect["dataset"]["splits"]["test"]


def test_six_questions_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--limit", "6", "--output", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "Stock LlamaIndex" in out
    made = report.load_report(tmp_path / "report.json")
    assert [system["name"] for system in made["systems"]] == [
        "ours",
        "bm25",
        "encoder",
        "fusion",
        "llamaindex",
    ]
    assert len(made["questions"]) == 6
    for entry in made["questions"]:
        for given in entry["results"].values():
            for quote in given["quotes"]:
                assert TEXTS[quote["source"]][quote["start"] : quote["end"]] == quote["text"]
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
        made = evaluate(dataset)
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


# --- reports --------------------------------------------------------------------------------------


def changed(made: dict[str, Any], edit: Sequence[tuple[tuple[Any, ...], Any]]) -> dict[str, Any]:
    """A deep copy with some places set."""
    copy: dict[str, Any] = json.loads(json.dumps(made))
    for path, value in edit:
        place: Any = copy
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    return copy


QUOTE = ("aggregates", "test", "ours", "all", "quote@1")


def test_check_fails_when_a_figure_falls_by_more_than_its_interval(perfect: dict[str, Any]) -> None:
    base = changed(report.baseline(perfect), [(QUOTE, {"value": 0.8, "low": 0.7, "high": 0.9, "n": 9})])
    for value, falls in ((0.9, False), (0.71, False), (0.69, True)):
        now = changed(perfect, [((*QUOTE, "value"), value)])
        assert bool(report.failures(now, base)) is falls
    missing = changed(perfect, [(QUOTE[:-1], {})])
    assert "missing" in report.failures(missing, base)[0]


def test_check_refuses_another_corpus_and_samples(perfect: dict[str, Any]) -> None:
    base = report.baseline(perfect)
    assert report.failures(perfect, base) == []
    other = changed(perfect, [(("corpus", "sha256"), "0")])
    assert "another corpus" in report.failures(other, base)[0]
    sampled = changed(perfect, [(("dataset", "limit"), 6)])
    assert "--limit" in report.failures(sampled, base)[0]


def test_baseline_is_small_and_reads_back(perfect: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    report.write_json(file, report.baseline(perfect))
    assert file.stat().st_size < 20_000
    assert report.load_report(file) == report.baseline(perfect)
    assert report.markdown_table(report.load_report(file)) == report.markdown_table(perfect)


def test_compare_names_each_question_that_changed(perfect: dict[str, Any]) -> None:
    assert report.compare(perfect, perfect) == []
    number = next(n for n, entry in enumerate(perfect["questions"]) if entry["answerable"])
    worse = changed(perfect, [(("questions", number, "results", "ours", "values", "quote@1"), 0.0)])
    (change,) = report.compare(perfect, worse)
    assert change.id == perfect["questions"][number]["id"]
    assert change.values == {"quote@1": (1.0, 0.0)}
    assert change.is_worse
    assert not report.compare(worse, perfect)[0].is_worse
    assert any(change.id in line for line in report.comparison_lines(perfect, worse))


def test_html_is_escaped_and_needs_nothing_else(perfect: dict[str, Any]) -> None:
    number = next(n for n, entry in enumerate(perfect["questions"]) if entry["answerable"])
    ours = ("questions", number, "results", "ours")
    evil = changed(
        perfect,
        [
            (("questions", number, "question"), "<script>alert(1)</script>"),
            (("questions", number, "history"), ["<img alt=x>"]),
            ((*ours, "values", "quote@1"), 0.0),
            ((*ours, "quotes", 0, "text"), "<script>alert(2)</script>"),
            (("systems", 0, "label"), "<b>Réplique</b>"),
            (("dataset", "name"), "<i>"),
        ],
    )
    page = html_page(evil)
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;script&gt;alert(2)" in page
    assert not re.search(r"https?:|//[a-z]|\b(?:src|href|url|@import)\s*[=(]", page)
    assert page.count("<svg") == 6


def test_tables_show_every_system_and_measure(perfect: dict[str, Any]) -> None:
    made = report.tables(perfect)
    assert len(made) == 4
    assert [column.header for column in made[0].columns] == ["measure", "ours", "fusion"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.854, ".85"), (1.0, "1.00"), (0, ".00"), (-0.02, "-.02"), (12.34, "12.3"), (10.04, "10.0")],
)
def test_short_figures(value: float, text: str) -> None:
    assert report.short(value) == text


# --- options and README ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["--limit", "0"],
        ["--limit", "3", "--check", "x"],
        ["--squad", "x", "--write-baseline"],
        ["--part", "all"],
    ],
)
def test_bad_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize("option", ["--squad", "--check", "--compare"])
def test_a_missing_file_is_one_line(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([option, str(tmp_path / "none.json"), "--output", str(tmp_path)]) == 1
    assert "none.json cannot be read" in capsys.readouterr().err


def test_readme_is_filled_between_its_markers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "README.md"
    file.write_text("before\n<!-- evals -->\nold\n<!-- /evals -->\nafter\n", encoding="utf-8")
    assert main(["--readme", str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- evals -->\n|")
    assert text.endswith("<!-- /evals -->\nafter\n")
    assert "old" not in text
    file.write_text("no markers", encoding="utf-8")
    assert main(["--readme", str(file)]) == 1
    assert "markers" in capsys.readouterr().err


def test_the_readme_shows_the_baseline() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    if report.MARKERS[0] not in text:
        pytest.skip("the README has no table yet")
    table = report.markdown_table(report.load_report(report.BASELINE))
    assert report.in_readme(text, table) == text, "run `python -m evals --readme README.md`"


def test_the_baseline_is_of_the_shipped_set(perfect: dict[str, Any]) -> None:
    base = report.load_report(report.BASELINE)
    assert base["corpus"] == perfect["corpus"]
    assert base["dataset"] == perfect["dataset"], "run `python -m evals --write-baseline`"
