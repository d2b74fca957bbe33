from __future__ import annotations

from pathlib import Path

import pytest

from rag import Assistant, Index, load_settings, sync
from rag.answer.suggest import follow_ups, openers, phrases

QUESTIONS = [
    "Quelles mesures sont prévues pour une paix durable ?",
    "Quel soutien à l’armée ukrainienne ?",
    "Who will lead the ceasefire monitoring?",
    "Quelle est la recette de la tarte aux pommes ?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_suggested_is_answered_with_something_new(shipped: Assistant, question: str) -> None:
    answer = shipped.ask(question)
    suggested = follow_ups(shipped, answer)
    assert suggested
    assert len(set(suggested)) == len(suggested) <= 3
    shown = {(quote.source.id, quote.start) for quote in answer.quotes}
    for each in suggested:
        other = shipped.ask(each, lang=answer.lang)
        assert other.answerable
        assert any((quote.source.id, quote.start) not in shown for quote in other.quotes)


def test_a_topic_stands_in_a_source_as_it_is(shipped: Assistant) -> None:
    snapshot = shipped.index.snapshot()
    texts = [snapshot.source(number).text for number in range(len(snapshot.infos))]
    for question in openers(shipped, "fr"):
        topic = question.split("«\u00a0")[1].split("\u00a0»")[0]
        assert any(text.count(topic) for text in texts), topic


def test_topics_begin_and_end_with_words_that_mean_something() -> None:
    found = list(phrases("Les garanties de sécurité, dans le cadre de la force multinationale."))
    assert "garanties de sécurité" in found
    assert "force multinationale" in found
    assert not any(phrase.split()[-1] in {"de", "la", "le", "dans"} for phrase in found)
    assert not any("," in phrase for phrase in found)
    assert not list(phrases("autour de chaque phare"))
    assert list(phrases("")) == list(phrases("de la le")) == list(phrases("mot")) == []


def test_nothing_is_suggested_where_nothing_is_repeated(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/un.txt").write_text("Le phare éclaire la mer chaque soir.\n", encoding="utf-8")
    index = Index(load_settings(corpus=tmp_path / "corpus", store=tmp_path / "store"))
    sync(index)
    assistant = Assistant(index)
    assert openers(assistant, "fr") == ()
    assert follow_ups(assistant, assistant.ask("Que fait le phare ?")) == ()
