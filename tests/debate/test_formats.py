"""The formats of debates: what the timer counts."""

from __future__ import annotations

import pytest

from rag.debate.formats import FORMATS, formats_as_json
from rag.types import Language


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_part_has_a_name_and_a_time_in_both_languages(lang: Language) -> None:
    found = formats_as_json(lang)
    assert [each["name"] for each in found] == ["free", "british", "lincoln-douglas", "policy", "french"]
    for each in found:
        assert each["title"]
        assert all(slot["title"] and slot["seconds"] > 2 * slot["protected"] for slot in each["slots"])
        assert all(pot["title"] and pot["seconds"] > 0 for pot in each["preparation"])


def test_the_usual_times() -> None:
    times = {each.name: [slot.minutes for slot in each.slots] for each in FORMATS}
    assert times["british"] == [7] * 8
    assert times["lincoln-douglas"] == [6, 3, 7, 3, 4, 6, 3]
    assert times["policy"] == [8, 3, 8, 3, 8, 3, 8, 3, 5, 5, 5, 5]
    british = next(each for each in FORMATS if each.name == "british")
    assert {slot.protected for slot in british.slots} == {1}
    policy = next(each for each in FORMATS if each.name == "policy")
    assert [slot.kind for slot in policy.slots[:2]] == ["speech", "questions"]
