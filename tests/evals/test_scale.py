"""A corpus is written by rule and grows; its figures are told; a run that was stopped goes on."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from evals.__main__ import main
from evals.report.plot import PLOTS, plot
from evals.report.promises import failures
from evals.report.scale import BESIDE, GROUPS, markdown, readme_line
from evals.report.tables import MARKERS
from evals.sets.written.corpus import Growing, written
from evals.suites import scale
from evals.suites.scale import Plan, lost
from evals.suites.scaling.costs import bytes_by_kind
from evals.suites.scaling.phases import PHASES
from evals.suites.scaling.runner import watched
from rag.documents import make_source
from rag.errors import InputError, RepliqueError
from rag.text import segment
from rag.types import Progress, no_progress

LONG = 30


def here(
    phase: str, told: Mapping[str, Any], progress: Progress, killed_at: float | None = None
) -> dict[str, Any]:
    """A phase in this process."""
    return {**PHASES[phase](told, progress), "seen": [], "killed": False, "peak_bytes": 2_000_000}


def test_documents_are_the_same_for_a_seed_and_hold_their_facts_once() -> None:
    documents = list(islice(written(LONG), 20))
    assert documents == list(islice(written(LONG), 20))
    assert documents != list(islice(written(LONG, seed=1), 20))
    whole = "\n".join(document.text for document in documents)
    facts = [fact for document in documents for fact in document.facts]
    assert len({fact.question for fact in facts}) == len(facts)
    assert all(whole.count(fact.sentence) == 1 for fact in facts)
    assert 0.7 < sum(document.sentences for document in documents) / (20 * LONG) < 1.4


def test_documents_are_read_and_cut_as_they_were_written() -> None:
    for document in islice(written(LONG), 6):
        source = make_source(document.name, "written", document.text.encode(), None, 10**6)
        assert source.info.title and source.info.date and source.info.language
        sentences = [source.text[s.start : s.end] for p in segment(source.text) for s in p.sentences]
        assert {fact.sentence for fact in document.facts} <= {s.removeprefix("- ") for s in sentences}
        assert abs(len(sentences) - document.sentences) <= 0.1 * document.sentences + 1


def test_a_folder_holds_the_documents_and_nothing_else(tmp_path: Path) -> None:
    corpus = Growing(tmp_path, LONG)
    corpus.grow(60, 100)
    first = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    (tmp_path / "left.md").write_text("left")
    (tmp_path / corpus.documents[0]).write_text("altered")
    again = Growing(tmp_path, LONG)
    again.grow(60, 100)
    again.tidy()
    assert again.bytes == sum(file.stat().st_size for file in tmp_path.iterdir())
    assert {file.name for file in tmp_path.iterdir()} == {*first} == {*again.documents}
    again.grow(10**6, len(first) + 1)
    assert len(again.documents) == len(first) + 1


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The figures of a few documents; stopped when it asked, then gone on with."""
    plan = Plan(tmp_path_factory.mktemp("scale"), documents=3, length=12, questions=4, page=False)

    def stopped(
        phase: str, told: Mapping[str, Any], progress: Progress, killed_at: float | None = None
    ) -> Any:
        if phase == "stock_ask":
            raise KeyboardInterrupt
        return here(phase, told, progress)

    first = scale.run(no_progress, plan, stopped)
    assert "stopped" in failures(first)[0]
    assert "Not all was measured" in markdown(first, "scale.svg")
    ran: list[str] = []

    def rest(phase: str, told: Mapping[str, Any], progress: Progress, killed_at: float | None = None) -> Any:
        ran.append(phase)
        return here(phase, told, progress)

    found = scale.run(no_progress, plan, rest)
    assert ran == ["stock_ask", "change"]
    with pytest.raises(InputError, match="another corpus"):
        scale.run(no_progress, Plan(plan.folder, documents=4), rest)
    return found


