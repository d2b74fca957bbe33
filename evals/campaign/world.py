"""A small corpus, made by rule, with its store and its debates, in a folder of its own."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag.files import overwrite
from rag.settings import Settings, load_settings

PORTS = ("Brest", "Lorient", "Roscoff", "Douarnenez", "Camaret", "Audierne")
QUESTIONS = (
    "Combien de navires ont mouillé à Brest ?",
    "Quelle est la longueur de la jetée de Lorient ?",
    "How many ships moored in Roscoff?",
    "Qui tient le phare de Douarnenez ?",
    "Quelle est la capitale de la Mongolie ?",
)
_KEEPERS = ("Yann Le Goff", "Anne Kermadec", "Louis Tanguy", "Marie Riou", "Pol Abgrall", "Jeanne Cloarec")
_BETWEEN = (
    "La marée laisse à découvert les bancs de sable situés au nord de la rade.",
    "Les pilotes de la station montent à bord par vent d’ouest comme par vent d’est.",
    "Le conseil du port a voté le budget sans débat ni amendement.",
    "Les goémoniers ramassent les laminaires au printemps, selon l’usage.",
)


def document(port: str, version: int, paragraphs: int = 4) -> str:
    """What a report on a port says in one of its versions; every figure changes with the version."""
    chance = random.Random(f"{port}-{version}")
    keeper = chance.choice(_KEEPERS)
    lines = [
        f"En l’année {1900 + version}, {chance.randrange(10, 10_000)} navires ont mouillé à {port}.",
        f"La jetée de {port} a une longueur de {chance.randrange(100, 9_999)} mètres.",
        f"Le phare de {port} est tenu par {keeper} depuis {chance.randrange(2, 40)} ans.",
    ]
    extra = [f"{chance.choice(_BETWEEN)} Le relevé numéro {n} de {port} le dit." for n in range(paragraphs)]
    return "\n\n".join([" ".join(lines), *extra]) + "\n"


def with_voice(side: str, text: str) -> str:
    """A document whose front matter says whose it is."""
    return f"---\ntitle: Relevé\nside: {side}\n---\n{text}"


def pdf(text: str) -> bytes:
    """A document as PDF, a line for each paragraph's seventy characters."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    height = 780
    for paragraph in text.split("\n\n"):
        for sentence in paragraph.strip().split(". "):
            canvas.drawString(72, height, sentence.rstrip(".") + ".")
            height -= 16
        height -= 16
    canvas.save()
    return buffer.getvalue()


BASE: dict[str, str | bytes] = {
    "brest.md": with_voice("Amirauté", document("Brest", 0)),
    "lorient.md": with_voice("Pêcheurs", document("Lorient", 0, 8)),
    "Pêcheurs/roscoff.txt": document("Roscoff", 0),
    "phare.pdf": pdf(document("Douarnenez", 0)),
}
"""What a world begins with."""


@dataclass
class World:
    """Corpus, store and debates below one folder.

    Attributes:
        folder: where they are.
        texts: every text that a document ever had here, by its SHA-256: what may be quoted.
        printed: what PDFs here say, white space apart.
    """

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)
    printed: set[str] = field(default_factory=lambda: {plain(document("Douarnenez", 0))})

    @property
    def corpus(self) -> Path:
        """Of the documents."""
        return self.folder / "corpus"

    @property
    def store(self) -> Path:
        """Of the index."""
        return self.folder / "store"

    @property
    def debates(self) -> Path:
        """Of the debates with a name."""
        return self.folder / "debates"

    def settings(self, store: Path | None = None) -> Settings:
        """Those that the world's index has; or another index of the same documents."""
        return load_settings(corpus=self.corpus, store=store or self.store, debates=self.debates, fetch=False)

    def know(self, content: str | bytes) -> None:
        """Remember what may be quoted of a document."""
        if isinstance(content, str):
            text = body(content)
            self.texts[hashlib.sha256(text.encode()).hexdigest()] = text

    def write(self, documents: Mapping[str, str | bytes]) -> None:
        """Put documents into the corpus folder, each in one step."""
        for path, content in documents.items():
            self.know(content)
            (self.corpus / path).parent.mkdir(parents=True, exist_ok=True)
            overwrite(self.corpus / path, content.encode() if isinstance(content, str) else content)

    def wrong_in(self, quote: Mapping[str, Any]) -> str:
        """What is wrong with a quote as JSON, by the files' own texts; empty where nothing is."""
        words, text = quote["text"], self.texts.get(quote["sha256"])
        if text is None:
            is_printed = any(plain(words) in whole for whole in self.printed)
            return "" if is_printed else f"quoted of a text that never was: {quote['source']}: {words[:80]!r}"
        is_slice = text[quote["start"] : quote["end"]] == words
        stands = text[: quote["start"]].endswith(quote.get("before", ""))
        follows = text[quote["end"] :].startswith(quote.get("after", ""))
        if is_slice and stands and follows:
            return ""
        return f"no slice of its source: {quote['source']} {quote['start']}-{quote['end']}: {words[:80]!r}"

    def state(self) -> str:
        """What the corpus folder holds, as one hash."""
        files = sorted(path for path in self.corpus.rglob("*") if path.is_file())
        told = [f"{path.relative_to(self.corpus)} {_digest(path)}" for path in files]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def plain(text: str) -> str:
    """A text with one blank between its words."""
    return " ".join(text.split())


def body(content: str) -> str:
    """The text of a document that is made here: what stands after its front matter."""
    return content.split("\n---\n", 1)[1] if content.startswith("---\n") else content


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def bytes_of(folder: Path, but: tuple[str, ...] = ("trash",)) -> int:
    """How much a store takes, what was removed from the corpus apart."""
    files = (
        path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] not in but
    )
    return sum(path.stat().st_size for path in files)
