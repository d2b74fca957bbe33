"""Marks of cards: the owner's own, apart from those that are only suggested, which are in no export."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from rag.dossier.cards import added, make_card
from rag.dossier.check import checked
from rag.dossier.file import from_json, load, to_json
from rag.dossier.formats.export import written
from rag.dossier.marks import marked_parts, taken_over, turned, with_marks
from rag.dossier.reading import length
from rag.dossier.types import Card, Dossier
from rag.errors import InputError
from rag.store.edition import Edition
from tests.helpers.command import replique
from tests.helpers.indexes import made

WORKS = "Le chantier durera quatre ans 🙂. La rue fermera pendant six mois, « hélas » !\n"
FOUR, SIX = "quatre ans", "six mois"


def span(words: str) -> tuple[int, int]:
    return WORKS.index(words), WORKS.index(words) + len(words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("works")
    made(place, {"chantier.md": f"---\ntitle: Le chantier\nside: Mairie\n---\n{WORKS}"}).close()
    return place


@pytest.fixture(scope="module")
def edition(folder: Path) -> Iterator[Edition]:
    from tests.helpers.indexes import open_in

    index = open_in(folder)
    yield index.snapshot()
    index.close()


@pytest.fixture
def card(edition: Edition) -> Card:
    """What asking for the length of the works gives: the reader guesses the wrong words."""
    return make_card(edition, "chantier", 0, len(WORKS) - 1, "Quatre ans", suggested=[span(SIX)])


def words(card: Card, kind: str = "own") -> list[str]:
    return [text for text, marked in marked_parts(card) if marked == kind]


def test_what_is_guessed_is_in_no_export_and_no_reading_time_until_taken_over(
    card: Card, edition: Edition
) -> None:
    whole = length([card]).words
    plain = checked(Dossier(cards=(card,)), edition, "fr")
    cut = checked(Dossier(cards=(taken_over(card),)), edition, "fr")
    assert words(card, "suggested") == [SIX]
    for suffix, mark in ((".md", f"<b><u>{SIX}</u></b>"), (".html", f"<mark>{SIX}</mark>")):
        assert mark not in written(plain, suffix).decode()
        assert mark in written(cut, suffix).decode()
    assert '<blockquote class="cut"' not in written(plain, ".html").decode()
    for found, keys in ((plain, []), (cut, [SIX])):
        paragraphs = docx.Document(io.BytesIO(written(found, ".docx"))).paragraphs
        runs = [run for one in paragraphs for run in one.runs if run.style and run.style.name == "Key Words"]
        assert [run.text for run in runs] == keys
    assert length([taken_over(card)]).words < whole
    assert taken_over(card).suggested == ()


def test_words_are_marked_and_unmarked_by_whole_words(card: Card) -> None:
    start, end = span(FOUR)
    marked = turned(card, start + 2, end - 1)
    assert words(marked) == [FOUR]
    both = turned(marked, *span(SIX))
    assert words(both) == [FOUR, SIX]
    assert words(both, "suggested") == [], "a word that is marked is not suggested besides"
    assert words(turned(both, *span("ans"))) == ["quatre", SIX]
    assert words(turned(turned(marked, *span("durera")), start, end)) == ["durera"]
    assert words(turned(marked, *span("durera"))) == ["durera quatre ans"], "neighbours are one mark"
    assert words(turned(card, *span("🙂. La rue"))) == ["La rue"]
    assert words(turned(both, 0, len(WORKS) - 1)) == [WORKS[: WORKS.index(" »")]]
    with pytest.raises(InputError, match="no word"):
        turned(card, *span(" 🙂"))


def test_marks_stay_slices_of_the_quote(card: Card) -> None:
    quote = with_marks(card, [(-5, 3), (40, 999), (7, 7)]).quote
    assert quote.highlights == ((0, 3), (40, len(WORKS) - 1))
    assert "".join(text for text, _ in marked_parts(with_marks(card, [span(FOUR)]))) == card.quote.text


def test_marks_of_older_files_are_suggestions(card: Card, tmp_path: Path) -> None:
    """Files of version 1 do not tell guesses from what the owner marked."""
    dossier = Dossier(cards=(with_marks(card, [span(SIX)]),))
    data = json.loads(json.dumps(to_json(dossier)))
    assert data["version"] == 2
    assert from_json(data) == dossier
    del data["cards"][0]["suggested"]
    (read,) = from_json({**data, "version": 1}).cards
    assert (read.quote.highlights, read.suggested) == ((), (span(SIX),))
    assert taken_over(read).quote == dossier.cards[0].quote
    assert json.loads(json.dumps(to_json(from_json({**data, "version": 1}))))["version"] == 2


def test_suggestions_move_with_their_words(card: Card, edition: Edition) -> None:
    """A card found again by its words keeps both kinds of marks on the same words."""
    older = replace(
        card,
        quote=replace(
            with_marks(card, [span(FOUR)]).quote,
            source=replace(card.quote.source, sha256="0" * 64),
            start=card.quote.start + 7,
            end=card.quote.end + 7,
            highlights=tuple((a + 7, b + 7) for a, b in (span(FOUR),)),
        ),
        suggested=tuple((a + 7, b + 7) for a, b in (span(SIX),)),
    )
    (item,) = checked(Dossier(cards=(older,)), edition, "fr").cards
    assert item.status == "moved"
    assert (words(item.card), words(item.card, "suggested")) == ([FOUR], [SIX])


def test_the_command_marks_what_one_gives_and_takes_over_what_is_suggested(
    folder: Path, tmp_path: Path
) -> None:
    located = ["--corpus", str(folder / "corpus"), "--store", str(folder / "own")]
    file = str(tmp_path / "d.json")

    def run(*arguments: str, stdin: str = "") -> str:
        done = replique("dossier", *arguments, *located, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("new", file)
    run("add", file, "Le chantier durera quatre ans", "--mark", FOUR)
    found = json.loads(replique("search", "chantier", "-k", "1", "--json", *located).stdout)
    found["passages"][0]["highlights"] = [list(span(SIX))]
    assert "1 marks suggested" in run("add", file, "--from", "-", stdin=json.dumps(found))
    own, guessed = load(Path(file)).cards
    assert (words(own), words(guessed), words(guessed, "suggested")) == ([FOUR], [], [SIX])
    run("mark", file, "2", "--suggested")
    run("mark", file, "1", "--none")
    own, guessed = load(Path(file)).cards
    assert (words(own), words(guessed), guessed.suggested) == ([], [SIX], ())
    nothing = replique("dossier", "mark", file, *located)
    assert (nothing.returncode, "--mark" in nothing.stderr) == (2, True)


def test_a_dossier_with_a_mark_outside_its_card_is_refused(card: Card) -> None:
    data = json.loads(json.dumps(to_json(added(Dossier(), card))))
    data["cards"][0]["suggested"] = [[0, 9999]]
    with pytest.raises(Exception, match="highlights"):
        from_json(data)
