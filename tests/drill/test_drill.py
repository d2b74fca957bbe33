"""Cross-examination on invented documents about wolves and a tramway, in French and in English."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import Assistant, sync
from rag.drill.drill import Drill
from rag.drill.forms import grade_as_json, grade_as_text, question_as_json, question_as_text
from rag.drill.leitner import State
from rag.drill.state import FILE, load_state, state_as_json, state_from_json, update
from rag.drill.types import KINDS, Question, overlap
from rag.errors import InputError, StoreError
from rag.quotes.quote import quotable_span
from tests.helpers.command import replique
from tests.helpers.drills import DECREE, LEAFLET, TRAM_AGAINST, TRAM_FOR, graded, hidden_in, index_of, keys


@pytest.fixture(scope="module")
def wolves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    index = index_of(tmp_path_factory.mktemp("wolves"), {"arrete.md": DECREE, "tract.md": LEAFLET})
    yield Drill(index)
    index.close()


@pytest.fixture(scope="module")
def tram(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    index = index_of(tmp_path_factory.mktemp("tram"), {"plan.md": TRAM_FOR, "letter.md": TRAM_AGAINST})
    yield Drill(index)
    index.close()


@pytest.fixture(scope="module", params=["wolves", "tram"])
def drill(request: pytest.FixtureRequest) -> Drill:
    found: Drill = request.getfixturevalue(request.param)
    return found


def asked(drill: Drill, kind: str, words: str, part: str = "", side: str = "") -> Question:
    """The question of a kind that is made of the sentence with some words, found by its id."""
    snapshot = drill.index.snapshot()
    number = next(n for n in range(len(snapshot.infos)) if words in snapshot.source(n).text)
    text = snapshot.source(number).text
    row = snapshot.row_at("sentence", number, text.index(words))
    start, end = quotable_span(text, *snapshot.span("sentence", row))
    pieces = [kind, snapshot.infos[number].sha256[:16], str(start), str(end)]
    if part:
        first = text.index(part, start, end)
        pieces += [str(first), str(end if kind == "complete" else first + len(part))]
    if side:
        pieces.append(hashlib.sha256(side.encode()).hexdigest()[:8])
    return drill.question("-".join(pieces))


def test_every_kind_is_asked_and_every_question_is_sound(drill: Drill) -> None:
    assistant = Assistant(drill.index)
    questions = drill.quiz.questions(40)
    assert {question.kind for question in questions} >= set(KINDS) - {"about", "asked"}
    assert len({question.id for question in questions}) == len(questions)
    snapshot = drill.index.snapshot()
    texts = {info.sha256: snapshot.source(n).text for n, info in enumerate(snapshot.infos)}
    for question in questions:
        text = texts[question.source.sha256]
        assert all(text[piece.start : piece.end] == piece.text for piece in question.shown)
        assert all(texts[q.source.sha256][q.start : q.end] == q.text for q in question.expected)
        sources = [question.source.id] if question.kind not in ("who", "rebut") else []
        sides = [question.side] if question.side else []
        answer = assistant.ask(question.query, sources=sources, sides=sides)
        assert answer.answerable
        assert any(overlap(quote, gold) for quote in answer.quotes for gold in question.expected)
        assert drill.question(question.id) == question


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


def test_where_there_is_one_side_nobody_is_rebutted(tmp_path: Path) -> None:
    index = index_of(tmp_path, {"seul.md": DECREE.replace("side: Préfecture\n", "")})
    kinds = {question.kind for question in Drill(index).quiz.questions(20)}
    assert kinds
    assert not kinds & {"rebut", "who"}


def test_sources_that_give_no_question_say_so(tmp_path: Path) -> None:
    index = index_of(tmp_path, {"court.md": "Oui.\n"})
    with pytest.raises(InputError, match="give no question"):
        Drill(index).begin(State())


def test_a_measure_is_no_topic(tmp_path: Path) -> None:
    text = (
        "Le port a coûté trois millions d’euros, payés par les pêcheurs du golfe et leurs voisins.\n\n"
        "La digue du port a coûté deux millions d’euros, payés par les communes de la côte nord.\n"
    )
    questions = Drill(index_of(tmp_path, {"port.md": text})).quiz.questions(20)
    assert questions
    assert not any("millions" in question.topic for question in questions)


def test_a_gap_at_the_beginning(tmp_path: Path) -> None:
    text = "In 2031 the tramway will carry passengers between the old town and the university.\n"
    drill = Drill(index_of(tmp_path, {"plan.md": text, "letter.md": TRAM_AGAINST}))
    question = asked(drill, "blank", "2031", "2031")
    assert (question.gap, question.shown[0].text) == ("between", "In")
    other = Drill(index_of(tmp_path / "store", {"plan.md": text.replace("In 2031", "12 trams of")}))
    question = asked(other, "blank", "12 trams", "12")
    assert question.gap == "before"
    assert question_as_text(question).splitlines()[-1].startswith("> ____ trams of the tramway")


@pytest.mark.parametrize(
    ("hidden", "answer", "verdict"),
    [
        ("45", "45", "got"),
        ("45", "quarante-cinq jours", "got"),
        ("45", "forty-five", "got"),
        ("45", "54 jours", "missed"),
        ("45", "45 ou 60", "partly"),
        ("45", "je ne sais pas", "missed"),
        ("45", "", "missed"),
        ("1er juin 2025", "June 1, 2025", "got"),
        ("1er juin 2025", "en juin 2025", "partly"),
        ("1er juin 2025", "le 1er juillet 2025", "missed"),
        ("Jeanne Morel", "morel", "got"),
        ("Jeanne Morel", "Jeane Morrel", "got"),
        ("Jeanne Morel", "Jeanne", "partly"),
        ("Jeanne Morel", "Paul Durand", "missed"),
    ],
)
def test_a_hidden_fact(wolves: Drill, hidden: str, answer: str, verdict: str) -> None:
    question = asked(wolves, "blank", hidden, hidden)
    assert graded(wolves, question, answer).verdict == verdict


def test_numbers_in_english(tram: Drill) -> None:
    question = asked(tram, "blank", "24,000", "24,000")
    assert graded(tram, question, "twenty-four thousand").verdict == "got"
    assert graded(tram, question, "42,000").verdict == "missed"


def test_the_rest_of_a_sentence(wolves: Drill) -> None:
    question = asked(wolves, "complete", "lorsque deux attaques", "lorsque deux attaques")
    rest = hidden_in(question)
    assert graded(wolves, question, rest).verdict == "got"
    assert keys(graded(wolves, question, rest)) == {"verbatim"}
    changed = graded(wolves, question, rest.replace("deux", "trois"))
    assert changed.verdict != "got"
    assert "fact_changed" in keys(changed)
    assert graded(wolves, question, "la recette du gratin est simple").verdict == "missed"


def test_a_misquote_is_never_got(wolves: Drill) -> None:
    question = asked(wolves, "complete", "lorsque deux attaques", "lorsque deux attaques")
    grade = graded(wolves, question, f"« {hidden_in(question).replace('deux', 'trois')} »")
    assert grade.verdict != "got"
    assert "misquoted" in keys(grade)
    assert [found.verdict for found in grade.quotes] == ["altered"]


def test_a_denial_is_not_what_is_affirmed(wolves: Drill) -> None:
    question = asked(wolves, "complete", "paient seuls", "que les éleveurs")
    assert graded(wolves, question, "que les éleveurs paient tout seuls").verdict == "got"
    denied = graded(wolves, question, "que les éleveurs ne paient pas")
    assert denied.verdict != "got"
    assert "polarity" in keys(denied)


def test_an_answer_in_the_other_language_is_uncertain_or_got(tram: Drill) -> None:
    question = asked(tram, "complete", "it only moves", "it only moves")
    assert (
        graded(tram, question, "il déplace seulement les voitures dans les rues voisines").verdict != "missed"
    )
    assert graded(tram, question, "les poissons mangent des algues").verdict == "missed"


def test_what_a_source_says_about_a_topic(wolves: Drill) -> None:
    question = asked(wolves, "about", "peuvent être autorisés", "tirs de défense")
    for gold in question.expected:
        assert graded(wolves, question, gold.text).verdict == "got"
    assert graded(wolves, question, "ils sont financés par la vente de fromage").verdict == "missed"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [("Bergers", "got"), ("ce sont les bergers", "got"), ("le tract", "got"), ("la Préfecture", "missed")],
)
def test_who_says_it(wolves: Drill, answer: str, verdict: str) -> None:
    question = asked(wolves, "who", "coûtent 900 euros")
    assert graded(wolves, question, answer).verdict == verdict


def test_who_with_no_name_and_with_both(wolves: Drill) -> None:
    question = asked(wolves, "who", "coûtent 900 euros")
    assert keys(graded(wolves, question, "quelqu’un de fâché")) == {"no_speaker"}
    both = graded(wolves, question, "Bergers ou Préfecture")
    assert (both.verdict, both.certain) == ("partly", False)


def test_a_rebuttal_wants_a_quote_of_ones_own_side(wolves: Drill) -> None:
    question = asked(wolves, "rebut", "sera indemnisée par l’État", side="Bergers")
    own = "Aucune brebis tuée l’an dernier n’a été indemnisée par l’État"
    assert own in " ".join(quote.text for quote in question.expected)
    assert graded(wolves, question, f"Faux : « {own} »").verdict == "got"
    assert graded(wolves, question, own).verdict == "got"
    altered = graded(wolves, question, "« Une brebis tuée l’an dernier n’a pas été indemnisée par l’État »")
    assert altered.verdict != "got"
    assert "misquoted" in keys(altered)
    theirs = graded(wolves, question, "« Le loup est une espèce protégée »")
    assert (theirs.verdict, keys(theirs)) == ("missed", {"other_side"})
    said = graded(wolves, question, "les brebis mortes l’an dernier n’ont pas été indemnisées par l’État")
    assert (said.verdict, said.certain) == ("partly", False)
    short = graded(wolves, question, "« l’État »")
    assert short.verdict == "partly"


def test_an_answer_that_is_too_long_is_refused(wolves: Drill) -> None:
    question = wolves.quiz.questions(1)[0]
    with pytest.raises(InputError, match="4000 at most"):
        wolves.grade(question.id, "a" * 5000)


@cache
def some_questions(drill: Drill) -> list[Question]:
    return drill.quiz.questions(12)


@settings(max_examples=60)
@given(answer=st.text(max_size=120), number=st.integers(0, 11))
def test_any_answer_is_graded(wolves: Drill, answer: str, number: int) -> None:
    questions = some_questions(wolves)
    grade = wolves.grader.grade(questions[number % len(questions)], answer)
    assert grade.verdict in ("got", "partly", "missed")
    json.dumps(grade_as_json(grade))
    assert grade_as_text(grade)


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


def test_boxes() -> None:
    state = State().begun()
    state = state.answered("a", "got").answered("b", "missed").answered("c", "partly")
    assert {key: (card.box, card.due) for key, card in state.cards.items()} == {
        "a": (1, 2),
        "b": (1, 2),
        "c": (1, 2),
    }
    assert (state.current.points, state.current.share) == (1.5, 0.5)
    state = state.begun().answered("a", "got").answered("b", "got").answered("c", "partly")
    assert [state.cards[key].due for key in "abc"] == [4, 4, 3]
    state = state.begun().answered("a", "missed")
    assert (state.cards["a"].box, state.due()) == (1, ["c"])
    assert state.begun().due() == ["c", "a", "b"]


def test_a_verdict_is_overruled_once_and_in_its_own_session() -> None:
    state = State().begun().answered("a", "got").begun().answered("a", "missed")
    assert state.cards["a"].box == 1
    later = state.begun().answered("b", "got")
    for changed in (later.overruled("a"), later.overruled("a").overruled("a")):
        assert (changed.cards["a"].box, changed.cards["a"].got) == (2, 2)
        assert [session.marks for session in changed.sessions] == [{"a": "got"}, {"a": "got"}, {"b": "got"}]
    with pytest.raises(InputError, match="no answer"):
        state.overruled("z")


def test_a_session_without_an_answer_is_not_counted() -> None:
    assert State().begun().begun().begun().session == 1


marks = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["got", "partly", "missed", "begin"])))


@given(marks)
def test_a_state_survives_its_file(steps: list[tuple[str, str]]) -> None:
    state = State()
    for identifier, mark in steps:
        state = state.begun() if mark == "begin" else state.answered(identifier, mark)  # type: ignore[arg-type]
    assert state_from_json(json.loads(json.dumps(state_as_json(state)))) == state
    assert sum(state.boxes()) == len(state.cards)
    assert sorted([*state.due(), *state.resting()]) == sorted(state.cards)
    assert all(1 <= card.box <= 5 and card.got <= card.answers for card in state.cards.values())


def test_weak_points_come_back_first(wolves: Drill) -> None:
    first = wolves.begin(State(), count=4, seed=1)
    state = first.state
    for number, question in enumerate(first.questions):
        state = state.answered(question.id, "missed" if number < 2 else "got")
    state = state.answered(first.questions[2].id, "got").answered(first.questions[3].id, "got")
    second = wolves.begin(state, count=4, seed=2)
    assert second.again == 2
    assert {q.id for q in second.questions[:2]} == {q.id for q in first.questions[:2]}
    assert not {q.id for q in second.questions[2:]} & set(state.cards)


def test_a_changed_source_drops_its_cards(tmp_path: Path) -> None:
    index = index_of(tmp_path, {"arrete.md": DECREE, "tract.md": LEAFLET})
    drill = Drill(index)
    begun = drill.begin(State(), count=12)
    state = begun.state
    for question in begun.questions:
        state = state.answered(question.id, "missed")
    of_leaflet = {q.id for q in begun.questions if q.source.id == "tract"}
    assert 0 < len(of_leaflet) < len(state.cards)
    (tmp_path / "docs/tract.md").write_text(LEAFLET.replace("900", "950"), encoding="utf-8")
    sync(index)
    assert set(drill.kept(state).cards) == set(state.cards) - of_leaflet
    with pytest.raises(InputError, match="its source has changed"):
        drill.grade(next(iter(of_leaflet)), "oui")


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b'{"format": "replique-drill", "version": 9}'])
def test_a_damaged_file_is_said_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(StoreError, match="move it away"):
        load_state(tmp_path)
    with pytest.raises(StoreError):
        update(tmp_path, State.begun)
    assert (tmp_path / FILE).read_bytes() == content


@pytest.mark.parametrize(
    "change", [{"session": "x"}, {"session": -1}, {"sessions": 3}, {"box": 9}, {"before": -9}]
)
def test_a_file_with_wrong_fields_is_damaged(change: dict[str, object]) -> None:
    data = {**state_as_json(State().answered("a", "got")), **change}
    data["cards"]["a"] |= change
    with pytest.raises(StoreError, match="damaged"):
        state_from_json(data)


@pytest.fixture
def located(tmp_path: Path) -> list[str]:
    index_of(tmp_path, {"arrete.md": DECREE, "tract.md": LEAFLET}).close()
    return ["--corpus", str(tmp_path / "docs"), "--store", str(tmp_path / "store")]


def told(*arguments: str, stdin: str = "") -> dict[str, object]:
    done = replique("drill", *arguments, "--json", stdin=stdin)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_steps_of_a_script(located: list[str]) -> None:
    begun = told("--questions", "5", "--seed", "3", *located)
    assert begun == told("--questions", "5", "--seed", "3", *located)
    questions = begun["questions"]
    assert isinstance(questions, list)
    assert len(questions) == 5
    identifier = questions[0]["id"]
    missed = told("--answer", identifier, "je ne sais pas", *located)
    assert (missed["verdict"], missed["certain"]) == ("missed", True)
    assert missed["expected"]
    score = told("--overrule", identifier, *located)
    assert (score["points"], score["answered"], score["weak"]) == (1, 1, [])
    assert told("--score", *located) == score
    piped = told("--answer", identifier, "-", *located, stdin="aucune idée\n")
    assert piped["verdict"] == "missed"
    assert told("--score", *located)["weak"] == [identifier]


def test_questions_and_grades_as_text(located: list[str]) -> None:
    done = replique("drill", "--questions", "4", "--lang", "en", *located)
    assert done.returncode == 0
    assert done.stdout.count("# ") == 4
    identifier = done.stdout.split("\n")[0][2:]
    graded = replique("drill", "--answer", identifier, "no idea", "--lang", "en", *located)
    assert "That is not it." in graded.stdout
    assert "Session 1: 0 of 1 (0%)." in replique("drill", "--score", "--lang", "en", *located).stdout


@pytest.mark.parametrize(
    "wrong",
    [
        ["--questions", "0"],
        ["--questions", "2", "--score"],
        ["--side", "Personne"],
        ["--answer", "rien", "rien"],
        ["--overrule", "rien"],
        ["--score", "--seed", "2"],
    ],
)
def test_bad_usage(located: list[str], wrong: list[str]) -> None:
    done = replique("drill", *wrong, *located)
    assert done.returncode == 2
    assert done.stdout == ""


def test_a_session_on_a_terminal(located: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The user misses the first question and overrules it, misses the second, then goes."""
    import rag.cli.drill

    lines = iter(["", "o", "", ""])

    def typed(console: object, prompt: str) -> str:
        line = next(lines, None)
        if line is None:
            raise EOFError
        return line

    monkeypatch.setattr(rag.cli.drill, "_typed", typed)
    monkeypatch.setattr(rag.cli.drill, "_on_terminal", lambda: True)
    done = replique("drill", "--seed", "1", *located)
    assert done.returncode == 0
    assert "Question 3 sur " in done.stdout
    assert "Séance 1\u00a0: 1 sur 2 (50\u00a0%)." in done.stdout
