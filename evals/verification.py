"""How well claimed quotes are checked, on cases made by evals/mutations.py; and how fast."""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from evals.mutations import Case, Falsifier, true_quotes
from rag import Index, load_settings, sync
from rag.text import read_words
from rag.types import Source
from rag.verify import Verification, Verifier

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "corpus"
DEBATES = HERE / "data" / "debates"
TRANSLATIONS = HERE / "data" / "translations.txt"
"""Sentences of the shipped documents in the other language, and inventions, one a line; written by hand."""
DRAWN = 3000
"""Of the cases of the debates, so many are drawn."""
LOCATED_LEAST = 0.95
"""Share of the changes of one word that must be located and shown."""
COST_MOST = 50
"""Most times of one ``str.find`` over the corpus that a check may take."""
SHOWN_MOST = 3
"""Most words that the diff of a change of one word may mark, on either side."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check made of a case."""

    case: Case
    found: Verification
    milliseconds: float

    @property
    def is_right(self) -> bool:
        """Whether the verdict is one of those expected."""
        return self.found.verdict in self.case.expected

    @property
    def is_false_exact(self) -> bool:
        """Whether words that the sources do not have are called exact."""
        exact = ("exact", "misattributed") if not self.case.attributed else ("exact",)
        return not self.case.is_true and self.found.verdict in exact

    @property
    def is_located(self) -> bool:
        """Whether a true passage is given that overlaps the one it was made from."""
        return any(
            piece.source.id == self.case.source
            and piece.start < self.case.end
            and self.case.start < piece.end
            for piece in self.found.pieces
        )

    @property
    def is_shown(self) -> bool:
        """Whether the diff marks the word that was changed, and little else."""
        changed = [item for item in self.found.diff if item.op != "equal"]
        quoted, actual = (
            _words(" ".join(getattr(item, s) for item in changed)) for s in ("quoted", "actual")
        )
        added, removed = _words(self.case.added), _words(self.case.removed)
        few = len(quoted) <= len(added) + SHOWN_MOST - 1 and len(actual) <= len(removed) + SHOWN_MOST - 1
        return few and set(added) - set(removed) <= set(quoted) and set(removed) - set(added) <= set(actual)

    @property
    def is_named(self) -> bool:
        """Whether the effect expected is named."""
        return any(effect.kind == self.case.effect for effect in self.found.effects)


def _words(text: str) -> list[str]:
    return [word.form for word in read_words(text)]


# --- running --------------------------------------------------------------------------------------


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


def run(verifier: Verifier, cases: Sequence[Case], progress: Progress) -> list[Outcome]:
    """Check every case."""
    found: list[Outcome] = []
    for number, case in enumerate(cases):
        progress("checking quotes", number, len(cases))
        begin = time.perf_counter()
        result = verifier.verify(case.text, case.attributed or None)
        found.append(Outcome(case, result, 1000 * (time.perf_counter() - begin)))
    progress("checking quotes", len(cases), len(cases))
    return found


def evaluate(progress: Progress, limit: int | None = None) -> dict[str, Any]:
    """The report: figures of the shipped documents and of the invented debates.

    Args:
        progress: called with the stage, how much is done and how much there is.
        limit: check only so many cases of each, drawn with a seed; by default :data:`DRAWN`.
    """
    report: dict[str, Any] = {}
    for name, corpus in (("shipped", SHIPPED), ("debates", DEBATES)):
        with opened(corpus) as verifier:
            snapshot = verifier.index.snapshot()
            sources = [snapshot.source(number) for number in range(len(snapshot.infos))]
            cases = cases_of(sources) + (written_cases() if name == "shipped" else [])
            report[name] = figures(run(verifier, _drawn(cases, limit or DRAWN), progress))
    return report


def _drawn(cases: Sequence[Case], limit: int) -> list[Case]:
    if limit >= len(cases):
        return list(cases)
    chosen = sorted(random.Random(len(cases)).sample(range(len(cases)), limit))
    return [cases[number] for number in chosen]


# --- figures --------------------------------------------------------------------------------------


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Headline figures, figures by kind, and the cases that went wrong."""
    false = [o for o in outcomes if not o.case.is_true]
    one_word = [o for o in outcomes if o.case.is_one_word]
    true = [o for o in outcomes if o.case.is_true]
    return {
        "falsified": len(false),
        "false_exact": sum(o.is_false_exact for o in false),
        "one_word": len(one_word),
        "located_and_shown": _share([o.is_located and o.is_shown for o in one_word]),
        "true": len(true),
        "true_exact": _share([o.is_right and o.is_located for o in true]),
        "milliseconds": round(statistics.median(o.milliseconds for o in outcomes), 2),
        "kinds": {
            kind: _kind_figures([o for o in outcomes if o.case.kind == kind])
            for kind in dict.fromkeys(o.case.kind for o in outcomes)
        },
        "wrong": [_told(o) for o in outcomes if _is_wrong(o)],
    }


def _kind_figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    told = [o.is_named for o in outcomes if o.case.effect]
    one_word = [o.is_located and o.is_shown for o in outcomes if o.case.is_one_word]
    return {
        "cases": len(outcomes),
        "right": _share([o.is_right for o in outcomes]),
        "shown": _share(one_word),
        "named": _share(told),
    }


def _share(values: Sequence[bool]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _is_wrong(outcome: Outcome) -> bool:
    unseen = outcome.case.is_one_word and not (outcome.is_located and outcome.is_shown)
    unnamed = bool(outcome.case.effect) and not outcome.is_named
    return not outcome.is_right or outcome.is_false_exact or unseen or unnamed


def _told(outcome: Outcome) -> dict[str, Any]:
    case = outcome.case
    return {
        "kind": case.kind,
        "text": case.text,
        "verdict": outcome.found.verdict,
        "located": outcome.is_located,
        "removed": case.removed,
        "added": case.added,
        "effects": [effect.kind for effect in outcome.found.effects],
        "diff": [[d.op, d.quoted, d.actual] for d in outcome.found.diff if d.op != "equal"],
    }


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


def tables(report: dict[str, Any]) -> Iterator[Table]:
    """The report for a terminal."""
    for name, found in report.items():
        if name == "speed":
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


# --- speed ----------------------------------------------------------------------------------------


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
            outcomes = run(verifier, cases, progress)
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


def speed_in_words(found: dict[str, Any]) -> str:
    """The figures of :func:`speed` as a line."""
    return (
        f"speed: {found['characters']} characters, a check {found['check_ms']} ms (the slowest "
        f"{found['slowest_ms']}), str.find {found['find_ms']} ms: {found['ratio']} times as long"
    )


def _time_to_find(whole: str, text: str) -> float:
    begin = time.perf_counter()
    whole.find(text)
    return 1000 * (time.perf_counter() - begin)


def _recombined(characters: int, seed: int = 5) -> list[str]:
    draw = random.Random(seed)
    files = [*sorted(DEBATES.rglob("*.txt")), *sorted(SHIPPED.glob("*.md"))]
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


def write(file: Path, report: dict[str, Any]) -> None:
    """Write the report as JSON."""
    file.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
