"""Documents to train with, and what a training session needs."""

from __future__ import annotations

import hashlib
from pathlib import Path

from rag import Index, load_settings, sync
from rag.drill.drill import Drill
from rag.drill.grade.types import Grade
from rag.drill.types import Question
from rag.quotes.quote import quotable_span

DECREE = """---
title: Arrêté sur le retour du loup
side: Préfecture
date: 2024-03-12
---
Le loup est une espèce protégée dont le retour enrichit la forêt de nos montagnes.

Chaque brebis tuée sera indemnisée par l’État dans un délai de 45 jours après la visite de l’agent
Jeanne Morel.

Les tirs de défense peuvent être autorisés lorsque deux attaques ont été constatées dans la même vallée.

La préfecture financera 120 chiens de protection pour les éleveurs, et les chiens de protection seront formés
au village de Saint-Véran avant le 1er juin 2025.

Les tirs de défense ne visent jamais les louves accompagnées de leurs petits.
"""
LEAFLET = """---
title: Tract des alpages
side: Bergers
---
Le retour du loup n’enrichit rien : il ruine nos alpages et vide nos fermes.

Aucune brebis tuée l’an dernier n’a été indemnisée par l’État, malgré les promesses répétées.

Les chiens de protection coûtent 900 euros par an, que les éleveurs paient seuls.

On nous parle de « tirs de défense », mais aucune autorisation n’a été signée dans notre vallée.
"""
TRAM_FOR = """---
title: City council plan for the tramway
side: Council
---
The tramway will carry 24,000 passengers a day between Harbour Street and the university by 2031.

The tramway will cut car traffic in the old town by a third, because the trams run every four minutes.

Every shop on Harbour Street may apply for compensation while the works last.
"""
TRAM_AGAINST = """---
title: Open letter of the shopkeepers
side: Shopkeepers
---
The works on Harbour Street will last three years and will drive away our customers.

No shop has ever received compensation from the council, whatever its promises.

The tramway does not cut car traffic: it only moves the cars into the side streets.
"""


def index_of(folder: Path, documents: dict[str, str]) -> Index:
    (folder / "docs").mkdir()
    for name, text in documents.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    index = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
    sync(index)
    return index


def asked(drill: Drill, kind: str, words: str, part: str = "", side: str = "") -> Question:
    """The question of a kind that is made of the sentence with some words, found by its id."""
    snapshot = drill.index.snapshot()
    number = next(n for n in range(len(snapshot.infos)) if words in snapshot.source(n).text)
    text = snapshot.source(number).text
    row = snapshot.row_at("sentence", number, text.index(words))
    start, end = quotable_span(text, *snapshot.span("sentence", row))
    pieces = [kind, snapshot.infos[number].sha256[:16], str(start), str(end)]
    if part:
        first = text.index(part, start, end)
        pieces += [str(first), str(end if kind == "complete" else first + len(part))]
    if side:
        pieces.append(hashlib.sha256(side.encode()).hexdigest()[:8])
    return drill.question("-".join(pieces))


def hidden_in(question: Question) -> str:
    quote = question.expected[0]
    return "".join(quote.text[a - quote.start : b - quote.start] for a, b in quote.highlights)


def graded(drill: Drill, question: Question, answer: str) -> Grade:
    return drill.grade(question.id, answer, question.lang)


def keys(grade: Grade) -> set[str]:
    return {reason.key for reason in grade.reasons}
