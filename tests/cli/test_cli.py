"""The command line as scripts see it, called in this process; once as a real one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import ROOT
from tests.helpers.command import replique


def test_as_a_process(shipped_store: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rag", "ask", "Qui a coprésidé la réunion ?", "--store", str(shipped_store)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert "> Le 6 janvier 2026" in done.stdout


def test_a_reader_that_goes_away_is_no_error(shipped_store: Path) -> None:
    command = f"{sys.executable} -m rag show declaration --store {shipped_store} | head -c 10"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, env={**os.environ}
    )
    assert done.stdout == "« Déclara"[: len(done.stdout)]
    assert "Traceback" not in done.stderr


def test_ask_json(shipped_store: Path) -> None:
    question = "Combien de soldats compterait l'armée ukrainienne ?"
    done = replique("ask", question, "--json", store=shipped_store)
    assert done.returncode == 0
    assert done.stderr == ""
    answer = json.loads(done.stdout)
    quote = answer["quotes"][0]
    assert quote["source"] == "commentaire"
    assert "800 000" in quote["text"]
    shown = replique(
        "show", "commentaire", "--start", str(quote["start"]), "--end", str(quote["end"]), store=shipped_store
    )
    assert shown.stdout == quote["text"]


def test_ask_from_a_file_gives_one_line_each_in_order(shipped_store: Path, tmp_path: Path) -> None:
    questions = ["Qui a coprésidé la réunion ?", "   ", "Where will the cell be?"]
    file = tmp_path / "questions.txt"
    file.write_text("\n".join(questions), encoding="utf-8")
    done = replique("ask", "--from", str(file), "--json", store=shipped_store)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["question"] for line in lines] == questions
    assert "error" in lines[1]
    assert lines[2]["lang"] == "en"
    assert done.returncode == 1


def test_questions_on_standard_input(shipped_store: Path) -> None:
    done = replique("search", "--from", "-", "-k", "2", "--json", store=shipped_store, stdin="paix\nguerre\n")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["query"] for line in lines] == ["paix", "guerre"]
    assert all(len(line["passages"]) == 2 for line in lines)
    assert {"source", "start", "end", "text", "score", "locator", "side"} <= set(lines[0]["passages"][0])


@pytest.mark.parametrize(
    "written",
    ["Combien de soldats compterait l'armée ukrainienne ?\n", '["Combien de soldats ukrainiens ?"]',
     '[{"role": "user", "content": "Combien de soldats ?"}, {"role": "assistant", "content": "800 000"}]'],
)  # fmt: skip
def test_history(shipped_store: Path, tmp_path: Path, written: str) -> None:
    file = tmp_path / "history"
    file.write_text(written, encoding="utf-8")
    question = "Et les troupes françaises ?"
    done = replique("ask", question, "--history", str(file), "--json", store=shipped_store)
    assert "troupes françaises" in json.loads(done.stdout)["rewritten_question"]


def test_sources(shipped_store: Path) -> None:
    listed = json.loads(replique("sources", "--json", store=shipped_store).stdout)
    assert [source["id"] for source in listed] == ["commentaire", "declaration"]
    assert {"id", "title", "side", "date", "language", "sha256", "characters", "passages"} <= set(listed[0])
    assert "declaration" in replique("sources", store=shipped_store).stdout


def test_show_prints_the_text_and_nothing_else(shipped_store: Path) -> None:
    body = (ROOT / "corpus" / "declaration.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    assert replique("show", "declaration", store=shipped_store).stdout == body
    slice_ = replique("show", "declaration", "--start", "1394", "--end", "1495", store=shipped_store)
    assert slice_.stdout == body[1394:1495]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["ask"], 2, "give a question"),
        (["ask", ""], 2, "type one"),
        (["ask", "paix", "--side", "Neutre"], 2, "there are: Coalition, Critique"),
        (["ask", "paix", "--source", "nulle"], 1, "replique sources"),
        (["ask", "--from", "/nowhere/at/all"], 2, "cannot be read"),
        (["show", "nulle"], 1, "replique sources"),
        (["show", "declaration", "--start", "9", "--end", "3"], 2, "no slice"),
        (["show", "declaration", "--end", "99999999"], 2, "no slice"),
        (["search", "paix", "-k", "0"], 2, "-k"),
        (["chanter"], 2, "chanter"),
    ],
)
def test_errors_are_one_line(shipped_store: Path, arguments: list[str], code: int, says: str) -> None:
    done = replique(*arguments, store=shipped_store)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_missing_or_empty_corpus_says_what_to_do(tmp_path: Path) -> None:
    done = replique("index", "--corpus", str(tmp_path / "none"), store=tmp_path / "store")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    (tmp_path / "empty").mkdir()
    done = replique("ask", "paix ?", "--corpus", str(tmp_path / "empty"), store=tmp_path / "store")
    assert done.returncode == 1
    assert "put files there" in done.stderr


def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / "replique.toml").write_text("max_quotes = 0\n")
    done = replique("ask", "paix ?", cwd=tmp_path)
    assert done.returncode == 1
    assert "REPLIQUE_MAX_QUOTES" in done.stderr


def test_indexing_twice_and_bad_files(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "bon.txt").write_text("Le pont sera fermé lundi.\n", encoding="utf-8")
    (folder / "vide.txt").write_text("", encoding="utf-8")
    first = replique("index", "--corpus", str(folder), store=tmp_path / "store")
    assert first.returncode == 0
    assert first.stdout == "1 added\n"
    assert first.stderr.startswith("skipped vide.txt: ")
    second = replique("index", "--corpus", str(folder), store=tmp_path / "store")
    assert second.stdout == "nothing to do: 1 sources unchanged\n"
    (folder / "autre.txt").write_text("Le tunnel ouvrira mardi.\n", encoding="utf-8")
    hinted = replique(
        "ask", "Quand le pont sera-t-il fermé ?", "--corpus", str(folder), store=tmp_path / "store"
    )
    assert "has changed" in hinted.stderr
    assert "lundi" in hinted.stdout


def test_global_options_stand_anywhere(shipped_store: Path) -> None:
    after = replique("sources", "--json", "--store", str(shipped_store))
    before = replique("--store", str(shipped_store), "sources", "--json")
    assert after.stdout == before.stdout != ""
