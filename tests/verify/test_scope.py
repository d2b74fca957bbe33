"""Quotes are looked for among those who are chosen alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import InputError
from rag.search import Scope
from rag.verify.forms import verification_as_text
from rag.verify.types import Verification
from rag.verify.verifier import Verifier
from tests.helpers.transcripts import debate

RAILS = "Les rails abîment les pavés de la vieille ville"


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Verifier:
    return Verifier(debate(Path(tmp_path_factory.mktemp("scope"))))


def speakers(found: Verification) -> set[str | None]:
    return {quote.speaker for quote in (*found.pieces, *found.near)}


def test_exact_words_of_others_are_absent(verifier: Verifier) -> None:
    assert verifier.verify(RAILS, scope=Scope(speakers=["Costa"])).verdict == "exact"
    found = verifier.verify(RAILS, scope=Scope(speakers=["Ferrand"]))
    assert found.verdict == "absent"
    assert speakers(found) == {"Mme Ferrand"}
    assert "dans les sources où l’on a cherché" in verification_as_text(found, "fr")
    assert verifier.verify(RAILS, scope=Scope(sources=["lettre"])).verdict == "absent"


def test_changed_words_are_those_of_who_is_chosen(verifier: Verifier) -> None:
    """Two speakers of one transcript end with the same words: the altered quote is not told from both."""
    changed = "Les bus hurlent pendant la nuit"
    for name in ("M. Costa", "Mme Ferrand"):
        found = verifier.verify(changed, scope=Scope(speakers=[name]))
        assert speakers(found) <= {name}
    assert verifier.verify("Le tramway coûte moins que le bus", scope=Scope(speakers=["Costa"])).pieces == ()


def test_what_is_attributed_to_somebody_else_is_said_to_be_left_out(verifier: Verifier) -> None:
    with pytest.raises(InputError, match="not among the sources chosen"):
        verifier.verify(RAILS, "M. Costa", scope=Scope(sources=["lettre"]))
    assert verifier.verify(RAILS, "M. Costa", scope=Scope(sides=["Contre"])).verdict == "exact"
    with pytest.raises(InputError, match="no source has the side"):
        verifier.verify(RAILS, scope=Scope(sides=["Personne"]))


def test_speeches_are_checked_among_them(verifier: Verifier) -> None:
    ((_, found),) = verifier.speech(f"On a dit : « {RAILS} ».", scope=Scope(speakers=["Ferrand"]))
    assert (found.verdict, found.in_part) == ("absent", True)
    ((_, whole),) = verifier.speech(f"On a dit : « {RAILS} ».")
    assert (whole.verdict, whole.in_part) == ("exact", False)


def test_the_substance_is_of_them(verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.helpers.judges import judged_by

    judged_by(monkeypatch, {"": {"coûte": ("supported", 0.9)}})
    found = verifier.verify("Le tram vaut de l’or.", meaning=True, scope=Scope(speakers=["Costa"]))
    assert found.meaning is not None
    assert {said.quote.speaker for said in found.meaning.quotes} == {"M. Costa"}
