"""Answers from a transcript: who speaks is asked alone, named with every quote, and heard as a party."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answer.assistant import Assistant
from rag.answer.forms import answer_as_json, markdown
from rag.types import Answer, Prose
from tests.helpers.transcripts import UNSIDED, debate


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(debate(Path(tmp_path_factory.mktemp("voices"))))


def speakers(answer: Answer) -> set[str | None]:
    return {quote.speaker for quote in answer.quotes}


def test_a_voice_that_the_question_names_is_asked_alone(assistant: Assistant) -> None:
    answer = assistant.ask("Que propose M. Costa pour le tramway ?")
    assert speakers(answer) == {"M. Costa"}
    assert "Selon M. Costa (« Débat du 12 mai », Contre), § " in markdown(answer).replace("\u00a0", " ")
    assert answer_as_json(answer)["quotes"][0]["speaker"] == "M. Costa"
    last = answer.blocks[-1]
    assert isinstance(last, Prose) and "M. Costa" in last.text and "Ferrand" not in last.text
    assert speakers(assistant.ask("Que propose-t-on pour le tramway ?", speakers=["Ferrand"])) == {
        "Mme Ferrand"
    }


def test_both_sides_of_a_transcript_are_heard(assistant: Assistant) -> None:
    answer = assistant.ask("Compare les positions sur le tramway")
    assert {"Contre", "Pour"} <= set(answer.sides)
    assert all(quote.source.side == "Contre" for quote in answer.quotes if quote.speaker == "M. Costa")
    assert not {"Contre", "Pour"} & set(answer.silent_sides)


def test_words_of_two_who_speak_are_never_one_quote(assistant: Assistant) -> None:
    answer = assistant.ask("Que font les bus pendant la nuit ?")
    assert answer.quotes
    for quote in (*answer.quotes, *answer.near):
        assert not ("suffisent" in quote.text and "fument" in quote.text)
        assert "FERRAND" not in quote.text and "COSTA" not in quote.text


def test_without_sides_those_who_speak_are_the_parties(tmp_path: Path) -> None:
    answer = Assistant(debate(tmp_path, UNSIDED)).ask("Que propose-t-on pour le tramway ?", sources=["debat"])
    assert speakers(answer) == {"M. Costa", "Mme Ferrand"}
    headings = [block.text for block in answer.blocks if isinstance(block, Prose) and block.heading]
    assert headings and all(heading.endswith("ses mots") for heading in headings)
