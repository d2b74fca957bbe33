"""The files of one committed state of the index: texts, units, lexical index.

::

    store/manifest.json      names everything that is live; replacing it is the commit
    store/<generation>/      texts.bin, layouts.bin, units.npz, speakers.json, bm25-sentences/,
                             bm25-passages/, vocabulary/, concordance/, bodies.json: never changed
    store/chroma/            the vectors, where no Chroma server holds them (see rag/store/index.py)
    store/store-id           random name of the store
    store/lock               held while a process writes

A generation is written whole under a fresh name before the manifest names it, so a reader sees the
old state or the new one, never a mixture.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.files import flush
from rag.store.bm25 import BM25
from rag.store.concordance import Concordance
from rag.store.vocabulary import Vocabulary
from rag.store.voices import Heard, named_as_told
from rag.text import Bodies, bodies_with, content_words, definitions, is_answer, is_quotable, terms
from rag.types import (
    Encode,
    Layout,
    Level,
    Passage,
    Place,
    Progress,
    Role,
    Sentence,
    Source,
    SourceInfo,
    Span,
    layout_from,
    no_progress,
)

# Columns of the unit tables, all int32; -1 for an absent slice.
_SENTENCE = (
    "source",
    "passage",
    "start",
    "end",
    "page",
    "paragraph",
    "point",
    "lead_start",
    "lead_end",
    "heading_start",
    "heading_end",
    "last_page",
    "note",
    "role",
    "speaker",
    "quotable",
)
_ROLES: tuple[Role, ...] = get_args(Role)
_PASSAGE = ("source", "start", "end", "first", "last")  # first and last of its sentence rows


@dataclass(frozen=True, slots=True)
class Segmented:
    """A source with its passages, ready to be written."""

    source: Source
    passages: tuple[Passage, ...]


class Edition:
    """The open files of one generation. Rows of sentences and passages are numbered over all sources.

    Attributes:
        infos: the sources, sorted by id.
        sentences, passages: columns by name, each of shape ``(rows,)``.
        bm25: lexical index by level; its documents are the rows.
        vocabulary: words of the sentences, with vectors; its sentences are the rows.
        concordance: every word of the sources and where it stands.
        bodies: what goes by an abbreviation, those that the sources explain with the others.
        speakers: who says the sentences, by the number in their rows.
    """

    def __init__(self, folder: Path, infos: Sequence[SourceInfo]) -> None:
        try:
            with (folder / "units.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                self.sentences = dict(zip(_SENTENCE, arrays["sentences"], strict=True))
                self.passages = dict(zip(_PASSAGE, arrays["passages"], strict=True))
                self._text_ends, self._layout_ends = arrays["text_ends"], arrays["layout_ends"]
            self.bm25: dict[Level, BM25] = {
                "sentence": BM25.load(folder / "bm25-sentences"),
                "passage": BM25.load(folder / "bm25-passages"),
            }
            self.vocabulary = Vocabulary.load(folder / "vocabulary")
            self.concordance = Concordance.load(folder / "concordance")
            self.bodies = bodies_with(json.loads((folder / "bodies.json").read_text(encoding="utf-8")))
            self.speakers: list[str] = json.loads((folder / "speakers.json").read_text(encoding="utf-8"))
            self._texts, self._layouts = _mapped(folder / "texts.bin"), _mapped(folder / "layouts.bin")
            self._check_sizes()
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise _damaged(error) from None
        self.infos = named_as_told(infos, self.sentences, self.speakers)
        self._sources: dict[int, Source] = {}

    def source(self, index: int) -> Source:
        """Source number ``index`` with its text, decoded and checked once.

        Raises:
            StoreError: the text is not the one that was indexed.
        """
        if index not in self._sources:
            begin = int(self._text_ends[index - 1]) if index else 0
            raw = self._texts[begin : int(self._text_ends[index])]
            info = self.infos[index]
            if hashlib.sha256(raw).hexdigest() != info.sha256:
                raise _damaged(f"the text of {info.id} is not what was indexed")
            self._sources[index] = Source(info, raw.decode("utf-8", "surrogatepass"))
        return self._sources[index]

    def layout(self, index: int) -> Layout:
        """The layout of source number ``index``.

        Raises:
            StoreError: it cannot be read.
        """
        begin = int(self._layout_ends[index - 1]) if index else 0
        try:
            return layout_from(json.loads(self._layouts[begin : int(self._layout_ends[index])]))
        except (ValueError, KeyError, TypeError) as error:
            raise _damaged(error) from None

    def _check_sizes(self) -> None:
        words, sentences = self.vocabulary, len(self.sentences["start"])
        agree = (
            self.bm25["sentence"].size == len(words.ends) == sentences
            and self.bm25["passage"].size == len(self.passages["start"])
            and len(words.words) == len(words.vectors)
            and len(self._text_ends) == len(self._layout_ends) == len(self.concordance.first) - 1
        )
        if not agree or len(self._layouts) != int(self._layout_ends[-1]):
            raise ValueError("its files are of different sizes")

    @cached_property
    def sides(self) -> list[str]:
        """The sides of those who speak, sorted."""
        return sorted({voice.side for voice in self.heard.voices if voice.side})

    @cached_property
    def heard(self) -> Heard:
        """Who speaks, and who says which sentence."""
        return Heard(self.infos, self.sentences, self.passages, self.speakers)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {info.id: number for number, info in enumerate(self.infos)}

    def number_of(self, source: str) -> int | None:
        """Number of the source with an id; ``None`` when there is none."""
        return self._numbers.get(source)

    def info_at(self, row: int) -> SourceInfo:
        """What is known of the source that a sentence's row belongs to, as the voice of who says it."""
        return self.infos[int(self.sentences["source"][row])].voiced(self.speaker_at(row))

    def speaker_at(self, row: int) -> str | None:
        """Who says the sentence of a row, as the source names them; ``None`` where it does not."""
        number = int(self.sentences["speaker"][row])
        return self.speakers[number] if number >= 0 else None

    def rows(self, level: Level) -> dict[str, NDArray[np.int32]]:
        """The columns of a level."""
        return self.sentences if level == "sentence" else self.passages

    @cached_property
    def first_rows(self) -> dict[Level, NDArray[np.int64]]:
        """For each level, the first row of each source."""
        numbers = np.arange(len(self.infos))
        return {
            "sentence": np.searchsorted(self.sentences["source"], numbers),
            "passage": np.searchsorted(self.passages["source"], numbers),
        }

    def sentence(self, row: int) -> tuple[Source, Sentence]:
        """The sentence of a row, with its source."""
        cell = {name: int(column[row]) for name, column in self.sentences.items()}
        source = self.source(cell["source"])
        numbers = {name: cell[name] for name in ("page", "paragraph", "point", "last_page", "note")}
        place = Place(**numbers, paging=source.info.paging)
        return source, Sentence(
            cell["start"],
            cell["end"],
            place,
            lead_in=_span(cell["lead_start"], cell["lead_end"]),
            heading=_span(cell["heading_start"], cell["heading_end"]),
            role=_ROLES[cell["role"]],
            speaker=self.speaker_at(row),
        )

    def row_at(self, level: Level, source: int, position: int) -> int:
        """The row of a source that holds a character, or the last one before it."""
        rows, first = self.rows(level), self.first_rows[level]
        begin = int(first[source])
        end = int(first[source + 1]) if source + 1 < len(first) else len(rows["start"])
        found = int(np.searchsorted(rows["start"][begin:end], position, side="right"))
        return begin + max(found - 1, 0)

    def span(self, level: Level, row: int) -> Span:
        """The slice of its source that a row is."""
        columns = self.rows(level)
        return int(columns["start"][row]), int(columns["end"][row])

    def text_of(self, level: Level, row: int) -> str:
        """The slice of a row."""
        columns = self.rows(level)
        text = self.source(int(columns["source"][row])).text
        return text[int(columns["start"][row]) : int(columns["end"][row])]


