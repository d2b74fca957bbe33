"""Quotes checked against who says them in a transcript."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import InputError
from rag.verify.forms import verification_as_json, verification_as_text
from rag.verify.verifier import Verifier
from tests.helpers.transcripts import debate


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Verifier:
    return Verifier(debate(Path(tmp_path_factory.mktemp("voices"))))


@pytest.mark.parametrize(
    ("claim", "verdict", "by"),
    [
        ("Mme Ferrand dit : « Les rails abîment les pavés de la vieille ville »", "contradicted", "M. Costa"),
        ("M. Costa dit : « Les rails abîment les pavés de la vieille ville »", "confirmed", ""),
        ("Selon Jean Costa, « les rails abîment les pavés de la vieille ville »", "confirmed", ""),
        ("Le préfet dit : « Les rails abîment les pavés de la vieille ville »", "unchecked", ""),
    ],
)
def test_who_is_named_is_compared_with_who_speaks(
    verifier: Verifier, claim: str, verdict: str, by: str
) -> None:
    found = verifier.verify(claim)
    assert (found.verdict, found.pieces[0].speaker) == ("exact", "M. Costa")
    assert found.attribution is not None and found.attribution.speaker is not None
    assert (found.attribution.speaker.verdict, found.attribution.speaker.by) == (verdict, by)


def test_exact_words_of_another_are_said_to_be_so(verifier: Verifier) -> None:
    found = verifier.verify("Les rails abîment les pavés", "Mme Ferrand")
    assert "mots exacts, mais dits par M. Costa" in verification_as_text(found, "fr")
    assert "words exact, but said by M. Costa" in verification_as_text(found, "en")
    told = verification_as_json(found, "fr")
    assert told["pieces"][0]["speaker"] == "M. Costa"
    assert (told["attribution"]["holds"], told["attribution"]["speaker"]["by"]) == (False, "M. Costa")


def test_words_of_several_are_those_of_who_is_named(verifier: Verifier) -> None:
    for named in ("Mme Ferrand", "M. Costa"):
        found = verifier.verify("pendant la nuit", named)
        assert found.pieces[0].speaker == named
        assert found.attribution and found.attribution.speaker
        assert found.attribution.speaker.verdict == "confirmed"


def test_a_side_of_a_transcript_has_the_words_of_its_speaker_alone(verifier: Verifier) -> None:
    assert verifier.verify("Les rails abîment les pavés", "Contre").verdict == "exact"
    assert verifier.verify("Les rails abîment les pavés", "Pour").verdict == "misattributed"


def test_who_is_nowhere_is_told_with_those_who_speak(verifier: Verifier) -> None:
    with pytest.raises(InputError, match="Mme Ferrand"):
        verifier.verify("Les rails abîment les pavés", "Mme Durand")
