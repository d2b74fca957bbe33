"""Reading the index. Also what other tests of the index are made of: documents, an encoder, processes."""

from __future__ import annotations

import math
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from llama_index.core import VectorStoreIndex
from llama_index.core.vector_stores import MetadataFilter, MetadataFilters

from rag.encoders.use import EmbeddedEncoder
from rag.errors import StoreError
from rag.settings import load_settings
from rag.store import index as index_module
from rag.store import snapshot as snapshot_module
from rag.store import synchronise as synchronise_module
from rag.store.index import Index
from rag.store.snapshot import Snapshot
from rag.store.synchronise import sync
from rag.types import Quote
from tests.helpers.indexes import (
    DOCUMENTS,
    FLEET,
    QUESTION,
    WordEncoder,
    child,
    finished,
    found,
    made,
    open_in,
    slices,
    word_vector,
    write,
)


def by_brute_force(snapshot: Snapshot, question: str, level: Any = "sentence") -> list[tuple[int, float]]:
    vectors = snapshot.vectors(level, range(len(snapshot.rows(level)["start"])))
    query = np.array(word_vector(question))
    return sorted(((row, float(v @ query)) for row, v in vectors.items()), key=lambda p: (-p[1], p[0]))


@pytest.mark.parametrize("level", ["sentence", "passage"])
def test_nearest_rows_come_in_order_with_their_cosines(tmp_path: Path, level: Any) -> None:
    snapshot = made(tmp_path).snapshot()
    expected = by_brute_force(snapshot, QUESTION, level)
    nearest = snapshot.nearest(level, word_vector(QUESTION), 100)
    assert list(nearest) == [row for row, _ in expected]
    assert list(nearest.values()) == pytest.approx([score for _, score in expected], abs=1e-5)
    exact = [word_vector(snapshot.text_of(level, row)) @ np.array(word_vector(QUESTION)) for row in nearest]
    assert list(nearest.values()) == pytest.approx(exact, abs=0.01)  # vectors have eight bits
    assert list(snapshot.nearest(level, word_vector(QUESTION), 2)) == list(nearest)[:2]
    assert "flotte" in snapshot.text_of(level, next(iter(nearest)))


def test_dead_vectors_never_take_the_place_of_live_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synchronise_module, "to_join", lambda *_: set())
    words = ("flotte", "pain blanc", "vent du nord", "foin")
    texts = {f"{n}.md": f"Le texte parle de {word}.\n" for n, word in enumerate(words)}
    made(tmp_path, {"fleet.md": FLEET, **texts})
    (tmp_path / "corpus/fleet.md").unlink()
    index = open_in(tmp_path)
    sync(index)
    snapshot = index.snapshot()
    (part,) = snapshot.manifest.parts
    assert index.shards().collection(part).count() == 5  # the dead one is there
    assert list(snapshot.nearest("sentence", word_vector(QUESTION), 3)) == [
        row for row, _ in by_brute_force(snapshot, QUESTION)[:3]
    ]
    assert {q.source.id for q in found(index)} == {"0", "1", "2", "3"}


@pytest.mark.parametrize("looked_through", [20_000, 0])
def test_only_the_sources_asked_are_found(
    tmp_path: Path, looked_through: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot_module, "LOOKED_THROUGH", looked_through)
    twin = DOCUMENTS["notes.md"]
    snapshot = made(tmp_path, {**DOCUMENTS, "fleet.md": FLEET, "twin.md": twin}).snapshot()
    number = [info.id for info in snapshot.infos].index("notes")
    nearest = snapshot.nearest("sentence", word_vector(QUESTION), 2, frozenset({number}))
    assert {int(snapshot.sentences["source"][row]) for row in nearest} == {number}
    assert len(nearest) == 2
    assert snapshot.nearest("sentence", word_vector(QUESTION), 2, frozenset()) == {}


def test_vectors_are_those_of_the_rows_asked(tmp_path: Path) -> None:
    snapshot = made(tmp_path, {"fleet.md": FLEET, "twin.md": FLEET}).snapshot()
    rows = [3, 0, 3, 15]  # 15 is in the twin
    vectors = snapshot.vectors("sentence", rows)
    assert set(vectors) == set(rows)
    for row, vector in vectors.items():
        assert vector == pytest.approx(word_vector(snapshot.text_of("sentence", row)), abs=5e-3)
    assert snapshot.vectors("sentence", []) == {}


