"""What users think of answers: kept in the store, a line each, and made into candidates for a question set.

::

    store/feedback.jsonl     {"time", "question", "history", "verdict", "about", "quotes", "answer", "corpus"}
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from rag.errors import InputError, ReadOnly, StoreError
from rag.search import QUESTION_MAX
from rag.store import Index, Snapshot
from rag.types import sides_of

FILE = "feedback.jsonl"
MOST_BYTES = 50_000_000
"""No more is kept: anybody who sees the page can write here."""
MOST_QUOTES = 50
MOST_HISTORY = 20

Verdict = Literal["good", "wrong", "beside", "retracted"]
"""Of an answer: it is good, or it is wrong. Of one of its quotes: it is beside the point. Of either: what was
said of it before is taken back."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class QuotedSlice:
    """Which part of which source was quoted; ``sha256`` is that of the source's text."""

    source: str
    start: int
    end: int
    sha256: str


@dataclass(frozen=True, slots=True)
class AnswerSummary:
    """What was answered, besides the quotes; see :class:`rag.types.Answer`."""

    lang: str
    mode: str
    answerable: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict.

    Attributes:
        time: ISO 8601, UTC.
        question: as asked.
        history: the earlier questions of its conversation, oldest first.
        verdict: see :data:`Verdict`.
        about: number of the quote that is judged, from 1; ``None`` where the answer is.
        quotes: those of the answer, in order.
        answer: the rest of it.
        corpus: hash over the ids and texts of all sources; see :func:`corpus_hash`.
    """

    time: str
    question: str
    history: tuple[str, ...]
    verdict: Verdict
    about: int | None
    quotes: tuple[QuotedSlice, ...]
    answer: AnswerSummary
    corpus: str

    @property
    def judged(self) -> QuotedSlice | None:
        """The quote, or ``None`` for the answer."""
        return self.quotes[self.about - 1] if self.about else None


def record(
    index: Index,
    answer: Mapping[str, Any],
    verdict: str,
    about: int | None = None,
    history: Sequence[str] = (),
) -> Feedback:
    """Keep a verdict on an answer. Nothing of the answer is believed before it is checked.

    Args:
        index: what answered.
        answer: as :func:`rag.answer.answer_as_json` gives it, or what a browser kept of that.
            Of its quotes only source, start, end and sha256 are looked at.
        verdict: ``good``, ``wrong``, ``beside`` or ``retracted``.
        about: the number of the quote that is beside the point, or of which that is taken back.
        history: the earlier questions of the conversation, oldest first.

    Raises:
        InputError: something of it cannot be.
        ReadOnly: the index is another's, see :attr:`rag.settings.Settings.follow`.
        StoreError: it cannot be written, or too much has been.
    """
    if index.settings.follow:
        raise ReadOnly("feedback_followed")
    quotes = _quotes(answer.get("quotes", []))
    feedback = Feedback(
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        question=_question(answer.get("question")),
        history=tuple(map(_question, history[-MOST_HISTORY:])),
        verdict=_verdict(verdict),
        about=about,
        quotes=quotes,
        answer=_summary(answer),
        corpus=index.read(corpus_hash),
    )
    if verdict != "retracted" and (verdict == "beside") != (about is not None):
        raise InputError("feedback_beside")
    if about is not None and not (isinstance(about, int) and 1 <= about <= len(quotes)):
        raise InputError("feedback_about", about=about, count=len(quotes))
    _append(index.store / FILE, json.dumps(asdict(feedback), ensure_ascii=False))
    return feedback


def read_feedback(store: Path) -> list[Feedback]:
    """All verdicts, oldest first. A line that is no verdict is logged and left out.

    Raises:
        StoreError: the file is there and cannot be read.
    """
    try:
        lines = (store / FILE).read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError("feedback_unread", file=store / FILE, reason=error.strerror) from None
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                found.append(_parsed(json.loads(line)))
        except (ValueError, KeyError, TypeError):
            logger.warning("%s, line %d is no verdict and is left out", store / FILE, number)
    return found


def candidates(snapshot: Snapshot, given: Iterable[Feedback]) -> list[dict[str, Any]]:
    """Questions for a set such as ``evals/questions.jsonl``, for somebody to look through.

    One a question and conversation. The last verdict counts, none that was taken back: what is good has its
    quotes for gold, without those said to be beside the point; where it is wrong, its gold is not known,
    and whether the sources answer is taken for the opposite. Quotes of a text that has changed are left out.
    ``verdict`` says what a candidate comes from.
    """
    by_question: dict[tuple[str, tuple[str, ...]], list[Feedback]] = {}
    for feedback in given:
        by_question.setdefault((feedback.question, feedback.history), []).append(feedback)
    standing = map(_standing, by_question.values())
    return [_candidate(snapshot, verdicts) for verdicts in standing if verdicts]


def corpus_hash(snapshot: Snapshot) -> str:
    """SHA-256 over the ids and text hashes of all sources; the same for the same documents."""
    lines = sorted(f"{info.id} {info.sha256}\n" for info in snapshot.infos)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _standing(verdicts: Iterable[Feedback]) -> list[Feedback]:
    """The last verdict on each thing judged, oldest first, without those taken back."""
    last: dict[QuotedSlice | None, Feedback] = {}
    for feedback in verdicts:
        last.pop(feedback.judged, None)
        last[feedback.judged] = feedback
    return [feedback for feedback in last.values() if feedback.verdict != "retracted"]


def _candidate(snapshot: Snapshot, verdicts: Sequence[Feedback]) -> dict[str, Any]:
    last = verdicts[-1]
    verdict = next((feedback.verdict for feedback in verdicts if feedback.judged is None), "beside")
    beside = {feedback.judged for feedback in verdicts}
    quotes = () if verdict == "wrong" else tuple(quote for quote in last.quotes if quote not in beside)
    gold = [found for quote in quotes if (found := _gold(snapshot, quote))]
    sources = {found["source"] for found in gold}
    name = hashlib.sha256(json.dumps([last.question, last.history]).encode()).hexdigest()[:8]
    return {
        "id": f"feedback-{name}",
        "family": f"feedback-{name}",
        "split": "dev",
        "lang": last.answer.lang,
        "kind": "feedback",
        "question": last.question,
        "history": list(last.history),
        "answerable": last.answer.answerable != (verdict == "wrong"),
        "gold": gold,
        "sides": sides_of(info for info in snapshot.infos if info.id in sources),
        "answer": "",
        "verdict": verdict,
    }


def _gold(snapshot: Snapshot, quote: QuotedSlice) -> dict[str, Any] | None:
    for number, info in enumerate(snapshot.infos):
        if (info.id, info.sha256) == (quote.source, quote.sha256):
            text = snapshot.source(number).text[quote.start : quote.end]
            place = {"source": quote.source, "start": quote.start, "end": quote.start + len(text)}
            return {**place, "text": text} if text else None
    return None


def _append(file: Path, line: str) -> None:
    data = line.encode("utf-8", "replace") + b"\n"
    try:
        if file.exists() and file.stat().st_size + len(data) > MOST_BYTES:
            raise StoreError("feedback_full", file=file)
        # One write to the end, so that two that write at once leave two lines; should the last one have
        # been cut off by a crash, it is ended first.
        with file.open("ab+", buffering=0) as stream:
            if stream.seek(0, os.SEEK_END) and (stream.seek(-1, os.SEEK_END), stream.read(1))[1] != b"\n":
                data = b"\n" + data
            stream.write(data)
    except OSError as error:
        raise StoreError("feedback_unwritten", file=file, reason=error.strerror) from None


def _parsed(data: dict[str, Any]) -> Feedback:
    feedback = Feedback(**{**data, "answer": AnswerSummary(**data["answer"])})
    quotes = tuple(QuotedSlice(**quote) for quote in data["quotes"])
    _verdict(feedback.verdict)
    return replace(feedback, history=tuple(data["history"]), quotes=quotes)


def _question(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InputError("feedback_question")
    if len(value) > QUESTION_MAX:
        raise InputError("text_long", name="question", count=len(value), most=QUESTION_MAX)
    return value


def _verdict(value: object) -> Any:
    if value not in get_args(Verdict):
        raise InputError("feedback_verdict", verdict=value, verdicts=", ".join(get_args(Verdict)))
    return value


def _quotes(value: object) -> tuple[QuotedSlice, ...]:
    if not isinstance(value, list) or len(value) > MOST_QUOTES:
        raise InputError("feedback_quotes", most=MOST_QUOTES)
    return tuple(map(_quote, value))


def _quote(value: object) -> QuotedSlice:
    quote = value if isinstance(value, dict) else {}
    source, start, end, sha256 = (quote.get(name) for name in ("source", "start", "end", "sha256"))
    named = isinstance(source, str) and isinstance(sha256, str) and len(source) <= 500 and len(sha256) == 64
    if not (named and type(start) is int and type(end) is int and 0 <= start < end <= 10**9):
        raise InputError("feedback_quote")
    return QuotedSlice(str(source), start, end, str(sha256))


def _summary(answer: Mapping[str, Any]) -> AnswerSummary:
    lang, mode = answer.get("lang"), answer.get("mode", "sources")
    answerable, confidence = answer.get("answerable"), answer.get("confidence")
    if lang not in ("fr", "en") or mode not in ("sources", "llm"):
        raise InputError("feedback_lang", lang=lang, mode=mode)
    if not isinstance(answerable, bool) or not isinstance(confidence, int | float):
        raise InputError("feedback_answerable")
    return AnswerSummary(lang, mode, answerable, round(float(confidence), 4))
