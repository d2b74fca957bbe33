"""A short campaign of bad days, and that what is wrong is seen and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evals import SEED
from evals.campaign import campaign, kills
from evals.campaign.child import Done
from evals.campaign.crowd import States
from evals.campaign.outcome import Outcome, in_doses
from evals.campaign.view import View
from evals.campaign.world import BASE, World
from rag.types import no_progress, text_hash


def test_a_short_campaign_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kills, "DEEDS", kills.DEEDS[:2])  # the first index, that of a change
    report = campaign.run(no_progress, 1, ("kills",), SEED, doses=1)
    assert campaign.failures(report) == []
    assert [outcome.done for _, outcome, _ in report.outcomes] == [{"kills": 2}]


def test_what_goes_wrong_is_told_with_the_command_that_repeats_it() -> None:
    doses, faults = in_doses(7, 3, float("inf"), lambda seed: ["lost"] if seed == 8 else [])
    assert (doses, faults) == (3, ((8, "lost"),))
    outcomes = ((campaign.TRIALS[0], Outcome({"kills": 3}, faults, "much"), 1.0),)
    report = campaign.Report(datetime(2026, 1, 6, tzinfo=UTC), 7, 20, outcomes)
    command = "python -m evals campaign --only kills --seed 8 --doses 1"
    assert campaign.failures(report) == [f"kills: lost — again: {command}"]
    page = campaign.markdown(report)
    assert "| killed at random moments (`kills`) | 3 kills | 1 | much | 1 |" in page
    assert command in page
    quiet = replace(report, outcomes=((campaign.TRIALS[0], Outcome({}, skipped="no room"), 0.0),))
    assert "| nothing | not done: no room |" in campaign.markdown(quiet)


def test_a_dose_that_breaks_down_is_a_fault() -> None:
    def dose(seed: int) -> list[str]:
        raise ValueError("of ours")

    _, ((seed, line),) = in_doses(1, 1, 0, dose)
    assert (seed, "not foreseen: ValueError: of ours" in line) == (1, True)


@pytest.mark.parametrize(
    ("code", "err", "is_right"),
    [
        (0, "", True),
        (1, "skipped a.pdf: damaged\nreplique: the index is damaged: run `replique index`\n", True),
        (1, "", False),
        (0, "Traceback (most recent call last):\n", False),
        (1, "replique: unexpected KeyError: 'a'; --verbose shows where\n", False),
        (-11, "", False),
        (None, "", False),
    ],
)
def test_a_command_may_refuse_in_a_line_and_nothing_else(code: int | None, err: str, is_right: bool) -> None:
    assert (Done(code, "", err, 1.0).wrong(may_fail=True) == "") == is_right


def test_quotes_that_are_no_slices_are_seen(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.write(BASE)
    text = (world.corpus / "Pêcheurs/roscoff.txt").read_text(encoding="utf-8")
    quote = {"source": "roscoff", "start": 3, "end": 20, "text": text[3:20], "sha256": text_hash(text)}
    quote |= {"before": text[:3], "after": text[20:30]}
    assert world.wrong_in(quote) == ""
    harms = ({"start": 4}, {"text": text[3:21]}, {"before": "?"}, {"after": "?"}, {"sha256": "0" * 64})
    assert all(world.wrong_in(quote | harm) for harm in harms)


def test_answers_that_are_not_those_of_a_fresh_index_are_seen() -> None:
    quote = ("brest", 0, 10, "En l’année", "ab")
    view = View((("brest", "ab"),), ((True, (quote,)),))
    assert view.unlike(view) == ""
    assert view.unlike(replace(view, sources=(("brest", "cd"),)))
    assert view.unlike(replace(view, answers=((True, ()),)))


def test_answers_of_two_states_or_of_one_that_is_gone_are_seen() -> None:
    states = States([{"a": "1", "b": "1"}])
    states.begin({"a": "2", "b": "2"})
    states.commit()

    def answer(*quoted: tuple[str, str]) -> dict[str, object]:
        return {"quotes": [{"source": source, "sha256": sha} for source, sha in quoted], "near": []}

    old, new, mixed = (
        answer(*pairs) for pairs in ([("a", "1")], [("a", "2"), ("b", "2")], [("a", "1"), ("b", "2")])
    )
    assert [states.mixed(each) for each in (old, new, mixed)] == [False, False, True]
    assert [states.hold(each, states.committed) for each in (old, new)] == [False, True]
    assert states.hold(old, 0)