def _mapped(file: Path) -> mmap.mmap:
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)


def _damaged(why: object) -> StoreError:
    return StoreError("index_damaged", reason=why)


def _span(start: int, end: int) -> Span | None:
    return None if start < 0 else (start, end)


def write_edition(
    folder: Path,
    sources: Sequence[Segmented],
    encode: Encode,
    known: Vocabulary | None = None,
    progress: Progress = no_progress,
) -> None:
    """Write texts, units, lexical index, vocabulary and concordance into a new folder.

    Args:
        folder: must not exist.
        sources: sorted by id.
        encode: gives the vectors of some words.
        known: a vocabulary whose vectors are taken over.
        progress: called with the stage ``lexical``.
    """
    folder.mkdir(parents=True)
    encoded = [entry.source.text.encode("utf-8", "surrogatepass") for entry in sources]
    layouts = [json.dumps(asdict(entry.source.layout)).encode() for entry in sources]
    for name, parts in (("texts.bin", encoded), ("layouts.bin", layouts)):
        (folder / name).write_bytes(b"".join(parts) or b"\0")  # an empty file cannot be mapped
    speakers = sorted({sentence.speaker for sentence in _sentences(sources) if sentence.speaker})
    (folder / "speakers.json").write_text(json.dumps(speakers), encoding="utf-8")
    np.savez(
        folder / "units.npz",
        sentences=_table(_sentence_rows(sources, speakers), len(_SENTENCE)),
        passages=_table(_passage_rows(sources), len(_PASSAGE)),
        text_ends=np.cumsum([len(raw) for raw in encoded], dtype=np.int64),
        layout_ends=np.cumsum([len(raw) for raw in layouts], dtype=np.int64),
    )
    defined = sorted({pair for entry in sources for pair in definitions(entry.source.text)})
    (folder / "bodies.json").write_text(json.dumps(defined, ensure_ascii=False), encoding="utf-8")
    bodies = bodies_with(defined)
    sentence_terms: list[list[str]] = []
    passage_terms: list[list[str]] = []
    for number, entry in enumerate(sources):
        for passage in entry.passages:
            own = [_sentence_terms(entry.source, sentence, bodies) for sentence in passage.sentences]
            sentence_terms += own
            passage_terms.append([term for terms_ in own for term in terms_])
        progress("lexical", number + 1, len(sources))
    BM25.build(sentence_terms).save(folder / "bm25-sentences")
    BM25.build(passage_terms).save(folder / "bm25-passages")
    words = [
        content_words(entry.source.text[sentence.start : sentence.end])
        for entry in sources
        for passage in entry.passages
        for sentence in passage.sentences
    ]
    Vocabulary.build(words, encode, known).save(folder / "vocabulary")
    Concordance.build([entry.source.text for entry in sources]).save(folder / "concordance")
    for path in (*folder.rglob("*"), folder):
        flush(path)


