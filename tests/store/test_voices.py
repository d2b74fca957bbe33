"""Who speaks in the sources: numbers of voices, their sides, their rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.store.voices import given_side, spoken_in
from tests.helpers.indexes import made
from tests.helpers.transcripts import SIDED, debate


def test_those_who_speak_are_voices_with_the_sides_that_the_keeper_gave_them(tmp_path: Path) -> None:
    snapshot = debate(tmp_path).snapshot()
    told = [(voice.id, voice.speaker, voice.side) for voice in snapshot.heard.voices if voice.speaker]
    assert told == [("debat", "M. Costa", "Contre"), ("debat", "Mme Ferrand", "Pour")]
    assert snapshot.sides == ["Contre", "Pour", "Riverains"]
    assert [[(one.name, one.side, one.sentences) for one in own] for own in spoken_in(snapshot)] == [
        [("M. Costa", "Contre", 6), ("Mme Ferrand", "Pour", 6)], [],
    ]  # fmt: skip
    for level in ("sentence", "passage"):
        rows = snapshot.heard.rows_of(level, snapshot.heard.of_side("Contre")).nonzero()[0].tolist()
        own = " ".join(snapshot.text_of(level, row) for row in rows)
        assert "moratoire" in own and "prolonger" not in own


def test_where_nobody_is_named_each_source_is_one_voice_of_its_number(tmp_path: Path) -> None:
    snapshot = made(tmp_path).snapshot()
    assert [(voice.number, voice.id, voice.side) for voice in snapshot.heard.voices] == [
        (number, info.id, info.side) for number, info in enumerate(snapshot.infos)
    ]
    assert snapshot.heard.said_by.tolist() == snapshot.sentences["source"].tolist()


def test_who_never_speaks_has_no_side(tmp_path: Path) -> None:
    snapshot = debate(tmp_path, SIDED.replace("Jean Costa", "M. Durand")).snapshot()
    assert snapshot.sides == ["Pour", "Riverains"]


@pytest.mark.parametrize(
    ("name", "side"),
    [("M. Costa", "A"), ("Jean Costa", "A"), ("COSTA", "A"), ("Mme Costa", ""), ("Mme Ferrand", "B"),
     ("M. Martin", ""), ("Mme Roux", "")],
)  # fmt: skip
def test_a_side_is_found_under_any_name_of_one_speaker(name: str, side: str) -> None:
    given = (("M. Costa", "A"), ("Claire Ferrand", "B"), ("Paul Martin", "A"), ("M. Martin", "B"))
    assert given_side(name, given[:3] if name == "Mme Roux" else given) == (
        "B" if name == "M. Martin" else side
    )
