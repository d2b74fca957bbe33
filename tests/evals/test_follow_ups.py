"""Follow-ups and yes or no: the data, the fit and the measures, on a small debate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.fit import follow as fitting
from evals.sets import debates, follow_ups
from evals.sets.debates import load_debate, load_debates
from evals.suites import follow_ups as measure
from evals.suites import yes_no
from rag.drill import place_in
from rag.search import rank
from rag.search.rank import FOLLOW_NAMES
from rag.types import no_progress
from tests.helpers.reading_sets import SAILORS, write_debate

FOLLOWING = (
    ("side", "Et l’accord ?", ["Que dit la réponse des marins ?"], [{"source": "accord", "text": SAILORS}]),
    ("absent", "Et leur salaire ?", ["Qui travaille au port ?"], []),
)


@pytest.fixture(autouse=True)
def debate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One debate in every part."""
    folder = write_debate(tmp_path / "port")
    lines = [
        {"way": way, "question": question, "history": history, "gold": gold}
        for way, question, history, gold in FOLLOWING
    ]
    (folder / "follow_ups.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    for module in (debates, follow_ups, yes_no):
        monkeypatch.setattr(module, "DEBATES", tmp_path)
    for module in (measure, follow_ups, yes_no):
        monkeypatch.setattr(module, "debates_of", lambda part: [load_debate(folder)])
    return folder


def test_each_way_of_following_is_counted() -> None:
    report = measure.run(no_progress, "report")
    assert report["ways"]["side"]["asked"] == 1
    assert report["unanswered"]["asked"] == 1
    assert 0 <= report["ways"]["side"]["first"] <= report["ways"]["side"]["in three"] <= 1


def test_the_commands_print_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["follow_ups", "--part", "check"]) == 0
    assert "nothing answers" in capsys.readouterr().out
    assert main(["yes_no", "--part", "check"]) == 0


def test_weights_are_written_with_their_names(tmp_path: Path) -> None:
    fitting.run(tmp_path)
    kept = json.loads((tmp_path / "follow.json").read_text(encoding="utf-8"))
    assert kept["provenance"]["fitted_on_cases"] == 3, "one is among the questions"
    assert tuple(kept["follow"]["ranking"]) == FOLLOW_NAMES
    assert rank.Model.from_json(kept["follow"], FOLLOW_NAMES).ranking.shape == (len(FOLLOW_NAMES),)


def test_what_is_said_first_is_counted(debate: Path) -> None:
    lines = [
        {"question": "Does it rain?", "source": "accord", "text": "No, it does not.", "says": "no"},
        {"question": "Does it rain?", "source": "accord", "text": "Yes, always.", "says": "condition"},
        {"question": "Does it rain?", "source": "accord", "text": "The sky is low.", "says": "yes"},
    ]
    (debate / "yes_no.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    report = yes_no.run(no_progress, "report")
    assert report["no"] == {"sentences": 1, "said": 1, "rightly": 1}
    assert report["yes"] == {"sentences": 1, "said": 1, "rightly": 0}


def test_what_the_project_has_stands_in_its_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = debates.DATA / "debates"
    monkeypatch.setattr(follow_ups, "DEBATES", folder)
    asked = told = 0
    for debate in load_debates(folder):
        for each in follow_ups.follow_ups(debate):
            for gold in each.gold:
                assert place_in(debate.texts[gold.source], gold.text)
            asked += each.way != "among"
            assert each.history
        file = folder / debate.name / "yes_no.jsonl"
        for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
            said = json.loads(line)
            assert place_in(debate.texts[said["source"]], said["text"])
            told += 1
    assert (asked, told) == (180, 565)
