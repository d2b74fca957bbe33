"""How well claimed quotes are checked, and how fast: ``python -m evals quotes``."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.table import Table

from evals.sets.claims import Case
from evals.sets.debates import DATA, DEBATES, debates_of, write_corpus
from evals.sets.mutations import Falsifier, true_quotes
from evals.sets.questions import CORPUS
from evals.suites.outcomes import Outcome, figures
from rag import Index, load_settings, sync
from rag.types import Progress, Source
from rag.verify import Verifier

TRANSLATIONS = DATA / "translations.txt"
"""Sentences of the shipped documents in the other language, and inventions, one a line; written by hand."""
DRAWN = 3000
"""Of the cases of the debates, so many are drawn."""
LOCATED_LEAST = 0.95
"""Share of the changes of one word that must be located and shown."""
COST_MOST = 50
"""Most times of one ``str.find`` over the corpus that a check may take."""


@contextmanager
def opened(corpus: Path) -> Iterator[Verifier]:
    """A verifier over a corpus indexed for the occasion."""
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
        index = Index(load_settings(corpus=corpus, store=Path(folder) / "store"))
        sync(index)
        try:
            yield Verifier(index)
        finally:
            index.close()


def cases_of(sources: Sequence[Source], variants: int = 4) -> list[Case]:
    """Falsified and true quotes of some sources."""
    return [*Falsifier(sources).cases(), *true_quotes(sources, variants)]


def written_cases() -> list[Case]:
    """Translations and inventions written by hand, for the shipped documents."""
    lines = TRANSLATIONS.read_text(encoding="utf-8").splitlines()
    never = ("absent", "altered", "stitched")
    return [Case("by hand", line, never) for line in lines if line and not line.startswith("#")]


def checked(verifier: Verifier, cases: Sequence[Case], progress: Progress) -> list[Outcome]:
    """Check every case."""
    found: list[Outcome] = []
    for number, case in enumerate(cases):
        progress("checking quotes", number, len(cases))
        begin = time.perf_counter()
        result = verifier.verify(case.text, case.attributed or None)
        found.append(Outcome(case, result, 1000 * (time.perf_counter() - begin)))
    progress("checking quotes", len(cases), len(cases))
    return found


def run(progress: Progress, limit: int | None = None, is_timed: bool = False) -> dict[str, Any]:
    """The report: figures of the shipped documents and of the invented debates.

    Args:
        progress: called with the stage, how much is done and how much there is.
        limit: check only so many cases of each, drawn with a seed; by default :data:`DRAWN`.
        is_timed: whether to time a check on five megabytes too; takes minutes.
    """
    report: dict[str, Any] = {}
    for name in ("shipped", "debates"):
        with _corpus(name) as corpus, opened(corpus) as verifier:
            snapshot = verifier.index.snapshot()
            sources = [snapshot.source(number) for number in range(len(snapshot.infos))]
            cases = cases_of(sources) + (written_cases() if name == "shipped" else [])
            report[name] = figures(checked(verifier, _drawn(cases, limit or DRAWN), progress))
    if is_timed:
        report["speed"] = speed(progress)
    return report


@contextmanager
def _corpus(name: str) -> Iterator[Path]:
    """The shipped documents, or those of the debates of the part ``report``."""
    if name == "shipped":
        yield CORPUS
        return
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
        for debate in debates_of("report"):
            write_corpus(debate.name, Path(folder) / debate.name)
        yield Path(folder)


def _drawn(cases: Sequence[Case], limit: int) -> list[Case]:
    if limit >= len(cases):
        return list(cases)
    chosen = sorted(random.Random(len(cases)).sample(range(len(cases)), limit))
    return [cases[number] for number in chosen]


def failures(report: dict[str, Any]) -> list[str]:
    """What falls short of the promises, a line each."""
    lines: list[str] = []
    for name, found in report.items():
        if name == "speed":
            if found["ratio"] > COST_MOST:
                lines.append(f"a check takes {found['ratio']} times a str.find; {COST_MOST} at most")
            continue
        if found["false_exact"]:
            lines.append(f"{name}: {found['false_exact']} falsified quotes called exact")
        if found["located_and_shown"] is not None and found["located_and_shown"] < LOCATED_LEAST:
            lines.append(f"{name}: {found['located_and_shown']:.1%} of the one-word changes shown")
        if found["true_exact"] is not None and found["true_exact"] < 1:
            lines.append(f"{name}: {found['true_exact']:.1%} of the true quotes called exact")
    return lines


def tables(report: dict[str, Any]) -> Iterator[Table | str]:
    """A table for each corpus; a line on the speed where it was measured."""
    for name, found in report.items():
        if name == "speed":
            yield (
                f"speed: {found['characters']} characters, a check {found['check_ms']} ms (the slowest "
                f"{found['slowest_ms']}), str.find {found['find_ms']} ms: {found['ratio']} times as long"
            )
            continue
        title = (
            f"{name}: {found['falsified']} falsified, {found['false_exact']} called exact; one-word changes "
            f"located and shown {found['located_and_shown']:.1%}; {found['true']} true under noise, "
            f"{found['true_exact']:.1%} exact; {found['milliseconds']} ms"
        )
        table = Table(
            "kind", "cases", "right verdict", "shown", "effect named", title=title, title_justify="left"
        )
        for kind, values in found["kinds"].items():
            shares = ("" if values[k] is None else f"{values[k]:.1%}" for k in ("right", "shown", "named"))
            table.add_row(kind, str(values["cases"]), *shares)
        yield table


def speed(progress: Progress, characters: int = 5_000_000, checks: int = 200) -> dict[str, Any]:
    """Time of a check beside that of ``str.find`` over the same text, the index built beforehand.

    The corpus is made of the sentences of the debates and of the shipped documents, with words of one put
    into another, in documents of some hundred thousand characters.
    """
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        texts = _recombined(characters)
        for number, text in enumerate(texts):
            (corpus / f"seance-{number:03}.txt").write_text(text, encoding="utf-8")
        progress("indexing five megabytes", 0, 1)
        with opened(corpus) as verifier:
            snapshot = verifier.index.snapshot()
            sources = [snapshot.source(number) for number in range(len(snapshot.infos))]
            cases = _drawn(cases_of(sources[:3], 1), checks)
            verifier.verify(cases[0].text)  # tables are read at the first check
            outcomes = checked(verifier, cases, progress)
        whole = "\n".join(source.text for source in sources)
        finds = [_time_to_find(whole, case.text) for case in cases]
    by_verdict = {
        verdict: round(statistics.median(o.milliseconds for o in outcomes if o.found.verdict == verdict), 2)
        for verdict in sorted({o.found.verdict for o in outcomes})
    }
    check, find = statistics.median(o.milliseconds for o in outcomes), statistics.median(finds)
    return {
        "characters": len(whole),
        "check_ms": round(check, 2),
        "slowest_ms": round(max(o.milliseconds for o in outcomes), 2),
        "find_ms": round(find, 2),
        "ratio": round(check / find, 2),
        "by_verdict_ms": by_verdict,
    }


def _time_to_find(whole: str, text: str) -> float:
    begin = time.perf_counter()
    whole.find(text)
    return 1000 * (time.perf_counter() - begin)


def _recombined(characters: int, seed: int = 5) -> list[str]:
    draw = random.Random(seed)
    files = [*sorted(DEBATES.rglob("*.md")), *sorted(CORPUS.glob("*.md"))]
    lines = [
        line for file in files for line in file.read_text(encoding="utf-8").splitlines() if len(line) > 40
    ]
    words = [word for line in lines for word in line.split() if word.isalpha() and len(word) > 3]
    texts: list[str] = []
    while sum(map(len, texts)) < characters:
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < 250_000:
            parts = [w if draw.random() > 0.15 else draw.choice(words) for w in draw.choice(lines).split()]
            paragraphs.append(" ".join(parts))
        texts.append("\n\n".join(paragraphs))
    return texts