def test_a_row_without_a_word_has_no_vector(tmp_path: Path) -> None:
    snapshot = made(tmp_path, {"a.md": "* * *\n\nUne phrase ordinaire suit les étoiles.\n\n…\n"}).snapshot()
    rows = range(len(snapshot.sentences["start"]))
    without = [row for row in rows if not snapshot.sentences["quotable"][row]]
    assert without
    assert set(snapshot.vectors("sentence", rows)) == set(rows) - set(without)


def test_a_stock_llama_index_retriever_finds_slices_in_all_parts(tmp_path: Path) -> None:
    index = made(tmp_path)
    write(tmp_path / "corpus", {"fleet.md": FLEET})
    sync(index)
    (tmp_path / "corpus/theirs/reponse.txt").unlink()  # its vectors stay, dead
    sync(index)
    snapshot = index.snapshot()
    assert len(snapshot.manifest.parts) == 2
    stock = VectorStoreIndex.from_vector_store(
        snapshot.vector_store("sentence"), embed_model=index.encoder
    ).as_retriever(similarity_top_k=50)
    nodes = stock.retrieve(QUESTION)
    texts = {info.id: snapshot.source(number).text for number, info in enumerate(snapshot.infos)}
    assert len(nodes) == int(snapshot.sentences["quotable"].sum())
    for node in nodes:
        start, end = node.node.start_char_idx, node.node.end_char_idx
        assert texts[node.metadata["source"]][start:end] == node.node.get_content()
    assert {node.metadata["source"] for node in nodes} == {"accord", "fleet", "notes"}
    scores = [node.score or 0.0 for node in nodes]
    assert scores == sorted(scores, reverse=True)
    assert "flotte" in nodes[0].text
    by_side = {node.metadata["source"]: node.metadata["side"] for node in nodes}
    assert by_side["accord"] == "ours"


def test_dead_nodes_do_not_take_the_place_of_live_ones(tmp_path: Path) -> None:
    index = made(tmp_path, {"fleet.md": FLEET, "a.md": "Du pain de seigle.\n", "b.md": "Du pain blanc.\n"})
    (tmp_path / "corpus/fleet.md").unlink()
    sync(index)
    store = index.snapshot().vector_store("sentence")
    stock = VectorStoreIndex.from_vector_store(store, embed_model=index.encoder)
    assert {n.text for n in stock.as_retriever(similarity_top_k=2).retrieve(QUESTION)} == {
        "Du pain de seigle.",
        "Du pain blanc.",
    }


def test_the_vector_store_takes_filters_and_refuses_writing(tmp_path: Path) -> None:
    index = made(tmp_path)
    snapshot = index.snapshot()
    notes = next(info for info in snapshot.infos if info.id == "notes")
    only = MetadataFilters(filters=[MetadataFilter(key="sha256", value=notes.sha256)])
    stock = VectorStoreIndex.from_vector_store(snapshot.vector_store("passage"), embed_model=index.encoder)
    nodes = stock.as_retriever(similarity_top_k=9, filters=only).retrieve(QUESTION)
    assert {node.metadata["source"] for node in nodes} == {"notes"}
    with pytest.raises(StoreError, match="corpus folder"):
        stock.insert_nodes([nodes[0].node])
    with pytest.raises(StoreError, match="corpus folder"):
        stock.vector_store.delete("x")


def test_an_index_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"^no index in .*: run `replique index`$"):
        found(open_in(tmp_path))
    assert not (tmp_path / "store").exists()


def test_threads_that_open_at_once_share_what_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = found(made(tmp_path))
    opened: list[Any] = []
    monkeypatch.setattr(index_module, "Snapshot", lambda *args: opened.append(Snapshot(*args)) or opened[-1])
    index, barrier = open_in(tmp_path), threading.Barrier(8)

    def search(_: int) -> list[Quote]:
        barrier.wait()
        return found(index)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(search, range(8))) == [expected] * 8
    assert len(opened) == 1


def test_two_threads_may_open_two_indexes_of_one_store(tmp_path: Path) -> None:
    expected, barrier = found(made(tmp_path)), threading.Barrier(6)

    def search(_: int) -> list[Quote]:
        index = open_in(tmp_path)
        barrier.wait()
        answer = found(index)
        index.close()
        return answer

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(search, range(6))) == [expected] * 6


def test_closing_one_index_leaves_another_of_the_same_store_open(tmp_path: Path) -> None:
    one, other = made(tmp_path), open_in(tmp_path)
    expected = found(one)
    found(other)
    one.close()
    assert found(other) == expected
    assert found(one) == expected  # opens again


