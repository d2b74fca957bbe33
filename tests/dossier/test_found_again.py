"""Cards of a source whose text was read anew: found again by their words, never by others."""

from __future__ import annotations

import pytest

from rag import Index, load_settings, sync
from rag.dossier.cards import make_card, status
from rag.dossier.check import checked, renewed
from rag.dossier.formats.markdown import markdown
from rag.dossier.forms import checked_as_json
from rag.dossier.types import Card, Dossier
from rag.store.edition import Edition
from rag.types import Quote

OLD = (
    "Le conseil a voté. Oui.\n\nLe plan coûte 240 mil-\nlions d’euros : la moi-\ntié vient de l’État.\n\n"
    "Le maire a dit que l’eau est potable partout. Oui.\n\nLa digue a cédé à l’aube ce jour-là.\n"
)
NEW = (
    "Un en-tête nouveau.\n\nLe conseil a voté. Oui.\n\nLe plan coûte 240 millions d’euros\u00a0: la moitié "
    "vient de l’État.\n\nOui.\n\nLe maire a dit que l’eau n’est potable nulle part.\n\n"
    "La digue a cédé à l’aube ce jour-là.\n\nOn le redit : la digue a cédé à l’aube ce jour-là.\n"
)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, Edition]:
    """The source as it was, and as it is now."""
    made = []
    for name, text in (("old", OLD), ("new", NEW)):
        folder = tmp_path_factory.mktemp(name)
        (folder / "docs").mkdir()
        (folder / "docs/note.txt").write_text(text, encoding="utf-8")
        (folder / "docs/autre.txt").write_text("Le maire a dit que l’eau est potable partout.\n", "utf-8")
        index = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
        sync(index)
        made.append(index.snapshot())
    return made[0], made[1]


def card_of(edition: Edition, words: str, *marked: str) -> Card:
    start = OLD.index(words)
    spans = [(OLD.index(mark, start), OLD.index(mark, start) + len(mark)) for mark in marked]
    return make_card(edition, "note", start, start + len(words), "", highlights=spans)


def test_a_card_is_found_again_by_its_words(editions: tuple[Edition, Edition]) -> None:
    old, new = editions
    words = "Le plan coûte 240 mil-\nlions d’euros : la moi-\ntié vient de l’État."
    card = card_of(old, words, "240 mil-\nlions", "moi-\ntié")
    assert (status(card, old), status(card, new)) == ("verified", "moved")
    found = checked(Dossier("", (card,)), new, "fr")
    quote = found.cards[0].card.quote
    assert quote.text == NEW[quote.start : quote.end]
    assert quote.text == "Le plan coûte 240 millions d’euros\u00a0: la moitié vient de l’État."
    assert [NEW[slice(*span)] for span in quote.highlights] == ["240 millions", "moitié"]
    assert (found.unverified, found.moved, len(found.quotes)) == (0, 1, 1)


def test_what_was_found_is_said_and_taken_over_only_when_asked(editions: tuple[Edition, Edition]) -> None:
    old, new = editions
    dossier = Dossier("", (card_of(old, "La digue a cédé à l’aube ce jour-là."),))
    found = checked(dossier, new, "fr")
    assert dossier.cards[0].quote.start == OLD.index("La digue")
    assert "relu" in str(checked_as_json(found)["cards"][0]["told"])
    assert "Retrouvée par ses mots" in markdown(found)
    taken = renewed(dossier, found)
    assert status(taken.cards[0], new) == "verified"
    assert "Retrouvée par ses mots" not in markdown(checked(taken, new, "fr"))


def test_of_several_places_the_nearest_is_taken(editions: tuple[Edition, Edition]) -> None:
    old, new = editions

    def found(card: Card) -> Quote:
        return checked(Dossier("", (card,)), new, "fr").cards[0].card.quote

    card = card_of(old, "La digue a cédé à l’aube ce jour-là.")
    assert found(card).start == NEW.index("La digue a cédé")


@pytest.mark.parametrize(
    "words",
    [
        "Le maire a dit que l’eau est potable partout.",  # other words now; another source has these
        "Oui.",  # too few, and in several places
    ],
)
def test_other_words_are_never_taken_for_those_of_a_card(
    editions: tuple[Edition, Edition], words: str
) -> None:
    old, new = editions
    card = card_of(old, words)
    assert status(card, new) == "changed"
    found = checked(Dossier("", (card,)), new, "fr")
    assert (found.unverified, found.quotes) == (1, [])
    assert renewed(Dossier("", (card,)), found).cards == (card,)
