"""What the page shows of what the sources say in substance, apart from the verdict on the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from rag import Assistant
from rag.api.tools import Tools
from rag.catalogue import say
from rag.types import Language
from rag.ui.verify import view
from rag.ui.verify.calls import VerifyCalls
from rag.verify.types import Attribution, Effect, Meaning, Said, Speaker, Verification
from tests.helpers.judge import fake_judge
from tests.helpers.judges import taken_at_its_word
from tests.helpers.pages import OURS, TRICKS, make_quote, make_source, read

LANGUAGES: tuple[Language, ...] = ("fr", "en")
SOURCE = make_source(TRICKS * 4, title=TRICKS, note=TRICKS, side=TRICKS)
QUOTE = make_quote(SOURCE, len(TRICKS), 2 * len(TRICKS))


def checked(*said: Said, verdict: Any = "opposite", certain: bool = True) -> Verification:
    return Verification(TRICKS, "absent", 0.1, near=(QUOTE,), meaning=Meaning(verdict, certain, said))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("relation", ["opposite", "weaker", "same", "translation"])
def test_what_is_said_in_substance_stands_under_a_heading_of_its_own(relation: Any, lang: Language) -> None:
    found = checked(Said(relation, 0.9, QUOTE), verdict=relation)
    html = view.verified([(None, found)], {TRICKS: "side-0"}, lang)
    page = read([html])
    assert page.tags <= OURS
    assert page.texts["quote-text"] == [QUOTE.text]
    assert page.texts["relation"] == [say(f"said_{relation}", lang)]
    (substance,) = re.findall('<section class="in-substance">.*?</section>', html, re.DOTALL)
    assert say("in_substance", lang) in substance
    assert "verdict" not in substance
    assert "exact" not in substance.lower()
    assert html.count("check-absent") == 1
    assert "near-text" not in page.texts, "what is nearer in substance is shown instead"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_that_differ_are_named(lang: Language) -> None:
    effect = Effect("number", "changed", "412", TRICKS)
    page = read([view.verified([(None, checked(Said("opposite", 0.9, QUOTE, (effect,))))], {}, lang)])
    assert page.tags <= OURS
    (relation,) = page.texts["relation"]
    assert relation.startswith(say("said_other", lang))
    assert "412" in relation
    assert TRICKS in relation


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("certain", [True, False])
def test_where_nothing_is_said_the_nearest_passages_are_shown(certain: bool, lang: Language) -> None:
    page = read([view.verified([(None, checked(verdict="unsaid", certain=certain))], {}, lang)])
    (said,) = page.texts["in-substance"]
    assert say("meaning_unsaid", lang) in said
    assert (say("meaning_uncertain", lang) in said) is not certain
    assert page.texts["near-text"] == [QUOTE.text]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verdict", ["confirmed", "contradicted", "unchecked"])
def test_whether_the_named_speaker_says_the_words_stands_beside_the_verdict(
    verdict: Any, lang: Language
) -> None:
    speaker = Speaker(verdict, () if verdict == "unchecked" else (QUOTE,))
    found = Verification(TRICKS, "exact", 1.0, attribution=Attribution(TRICKS, (), None, speaker))
    html = view.verified([(None, found)], {TRICKS: "side-0"}, lang)
    page = read([html])
    assert page.tags <= OURS
    assert page.texts["attribution"] == [say(f"speaker_{verdict}", lang, name=TRICKS)]
    assert page.texts.get("quote-text", []) == [quote.text for quote in speaker.quotes]
    assert say("verdict_exact", lang) in html


@pytest.fixture
def calls(shipped: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[VerifyCalls]:
    text = "La France n’agit pas pour la paix et certainement pas pour soutenir les Ukrainiens."
    judge = fake_judge({text: (0.02, 0.9, 0.04, 0.04)})
    monkeypatch.setattr("rag.search.judged.load_judge", lambda: judge)
    taken_at_its_word(monkeypatch)
    yield VerifyCalls(Tools(shipped))


@pytest.mark.parametrize(("kind", "count"), [("quote", 1), ("speech", 0), ("sentences", 1)])
def test_the_page_looks_for_the_substance_of_what_it_checks(
    calls: VerifyCalls, kind: str, count: int
) -> None:
    text = "Paris est un artisan de la paix."
    html = calls.verify({"lang": "fr", "text": text, "kind": kind})["html"]
    assert html.count('class="in-substance"') == count
    assert html.count("n’agit pas pour la paix") == count