def test_an_index_nobody_holds_lets_go_of_its_files(tmp_path: Path) -> None:
    def open_files() -> list[str]:
        return [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]

    index = made(tmp_path)
    snapshot = index.snapshot()
    del index
    assert snapshot.nearest("sentence", word_vector(QUESTION), 1)  # still open, as it is held
    del snapshot
    deadline = time.monotonic() + 10  # Chroma closes its files in threads of its own
    while [name for name in open_files() if str(tmp_path) in name]:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_what_fails_once_is_tried_again_and_what_fails_twice_is_one_line(tmp_path: Path) -> None:
    index, calls = made(tmp_path), []

    def fails(times: int) -> Callable[[Snapshot], str]:
        def action(snapshot: Snapshot) -> str:
            calls.append(snapshot)
            if len(calls) <= times:
                index.shards().collection("no-such-part")
            return "done"

        return action

    assert index.read(fails(1)) == "done"
    calls.clear()
    with pytest.raises(StoreError, match=r"^the vectors .* are gone .*: run `replique index`") as error:
        index.read(fails(9))
    assert "\n" not in str(error.value)
    assert len(calls) == 2


def test_stores_of_the_same_relative_name_are_not_confused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexes = []
    for name, text in (("a", "La flotte de A."), ("b", "La flotte de B.")):
        write(tmp_path / name / "corpus", {f"{name}.md": text})
        monkeypatch.chdir(tmp_path / name)
        indexes.append(Index(load_settings(), WordEncoder()))
        sync(indexes[-1])
        assert [quote.text for quote in found(indexes[-1])] == [text]
        assert Path(".replique/chroma/chroma.sqlite3").exists()


def test_a_dotenv_file_of_the_working_folder_is_not_for_chroma(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("CHROMA_API_IMPL=nonsense\nMIGRATIONS=none\nSECRET=1\n")
    monkeypatch.chdir(tmp_path)
    assert found(made(tmp_path))


def make_anew(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder / "store")
    write(folder / "corpus", {"notes.md": "La flotte compte mille navires.\n"})
    sync(open_in(folder))


def test_a_store_deleted_and_made_anew_by_another_process_is_opened_again(tmp_path: Path) -> None:
    index = made(tmp_path)
    assert not any("mille" in quote.text for quote in found(index))
    assert finished(child(make_anew, tmp_path)) == 0
    assert any("mille" in quote.text for quote in found(index))


_OFFLINE = """
import os, socket, sys

def refuse(name, original):
    def checked(*args, **kwargs):
        address = args[1] if name.startswith("connect") else args
        if not str(address[0]).startswith(("127.", "::1", "localhost", "/")):
            os.write(2, f"network: {name} {address}\\n".encode())
            os._exit(7)
        return original(*args, **kwargs)
    return checked

for name in ("connect", "connect_ex"):
    setattr(socket.socket, name, refuse(name, getattr(socket.socket, name)))
socket.getaddrinfo = refuse("getaddrinfo", socket.getaddrinfo)
if sys.argv[1:] == ["probe"]:
    socket.create_connection(("192.0.2.1", 80), 1)
from rag.cli import main
main()
"""


def offline(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _OFFLINE, *arguments], cwd=folder, capture_output=True, text=True, timeout=60
    )


def test_indexing_and_asking_try_no_network(tmp_path: Path) -> None:
    write(tmp_path / "corpus", DOCUMENTS)
    done = offline(tmp_path, "search", "How many ships are in the fleet?", "--json")
    assert (done.returncode, "navires" in done.stdout) == (0, True), done.stderr
    assert offline(tmp_path, "probe").returncode == 7  # the guard itself works


def test_the_embedded_encoder_finds_a_french_passage_for_an_english_question(tmp_path: Path) -> None:
    write(tmp_path / "corpus", DOCUMENTS)
    index = open_in(tmp_path, EmbeddedEncoder())
    sync(index)
    snapshot = index.snapshot()
    question = index.encoder.get_query_embedding("Who signed the treaty in the Portuguese capital?")
    best = next(iter(snapshot.nearest("sentence", question, 1)))
    assert "traité" in snapshot.text_of("sentence", best)
    assert math.isclose(float(np.linalg.norm(snapshot.vectors("sentence", [best])[best])), 1, abs_tol=1e-4)
    assert slices(snapshot, found(index))
    assert snapshot.manifest == replace(snapshot.manifest, encoder=index.encoder_id)
