"""Names of sources."""

from __future__ import annotations

import os
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.documents.corpus import read_source
from rag.documents.folder import list_files
from rag.documents.ids import assign_ids
from rag.types import text_hash
from tests.helpers.documents import LIMIT


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ({}, {"a.md": "a", "s/b.md": "b"}),
        ({}, {"x/a.md": "x/a", "y/a.md": "y/a"}),
        ({}, {"a.md": "a", "x/a.md": "x/a"}),
        ({}, {"a.md": "a.md", "a.txt": "a.txt", "s/a.md": "s/a"}),
        ({}, {"s/a.md": "s/a.md", "s/a.txt": "s/a.txt", "b.md": "b"}),
        ({"a.md": "a"}, {"a.md": "a", "x/a.md": "x/a"}),
        ({"gone/a.md": "a"}, {"x/a.md": "x/a"}),
        ({"x/a.md": "a"}, {"x/a.md": "a", "a.md": "a.md"}),
        ({"x/a.md": "x/a", "y/a.md": "y/a"}, {"z/a.md": "z/a"}),
        ({"x.md": "y"}, {"x.md": "y", "s/y.md": "s/y"}),
        ({}, {"v1.2.md": "v1.2", "README.md": "README"}),
        ({}, {"e\u0301t\u0065\u0301.md": "été"}),
        ({}, {"a.md": "a.md~2", "a.md.txt": "a.md", "a.txt": "a.txt"}),
        ({}, {"a\u202fb\u00a0c.md": "a\u202fb\u00a0c"}),
    ],
)
def test_ids(recorded: dict[str, str], expected: dict[str, str]) -> None:
    assert assign_ids(expected, recorded) == expected


def test_ids_of_names_that_cannot_be_shown() -> None:
    ids = assign_ids(["bad\udce9.md", "two\nlines.md", "u\u2028.md"], {})
    assert ids == {
        "bad\udce9.md": "bad\ufffd",
        "two\nlines.md": "two\ufffdlines",
        "u\u2028.md": "u\ufffd",
    }


def test_names_that_differ_only_in_normalisation_get_different_ids() -> None:
    paths = ["\u00e9.md", "e\u0301.md"]
    ids = assign_ids(paths, {})
    assert len(set(ids.values())) == 2
    assert all(unicodedata.is_normalized("NFC", name) for name in ids.values())
    assert ids == assign_ids(reversed(paths), {})


_NAMES = st.sampled_from(["a", "b", "a.b", "é", "e\u0301", "a.md", "ab~2", "\udce9"])
_PATHS = st.builds(
    lambda folders, stem, suffix: "/".join([*folders, stem + suffix]),
    st.lists(_NAMES, max_size=2),
    _NAMES,
    st.sampled_from([".md", ".txt", ".PDF"]),
)


@given(st.sets(_PATHS, max_size=12), st.sets(_PATHS, max_size=6), st.randoms())
def test_ids_are_unique_stable_and_independent_of_order(
    old: set[str], new: set[str], shuffle: random.Random
) -> None:
    recorded = assign_ids(old, {})
    paths = list(old | new)
    ids = assign_ids(sorted(paths), recorded)
    shuffle.shuffle(paths)
    assert assign_ids(paths, recorded) == ids
    assert ids.keys() == old | new
    assert len(set(ids.values())) == len(ids)
    assert {path: ids[path] for path in old} == recorded
    assert not set(recorded.values()) & {ids[path] for path in new - old}
    assert all(unicodedata.is_normalized("NFC", name) for name in ids.values())
    assert all(name.encode() for name in ids.values())


def test_lone_surrogates_are_hashed(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("Text")
    assert list_files(tmp_path) == [name]
    info = read_source(tmp_path, name, assign_ids([name], {})[name], LIMIT).info
    assert (info.path, info.id, info.title) == (name, "caf\ufffd", "caf\ufffd")
    assert len(text_hash("\ud800")) == 64
