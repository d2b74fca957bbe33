"""Face to face and rebuttals hear only those who are chosen, and say so where too few are left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.debate.debate import Debate
from rag.debate.face_to_face import Face
from rag.debate.forms import rebuttal_as_json, rebuttal_as_text
from rag.errors import InputError, UnknownSource
from rag.search import Scope
from tests.helpers.indexes import made
from tests.helpers.judges import judged_by
from tests.helpers.transcripts import SIDED

DOCUMENTS = {
    "Pour/mairie.txt": "Le tramway réduira le bruit dans toute la ville. Il passe souvent.\n",
    "Pour/usagers.txt": "Le tramway réduira le bruit près des écoles. Les bus sont pleins dès sept heures.\n",
    "Contre/commerces.txt": "Le tramway ne réduira pas le bruit du chantier. « Le bruit » durera six ans.\n",
    "debat.md": SIDED,
}
CLAIM = "Le tramway réduira le bruit."


@pytest.fixture(scope="module")
def debate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Debate]:
    index = made(tmp_path_factory.mktemp("scope"), DOCUMENTS)
    yield Debate(index)
    index.close()


@pytest.fixture(autouse=True)
def judge(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {
        "dans toute la ville": ("supported", 0.9),
        "près des écoles": ("supported", 0.9),
        "ne réduira pas": ("contradicted", 0.9),
        "coûte trop cher": ("contradicted", 0.9),
        "coûte moins": ("supported", 0.9),
    }
    judged_by(monkeypatch, {"": told})  # type: ignore[dict-item]


def sources_of(face: Face) -> set[str]:
    cells = [cell for point in face.points for cell in point.cells.values()]
    replies = [reply.quote for cell in cells for reply in (*cell.supports, *cell.against)]
    said = [quote for cell in cells for quote in cell.says]
    echoed = [quote for echo in face.echoes for quote in (echo.quote, *echo.found.pieces, *echo.found.near)]
    stated = [point.stated for point in face.points if point.stated]
    return {quote.source.id for quote in (*replies, *said, *echoed, *stated)}


def test_face_hears_only_those_chosen(debate: Debate) -> None:
    assert {"mairie", "usagers", "commerces"} <= sources_of(debate.face(CLAIM))
    chosen = Scope(sources=["mairie", "commerces"])
    for motion in (CLAIM, ""):
        face = debate.face(motion, echoes=True, scope=chosen)
        assert face.sides == ("Contre", "Pour")
        assert sources_of(face) == {"mairie", "commerces"}, motion
    voices = debate.face("Le tramway coûte trop cher", scope=Scope(speakers=["Costa", "Ferrand"]))
    assert sources_of(voices) == {"debat"}


def test_fewer_than_two_sides_are_no_face_to_face(debate: Debate) -> None:
    with pytest.raises(InputError, match=r"fewer than two sides speak \(1: Pour\)") as error:
        debate.face(CLAIM, scope=Scope(sides=["Pour"]))
    assert "parmi les sources choisies" in error.value.in_words("fr")
    with pytest.raises(InputError, match="nobody is of"):
        debate.face(CLAIM, scope=Scope(sides=["Pour"], sources=["commerces"]))
    with pytest.raises(UnknownSource):
        debate.face(CLAIM, scope=Scope(sources=["gone"]))


def test_rebuttals_are_of_those_chosen(debate: Debate) -> None:
    found = debate.rebut(CLAIM, "Contre", scope=Scope(sources=["usagers"]))
    assert {reply.quote.source.id for reply in found.supports} == {"usagers"}
    assert (found.against, found.among, found.is_only_own) == ((), ("Pour",), False)
    found = debate.rebut(CLAIM, "Pour", scope=Scope(sides=["Contre"]))
    assert {reply.quote.source.side for reply in found.against} == {"Contre"}
    assert found.supports == ()


def test_it_is_said_that_nobody_else_was_heard(debate: Debate) -> None:
    found = debate.rebut(CLAIM, "Pour", scope=Scope(sides=["Pour"]))
    assert found.is_only_own
    assert "seul le côté Pour parle" in rebuttal_as_text(found)
    assert rebuttal_as_json(found)["among_sides"] == ["Pour"]
    assert "seul le côté" not in rebuttal_as_text(debate.rebut(CLAIM, "Pour"))


def test_few_sides_in_all_are_another_matter(tmp_path: Path) -> None:
    alone = Debate(made(tmp_path, {"Pour/mairie.txt": DOCUMENTS["Pour/mairie.txt"]}))
    with pytest.raises(InputError, match="whose voice each is"):
        alone.face(CLAIM, scope=Scope(sides=["Pour"]))


def test_a_speech_is_answered_by_those_chosen(debate: Debate) -> None:
    found = debate.counter_sentence(CLAIM)
    assert {"mairie", "usagers"} <= {reply.quote.source.id for reply in found.supports}
    chosen = Scope(sources=["usagers"])
    (found,) = debate.counter(CLAIM, "Contre", scope=chosen).sentences
    assert {reply.quote.source.id for reply in found.supports} == {"usagers"}
    assert found.against == (), "the speech's own side need not be among them"
    voice = debate.counter_sentence(
        "Le tramway coûte trop cher à la ville.", scope=Scope(speakers=["Ferrand"])
    )
    assert {reply.quote.speaker for reply in (*voice.against, *voice.supports)} == {"Mme Ferrand"}
    with pytest.raises(InputError, match="nobody is of"):
        debate.counter(CLAIM, scope=Scope(sides=["Pour"], sources=["commerces"]))


def test_what_a_speech_quotes_is_looked_for_at_those_chosen(debate: Debate) -> None:
    quoted = "On lit : « Le tramway réduira le bruit près des écoles »."
    verdicts = {
        source: debate.counter_sentence(quoted, scope=Scope(sources=[source])).checks[0][1].verdict
        for source in ("usagers", "commerces")
    }
    assert verdicts["usagers"] == "exact" and verdicts["commerces"] != "exact"
    reported = "Mme Ferrand dit que le tramway coûte moins que le métro."
    assert debate.counter_sentence(reported, scope=Scope(speakers=["Ferrand"])).told is not None
    assert debate.counter_sentence(reported, scope=Scope(sources=["usagers"])).told is None
