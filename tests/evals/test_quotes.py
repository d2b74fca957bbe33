"""The evaluation of quote checks: its cases are what they claim, its figures can fail."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.sets.claims import Case
from evals.sets.debates import debates_of
from evals.sets.mutations import Falsifier, true_quotes
from evals.suites import quotes
from evals.suites.outcomes import Outcome, figures
from evals.suites.quotes import cases_of, checked, failures, tables, written_cases
from rag import Assistant
from rag.types import Source, no_progress
from rag.verify.types import Difference, Verification
from rag.verify.verifier import Verifier


@pytest.fixture(scope="module")
def sources(shipped: Assistant) -> list[Source]:
    snapshot = shipped.index.snapshot()
    return [snapshot.source(number) for number in range(len(snapshot.infos))]


def test_there_are_many_cases_of_every_kind_and_always_the_same(sources: list[Source]) -> None:
    cases = Falsifier(sources).cases()
    assert len(cases) >= 600
    kinds = Counter(case.kind for case in cases)
    assert {"negation added", "negation dropped", "number", "date", "name", "modal", "stitched"} <= set(kinds)
    assert {"word dropped", "words swapped", "clauses swapped", "invented", "misattributed"} <= set(kinds)
    assert cases == Falsifier(sources).cases()
    assert len(written_cases()) > 20


def test_falsified_quotes_are_false_and_true_ones_come_from_their_slice(sources: list[Source]) -> None:
    texts = {source.id: source.text for source in sources}
    for case in Falsifier(sources).cases():
        assert case.attributed or not any(case.text in text for text in texts.values()), case.text
    for case in true_quotes(sources, 2):
        letters = [c for c in texts[case.source][case.start : case.end] if c.isdigit()]
        assert [c for c in case.text if c.isdigit()] == letters or "…" in case.text or "..." in case.text


def test_a_small_run_is_clean(shipped: Assistant, sources: list[Source]) -> None:
    cases = [*cases_of(sources, 1)[::9], *true_quotes(sources, 1)[::2], *written_cases()[::6]]
    found = figures(checked(Verifier(shipped.index), cases, no_progress))
    assert failures({"shipped": found}) == []
    assert found["falsified"] > 80
    assert found["true"] > 20
    assert len(list(tables({"shipped": found}))) == 1


def outcome(case: Case, verdict: str, *diff: Difference) -> Outcome:
    return Outcome(case, Verification(case.text, verdict, 0.5, diff=diff), 1.0)  # type: ignore[arg-type]


def test_the_figures_count_what_goes_wrong() -> None:
    false = Case("other word", "la guerre dure", ("altered",), "s", 0, 10, removed="paix", added="guerre")
    true = replace(false, kind="true", expected=("exact",), removed="", added="")
    found = figures([outcome(false, "exact"), outcome(false, "altered"), outcome(true, "altered")])
    assert (found["false_exact"], found["located_and_shown"], found["true_exact"]) == (1, 0, 0)
    assert len(failures({"shipped": found})) == 3
    assert failures({"speed": {"ratio": 51}})
    assert not failures({"speed": {"ratio": 49}})


@pytest.mark.parametrize(
    ("quoted", "actual", "shown"),
    [
        ("guerre", "paix", True),
        ("la guerre", "la paix", True),
        ("", "paix", False),
        ("guerre", "", False),
        ("la guerre est là", "une paix va venir", False),
    ],
)
def test_a_change_is_shown_when_the_diff_marks_it_and_little_else(
    quoted: str, actual: str, shown: bool
) -> None:
    case = Case("other word", "", ("altered",), removed="paix", added="guerre")
    assert outcome(case, "altered", Difference("replace", quoted, actual)).is_shown is shown


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "debates_of", lambda part: debates_of(part)[:2])
    assert main(["quotes", "--limit", "12", "--output", str(tmp_path)]) == 0
    report = json.loads((tmp_path / "mutations.json").read_text(encoding="utf-8"))
    for name in ("shipped", "debates"):
        assert report[name]["falsified"] + report[name]["true"] == 12
    assert "falsified" in capsys.readouterr().out
