"""Questions made of sentences by rule: sound, found again by their id, and not telling their answer."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import Assistant
from rag.drill.drill import Drill
from rag.drill.forms import question_as_json, question_as_text
from rag.drill.types import KINDS, overlap
from rag.errors import InputError
from rag.reader import Passage, Reading
from tests.helpers.drills import DECREE, TRAM_AGAINST, asked, hidden_in, index_of
from tests.helpers.judges import judged_by


def test_every_kind_is_asked_and_every_question_is_sound(
    drill: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_by(monkeypatch, {"": {"": ("contradicted", 0.9)}})
    assistant = Assistant(drill.index, reads=False)
    questions = drill.quiz.questions(40)
    assert {question.kind for question in questions} >= set(KINDS) - {"about", "asked"}
    assert len({question.id for question in questions}) == len(questions)
    snapshot = drill.index.snapshot()
    texts = {info.sha256: snapshot.source(n).text for n, info in enumerate(snapshot.infos)}
    for question in questions:
        text = texts[question.source.sha256]
        assert all(text[piece.start : piece.end] == piece.text for piece in question.shown)
        assert all(texts[q.source.sha256][q.start : q.end] == q.text for q in question.expected)
        assert drill.question(question.id) == question
        if question.kind == "rebut":
            continue  # what answers it is judged, not looked for
        sources = [question.source.id] if question.kind != "who" else []
        sides = [question.side] if question.side else []
        answer = assistant.ask(question.query, sources=sources, sides=sides)
        assert answer.answerable
        assert any(overlap(quote, gold) for quote in answer.quotes for gold in question.expected)


def test_a_seed_gives_the_same_questions(wolves: Drill) -> None:
    one, other = (wolves.quiz.questions(8, seed=7) for _ in range(2))
    assert one == other
    assert one != wolves.quiz.questions(8, seed=8)


def test_a_question_does_not_tell_its_answer(drill: Drill) -> None:
    for question in drill.quiz.questions(40):
        told = json.dumps(question_as_json(question), ensure_ascii=False) + question_as_text(question)
        if question.kind in ("blank", "complete"):
            assert hidden_in(question) not in told
        if question.kind == "who":
            assert question.source.title not in told
            assert (question.source.side or "") not in told


def test_a_side_is_played(wolves: Drill) -> None:
    for question in wolves.quiz.questions(30, side="Bergers"):
        if question.kind == "rebut":
            assert question.side == "Bergers"
            assert question.source.side == "Préfecture"
            assert {quote.source.side for quote in question.expected} == {"Bergers"}
        elif question.kind != "who":
            assert question.source.side == "Bergers"
    with pytest.raises(InputError, match="Bergers, Préfecture"):
        wolves.quiz.questions(3, side="Chasseurs")


def test_prompts_are_in_the_language_asked_for(tram: Drill) -> None:
    assert all(question.lang == "en" for question in tram.quiz.questions(5))
    assert all("“" not in question.prompt for question in tram.quiz.questions(5, lang="fr"))


@pytest.mark.parametrize("count", [0, -1, 1000])
def test_a_count_out_of_bounds_is_refused(wolves: Drill, count: int) -> None:
    with pytest.raises(InputError, match="choose 1 to"):
        wolves.quiz.questions(count)


def test_the_judge_reads_few_sentences_for_a_rebuttal_and_none_that_is_not_wanted(
    wolves: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = judged_by(monkeypatch, {})
    found = wolves.quiz.questions(4, seed=1)
    assert "rebut" not in {question.kind for question in found}, "nothing is against anything"
    assert len(judge.claims) <= 4
    tried = []
    for seed in range(6):
        judge.claims.clear()
        assert len(wolves.quiz.questions(1, seed=seed)) == 1
        tried.append(len(judge.claims))
    assert 0 in tried, "none where another kind comes first"


def test_where_there_is_one_side_nobody_is_rebutted(tmp_path: Path) -> None:
    index = index_of(tmp_path, {"seul.md": DECREE.replace("side: Préfecture\n", "")})
    kinds = {question.kind for question in Drill(index).quiz.questions(20)}
    assert kinds
    assert not kinds & {"rebut", "who"}


def test_a_measure_is_no_topic(tmp_path: Path) -> None:
    text = (
        "Le port a coûté trois millions d’euros, payés par les pêcheurs du golfe et leurs voisins.\n\n"
        "La digue du port a coûté deux millions d’euros, payés par les communes de la côte nord.\n"
    )
    questions = Drill(index_of(tmp_path, {"port.md": text})).quiz.questions(20)
    assert questions
    assert not any("millions" in question.topic for question in questions)


def test_what_is_not_understood_alone_is_not_asked(tmp_path: Path) -> None:
    leaning = (
        "Cela coûtera 40 millions d’euros aux communes du littoral avant 2031.",
        "Mais la digue protège déjà 900 maisons de pêcheurs du golfe.",
        "C’est la région qui versera 30 millions aux ports de la côte.",
        "They will repay the 25 million euros to the harbour towns by 2034.",
    )
    listed = "Le plan prévoit :\n\n- la réparation de 12 digues anciennes de la côte nord du golfe ;"
    whole = "Cette année-là mise à part, rien.\n\nCertaines digues du golfe protègent 70 maisons de pêcheurs."
    text = "\n\n".join([*leaning, listed, whole])
    questions = Drill(index_of(tmp_path, {"digue.md": text})).quiz.questions(20)
    assert questions
    assert {quote.text for question in questions for quote in question.expected} == {
        "Certaines digues du golfe protègent 70 maisons de pêcheurs."
    }


def test_what_the_reader_does_not_find_again_is_not_asked(
    wolves: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Nothing:
        def read(self, query: str, passages: list[Passage]) -> list[Reading]:
            return [Reading(np.full(len(each.sentences), -1.0, np.float32), []) for each in passages]

    monkeypatch.setattr("rag.drill.questions.load_reader", Nothing)
    kinds = {question.kind for question in wolves.quiz.questions(20)}
    assert kinds <= {"who", "rebut"}


def test_a_gap_at_the_beginning(tmp_path: Path) -> None:
    text = "In 2031 the tramway will carry passengers between the old town and the university.\n"
    drill = Drill(index_of(tmp_path, {"plan.md": text, "letter.md": TRAM_AGAINST}))
    question = asked(drill, "blank", "2031", "2031")
    assert (question.gap, question.shown[0].text) == ("between", "In")
    other = Drill(index_of(tmp_path / "store", {"plan.md": text.replace("In 2031", "12 trams of")}))
    question = asked(other, "blank", "12 trams", "12")
    assert question.gap == "before"
    assert question_as_text(question).splitlines()[-1].startswith("> ____ trams of the tramway")


@given(
    identifier=st.text(max_size=40)
    | st.from_regex(r"(who|blank)-[0-9a-f]{16}-\d{1,9}-\d{1,9}", fullmatch=True)
)
def test_no_other_id_is_a_question(wolves: Drill, identifier: str) -> None:
    with pytest.raises(InputError, match="no question"):
        wolves.question(identifier)


def test_a_slice_that_was_never_a_question_is_none(wolves: Drill) -> None:
    question = asked(wolves, "blank", "45", "45")
    kind, sha, start, end, first, last = question.id.split("-")
    for other in (
        f"{kind}-{sha}-{start}-{end}-{int(first) + 1}-{last}",
        f"{kind}-{sha}-{int(start) + 1}-{end}-{first}-{last}",
        f"{kind}-{sha}-{start}-{end}",
        f"complete-{sha}-{start}-{end}-{first}-{last}",
        f"rebut-{sha}-{start}-{end}-00000000",
    ):
        with pytest.raises(InputError, match="no question"):
            wolves.question(other)
