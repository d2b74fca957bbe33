"""Files read by processes apart: the same text, whatever becomes of the process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from evals.campaign.bombs import pdf_of
from evals.campaign.seeds import LIKE, seeds
from rag.documents import read_all, readers_now
from rag.documents.apart import read_apart
from rag.documents.border import unpacked
from rag.documents.kinds import READERS, read_kind
from rag.documents.workers import Workers
from rag.errors import NotReadable, UnreadableFile
from rag.settings import ReadingLimits
from rag.types import Source
from tests.helpers import ROOT
from tests.helpers.documents import LIMIT, docx_of, pdf

PAGES = pdf_of(
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[%s]/Count 20001>>" % (b"3 0 R " * 20_001),
    b"<</Type/Page/MediaBox[0 0 600 800]/Parent 2 0 R>>",
)
SHORT = ReadingLimits(seconds=3.0, memory_mb=500)


@pytest.fixture(scope="module")
def bad() -> Iterator[Workers]:
    """Processes that do harm when told to."""
    workers = Workers(2, "tests.helpers.bad_reader")
    yield workers
    workers.end()


def told(workers: Workers, job: str, data: bytes = b"x", limits: ReadingLimits = SHORT) -> list[bytes]:
    return workers.ask({"job": job}, data, limits, 1000, lambda blobs: blobs)


def is_running(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def waited_for(process: int) -> bool:
    """Whether a process ends soon."""
    for _ in range(100):
        if not is_running(process):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("suffix", sorted({*READERS, ".md"} - set(LIKE)))
def test_it_reads_what_is_read_in_this_process(suffix: str) -> None:
    data = seeds(suffix, with_office=False)[0]
    here, apart = read_kind(suffix, data, 50_000_000), read_apart(suffix, data, 50_000_000)
    assert apart == here
    assert apart.text


@pytest.mark.parametrize(
    ("suffix", "data", "limit"),
    [(".pdf", b"%PDF-1.4 nothing", LIMIT), (".docx", b"plain", LIMIT), (".xlsx", seeds(".xlsx")[0], 100)],
)
def test_a_refusal_keeps_its_key_and_its_values(suffix: str, data: bytes, limit: int) -> None:
    with pytest.raises(NotReadable) as here:
        read_kind(suffix, data, limit)
    with pytest.raises(NotReadable) as apart:
        read_apart(suffix, data, limit)
    assert (apart.value.key, apart.value.values) == (here.value.key, here.value.values)


@pytest.mark.parametrize(
    ("job", "key"),
    [("fall", "reader_fell"), ("slip", "reader_failed"), ("lie", "reader_fell")]
    + [("eat", "reader_memory")] * (sys.platform == "linux"),
)
def test_what_a_file_does_to_its_reader_is_said_in_a_line(bad: Workers, job: str, key: str) -> None:
    with pytest.raises(NotReadable) as caught:
        told(bad, job, b"no message\n")
    assert caught.value.key == key
    assert str(caught.value).isprintable()
    assert told(bad, "forge", b"the next file") == [b"the next file"]


def test_what_hangs_is_ended_with_what_helps_it(bad: Workers, tmp_path: Path) -> None:
    with pytest.raises(NotReadable) as caught:
        told(bad, "hang", bytes(tmp_path / "ids"))
    assert caught.value.key == "reader_slow"
    assert all(map(waited_for, map(int, (tmp_path / "ids").read_text().split())))


def test_a_step_that_announces_itself_may_take_longer(bad: Workers) -> None:
    assert told(bad, "plod") == [b"done"]


@pytest.mark.parametrize(
    "forged",
    [b"", b"null", b'{"text": 1}', b'{"text": "x", "layout": {"pages": [[0, "a"]]}}', b"[" * 100_000],
)
def test_a_forged_answer_is_none(bad: Workers, forged: bytes) -> None:
    with pytest.raises(NotReadable) as caught:
        bad.ask({"job": "forge"}, forged, SHORT, 200_000, lambda blobs: unpacked(*blobs))
    assert caught.value.key == "reader_fell"
    with pytest.raises(NotReadable):  # larger than any answer may be
        told(bad, "forge", b"x" * 1001)


def test_ctrl_c_leaves_no_answer_for_the_next_question(bad: Workers) -> None:
    def interrupted(blobs: list[bytes]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bad.ask({"job": "forge"}, b"first", SHORT, 1000, interrupted)
    assert told(bad, "forge", b"second") == [b"second"]


def test_processes_are_used_again_and_go_by_themselves(bad: Workers) -> None:
    large = bytearray(b"x") * (600 << 20)
    told(bad, "forge", limits=ReadingLimits())
    before = bad.processes()
    told(bad, "forge", limits=ReadingLimits())
    assert len(before) == 1
    assert bad.processes() == before, "what this process has of memory is not theirs"
    for process in before:
        os.kill(process, signal.SIGTERM)
        assert waited_for(process)
    assert told(bad, "forge", b"again", ReadingLimits()) == [b"again"]
    assert not set(before) & set(bad.processes())
    assert len(large) > 0


def test_threads_share_them(bad: Workers) -> None:
    found: dict[int, list[bytes]] = {}

    def ask(number: int) -> None:
        found[number] = told(bad, "forge", b"%d" % number, ReadingLimits())

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [b"%d" % number] for number in range(8)}
    assert len(bad.processes()) <= 2


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")
def test_none_outlives_a_program_that_is_killed(tmp_path: Path) -> None:
    ids = tmp_path / "ids"
    hanging = (
        "from rag.documents.workers import Workers; from rag.settings import ReadingLimits;"
        "Workers(1, 'tests.helpers.bad_reader')"
        f".ask({{'job': 'hang'}}, {bytes(ids)!r}, ReadingLimits(), 9, list)"
    )
    program = subprocess.Popen([sys.executable, "-c", hanging], cwd=ROOT)
    while not ids.exists() or " " not in ids.read_text():
        time.sleep(0.05)
        assert program.poll() is None
    program.kill()
    program.wait()
    assert all(map(waited_for, map(int, ids.read_text().split())))


def test_many_are_read_in_their_order_and_few_wait(tmp_path: Path) -> None:
    names = []
    for number in range(12):
        names.append(f"{number}{('.pdf', '.docx', '.txt', '.html')[number % 4]}")
        words = f"Texte numéro {number}."
        data = (pdf(words), docx_of(words), words.encode(), b"" if number == 7 else words.encode())[
            number % 4
        ]
        (tmp_path / names[-1]).write_bytes(data)
    taken: list[str] = []

    def asked() -> Iterator[tuple[str, str]]:
        for name in names:
            taken.append(name)
            yield name, name

    reading = read_all(tmp_path, asked(), LIMIT, at_once=2)
    first = next(reading)
    assert isinstance(first, Source)
    assert len(taken) <= 5
    others = list(reading)
    texts = [one.text if isinstance(one, Source) else one.reason for one in (first, *others)]
    assert [f"numéro {number}." in text for number, text in enumerate(texts)] == [n != 7 for n in range(12)]
    assert isinstance(others[6], UnreadableFile)
    assert len(readers_now()) > 0


@pytest.mark.parametrize(
    ("suffix", "data", "key"),
    [
        (".mht", b"From: a\nContent-Type: message/rfc822\n\n" * 2000, "html_damaged"),
        (".mht", b"From: a\nContent-Type: text/html; charset=a\0b\n\n<p>Lu.</p>", ""),
        (
            ".pdf",
            PAGES,
            "pdf_pages",
        ),
        (".csv", b"a,b\n" + b"x,y\n" * 100, "text_large"),
    ],
)
def test_files_that_a_campaign_found(suffix: str, data: bytes, key: str) -> None:
    try:
        assert read_kind(suffix, data, 20 if key == "text_large" else LIMIT).text == "Lu."
    except NotReadable as error:
        assert error.key == key


def test_reading_may_be_given_up(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.pdf").write_bytes(pdf(f"Texte {number}."))
    reading = read_all(tmp_path, ((f"{number}.pdf", "a") for number in range(6)), LIMIT, at_once=2)
    next(reading)
    reading.close()
    assert read_apart(".pdf", pdf("Après."), LIMIT).text == "Après."
