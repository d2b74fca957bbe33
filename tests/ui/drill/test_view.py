"""The view in which a debater trains: its HTML, and what the page asks of the server for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.drill.drill import Drill
from rag.drill.grade.types import Grade, Reason
from rag.drill.leitner import State
from rag.drill.state import state_as_json
from rag.drill.types import Question
from rag.settings import load_settings
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.types import Language
from rag.ui.drill import view as drill_view
from rag.ui.drill.calls import DrillCalls
from rag.ui.html import escape
from rag.verify.types import Verification
from tests.helpers.debates import DECREE, LEAFLET
from tests.helpers.pages import OURS, TRICKS, make_quote, make_source, read

LANGUAGES: tuple[Language, ...] = ("fr", "en")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("wolves")
    (folder / "docs").mkdir()
    (folder / "docs/arrete.md").write_text(DECREE, encoding="utf-8")
    (folder / "docs/tract.md").write_text(LEAFLET, encoding="utf-8")
    index = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
    sync(index)
    yield index
    index.close()


def call(index: Index, name: str, **asked: object) -> dict[str, Any]:
    by_name = {function.__name__: function for function in DrillCalls(Tools(Assistant(index))).functions()}
    result: dict[str, Any] = by_name[name]({"lang": "fr", **asked})
    return result


def ids(html: str) -> list[str]:
    return re.findall(' data-id="([^"]*)"', html)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_grade_shows_all_it_is_made_of_and_brings_no_tags(lang: Language) -> None:
    source = make_source(TRICKS * 3, title=TRICKS, side=TRICKS)
    quotes = tuple(make_quote(source, n, n + len(TRICKS)) for n in (0, 7))
    question = Question(
        id=TRICKS, kind="complete", lang=lang, prompt=TRICKS, shown=quotes[:1], hidden=None, topic=TRICKS,
        source=source.info, side=TRICKS, expected=quotes, query=TRICKS,
    )  # fmt: skip
    quoted = Verification(TRICKS, "absent", 0.0, near=quotes)
    grade = Grade(question, TRICKS, "missed", False, (Reason("fact_missing", TRICKS),), (), (quoted,), best=1)
    page = read([drill_view.graded(grade, {TRICKS: "side-0"}, lang)])
    assert page.tags <= OURS | {"h5"}
    assert page.texts["quote-text"] == [quotes[1].text, quotes[0].text], "the nearest passage first"
    assert TRICKS in page.texts["effects"][0]
    assert page.texts["claimed"][0].endswith(TRICKS)


@pytest.mark.parametrize("seed", range(3))
def test_a_question_never_tells_its_answer(index: Index, seed: int) -> None:
    begun = Drill(index).begin(State(), 20, seed=seed)
    assert begun.questions
    html = drill_view.begun_html(begun, "fr")
    asked = html.split("<article")[1:]
    assert len(asked) == len(begun.questions)
    for question, article in zip(begun.questions, asked, strict=True):
        if question.kind == "who":
            assert question.source.title not in article
        if question.gap is not None:
            assert 'class="gap"' in article
            hidden = question.expected[0]
            for start, end in hidden.highlights or ((hidden.start, hidden.end),):
                words = hidden.text[start - hidden.start : end - hidden.start]
                assert escape(words) not in " ".join(re.findall('<span class="piece">(.*?)</span>', article))


def test_what_was_asked_is_scored_and_comes_back(index: Index) -> None:
    begun = call(index, "drill", state=None, count="5", side="")
    first, second = ids(begun["html"])[:2]
    missed = call(index, "drill_grade", state=begun["state"], id=first, answer="")
    assert missed["verdict"] == "missed"
    assert "Pas de réponse" in missed["html"]
    both = call(index, "drill_grade", state=missed["state"], id=second, answer="")
    assert "0 sur 2" in both["score"]
    had = call(index, "drill_overrule", state=both["state"], id=second)
    assert "1 sur 2" in had["score"]
    again = call(index, "drill", state=had["state"], count="5", side="")
    assert set(ids(again["html"])[:2]) == {first, second}
    assert "dont 2 déjà" in again["said"]


def test_a_side_can_be_played_and_a_state_that_cannot_be_read_begins_anew(index: Index) -> None:
    for state in ("…", {"format": "replique-drill", "version": 1, "cards": 3}, None, state_as_json(State())):
        begun = call(index, "drill", state=state, count="5", side="=Bergers")
        assert begun["state"]["session"] == 1
        assert ids(begun["html"])


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("drill", {"count": "x"}, "nombre"),
        ("drill", {"count": "0"}, "1 à 100"),
        ("drill", {"count": "5", "side": "=Martiens"}, "Martiens"),
        ("drill_grade", {"id": "rien", "answer": "x"}, "question"),
        ("drill_overrule", {"id": "rien"}, "réponse"),
    ],
)
def test_what_cannot_be_is_said(index: Index, name: str, asked: dict[str, Any], said: str) -> None:
    error = read([call(index, name, **asked)["error"]]).texts["error"][0]
    assert said in error
    assert not re.search(r"\b(the|choose)\b", error), "in French"
