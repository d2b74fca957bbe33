"""The transformer: a row gives the same vectors however it is batched."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.reader import body as body_module
from rag.reader.body import BATCH_TOKENS, Body, Words, _batches, _words, cores, load_body
from rag.reader.pairs import Passage, joined, load_pairs
from rag.weights import weights_path

TEXTS = [
    "La flotte compte douze navires.",
    "Oui.",
    "Le port est fermé depuis 1999. " * 9,
    "",
    "Elle mouille à Brest. " * 40,
    "🦜\0 ﷺ",
]
WIDTH = 384


def rows_of(texts: list[str]) -> tuple[list[list[int]], list[int]]:
    """Rows of a question and each text, and where the text begins in them."""
    pairs = load_pairs()
    question = pairs.question("Combien de navires ?")
    found = [joined(question, *pairs.passage(Passage(t, ((0, len(t)),) if t else ()))) for t in texts]
    return [list(pair.ids) for pair in found], [pair.passage for pair in found]


@pytest.fixture(scope="module", params=["reader", "encoder"])
def body(request: pytest.FixtureRequest) -> Body:
    return load_body(request.param)


def test_a_vector_for_each_token_of_each_row(body: Body) -> None:
    rows, passages = rows_of(TEXTS)
    found = dict(body.vectors(rows, passages))
    assert found.keys() == set(range(len(rows)))
    for n, row in enumerate(rows):
        assert found[n].shape == (len(row), WIDTH)
        assert np.isfinite(found[n]).all()
        assert found[n].std() > 0.01
    assert list(body.vectors([], [])) == []


def test_one_batch_or_many_and_padding_change_nothing(body: Body) -> None:
    rows, passages = rows_of(TEXTS * 3)
    assert len(list(_batches([len(row) for row in rows]))) > 1
    together = dict(body.vectors(rows, passages))
    for n in range(len(TEXTS)):
        [(_, alone)] = body.vectors([rows[n]], [passages[n]])
        for again in range(n, len(rows), len(TEXTS)):
            assert np.abs(together[again] - alone).max() < 1e-3


def test_the_order_of_rows_does_not_matter(body: Body) -> None:
    rows, passages = rows_of(TEXTS)
    found = dict(body.vectors(rows, passages))
    turned = dict(body.vectors(rows[::-1], passages[::-1]))
    for n in range(len(rows)):
        assert np.abs(found[n] - turned[len(rows) - 1 - n]).max() < 1e-3


def test_which_part_a_token_is_in_matters() -> None:
    [row], [passage] = rows_of(TEXTS[:1])
    [(_, pair)] = load_body("reader").vectors([row], [passage])
    [(_, one)] = load_body("reader").vectors([row], [len(row)])
    assert np.abs(pair - one).max() > 1e-2


def test_threads_get_what_one_thread_gets(body: Body) -> None:
    rows, passages = rows_of(TEXTS[:2])
    expected = dict(body.vectors(rows, passages))
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: dict(body.vectors(rows, passages)), range(12)):
            assert all(np.abs(found[n] - expected[n]).max() < 1e-3 for n in expected)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are counted as Linux tells them")
def test_there_are_no_more_threads_than_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.reader.body.cores", lambda: 3)
    rows, passages = rows_of(TEXTS[:3])
    list(load_body("reader").vectors(rows, passages))  # what the libraries themselves start is there now
    tasks = Path("/proc/self/task")
    before = len(list(tasks.iterdir()))
    another = Body(weights_path("reader.onnx"), _words())
    for _ in range(3):
        list(another.vectors(rows, passages))
    started = len(list(tasks.iterdir())) - before
    assert started <= 2, "with the thread that asks, one a core"


def test_threads_do_not_spin_and_know_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    import onnxruntime

    given: list[Any] = []
    monkeypatch.setattr("rag.reader.body.cores", lambda: 3)
    monkeypatch.setattr(onnxruntime, "InferenceSession", lambda file, options, **_: given.append(options))
    Body(Path("x.onnx"), _words())
    [options] = given
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (3, 1)
    assert options.get_session_config_entry("session.intra_op.allow_spinning") == "0"


def test_cores_are_those_that_the_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {3, 5, 7}, raising=False)
    assert cores() == 3
    monkeypatch.delattr("os.sched_getaffinity")
    assert cores() >= 1


# --- batches --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lengths", [[], [5], [384] * 20, [3, 384, 7, 384, 3], [1] * 5000, [BATCH_TOKENS * 2, 1]]
)
def test_batches_hold_each_row_once_and_are_not_too_big(lengths: list[int]) -> None:
    batches = list(_batches(lengths))
    assert sorted(n for batch in batches for n in batch) == list(range(len(lengths)))
    assert all(
        len(batch) == 1 or len(batch) * max(lengths[n] for n in batch) <= BATCH_TOKENS for batch in batches
    )
    ordered = [lengths[n] for batch in batches for n in batch]
    assert ordered == sorted(ordered), "short ones first, so that little is padded"


# --- words ----------------------------------------------------------------------------------------


def test_four_bits_by_hand(tmp_path: Path) -> None:
    whole = np.random.default_rng(1).integers(0, 16, (3, 64))
    blocks = whole.reshape(3, 2, 32)
    halves = (blocks[..., :16] | blocks[..., 16:] << 4).astype(np.uint8).reshape(3, 32)
    scales = np.array([[1, 2], [0.5, 4], [0.25, 1]], np.float16)
    np.savez(tmp_path / "words.npz", halves=halves, scales=scales)
    found = Words(tmp_path / "words.npz")(np.array([[2, 0]]))
    expected = (whole - 8) * np.repeat(scales, 32, axis=1)
    assert found.tolist() == [[expected[2].tolist(), expected[0].tolist()]]


def test_every_piece_of_the_tokenizer_has_a_vector() -> None:
    size = load_pairs()._tokenizer.get_vocab_size()
    vectors = _words()(np.arange(size)[None])
    assert vectors.shape == (1, size, WIDTH)
    assert np.isfinite(vectors).all()


def test_threads_that_ask_at_once_load_one_body(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Path] = []

    def slowly(file: Path) -> None:
        time.sleep(0.05)
        loaded.append(file)

    monkeypatch.setattr(body_module, "_session", slowly)
    body_module._body.cache_clear()
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(load_body, ["reader", "encoder"] * 2))
    finally:
        body_module._body.cache_clear()
    assert {file.stem for file in loaded} == {"reader", "encoder"}
    assert len(loaded) == 2
    assert found[:2] == found[2:]
    assert found[0]._words is found[1]._words, "of 12 MB"
