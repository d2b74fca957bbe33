from __future__ import annotations

from rag.drill.topics import phrases


def test_topics_begin_and_end_with_words_that_mean_something() -> None:
    found = list(phrases("Les garanties de sécurité, dans le cadre de la force multinationale."))
    assert "garanties de sécurité" in found
    assert "force multinationale" in found
    assert not any(phrase.split()[-1] in {"de", "la", "le", "dans"} for phrase in found)
    assert not any("," in phrase for phrase in found)
    assert not list(phrases("autour de chaque phare"))
    assert list(phrases("")) == list(phrases("de la le")) == list(phrases("mot")) == []
