"""Briefs made up for tests: of the two documents about wolves."""

from __future__ import annotations

from collections.abc import Callable

from rag.brief import (
    Answering,
    Argument,
    Brief,
    ByHeart,
    Event,
    Figure,
    FigureUse,
    Position,
    Question,
    Term,
    TermUse,
    Unanswered,
    Written,
)
from rag.quotes import excerpt
from rag.store import Index, Snapshot
from rag.types import Quote


def brief_of(index: Index, motion: str = "Faut-il protéger le loup ?") -> Brief:
    """A brief with something in each part, of sentences of an index of tests/helpers/debates.py."""

    def made(snapshot: Snapshot) -> Brief:
        return whole(lambda words: _quote(snapshot, words), motion)

    return index.read(made)


def _quote(snapshot: Snapshot, words: str) -> Quote:
    for number in range(len(snapshot.infos)):
        start = snapshot.source(number).text.find(words)
        if start >= 0:
            return excerpt(snapshot, number, start, start + len(words))
    raise AssertionError(words)


def whole(quote: Callable[[str], Quote], motion: str) -> Brief:
    """A brief of what ``quote`` gives for some words."""
    praise, paid = quote("dont le retour enrichit la forêt"), quote("Chaque brebis tuée sera indemnisée")
    denial, unpaid = quote("Le loup n’enrichit rien et ruine nos alpages."), quote("n’a été indemnisée")
    dogs = quote("La préfecture financera des chiens de protection.")
    return Brief(
        motion=motion,
        lang="fr",
        sides=("Préfecture", "Bergers", "Touristes"),
        positions=(
            Position(
                "Préfecture",
                "for",
                (
                    Argument("a1", "Préfecture", "Le retour du loup", (praise,), "for", 0.9),
                    Argument("a2", "Préfecture", "L’indemnité des brebis", (paid, dogs), "for", 0.8),
                ),
                (Written("Selon la préfecture, le retour du loup enrichit la forêt.", (praise,)),),
            ),
            Position(
                "Bergers",
                "against",
                (
                    Argument("a3", "Bergers", "La ruine de nos alpages", (denial,), "against", 0.9),
                    Argument("a4", "Bergers", "Aucune brebis indemnisée", (unpaid,), "against", 0.7),
                ),
            ),
            Position("Touristes", "silent", ()),
        ),
        answers=(
            Answering("a3", "a1", "contradicts", 0.9, True, denial, praise),
            Answering("a4", "a2", "weakens", 0.4, False, unpaid, paid),
        ),
        unanswered=(Unanswered("a3", ("Préfecture", "Touristes")),),
        figures=(
            Figure(
                "attaques",
                True,
                (FigureUse("Préfecture", "2", "deux", paid), FigureUse("Bergers", "0", "aucune", unpaid)),
            ),
        ),
        chronology=(Event("2026-01", (paid,)),),
        terms=(Term((TermUse("Préfecture", "retour", 1, praise), TermUse("Bergers", "ruine", 1, denial))),),
        questions=(
            Question("Préfecture", "Bergers", "Qui a été indemnisé ?", unpaid, (paid,)),
            Question("Bergers", "Préfecture", "Et les chiens ?", dogs, ()),
        ),
        by_heart=(ByHeart("Bergers", (denial,)),),
    )
