"""Works that take long."""

from __future__ import annotations

import threading

import pytest

from rag.errors import InputError
from rag.types import Progress
from rag.ui.prepare.jobs import AT_ONCE, MOST, PATIENCE, Jobs, Stopped

LONG = 20.0


def test_a_work_says_how_far_it_is_and_gives_its_result() -> None:
    jobs: Jobs[str] = Jobs()
    told, go = threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        progress("read", 3, 7)
        told.set()
        assert go.wait(LONG)
        return "fait"

    name = jobs.begin(work)
    assert told.wait(LONG)
    assert jobs.news(name).stage == ("read", 3, 7)
    assert not jobs.news(name).done.is_set()
    go.set()
    assert jobs.news(name).done.wait(LONG)
    assert jobs.news(name).outcome() == "fait"
    assert jobs.news(name).outcome() == "fait", "an answer may be lost on its way"


def test_what_a_work_raises_reaches_who_asks() -> None:
    jobs: Jobs[str] = Jobs()

    def work(progress: Progress) -> str:
        raise InputError("sides_few")

    job = jobs.news(jobs.begin(work))
    assert job.done.wait(LONG)
    with pytest.raises(InputError, match="two sides"):
        job.outcome()


@pytest.mark.parametrize("how", ["stopped", "forgotten"])
def test_a_work_ends_at_its_next_step_when_nobody_wants_it(how: str) -> None:
    now = [0.0]
    jobs: Jobs[str] = Jobs(lambda: now[0])
    begun, go = threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        begun.set()
        assert go.wait(LONG)
        progress("read", 1, 2)
        return "fait"

    name = jobs.begin(work)
    job = jobs.news(name)
    assert begun.wait(LONG)
    if how == "stopped":
        jobs.stop(name)
        jobs.stop(name)
    else:
        now[0] = PATIENCE + 1
    go.set()
    assert job.done.wait(LONG)
    with pytest.raises(Stopped):
        job.outcome()
    if how == "stopped":
        with pytest.raises(InputError, match="begin again"):
            jobs.news(name)


def test_only_some_run_at_once_and_no_endless_row_waits() -> None:
    jobs: Jobs[int] = Jobs()
    go, running = threading.Event(), threading.Semaphore(0)

    def work(progress: Progress) -> int:
        running.release()
        assert go.wait(LONG)
        return 1

    names = [jobs.begin(work) for _ in range(MOST)]
    for _ in range(AT_ONCE):
        assert running.acquire(timeout=LONG)
    assert not running.acquire(blocking=False)
    with pytest.raises(InputError, match="too many"):
        jobs.begin(work)
    go.set()
    for name in names:
        assert jobs.news(name).done.wait(LONG)
