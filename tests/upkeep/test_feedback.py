"""What users think of answers: kept, listed, made into candidates for the question set."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.sets.questions import load_questions
from rag.answer.assistant import Assistant
from rag.answer.forms import answer_as_json
from rag.errors import InputError, StoreError
from rag.quotes.forms import as_json
from rag.search.retriever import Retriever
from rag.settings import load_settings, shipped_corpus
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.upkeep import feedback as feedback_module
from rag.upkeep.feedback import FILE, candidates, read_feedback, record
from tests.helpers import ROOT
from tests.helpers.command import replique

TRUE, LATE = ({"source": "a", "start": start, "end": 2, "sha256": "0" * 64} for start in (True, 3))
QUESTION = "Combien de soldats compterait l’armée ukrainienne ?"


@pytest.fixture
def index(shipped_copy: Path) -> Index:
    return Index(load_settings(store=shipped_copy, corpus=shipped_corpus()))


@pytest.fixture(scope="module")
def answer(shipped: Assistant) -> dict[str, Any]:
    found = Retriever(shipped.index, k=3).search(QUESTION)
    quotes = [as_json(replace(quote, n=number), "fr") for number, quote in enumerate(found, start=1)]
    return {**answer_as_json(shipped.ask(QUESTION)), "quotes": quotes}


def test_a_verdict_reads_back_and_adds_a_line(index: Index, answer: dict[str, Any]) -> None:
    first = record(index, answer, "good", history=["Qui ?", "Où ?"])
    before = (index.store / FILE).read_bytes()
    second = record(index, answer, "beside", about=2)
    assert read_feedback(index.store) == [first, second]
    assert (index.store / FILE).read_bytes().startswith(before)
    line = json.loads(before)
    assert (line["question"], line["history"], line["verdict"]) == (QUESTION, ["Qui ?", "Où ?"], "good")
    quote = answer["quotes"][0]
    assert line["quotes"][0] == {name: quote[name] for name in ("source", "start", "end", "sha256")}
    assert line["answer"]["answerable"] is True
    assert len(line["corpus"]) == 64
    sync(index, rebuild=True)  # the index can be made again without losing it
    assert read_feedback(index.store) == [first, second]


def test_the_corpus_hash_is_that_of_the_documents(
    index: Index, answer: dict[str, Any], tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for file in shipped_corpus().glob("*.md"):
        (corpus / file.name).write_bytes(file.read_bytes())
    same = Index(load_settings(store=tmp_path / "same", corpus=corpus))
    sync(same)
    assert record(same, answer, "good").corpus == record(index, answer, "good").corpus
    (corpus / "neuf.txt").write_text("Un texte neuf.\n", encoding="utf-8")
    sync(same)
    assert record(same, answer, "good").corpus != record(index, answer, "good").corpus


@pytest.mark.parametrize(
    ("changes", "verdict", "about", "message"),
    [
        ({}, "great", None, "give good, wrong, beside, retracted"),
        ({}, "beside", None, "only with it"),
        ({}, "good", 1, "only with it"),
        ({}, "beside", 99, "quotes"),
        ({}, "beside", 0, "quotes"),
        ({"question": ""}, "good", None, "question"),
        ({"question": None}, "good", None, "question"),
        ({"question": "x" * 5000}, "good", None, "4000 at most"),
        ({"quotes": "all"}, "good", None, "list of at most 50"),
        ({"quotes": [{}] * 51}, "good", None, "list of at most 50"),
        ({"quotes": [{"source": "a"}]}, "good", None, "source, start, end and sha256"),
        ({"quotes": [TRUE]}, "good", None, "source, start"),
        ({"quotes": [LATE]}, "good", None, "source, start"),
        ({"lang": "<script>"}, "good", None, "lang"),
        ({"answerable": "yes"}, "good", None, "answerable"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_not_kept(
    index: Index,
    answer: dict[str, Any],
    changes: dict[str, Any],
    verdict: str,
    about: int | None,
    message: str,
) -> None:
    with pytest.raises(InputError, match=message) as raised:
        record(index, {**answer, **changes}, verdict, about)
    assert "\n" not in str(raised.value)
    assert read_feedback(index.store) == []


def test_a_line_cut_off_by_a_crash_costs_only_itself(
    index: Index, answer: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "rag")
    first = record(index, answer, "good")
    with (index.store / FILE).open("ab") as file:
        file.write(b'{"time": "20')
    second = record(index, {**answer, "question": "Une\nautre\u2028question ?"}, "wrong")
    assert read_feedback(index.store) == [first, second]
    assert "line 2" in caplog.text


def test_many_at_once_leave_a_line_each(index: Index, answer: dict[str, Any]) -> None:
    threads = [
        threading.Thread(target=record, args=(index, {**answer, "question": f"Question {n} ?"}, "good"))
        for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {given.question for given in read_feedback(index.store)} == {f"Question {n} ?" for n in range(20)}


def test_no_end_of_it_is_refused(
    index: Index, answer: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback_module, "MOST_BYTES", 5000)
    with pytest.raises(StoreError, match="is full"):
        for _ in range(100):
            record(index, answer, "good")
    assert (index.store / FILE).stat().st_size <= 5000


# --- candidates -----------------------------------------------------------------------------------


def made_of(index: Index) -> list[dict[str, Any]]:
    return index.read(lambda snapshot: candidates(snapshot, read_feedback(index.store)))


def test_candidates_are_a_question_set(index: Index, answer: dict[str, Any], tmp_path: Path) -> None:
    record(index, answer, "good")
    record(index, answer, "beside", about=2)
    record(index, answer, "good", history=["Autre conversation ?"])
    silent = {**answer, "question": "Et la lune ?", "answerable": False, "quotes": []}
    record(index, silent, "wrong")
    made = made_of(index)
    file = tmp_path / "candidates.jsonl"
    file.write_text("".join(f"{json.dumps(question)}\n" for question in made), encoding="utf-8")
    questions = load_questions(file)
    assert [(q.text, q.answerable, len(q.gold)) for q in questions] == [
        (QUESTION, True, len(answer["quotes"]) - 1),
        (QUESTION, True, len(answer["quotes"])),
        ("Et la lune ?", True, 0),
    ]
    assert len({q.id for q in questions}) == 3
    shipped_set = (ROOT / "evals/questions.jsonl").read_text(encoding="utf-8").splitlines()
    assert {*made[0]} - {"verdict"} == {*json.loads(shipped_set[0])}
    assert [question["verdict"] for question in made] == ["good", "good", "wrong"]
    by_number = {quote["n"]: quote for quote in answer["quotes"]}
    assert made[0]["gold"][0]["text"] == by_number[1]["text"]
    assert by_number[2]["text"] not in {gold["text"] for gold in made[0]["gold"]}
    assert set(made[1]["sides"]) == {quote["side"] for quote in answer["quotes"]}


def test_the_last_verdict_counts(index: Index, answer: dict[str, Any]) -> None:
    record(index, answer, "good")
    record(index, answer, "wrong")
    (candidate,) = made_of(index)
    assert (candidate["answerable"], candidate["gold"], candidate["verdict"]) == (False, [], "wrong")


def test_what_was_taken_back_does_not_count(index: Index, answer: dict[str, Any]) -> None:
    record(index, answer, "wrong")
    record(index, answer, "beside", about=2)
    record(index, answer, "retracted")
    (candidate,) = made_of(index)
    assert (candidate["verdict"], candidate["answerable"]) == ("beside", True)
    assert len(candidate["gold"]) == len(answer["quotes"]) - 1
    record(index, answer, "retracted", about=2)
    assert made_of(index) == []
    record(index, answer, "good")
    (candidate,) = made_of(index)
    assert (candidate["verdict"], len(candidate["gold"])) == ("good", len(answer["quotes"]))


def test_quotes_of_a_text_that_changed_are_left_out(index: Index, answer: dict[str, Any]) -> None:
    moved = [{**quote, "sha256": "0" * 64} for quote in answer["quotes"]]
    record(index, {**answer, "quotes": [*answer["quotes"][:1], *moved[1:]]}, "good")
    (candidate,) = made_of(index)
    assert [gold["start"] for gold in candidate["gold"]] == [answer["quotes"][0]["start"]]


# --- the command ----------------------------------------------------------------------------------


def test_the_command_lists_and_exports(index: Index, answer: dict[str, Any]) -> None:
    nothing = replique("feedback", store=index.store)
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (0, "", "no feedback yet\n")
    record(index, answer, "beside", about=2)
    record(index, {**answer, "question": "Sur\ndeux lignes ?"}, "wrong")
    listed = replique("feedback", store=index.store).stdout.splitlines()
    assert [line.split("  ", 1)[1] for line in listed] == [
        f"beside [2]  {QUESTION}", "wrong       Sur deux lignes ?",
    ]  # fmt: skip
    lines = replique("feedback", "--json", store=index.store).stdout.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["beside", "wrong"]
    made = replique("feedback", "--candidates", store=index.store).stdout.splitlines()
    assert [json.loads(line) for line in made] == made_of(index)
