"""The set of sentences that a quote bears out or not, and what the check makes of them."""

from __future__ import annotations

import pytest

from evals.__main__ import main
from evals.fit.support import fit
from evals.sets.debates import DEBATES
from evals.sets.statements import load_statements
from evals.suites import statements
from evals.suites.statements import Judged, failures, judged, report_of, tables
from rag.llm.wording import load_wording
from rag.settings import shipped_corpus


@pytest.fixture(scope="module")
def found() -> list[Judged]:
    return list(judged(load_statements()))


def test_the_set_is_sound() -> None:
    statements = load_statements()
    assert len({statement.id for statement in statements}) == len(statements) >= 400
    assert len({(s.debate, s.sentence) for s in statements}) == len(statements)
    by_split = {split: {s.debate for s in statements if s.split == split} for split in ("dev", "test")}
    assert all(by_split.values())
    assert not by_split["dev"] & by_split["test"]
    for statement in statements:
        folder = shipped_corpus() if statement.debate == "shipped" else DEBATES / statement.debate
        (file,) = folder.glob(f"{statement.source}.*")
        assert statement.quote in file.read_text(encoding="utf-8")


def test_the_weights_that_come_with_the_program_are_those_that_are_fitted(found: list[Judged]) -> None:
    model = load_wording()
    assert fit(found) == pytest.approx({name: getattr(model, name) for name in fit(found)}, abs=0.02)


def test_most_of_both_kinds_are_told_right_in_the_half_not_fitted_on(found: list[Judged]) -> None:
    for holds, least in ((True, 0.65), (False, 0.85)):
        chosen = [o for o in found if o.statement.split == "test" and o.statement.holds == holds]
        assert sum(one.is_right for one in chosen) >= least * len(chosen)


def test_no_other_number_or_date_passes(found: list[Judged]) -> None:
    report = report_of(found)
    assert failures(report) == []
    report["figures"]["test"]["all that do not"]["date"]["right"] -= 1
    assert failures(report) == ["statements, test: 1 with another date pass"]


def test_the_table_has_both_halves(found: list[Judged]) -> None:
    (shown,) = tables(report_of(found))
    assert {*shown.columns[0].cells} == {"dev", "test"}
    assert [*shown.columns[1].cells].count("all that hold") == 2


def test_the_command_lists_the_misses_of_the_half_that_may_be_looked_at(
    found: list[Judged], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(statements, "judged", lambda _: found)
    assert main(["statements", "--misses"]) == 0
    shown = capsys.readouterr().out
    missed = [one for one in found if not one.is_right]
    assert {o.statement.id for o in missed if f"{o.statement.id} " in shown} == {
        one.statement.id for one in missed if one.statement.split == "dev"
    }
