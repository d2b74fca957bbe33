"""The two linear models: what they are fitted on, and that the fit finds what tells."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from evals.fit import ranker
from evals.fit.ranker import Rows, as_json, figures, fit_model
from evals.sets import asked
from evals.sets.asked import Case, debate_cases, reading_cases
from evals.sets.debates import load_debate
from rag.search.features import NAMES
from rag.search.rank import READ_NAMES, Model, probability
from tests.helpers.reading_sets import QUESTIONS, SAILORS, names_of, write_debate, write_set
from tests.helpers.reading_sets import asked as reading

COLUMNS = ("tells", "noise", "same")
TELLS, NOISE, SAME = range(3)
GROUPS = {"answerable": 40, "near": 15, "taken out": 5, "far": 10}


def case(chance: np.random.Generator, group: str, far_away: float = 0.0) -> Rows:
    """Five candidates: the one that answers has most of the first column; the others have chance."""
    features = chance.normal(size=(5, 3)).astype(np.float32)
    features[:, SAME] = 1
    right = np.zeros(5, bool)
    if group == "answerable":
        right[2] = True
        features[2, TELLS] += 4
    else:
        features[:, TELLS] -= far_away
    return Rows(features, right, np.zeros(5, np.int64), group)


def drawn(far_away: float = 0.0) -> list[Rows]:
    chance = np.random.default_rng(1)
    return [case(chance, group, far_away) for group, count in GROUPS.items() for _ in range(count)]


# --- the fit --------------------------------------------------------------------------------------


def test_the_ranking_prefers_what_tells() -> None:
    model = fit_model(drawn(), COLUMNS)
    assert model.ranking[TELLS] > 1
    assert abs(model.ranking[NOISE]) < model.ranking[TELLS] / 3
    for each in drawn():
        if each.right.any():
            assert int(model.scores(each.features).argmax()) == 2


def test_the_answer_is_sure_where_the_best_candidate_tells() -> None:
    model = fit_model(drawn(far_away=3.0), COLUMNS)
    sure = probability(model.odds(np.array([[5.0, 0.0, 1.0], [-3.0, 0.0, 1.0]], np.float32)))
    assert sure[0] > 0.9
    assert sure[1] < 0.1


def test_where_nothing_tells_the_odds_are_those_given_however_many_of_each_there_are() -> None:
    features, sides = np.ones((3, 3), np.float32), np.array([0, 0, 1])
    rows = [
        Rows(features, (sides == 0) & (group == "answerable"), sides, group)
        for group, count in GROUPS.items()
        for _ in range(count)
    ]
    model = fit_model(rows, COLUMNS)
    assert probability(model.odds(features)) == pytest.approx(ranker.SHARES["answerable"], abs=0.01)


def test_cases_without_candidates_are_left_out() -> None:
    empty = Rows(np.zeros((0, 3), np.float32), np.zeros(0, bool), np.zeros(0, np.int64), "near")
    whole, with_empty = fit_model(drawn(), COLUMNS), fit_model([*drawn(), empty], COLUMNS)
    assert with_empty.ranking.tolist() == whole.ranking.tolist()
    assert figures([*drawn(), empty], whole)["cases"] == len(drawn())


def test_figures_by_hand() -> None:
    model = Model(np.array([1.0], np.float32), np.array([1.0], np.float32), 0.0)

    def row(group: str, *scores: float, right: int | None = None) -> Rows:
        features = np.array(scores, np.float32)[:, None]
        return Rows(features, np.arange(len(scores)) == right, np.arange(len(scores)) % 2, group)

    found = figures(
        [
            row("answerable", 3, 2, 1, right=0),  # first, and sure
            row("answerable", -1, -2, -3, right=1),  # second, and not sure
            row("near", -3, -4),
            row("far", 2, 1),
        ],
        model,
    )
    assert found == {
        "cases": 4, "first": 0.5, "in_three": 1.0, "auc": 0.75, "answered": 0.5, "silent_near": 1.0,
        "silent_far": 0.0, "silent_sides_heard": 0.5,
    }  # fmt: skip


def test_weights_are_read_back_as_they_were_written() -> None:
    model = fit_model(drawn(), COLUMNS)
    read = Model.from_json(as_json(model, COLUMNS), COLUMNS)
    assert read.ranking == pytest.approx(model.ranking, abs=1e-3)
    assert read.answer == pytest.approx(model.answer, abs=1e-3)
    assert read.bias == pytest.approx(model.bias, abs=1e-3)


# --- what it is fitted on -------------------------------------------------------------------------


@pytest.fixture
def debates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sequence[str]:
    """Two small debates of the part ``check``, and one of another part."""
    names = [*names_of("check", 2), *names_of("fit", 1)]
    folders = [write_debate(tmp_path / name) for name in names]
    monkeypatch.setattr(asked, "debates_of", lambda part: [load_debate(folder) for folder in folders[:2]])
    monkeypatch.setattr(asked, "write_corpus", lambda name, folder: copytree(tmp_path / name, folder))
    monkeypatch.setattr(asked, "TAKEN_OUT", 1.0)
    return names[:2]


ORDER = ("fact", "follow_up", "near", "taken out", "far")


def sentence_of(case: Case, row: int) -> str:
    passage = case.passages[case.home[row]]
    return passage.text[slice(*passage.sentences[case.number[row]])]


def test_a_debate_is_asked_its_questions_some_of_others_and_some_without_the_answer(
    debates: Sequence[str],
) -> None:
    cases = sorted(
        (case for case in debate_cases("check") if case.corpus == debates[0]),
        key=lambda case: (ORDER.index(case.kind), case.question),
    )
    kinds = [case.kind for case in cases]
    assert kinds == ["fact", "follow_up", "near", *["taken out"] * 2, *["far"] * len(QUESTIONS)]
    assert [case.answerable for case in cases] == [kind in ("fact", "follow_up") for kind in kinds]
    fact, follow_up = cases[:2]
    [without] = [case for case in cases if case.kind == "taken out" and case.question == fact.question]
    assert [sentence_of(fact, row) for row in np.flatnonzero(fact.right)] == [SAILORS]
    assert follow_up.question == "À quelle heure ouvre le port, le soir ?"
    assert fact.features.shape == (len(fact.home), len(NAMES))
    assert not any(case.right.any() for case in cases if not case.answerable)
    left = [sentence_of(without, row) for row in range(len(without.home))]
    assert left
    passage = fact.passages[fact.home[fact.right][0]]
    assert not any(sentence in passage.text for sentence in left)


def test_gaps_are_to_the_best_of_what_is_left(debates: Sequence[str]) -> None:
    gaps = [column for column, name in enumerate(NAMES) if name.endswith("_gap")]
    for case in debate_cases("check"):
        assert case.features[:, gaps].max(axis=0) == pytest.approx(0), case.kind


def test_the_best_passages_of_a_case_are_read(debates: Sequence[str]) -> None:
    cases = list(debate_cases("check"))
    first = fit_model([ranker.rows_first(case) for case in cases], NAMES)
    for case in cases[:2]:
        rows = ranker.rows_read(case, first)
        assert rows.features.shape == (len(case.home), len(READ_NAMES))
        assert rows.group == ("answerable" if case.answerable else case.kind)
        assert rows.right.tolist() == case.right.tolist()


def test_a_reading_set_is_asked_of_its_own_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "TAKEN_OUT", 0.0)
    [name], [away] = names_of("check", 1), names_of("fit", 1)
    text = "Il pleut souvent. Le phare fut bâti en 1611 par un roi. La mer est haute."
    other = "Un autre phare brûle."
    articles = {
        name: (text, [reading("Quand fut bâti le phare ?", text, "1611")]),
        away: (other, [reading("Que fait l’autre phare ?", other, "brûle")]),
    }
    [case] = reading_cases(write_set(tmp_path / "set.json", articles), "check")
    assert case.question == "Quand fut bâti le phare ?"
    assert [sentence_of(case, row) for row in np.flatnonzero(case.right)] == [
        "Le phare fut bâti en 1611 par un roi."
    ]


def test_both_models_are_written(
    debates: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = list(debate_cases("check"))
    monkeypatch.setattr(ranker, "debate_cases", lambda part: cases)
    monkeypatch.setattr(ranker, "reading_cases", lambda file, part: [])
    report = ranker.run(tmp_path / "none.json", tmp_path)
    kept = json.loads((tmp_path / "ranker.json").read_text(encoding="utf-8"))
    Model.from_json(kept["first"], NAMES)
    Model.from_json(kept["read"], READ_NAMES)
    assert kept["provenance"]["report"] == json.loads(json.dumps(report))
