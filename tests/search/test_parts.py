"""The questions in a text that asks more than one."""

from __future__ import annotations

import pytest

from rag.search.parts import parts_of

TWO = [
    "Combien coûte la prime | et | qui la paie ?",
    "What does it cost? || Who pays?",
    "Qui paie | et | qui décide ?",
    "Combien coûte la prime ? || Qui la paie ?",
    "Combien coûte la prime ? || qui la paie",
    "Combien coûte la prime ? || Et le permis ?",
    "Qui a signé l’accord | et | quand entre-t-il en vigueur ?",
    "Le service est-il obligatoire | et | qui est concerné ?",
    "Le service est-il obligatoire, | et | combien de temps dure-t-il ?",
    "Les taxis seront-ils exemptés | et | les bus devront-ils payer ?",
    "Combien coûte la prime | et | est-elle obligatoire ?",
    "Que dit le maire | et | que répond l’opposition ?",
    "Quel est le budget | et | d’où vient-il ?",
    "Qui paie la prime | et | comment la financer ?",
    "Quelles mesures prévoit le plan | et | combien coûtent-elles ?",
    "How much does it cost | and | who pays for it?",
    "Who is the mayor | and | what does he want?",
    "Is the service mandatory | and | does it last long?",
    "When does it start | and | how long will it last?",
    "Résume le plan | et | dis-moi combien il coûte.",
    "Liste les mesures | et | compare les positions sur la prime",
    "Résume le plan. || Compare les positions sur la prime.",
    "Peux-tu me dire combien coûte la prime | et | qui la paie ?",
    "Le plan coûte 3 millions. Qui paie ? || Et pourquoi ?",
    "Combien coûte la prime que le gouvernement propose | et | qui la paie ?",
]
ONE = [
    "Combien coûte la prime ?",
    "Quand et pourquoi l’usine a-t-elle fermé ?",
    "Où, quand et comment se tiendra la réunion ?",
    "À quelle date et pourquoi l’usine a-t-elle fermé ?",
    "When and where will the meeting be held?",
    "How many people and how much money are needed?",
    "Qui a signé et quand ?",
    "Le plan coûte 3 millions. Et qui paie ?",
    "Je dois débattre demain. Quels sont les arguments contre ?",
    "Qui est l’homme qui a crié et qui a fui ?",
    "Who is the man who shouted and who ran away?",
    "Le maire a-t-il dit qui paiera et combien cela coûtera ?",
    "Que se passe-t-il si le maire refuse et que l’opposition vote contre ?",
    "Pourquoi le maire et l’opposition s’opposent-ils ?",
    "Le maire et les habitants veulent-ils la prime ?",
    "Le service est-il obligatoire et payé ?",
    "Que disent le gouvernement et l’opposition de la prime ?",
    "Compare la prime et le permis.",
    "Qui a demandé : « Combien ça coûte et qui paie ? »",
    "Le plan est adopté, n’est-ce pas ?",
    "Tu connais la prime. Vraiment ? Combien coûte-t-elle ?",
    "Combien coûte la prime ? Merci.",
    "La prime et le permis",
    "What do the mayor and the union say about the toll?",
    "Que dit M. Dupont ?",
    "Who paid and how much?",
]


@pytest.mark.parametrize("marked", TWO)
def test_two_questions_are_told_apart(marked: str) -> None:
    """``||`` stands between two sentences, ``| et |`` around the word that joins two questions."""
    joined = marked.replace(" || ", " ")
    for word in ("et", "and"):
        joined = joined.replace(f" | {word} | ", f" {word} ")
        marked = marked.replace(f" | {word} | ", " || ")
    assert [part.rstrip(",") for part in parts_of(joined)] == [
        part.rstrip(",") for part in marked.split(" || ")
    ]


@pytest.mark.parametrize("text", ONE)
def test_one_question_stays_whole(text: str) -> None:
    assert parts_of(text) == (text,)
    assert parts_of(f"  {text}\n") == (text,)
