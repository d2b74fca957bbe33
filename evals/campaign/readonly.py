"""Store and corpus that may not be written: asking works, and who would index is told why it cannot be."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.campaign.child import BadDay, ran
from evals.campaign.outcome import Outcome, in_doses
from evals.campaign.view import answered, fresh, wrong_in
from evals.campaign.world import BASE, QUESTIONS, World, document

ASKED = ("ask", "search", "sources", "show", "verify")


def run(seed: int, count: int, until: float) -> Outcome:
    """Once each way there is; ``seed`` and ``until`` draw and hinder nothing."""
    ways = ["rights taken away", *(["mounted read-only"] if os.geteuid() == 0 else [])]
    doses, faults = in_doses(
        seed, min(count, len(ways)), until, lambda n: _dose(ways[(n - seed) % len(ways)])
    )
    return Outcome({"read-only stores": doses}, faults, f"{', '.join(ways)}; {', '.join(ASKED)}, index, add")


def _dose(way: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="replique-readonly-") as folder:
        world = World(Path(folder))
        world.write(BASE)
        (world.folder / "questions.txt").write_text("\n".join(QUESTIONS) + "\n", encoding="utf-8")
        if wrong := ran(world, "index").wrong():
            yield wrong
            return
        expected = fresh(world)
        day = BadDay(obeys=os.geteuid() == 0)
        with _locked_up(world, way):
            asked = ran(world, "ask", "--json", "--from", str(world.folder / "questions.txt"), day=day)
            answers = [json.loads(line) for line in asked.out.splitlines()]
            yield from (f"{way}: {line}" for line in wrong_in(world, answers))
            if asked.wrong() or tuple(map(answered, answers)) != expected.answers:
                yield f"{way}: asked, {asked.wrong() or 'it answers otherwise'}"
            for others in (["search", "navires"], ["sources"], ["show", "brest"], ["verify", "la jetée"]):
                if wrong := ran(world, *others, day=day).wrong():
                    yield f"{way}: {others[0]}: {wrong}"
        world.write({"brest.md": document("Brest", 5)})
        text = world.folder / "audierne.txt"
        text.write_text(document("Audierne", 2), encoding="utf-8")
        with _locked_up(world, way):
            for arguments in (["index"], ["add", str(text)]):
                done = ran(world, *arguments, day=day)
                if done.code == 0:
                    yield f"{way}: {arguments[0]} says that it is done: {done.out[:100]}"
                elif wrong := done.wrong(may_fail=True):
                    yield f"{way}: {arguments[0]}: {wrong}"
                elif "write" not in done.err and "read" not in done.err and "hang" not in done.err:
                    yield f"{way}: {arguments[0]} does not say what to do: {done.said}"
            asked = ran(world, "ask", "--json", QUESTIONS[0], day=day)
            if wrong := asked.wrong():
                yield f"{way}: asked after the corpus changed, {wrong}"


@contextmanager
def _locked_up(world: World, way: str) -> Iterator[None]:
    """Corpus and store as they may not be written."""
    folders = [world.corpus, world.store]
    if way == "mounted read-only":
        for folder in folders:
            subprocess.run(["mount", "--bind", "-o", "ro", str(folder), str(folder)], check=True)
        try:
            yield
        finally:
            for folder in folders:
                subprocess.run(["umount", "-l", str(folder)], check=True)
        return
    paths = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
