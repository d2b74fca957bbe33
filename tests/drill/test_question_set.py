"""Questions of a set, asked in cross-examination: chosen, found again, and passed over."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from rag import Assistant, Index, load_settings, sync
from rag.api.debates import Debates
from rag.api.drill import DrillServices
from rag.api.tools import Tools
from rag.drill.drill import Drill
from rag.drill.forms import question_as_json, question_as_text
from rag.drill.leitner import State
from rag.drill.question_set import load_set
from rag.errors import InputError, SettingsError
from rag.ui.drill.calls import DrillCalls
from tests.helpers import ROOT
from tests.helpers.command import replique
from tests.helpers.drills import DECREE, LEAFLET, index_of
from tests.helpers.question_sets import (
    AGENT,
    ALL,
    BOTH,
    COSTS,
    DOGS,
    HOW_MANY,
    HOW_MANY_AGAIN,
    NEVER,
    SHEEP,
    SHOTS,
    WHO,
    Make,
    asked,
    line,
    the_only,
    write,
)

# --- chosen ---------------------------------------------------------------------------------------


def test_those_that_the_sources_answer_are_asked_and_are_sound(make: Make) -> None:
    drill = make(*ALL)
    found = asked(drill)
    texts = {each.prompt for each in found}
    assert texts <= {each["question"] for each in ALL} - {each["question"] for each in NEVER}
    assert {WHO["question"], COSTS["question"]} <= texts
    assert {HOW_MANY["question"], HOW_MANY_AGAIN["question"]} & texts
    for question in found:
        assert question.shown == ()
        answer = Assistant(drill.index).ask(question.query, lang=question.lang)
        assert {q.source.id for q in answer.quotes} & {q.source.id for q in question.expected}
        assert drill.question(question.id) == question
        assert question_as_json(question)["kind"] == "asked"
        assert question_as_text(question) == question.prompt


def test_no_two_of_a_session_have_the_same_passage(make: Make) -> None:
    drill = make(HOW_MANY, HOW_MANY_AGAIN)
    found = asked(drill)
    assert {each.prompt for each in found} == {HOW_MANY["question"], HOW_MANY_AGAIN["question"]}
    for seed in range(6):
        assert [each.kind for each in drill.quiz.questions(20, seed=seed)].count("asked") == 1
    state = State()
    for each in found:
        state = state.answered(each.id, "missed")
    begun = drill.begin(state.begun(), 20)
    assert [each.kind for each in begun.questions].count("asked") == begun.again == 1


def test_a_side_is_asked_what_its_own_sources_answer(make: Make) -> None:
    drill = make(HOW_MANY, COSTS)
    assert the_only(drill, side="Bergers").prompt == COSTS["question"]
    assert the_only(drill, side="Préfecture").prompt == HOW_MANY["question"]


def test_what_both_sides_answer_is_asked_of_one_or_of_both(make: Make) -> None:
    drill = make(BOTH)
    both, one = the_only(drill), the_only(drill, side="Bergers", lang="fr")
    assert {q.source.id for q in both.expected} == {"arrete", "tract"}
    assert [q.text for q in one.expected] == [SHEEP]
    assert (one.side, one.id != both.id) == ("Bergers", True)
    assert one.prompt.endswith(BOTH["question"])
    assert "Bergers" in one.prompt
    for question in (both, one):
        assert drill.question(question.id) == question
    assert drill.grade(both.id, AGENT).verdict == "got"
    assert drill.grade(one.id, AGENT).verdict != "got"
    state = State().answered(both.id, "missed").answered(one.id, "missed").begun()
    again = drill.begin(state, 1, "Bergers").questions
    assert [each.id for each in again] == [one.id]


def test_a_language_is_that_of_the_session(make: Make) -> None:
    english = line("How many guard dogs will be paid for?", ("arrete", DOGS), answer="120", lang="en")
    drill = make(english, COSTS | {"lang": "fr"})
    assert the_only(drill).prompt == COSTS["question"], "French documents"
    question = the_only(drill, lang="en")
    assert question.prompt == english["question"]
    assert drill.question(question.id, "fr").lang == "en"
    assert drill.grade(question.id, "120", "fr").question.lang == "fr", "the reasons"
    state = State().answered(question.id, "missed").begun()
    assert question.id not in [each.id for each in drill.begin(state, 5, lang="fr").questions]
    assert question.id in [each.id for each in drill.begin(state, 5, lang="en").questions]


def test_another_corpus_gives_none_of_them(built: Path) -> None:
    drill = Drill(Index(load_settings(corpus=built / "docs", store=built / "store")))
    assert len(load_set(drill.index.settings)) == 348, "those on the shipped documents"
    assert asked(drill) == []


def test_the_shipped_documents_have_theirs(shipped: Assistant) -> None:
    drill = Drill(shipped.index)
    assert asked(drill, side="Coalition", lang="fr")
    questions = asked(drill, lang="en")
    assert {question.lang for question in questions} == {"en"}
    for question in questions[:4]:
        assert drill.grade(question.id, question.expected[0].text).verdict == "got"
        assert drill.grade(question.id, question.query).verdict == "missed"


# --- what comes back ------------------------------------------------------------------------------


def test_it_is_gone_with_its_source_or_its_line(tmp_path: Path) -> None:
    index = index_of(tmp_path, {"arrete.md": DECREE, "tract.md": LEAFLET})
    file = write(tmp_path / "set.jsonl", [HOW_MANY, COSTS])
    drill = Drill(Index(index.settings.model_copy(update={"questions": file})))
    found = {each.source.id: each.id for each in asked(drill)}
    state = State().answered(found["arrete"], "missed").answered(found["tract"], "missed").begun()
    assert {each.id for each in drill.begin(state, 2).questions} == set(found.values())
    (tmp_path / "docs/tract.md").write_text(LEAFLET.replace("fermes", "granges"), encoding="utf-8")
    sync(index)
    assert set(drill.kept(state).cards) == {found["arrete"]}
    with pytest.raises(InputError, match="its source has changed"):
        drill.grade(found["tract"], "900 euros")
    write(file, [COSTS])
    with pytest.raises(InputError, match="the set has lost it"):
        drill.question(found["arrete"])
    assert found["arrete"] not in [each.id for each in drill.begin(state, 2).questions]
    assert the_only(drill).id != found["tract"], "the same question of another text"


def test_other_ids_are_none(make: Make) -> None:
    drill = make(HOW_MANY)
    kind, sha, start, end, key = the_only(drill).id.split("-")
    for other in (
        f"{kind}-{sha}-{start}-{end}",
        f"{kind}-{sha}-{start}-{end}-00000000",
        f"{kind}-{sha}-{start}-{int(end) + 1}-{key}",
        f"blank-{sha}-{start}-{end}-{key}",
    ):
        with pytest.raises(InputError, match="no question"):
            drill.question(other)


# --- the file -------------------------------------------------------------------------------------


def test_a_text_that_stands_twice_needs_its_place(make: Make) -> None:
    text = "Les tirs de défense"
    twice = line("Que faut-il pour autoriser les tirs de défense ?", ("arrete", text))
    assert asked(make(twice)) == []
    whole = Drill(make().index).index.snapshot().source(0).text
    twice["gold"][0] |= {"start": whole.index(SHOTS), "end": whole.index(SHOTS) + len(text)}
    assert the_only(make(twice)).expected[0].start == whole.index(SHOTS)
    twice["gold"][0] |= {"start": whole.index(SHOTS) + 1}
    assert asked(make(twice)) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "line 1"),
        ('\n{"gold": []}', "line 2, has no question (question: Field required)"),
        ('{"question": "Qui ?", "gold": [{"source": "arrete"}]}', "gold: 0: text"),
        ('{"question": "Qui ?", "gold": "arrete"}', "gold"),
        ('{"question": "Qui ?", "gold": [], "lang": "de"}', "lang"),
        ("[]", "line 1"),
        (b"\xff\xfe", "not UTF-8"),
        (None, "No such file"),
    ],
)
def test_a_file_that_is_none_is_said_in_one_line(
    built: Path, tmp_path: Path, content: str | bytes | None, told: str
) -> None:
    file = tmp_path / "set.jsonl"
    if content is not None:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    drill = Drill(Index(load_settings(corpus=built / "docs", store=built / "store", questions=file)))
    with pytest.raises(SettingsError) as caught:
        drill.begin(State())
    message = str(caught.value)
    assert told in message
    assert str(file) in message
    assert "REPLIQUE_QUESTIONS" in message
    assert "\n" not in message
    assert "questions" in caught.value.in_words("fr")


def test_the_default_may_be_missing_and_none_may_be_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_set(load_settings()) == ()
    with pytest.raises(SettingsError):
        load_set(load_settings(questions="evals/questions.jsonl"))
    (tmp_path / "evals").mkdir()
    write(tmp_path / "evals/questions.jsonl", [HOW_MANY])
    assert len(load_set(load_settings())) == 1
    monkeypatch.setenv("REPLIQUE_QUESTIONS", "")
    assert load_set(load_settings()) == ()


def test_the_line_of_the_docs_is_a_question(tmp_path: Path) -> None:
    page = (ROOT / "docs/training.md").read_text(encoding="utf-8")
    shown = page.split("```json\n")[1].split("```")[0]
    (tmp_path / "set.jsonl").write_text(shown, encoding="utf-8")
    (question,) = load_set(load_settings(questions=tmp_path / "set.jsonl"))
    settings = index_of(tmp_path, {"rapport.md": question.gold[0].text}).settings
    drill = Drill(Index(settings.model_copy(update={"questions": tmp_path / "set.jsonl"})))
    assert drill.grade(the_only(drill).id, "huit cent mille").verdict == "got"


# --- where it is asked ----------------------------------------------------------------------------


def test_on_the_command_line(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLIQUE_QUESTIONS", str(write(tmp_path / "set.jsonl", [HOW_MANY])))
    located = ["--corpus", str(built / "docs"), "--store", str(built / "store")]
    done = replique("drill", "--questions", "12", "--json", *located)
    (number,) = (each for each in json.loads(done.stdout)["questions"] if each["kind"] == "asked")
    assert number["prompt"] == HOW_MANY["question"]
    right = replique("drill", "--answer", number["id"], "120", "--json", *located)
    assert json.loads(right.stdout)["verdict"] == "got"
    wrong = replique("drill", "--answer", number["id"], "210", "--lang", "en", *located)
    assert "Wrong: “210” instead of “120”." in wrong.stdout
    assert "**120 chiens**" in wrong.stdout
    monkeypatch.setenv("REPLIQUE_QUESTIONS", str(tmp_path / "none.jsonl"))
    missing = replique("drill", "--questions", "2", *located)
    assert (missing.returncode, missing.stdout, missing.stderr.count("\n")) == (1, "", 1)


def test_on_the_page_and_in_the_api(make: Make) -> None:
    index = make(HOW_MANY | {"question": "Combien de <chiens> la préfecture financera-t-elle ?"}).index
    tools = Tools(Assistant(index))
    page = {function.__name__: function for function in DrillCalls(tools).functions()}
    begun = page["drill"]({"lang": "fr", "state": None, "count": "20", "side": ""})
    question = the_only(Drill(index), lang="fr")
    assert f'data-id="{question.id}"' in begun["html"]
    assert "Combien de &lt;chiens&gt;" in begun["html"]
    grade = page["drill_grade"](
        {"lang": "fr", "state": begun["state"], "id": question.id, "answer": "cent vingt"}
    )
    assert grade["verdict"] == "got"
    assert "<mark" in grade["html"]
    services = DrillServices(Debates(tools))
    told = asyncio.run(services.drill(20, lang="fr"))
    assert question_as_json(question) in told["questions"]
    api = asyncio.run(services.drill_grade(question.id, "210", "en", told["state"]))
    assert api["verdict"] == "missed"
    assert api["state"]["cards"][question.id]["box"] == 1
