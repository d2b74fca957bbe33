"""The words of the corpus in parts: kept in few bytes, joined, put together as if they were read at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import StoreError
from rag.search.words import words_hits
from rag.store.concordance import Concordance
from rag.store.narrow import Narrow
from rag.store.word_table import WordTable
from rag.text.typography import read_words
from rag.verify.verifier import Verifier
from tests.helpers.concordances import of, whole
from tests.helpers.indexes import made

TEXTS = st.lists(st.text("aAéœ1 '-.,\n\ud800«😀\u0301", max_size=40) | st.text(max_size=40), max_size=5)


def told(words: Concordance) -> list[list[tuple[str, str, str, int, int]]]:
    """All that it knows of each word of each source."""
    found: list[list[tuple[str, str, str, int, int]]] = [[] for _ in words.first[1:]]
    for number in range(words.size):
        if not words.is_boundary(number):
            form, (fold,) = words.forms[words.form[number]], words.folds_at(np.array([number]))
            mark, folded = words.marks[words.mark[number]], words.folded_forms[fold]
            assert words.start_of(number) == words.slice_of(number, number)[0]
            found[words.source_of(number)].append((form, folded, mark, *words.slice_of(number, number)))
    return found


def places(words: Concordance) -> dict[str, list[int]]:
    """Where each folded form occurs, boundaries aside."""
    found = {
        name: words.occurrences(number).tolist() for number, name in enumerate(words.folded_forms) if name
    }
    counts = [words.count(number) for number, name in enumerate(words.folded_forms) if name]
    assert counts == [len(numbers) for numbers in found.values()]
    return found


def agree(one: Concordance, other: Concordance, asked: Sequence[str]) -> None:
    """Both give the same answers."""
    assert told(one) == told(other)
    assert places(one) == places(other)
    assert set(one.forms) == set(other.forms)
    assert one.first.tolist() == other.first.tolist()
    for text in asked:
        assert one.read(text) == other.read(text)
        assert one.find(one.read(text)).tolist() == other.find(other.read(text)).tolist()
    for source in range(len(one.first) - 1):
        every = range(*one.first[source : source + 2].tolist())[:-1]
        assert list(one.within(source, 2, 9)) == [n for n in every if 2 <= one.start_of(n) < 9]
    for number in range(1, one.size - 1):
        if not one.is_boundary(number):
            assert (one.tied_before(number), one.tied_after(number)) == (
                other.tied_before(number), other.tied_after(number),
            )  # fmt: skip


@given(TEXTS)
def test_each_word_is_as_it_was_read(texts: list[str]) -> None:
    words = of(texts)
    for own, text in zip(told(words), texts, strict=True):
        joined = {word.form for word in read_words(text)} - {form for form, *_ in own}
        assert bool(joined) or [(f, m, s, e) for f, _, m, s, e in own] == [
            (word.form, word.marks, word.start, word.end) for word in read_words(text)
        ]
    assert all(numbers == sorted(numbers) for numbers in places(words).values())
    assert sorted(n for numbers in places(words).values() for n in numbers) == [
        number for number in range(words.size) if not words.is_boundary(number)
    ]


@given(TEXTS, TEXTS, st.data())
def test_parts_are_as_what_is_live_of_them_read_at_once(
    ours: list[str], theirs: list[str], data: st.DataObject
) -> None:
    texts, parts = [ours, theirs], [WordTable.of(ours), WordTable.of(theirs)]
    every = [(part, number) for part, own in enumerate(texts) for number in range(len(own))]
    order = data.draw(st.permutations(every)) if every else []
    order = order[: data.draw(st.integers(0, len(order)))]
    live = [texts[part][number] for part, number in order]
    expected = of(live)
    agree(Concordance(parts, order), expected, live)
    joined = WordTable.joined([(parts[part], [number]) for part, number in order])
    agree(whole(joined), expected, live)


def test_all_words_of_two_parts_are_joined_in_the_order_wanted(tmp_path: Path) -> None:
    one, other = WordTable.of(["Un deux.", "", "trois"]), WordTable.of(["quatre", "deux"])
    joined = WordTable.joined([(one, [2, 0]), (other, []), (other, [0, 1])])
    joined.save(tmp_path / "joined")
    opened = WordTable.open(tmp_path / "joined")
    agree(whole(opened), of(["trois", "Un deux.", "quatre", "deux"]), ["un deux", "deux", "trois un"])
    assert "" not in opened.names.folds[1:]
    assert opened.sources == 4


def test_a_hyphen_at_the_end_of_a_line_is_a_matter_of_its_text_alone() -> None:
    cut, sure = "Peut-\nêtre des garan-\nties.", "Il peut être là."
    apart, together = of([cut]), of([cut, sure])
    assert told(together)[0] == told(apart)[0]


def test_words_of_any_length_and_number_and_places_far_apart_are_exact(tmp_path: Path) -> None:
    many = " ".join(f"{word}{'!?;,:'[word % 5] * (word % 400)}" for word in range(2000, 2600))
    texts = ["a" * 70_000 + " b", " " * 70_000 + "c" + "\n" * 300 + "-d", many * 2 + " mot" * 66_000, "e"]
    WordTable.of(texts).save(tmp_path / "part")
    words = whole(WordTable.open(tmp_path / "part"))
    assert words.slice_of(1, 1) == (0, 70_000)
    expected = [word for text in texts for word in read_words(text)]
    numbers = np.setdiff1d(np.arange(words.size), [0, *words.first[1:] - 1])
    sources = words.sources_of(numbers)
    assert words.starts(numbers, sources).tolist() == [word.start for word in expected]
    assert [words.slice_of(n, n)[1] for n in numbers[:2000].tolist()] == [
        word.end for word in expected[:2000]
    ]
    assert [words.forms[n] for n in words.form[numbers]] == [word.form for word in expected]
    assert [words.marks[n] for n in words.mark[numbers]] == [word.marks for word in expected]
    assert len(words.marks) > 256 and words.size > 1 << 16
    (once,) = words.find(words.read("B"))
    last = words.find(words.read("E")).tolist()
    assert (once, last, len(words.find(words.read("aaa")))) == (2, [words.size - 2], 0)
    every = [n for n in numbers.tolist() if words.forms[words.form[n]] == "2503"]
    assert words.find(words.read("2503")).tolist() == every and len(every) == 2
    assert words.find(words.read("2502" + "?" * 3 + "2503")).tolist() == []
    assert words.find(words.read("2502" + ";" * 102 + " 2503")).tolist() == [n - 1 for n in every]


@given(st.lists(st.integers(0, 300) | st.integers(0, 1 << 40), max_size=40), st.data())
def test_numbers_of_any_size_are_kept(values: list[int], data: st.DataObject) -> None:
    column, numbers = Narrow.of(np.array(values, np.int64)), np.arange(len(values))
    assert column[:].tolist() == column[numbers].tolist() == [column[n] for n in numbers] == values
    at = slice(*sorted(data.draw(st.tuples(st.integers(0, 40), st.integers(0, 40)))))
    assert column[at].tolist() == values[at]
    assert sum(array.nbytes for array in column.arrays("").values()) <= 16 * len(values)


def test_a_file_that_is_not_whole_is_not_opened(tmp_path: Path) -> None:
    WordTable.of(["Un mot."]).save(tmp_path / "part")
    (file,) = (tmp_path / "part").iterdir()
    whole_file = file.read_bytes()
    for spoilt in (b"", whole_file[:40], whole_file[:-64], whole_file.replace(b'"steps"', b'"stops"')):
        file.write_bytes(spoilt)
        with pytest.raises((ValueError, KeyError)):
            WordTable.open(tmp_path / "part")
    names = whole_file.rindex(b"x\x9c")
    file.write_bytes(whole_file[:names] + b"y" + whole_file[names + 1 :])
    with pytest.raises(StoreError, match="damaged"):
        _ = WordTable.open(tmp_path / "part").names
    file.unlink()
    with pytest.raises(OSError, match=file.name):
        WordTable.open(tmp_path / "part")


def test_searches_and_verdicts_are_the_same_over_parts(tmp_path: Path) -> None:
    index = made(tmp_path)
    snapshot = index.snapshot()
    texts = [snapshot.source(number).text for number in range(len(snapshot.infos))]
    asked = (
        "La flotte compte douze navires.",
        "La flotte ne compte pas neuf navires",
        "Les blés signés",
        "tr*",
    )
    quoted = Verifier(index)
    before = [(quoted.verify(quote), words_hits(snapshot, quote)) for quote in asked]
    parts = [WordTable.of(["Rien d’autre.", texts[2], "flotte"]), WordTable.of([texts[1], texts[0]])]
    snapshot.concordance = Concordance(parts, [(1, 1), (1, 0), (0, 1)])
    assert [(quoted.verify(quote), words_hits(snapshot, quote)) for quote in asked] == before
    assert [found.verdict for found, _ in before][:2] == ["exact", "altered"]