def _sentence_terms(source: Source, sentence: Sentence, bodies: Bodies) -> list[str]:
    if not is_quotable(source.text, sentence.start, sentence.end):
        return []
    return terms(source.text[sentence.start : sentence.end], source.info.language, bodies)


def _sentences(sources: Sequence[Segmented]) -> Iterable[Sentence]:
    return (one for entry in sources for passage in entry.passages for one in passage.sentences)


def _sentence_rows(sources: Sequence[Segmented], speakers: Sequence[str]) -> Iterable[tuple[int, ...]]:
    numbers = {name: number for number, name in enumerate(speakers)}
    passage_row = 0
    for number, entry in enumerate(sources):
        for passage in entry.passages:
            for s in passage.sentences:
                lead_in, heading = s.lead_in or (-1, -1), s.heading or (-1, -1)
                place = (s.place.page, s.place.paragraph, s.place.point)
                told = (
                    s.place.last_page,
                    s.place.note,
                    _ROLES.index(s.role),
                    numbers.get(s.speaker or "", -1),
                )
                quotable = is_answer(entry.source.text, s)
                yield (number, passage_row, s.start, s.end, *place, *lead_in, *heading, *told, quotable)
            passage_row += 1


def _passage_rows(sources: Sequence[Segmented]) -> Iterable[tuple[int, ...]]:
    first = 0
    for number, entry in enumerate(sources):
        for passage in entry.passages:
            last = first + len(passage.sentences) - 1
            yield number, passage.start, passage.end, first, last
            first = last + 1


def _table(rows: Iterable[tuple[int, ...]], width: int) -> NDArray[np.int32]:
    """Columns first, shape ``(width, rows)``."""
    listed = list(rows)
    return np.array(listed, dtype=np.int32).reshape(len(listed), width).T