def test_what_is_measured_is_told(report: dict[str, Any]) -> None:
    assert failures(report) == []
    (row,) = report["sizes"]
    assert row["index"]["documents"] == 3
    assert row["index"]["sentences"] > 10
    assert 0 < row["ask"]["right"] <= row["ask"]["questions"] == 4
    assert sum(row["index"]["store"].values()) > row["index"]["store"]["vectors"] >= 0
    table = markdown(report, "scale.svg")
    told = [f"{group}: {name}".strip() for group, names in GROUPS.items() for name in names if group]
    untold = {name for name in told if f"| {name} |" not in table}
    assert all(name.startswith(("a cold command", "a page")) for name in untold), untold
    assert all(f"| {name} |" in table for name in BESIDE)
    assert "–" not in re.sub(r"^\| .*MB given to the disk.*$", "", table, flags=re.MULTILINE)
    assert "times as fast" in readme_line(report)


def test_the_picture_has_a_line_for_each_that_was_measured(report: dict[str, Any]) -> None:
    picture = ElementTree.fromstring(plot(report))
    told = {text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert told >= {*PLOTS} - {"A cold command, s"}
    assert "prefers-color-scheme: dark" in plot(report)


def test_promises_that_are_not_kept_are_told(report: dict[str, Any]) -> None:
    (row,) = report["sizes"]
    large = {**row, "size": 300_000, "bytes": row["bytes"] / 1000}
    wrong = {**row["change"], "removed": {**row["change"]["removed"], "answers": True}}
    told = "\n".join(
        failures({**report, "sizes": [{**row, "change": wrong}, large], "killed": {"lost_s": 61.0}})
    )
    assert "removed" in told
    assert "times the text" in told
    assert "61 s of work lost" in told


def test_the_command_writes_tables_and_picture_and_says_what_has_no_room(
    tmp_path: Path,
    report: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(scale, "run", lambda *_: report)
    page = tmp_path / "scale.md"
    page.write_text("Before\n{}\n{}\nAfter".format(*MARKERS), encoding="utf-8")
    assert main(["scale", "--write", str(page), "--json", str(tmp_path / "scale.json")]) == 0
    assert "What takes how much" in page.read_text(encoding="utf-8")
    assert {file.name for file in tmp_path.iterdir()} == {"scale.md", "scale.svg", "scale.json"}
    monkeypatch.undo()
    assert main(["scale", "--documents", "1000000000"]) == 1
    assert re.search(r"\d GB of disk, and .* are free", capsys.readouterr().err)


SAYS = "import json, time; print(json.dumps({'progress': ['embed', %d, 10]}), flush=True); time.sleep(%f)"


def test_a_process_is_killed_at_its_half_and_its_failure_is_told() -> None:
    command = [sys.executable, "-c", f"{SAYS % (1, 0)}; {SAYS % (6, 60)}"]
    found = watched(command, no_progress, 0.5)
    assert found["killed"]
    assert [seen[1:] for seen in found["seen"]] == [(1, 10), (6, 10)]
    assert found["all_s"] < 50
    with pytest.raises(RepliqueError, match="no such thing"):
        watched([sys.executable, "-c", "raise SystemExit('no such thing')"], no_progress)


@pytest.mark.parametrize(
    ("rest", "again"), [([(1.0, 0, 100)], 50), ([(1.0, 0, 60)], 10), ([(1.0, 40, 100)], 10), ([], 0)]
)
def test_what_a_kill_costs_is_what_is_done_twice(rest: list[tuple[float, int, int]], again: int) -> None:
    told = lost([(2.0, 0, 100), (12.0, 50, 100)], rest)
    assert told == {"after_s": 10.0, "again": again / 50, "lost_s": again / 5}


def test_files_of_a_store_are_of_a_kind(tmp_path: Path) -> None:
    names = """
        manifest.json part-0/texts.bin part-0/vectors-sentences.npy part-0/sentences.npy
        part-0/postings/rows.npy part-0/words/at.npy chroma/chroma.sqlite3 chroma/0/data_level0.bin
    """
    for name in names.split():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"12")
    assert {kind for kind, size in bytes_by_kind(tmp_path).items() if size != 2} == {"other"}
