"""Questions of a file, one JSON object a line, and where their answers stand in the sources.

==============  ==================================================================================
field           what it is
==============  ==================================================================================
``question``    the question
``gold``        passages each of which answers: ``source`` (its id), ``text``, and ``start`` and
                ``end``, in characters, where the text stands in the source more than once
``answer``      the short answer, in the words of a passage; may be left out, as all that follows
``lang``        ``fr`` or ``en``: of the question, which is only asked in that language
``answerable``  whether the sources say; they do by default
``history``     the questions before it: one that has some is not asked
``kind``        one that is ``misspelt``, ``telegraphic``, a ``list`` or to ``compare`` is not asked
==============  ==================================================================================

Other fields are passed over, so that the set of the evaluation is one to train with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from rag.errors import SettingsError
from rag.quotes import excerpt, quotable_span
from rag.settings import Settings
from rag.store import Snapshot
from rag.text import FactKind, content_words, facts_in, fold, read_words
from rag.types import Language, Quote, Span

NAMES_LEAST = 0.4
"""Share of the words of a short answer from which its names are what is asked for."""

UNFIT = ("misspelt", "telegraphic", "list", "compare")
"""Kinds of questions that nobody is asked."""

Text = Annotated[str, Field(min_length=1)]
Position = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class Gold:
    """A passage that answers, as the file has it."""

    source: str
    text: Text
    start: Position | None = None
    end: Position | None = None


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question, as the file has it; see the module."""

    question: Text
    gold: tuple[Gold, ...]
    answer: str | None = None
    lang: Language | None = None
    answerable: bool = True
    history: tuple[Any, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A slice of a source, by the number of the source."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fitting:
    """A question of the set that the sources answer.

    Attributes:
        asked: the question.
        places: the passages that answer.
        sides: whose they are.
        side: the only one whose passages are meant, though others answer as well; ``None`` for none.
    """

    asked: SetQuestion
    places: tuple[Place, ...]
    sides: frozenset[str | None]
    side: str | None = None

    def is_for(self, side: str | None) -> bool:
        """Whether it is to be asked of one who speaks for a side, or for none."""
        return self.side == side or (self.side is None and self.sides == {side})


_LINE = TypeAdapter(SetQuestion)


def load_set(settings: Settings) -> tuple[SetQuestion, ...]:
    """The questions of the file of the settings; none where the file of the default is not there.

    Raises:
        SettingsError: the file cannot be read, or a line of it is no question.
    """
    file = settings.questions
    if file == Path():
        return ()
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (FileNotFoundError, NotADirectoryError) as error:
        if "questions" not in settings.model_fields_set:
            return ()
        raise SettingsError("question_set", file=file, reason=error.strerror) from None
    except OSError as error:
        raise SettingsError("question_set", file=file, reason=error.strerror) from None
    except UnicodeDecodeError:
        raise SettingsError("question_set_utf8", file=file) from None
    return tuple(_question(file, n, line) for n, line in enumerate(lines, start=1) if line.strip())


def _question(file: Path, number: int, line: str) -> SetQuestion:
    try:
        return _LINE.validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        problem = ": ".join([*map(str, first["loc"]), first["msg"]])
        raise SettingsError("question_set_line", file=file, line=number, problem=problem) from None


def fitting(questions: tuple[SetQuestion, ...], snapshot: Snapshot) -> Iterator[Fitting]:
    """Those that stand alone and are answered by passages which still stand where they should."""
    numbers = {info.id: number for number, info in enumerate(snapshot.infos)}
    for each in questions:
        if each.answerable and not each.history and each.kind not in UNFIT:
            places = [_place(gold, numbers, snapshot) for gold in each.gold]
            found = tuple(dict.fromkeys(place for place in places if place is not None))
            if found and None not in places:
                sides = frozenset(snapshot.infos[place.number].side for place in found)
                yield Fitting(each, found, sides)


def for_each_side(fits: Fitting, snapshot: Snapshot) -> Iterator[Fitting]:
    """A question as it is, and where several sides answer it, once more for each of them."""
    yield fits
    for side in sorted(side for side in fits.sides if side is not None) if len(fits.sides) > 1 else ():
        own = tuple(place for place in fits.places if snapshot.infos[place.number].side == side)
        yield Fitting(fits.asked, own, frozenset({side}), side)


def passages(fits: Fitting, snapshot: Snapshot) -> tuple[Quote, ...]:
    """The passages that answer a question; those that have its short answer, marked, come first."""
    found: list[Quote] = []
    for place in fits.places:
        quote = excerpt(snapshot, place.number, place.start, place.end)
        span = answer_in(quote.text, fits.asked.answer or "")
        marked = ((place.start + span[0], place.start + span[1]),) if span else ()
        found.append(replace(quote, highlights=marked))
    return tuple(sorted(found, key=lambda quote: not quote.highlights))


def fact_in(answer: str) -> FactKind | None:
    """What sort of fact a short answer is: a number or a date that it has, names where it is made of them."""
    found = facts_in(answer)
    kinds = {fact.kind for fact in found}
    if kinds <= {"name"}:
        named = sum(len(content_words(fact.text)) for fact in found)
        return "name" if named and named >= NAMES_LEAST * len(content_words(answer)) else None
    return "number" if "number" in kinds else "date"


def _place(gold: Gold, numbers: dict[str, int], snapshot: Snapshot) -> Place | None:
    """Where a passage stands, without the mark of a list item or of a heading."""
    number = numbers.get(gold.source)
    if number is None or not content_words(gold.text):
        return None
    text = snapshot.source(number).text
    start = gold.start
    if start is None:
        start = text.find(gold.text)
        if start != text.rfind(gold.text):
            return None
    end = start + len(gold.text) if gold.end is None else gold.end
    if start < 0 or text[start:end] != gold.text:
        return None
    return Place(number, *quotable_span(text, start, end))


def answer_in(text: str, answer: str) -> Span | None:
    """Where a short answer stands in a passage, whatever its case, accents and typography."""
    own, sought = read_words(text), [fold(word.form) for word in read_words(answer)]
    forms = [fold(word.form) for word in own]
    for first in range(len(forms) - len(sought) + 1 if sought else 0):
        if forms[first : first + len(sought)] == sought:
            return own[first].start, own[first + len(sought) - 1].end
    return None
