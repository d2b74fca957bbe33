"""A hostile corpus through every command, export, endpoint and view: nothing acts, every quote is one.

What is looked for stands in ``hostile_look.py``: elements or addresses in HTML that the program did not
make, sequences that a terminal obeys, Markdown and Word files that do more than say words, quotes that are no
slices, errors that nobody foresaw. A language model that obeys what the documents order takes part.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from inspect import signature
from pathlib import Path
from typing import Any

from evals.campaign import hostile_look as look
from evals.campaign.hostile_corpus import MARKDOWN, QUESTIONS, SCRIPT, SPEECH, write
from evals.campaign.hostile_model import obeying
from evals.campaign.outcome import Outcome
from rag.api import Debates, Services, Tools, assistant_for
from rag.cli import main
from rag.settings import load_settings
from rag.store import Index, sync

_HIDDEN = ("ask_stream",)
"""Streams give what the service without one gives."""


class Place:
    """The corpus in a folder, its index, and the tools over it."""

    def __init__(self, folder: Path, llm_url: str) -> None:
        self.folder = folder
        (folder / "corpus").mkdir()
        self.refused = write(folder / "corpus")
        self.settings = load_settings(
            corpus=folder / "corpus", store=folder / "store", debates=folder / "debates", llm_url=llm_url,
            questions=folder / "none",
        )  # fmt: skip
        self.index = Index(self.settings)
        sync(self.index)
        self.tools = Tools(assistant_for(self.index, True))
        snapshot = self.index.snapshot()
        self.texts = {info.id: snapshot.source(number).text for number, info in enumerate(snapshot.infos)}

    def close(self) -> None:
        """Let go of what is open."""
        self.index.close()


def run(seed: int, count: int, until: float) -> Outcome:
    """All of it once, whatever the seed: nothing here is drawn. ``count`` bounds the steps."""
    steps = 0
    faults: list[tuple[int, str]] = []
    with tempfile.TemporaryDirectory(prefix="replique-hostile-") as folder, obeying() as address:
        place = Place(Path(folder), address)
        try:
            for name, found in _all(place):
                steps += 1
                faults += [(seed, f"{name}: {fault}") for fault in found]
                for fault in found:
                    print(f"evals: {name}: {fault}", file=sys.stderr)
                if steps >= count or (time.monotonic() > until and steps > 1):
                    break
        finally:
            place.close()
    refused = f"; {len(place.refused)} file names that this system does not take" if place.refused else ""
    return Outcome({"steps": steps}, tuple(faults), f"{len(place.texts)} hostile documents{refused}")


Step = tuple[str, list[str]]


def _all(place: Place) -> Iterator[Step]:
    yield from _commands(place)
    yield from _services(place)
    from evals.campaign.hostile_page import views  # gradio takes its time

    yield from views(place.tools, place.texts)


# --- the command ----------------------------------------------------------------------------------


class _Terminal(io.TextIOWrapper):
    """Takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


def _commands(place: Place) -> Iterator[Step]:
    question, other, _ = QUESTIONS
    speech = place.folder / "speech.txt"
    speech.write_text(SPEECH, encoding="utf-8")
    asked = place.folder / "asked.txt"
    asked.write_text("\n".join((*QUESTIONS, f"\x1b[2J\u202e{SCRIPT}", MARKDOWN)), encoding="utf-8")
    words = ("Le pont de Sainte-Anne coûte douze millions d’euros.", f"coûte douze {SCRIPT} millions")
    plain = [
        ["ask", question, "--no-llm"], ["ask", other], ["ask", "--from", str(asked), "--no-llm"],
        ["search", question],
        ["search", "pont", "--literal"], ["verify", words[0]], ["verify", words[1]],
        ["verify", "--speech", str(speech)], ["face"], ["face", "Le pont"], ["rebut", "Le pont est gratuit."],
        ["counter", str(speech)], ["brief", "Le pont", "--no-llm"], ["sources"], ["doctor"], ["debates"],
        ["drill", "--json"], ["index", "--rebuild"], ["feedback"],
    ]  # fmt: skip
    for arguments in plain:
        yield from _command(place, arguments, as_terminal=True)
        if "--json" not in arguments:
            yield from _command(place, [*arguments, "--json"], as_terminal=False)
    for source in place.texts:
        yield from _command(place, ["show", "--", source], as_terminal=True)
    yield from _shown_whole(place)
    yield from _exports(place)


def _command(place: Place, arguments: Sequence[str], as_terminal: bool) -> Iterator[Step]:
    code, out, err = _ran(place, arguments, as_terminal)
    faults = [*look.told(err)]
    if code not in (0, 1, 2) or (code and not err):
        faults.append(f"exit code {code}, {err[:100]!r}")
    if as_terminal:
        faults += [*look.terminal(out), *look.terminal(err)]
    elif not code:
        faults += _lines(out, place.texts)
    ended = f": {err[:80]!r}" if code else ""
    yield f"replique {' '.join(arguments)[:60]!r}{' on a terminal' * as_terminal}{ended}", faults


