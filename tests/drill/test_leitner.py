"""Boxes of questions to go over again, and the file that keeps them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.drill.leitner import State
from rag.drill.state import FILE, load_state, state_as_json, state_from_json, update
from rag.errors import InputError, StoreError


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
