"""Words looked for as they stand: which differences count, where they may stand, whose they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.errors import InputError, UnknownSource
from rag.search.forms import around, word_hits_as_json, word_hits_as_text
from rag.search.query import Scope
from rag.search.words import words_hits
from rag.store.snapshot import Snapshot
from tests.helpers.indexes import made
from tests.helpers.transcripts import SIDED

OURS = (
    "L’Été, « l’air » sera plus pur ; l’air sera plus frais 🙂.\n\n"
    "Le cessez-le-feu coûtera 240\u00a0000\u00a0euros. La négociation reprendra, la paix. La guerre finira.\n"
)
THEIRS = "L'AIR SERA plus pur, dit-on. Les négociateurs négocient l'été.\n"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    documents = {"Nous/nous.txt": OURS, "Eux/eux.txt": THEIRS, "debat.md": SIDED}
    index = made(tmp_path_factory.mktemp("words"), documents)
    yield index.snapshot()
    index.close()


def hits(snapshot: Snapshot, words: str, **options: object) -> list[tuple[str, str]]:
    found = words_hits(snapshot, words, 50, **options)  # type: ignore[arg-type]
    texts = {info.id: snapshot.source(n).text for n, info in enumerate(snapshot.infos)}
    for quote in found.quotes:
        assert texts[quote.source.id][quote.start : quote.end] == quote.text
    assert found.count == len(found.quotes)
    return [(quote.source.id, quote.text) for quote in found.quotes]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("l'air sera plus", ["L'AIR SERA plus", "l’air » sera plus", "l’air sera plus"]),
        ("ETE", ["été", "Été"]),
        ("«\u202fl'air\u00a0» sera", ["L'AIR SERA", "l’air » sera", "l’air sera"]),
        ("cessez le feu", ["cessez-le-feu"]),
        ("240000 euros", ["240\u00a0000\u00a0euros"]),
        ("négoci*", ["négociateurs", "négocient", "négociation"]),
        ("la paix la guerre", []),
        ("paix. La guerre", ["paix. La guerre"]),
        ("plus pur !", ["plus pur", "plus pur"]),
        ("négoci", []),
        ("zut", []),
    ],
)
def test_what_differs_is_looked_through_or_counts(snapshot: Snapshot, words: str, found: list[str]) -> None:
    assert [text for _, text in hits(snapshot, words)] == found


def test_exact_words_have_their_case_accents_and_marks(snapshot: Snapshot) -> None:
    assert hits(snapshot, "l'air sera plus", exact=True) == [("nous", "l’air sera plus")]
    assert hits(snapshot, "Ete", exact=True) == []
    assert hits(snapshot, "négoci*", exact=True)[-1] == ("nous", "négociation")
    assert hits(snapshot, "Négoci*", exact=True) == []


def test_only_those_chosen_are_looked_at(snapshot: Snapshot) -> None:
    assert {source for source, _ in hits(snapshot, "l'air sera", scope=Scope(sides=["Nous"]))} == {"nous"}
    assert {source for source, _ in hits(snapshot, "l'air sera", scope=Scope(sources=["eux"]))} == {"eux"}
    assert len(hits(snapshot, "pendant la nuit")) == 2
    found = words_hits(snapshot, "pendant la nuit", scope=Scope(speakers=["Costa"]))
    assert [(quote.speaker, quote.source.side) for quote in found.quotes] == [("M. Costa", "Contre")]
    with pytest.raises(UnknownSource):
        words_hits(snapshot, "air", scope=Scope(sources=["nulle"]))
    with pytest.raises(InputError, match="nobody is of"):
        words_hits(snapshot, "air", scope=Scope(sides=["Nous"], sources=["eux"]))
    for nothing in ("", " !? ", "🙂", "*"):
        with pytest.raises(InputError, match="no word"):
            words_hits(snapshot, nothing)
    with pytest.raises(InputError, match="at most"):
        words_hits(snapshot, "mot " * 5000)


def test_all_are_counted_and_the_first_given(snapshot: Snapshot) -> None:
    found = words_hits(snapshot, "tramway", 2)
    assert (found.count, len(found.quotes)) == (5, 2)
    assert found.quotes[0].start < found.quotes[1].start
    data = word_hits_as_json("tramway", found)
    assert (data["literal"], data["count"], len(data["passages"])) == (True, 5, 2)
    text = word_hits_as_text(found, "fr", ("[", "]"))
    assert text.endswith("5 occurrences, les 2 premières")
    assert "Le [tramway] coûte trop cher" in text
    assert "nulle part" in word_hits_as_text(words_hits(snapshot, "zut"), "fr")


def test_the_words_around_are_cut_between_words(snapshot: Snapshot) -> None:
    (quote,) = words_hits(snapshot, "reprendra").quotes
    before, after = around(quote, 12)
    assert (before, after) == ("…négociation ", ", la paix.…")