def _lines(out: str, texts: dict[str, str]) -> Iterator[str]:
    for line in out.splitlines():
        try:
            yield from look.quotes(json.loads(line), texts)
        except ValueError:
            yield f"no JSON: {line[:80]!r}"


def _ran(place: Place, arguments: Sequence[str], as_terminal: bool) -> tuple[int, str, str]:
    kind = _Terminal if as_terminal else io.TextIOWrapper
    out, err = kind(io.BytesIO(), encoding="utf-8"), kind(io.BytesIO(), encoding="utf-8")
    located = ["--corpus", str(place.settings.corpus), "--store", str(place.settings.store)]
    code = 0
    with (
        contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), contextlib.chdir(place.folder),
        contextlib.suppress(SystemExit),
    ):  # fmt: skip
        try:
            main([*located, *arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        used = sys.stdout, sys.stderr  # those around ours: one that is lost closes what is behind it
        for stream in used:
            stream.flush()
    return code, _written(out), _written(err)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return bytes(stream.buffer.getvalue()).decode("utf-8", "surrogatepass")  # type: ignore[attr-defined]


def _shown_whole(place: Place) -> Iterator[Step]:
    """To a pipe, a source goes as it is."""
    for source, text in place.texts.items():
        _, out, _ = _ran(place, ["show", "--", source], as_terminal=False)
        yield f"replique show {source!r}", [] if out == text else ["not the text of the source"]


def _exports(place: Place) -> Iterator[Step]:
    file = str(place.folder / "cards.json")
    _ran(place, ["dossier", "new", file, "--title", SCRIPT], as_terminal=False)
    for source, text in place.texts.items():
        end = str(min(len(text), 80))
        card = ["dossier", "add", file, "--source", source, "--start", "0", "--end", end, "--tag", MARKDOWN]
        yield from _command(place, [*card, "--note", SCRIPT, "--section", "A/B", "--json"], as_terminal=False)
    yield from _command(place, ["dossier", "list", file], as_terminal=True)
    for kind, check in _CHECKS.items():
        for name, arguments in (
            ("dossier", ["dossier", "export", file]),
            ("brief", ["brief", "Le pont", "--no-llm", "--out"]),
        ):
            output = place.folder / f"{name}.{kind}"
            yield from _command(place, [*arguments, str(output)], as_terminal=True)
            yield f"{name}.{kind}", list(check(output.read_bytes())) if output.exists() else ["not written"]
    drawing = place.folder / "map.svg"
    yield from _command(place, ["brief", "Le pont", "--no-llm", "--map", str(drawing)], as_terminal=True)
    yield "map.svg", list(look.html(drawing.read_text("utf-8"))) if drawing.exists() else ["not written"]


_CHECKS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "md": lambda data: look.markdown(data.decode()),
    "html": lambda data: look.html(data.decode()),
    "docx": look.word,
}


# --- services -------------------------------------------------------------------------------------

_GIVEN: dict[str, Any] = {
    "question": QUESTIONS[0], "query": "pont", "quote": "Le pont de Sainte-Anne coûte douze millions.",
    "speech": SPEECH, "claim": "Le pont est gratuit.", "motion": "Le pont", "attributed": SCRIPT,
    "lang": "fr", "answer": SCRIPT, "source": "pour", "start": 0, "end": 40, "tag": SCRIPT, "note": MARKDOWN,
    "section": "A/B", "format": "html", "state": {}, "page": 1, "width": 700, "k": 5,
}  # fmt: skip


def _services(place: Place) -> Iterator[Step]:
    services = Services(Debates(place.tools))
    dossier: Any = {}
    for service in services.named():
        if service.__name__ in _HIDDEN:
            continue
        names = signature(service).parameters
        given = {name: _GIVEN[name] for name in names if name in _GIVEN}
        if "dossier" in names and dossier:
            given["dossier"] = dossier
        faults: list[str] = []
        try:
            found: Any = asyncio.run(_awaited(service(**given)))
            faults += look.quotes(json.loads(json.dumps(found, default=str)), place.texts)
            if service.__name__ == "dossier_card":
                dossier = found["dossier"]
            if service.__name__ == "dossier_export":
                faults += look.html(_content(found))
        except Exception as error:
            if not hasattr(error, "in_words"):
                faults.append(f"not foreseen: {type(error).__name__}: {error}"[:200])
        yield f"service {service.__name__}", faults


async def _awaited(found: Awaitable[Any]) -> Any:
    return await found


def _content(found: Any) -> str:
    text = found.get("content", "") if isinstance(found, dict) else ""
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        return str(text)
