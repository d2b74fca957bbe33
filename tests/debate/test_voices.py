"""One transcript with two sides, face to face and in a rebuttal."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.debate.debate import Debate
from rag.debate.echoes import echoes_of
from rag.debate.sides import Sides
from tests.helpers.indexes import made
from tests.helpers.judges import judged_by
from tests.helpers.transcripts import SIDED

ECHO = "\nMme FERRAND : Vous avez dit « un moratoire sur le tramway » : la ville n’en veut pas.\n"


@pytest.fixture(scope="module")
def debate(tmp_path_factory: pytest.TempPathFactory) -> Debate:
    return Debate(made(Path(tmp_path_factory.mktemp("voices")), {"debat.md": SIDED + ECHO}))


def test_each_side_says_what_its_speaker_does(debate: Debate, monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(
        monkeypatch,
        {"tramway": {"trop cher": ("contradicted", 0.9), "moins que le métro": ("supported", 0.9)}},
    )
    cells = debate.face("Le tramway est bon marché").points[0].cells
    assert [reply.quote.speaker for reply in cells["Contre"].against] == ["M. Costa"]
    assert [reply.quote.speaker for reply in cells["Pour"].supports] == ["Mme Ferrand"]
    found = debate.rebut("Le tramway est bon marché", "Pour")
    assert [(reply.quote.speaker, reply.quote.source.side) for reply in found.against] == [
        ("M. Costa", "Contre")
    ]
    assert {reply.quote.speaker for reply in found.supports} == {"Mme Ferrand"}


def test_words_of_one_who_speaks_are_found_with_the_other(debate: Debate) -> None:
    sides = Sides(debate.index, debate.index.snapshot())
    (echo,) = echoes_of(sides, "")
    assert (echo.quote.speaker, echo.found.verdict) == ("Mme Ferrand", "exact")
    assert {piece.speaker for piece in echo.found.pieces} == {"M. Costa"}
