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

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from rag.errors import SettingsError
from rag.quotes import excerpt, quotable_span
from rag.settings import Settings
from rag.store import Snapshot
from rag.text import FactKind, Word, content_words, facts_in, fold, read_words
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
                sides = frozenset(_side(place, snapshot) for place in found)
                yield Fitting(each, found, sides)


def for_each_side(fits: Fitting, snapshot: Snapshot) -> Iterator[Fitting]:
    """A question as it is, and where several sides answer it, once more for each of them."""
    yield fits
    for side in sorted(side for side in fits.sides if side is not None) if len(fits.sides) > 1 else ():
        own = tuple(place for place in fits.places if _side(place, snapshot) == side)
        yield Fitting(fits.asked, own, frozenset({side}), side)


def _side(place: Place, snapshot: Snapshot) -> str | None:
    """The side of who says a passage."""
    return snapshot.info_at(snapshot.row_at("sentence", place.number, place.start)).side


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
    if gold.start is not None and text[gold.start : gold.end] == gold.text:
        return Place(number, *quotable_span(text, gold.start, gold.start + len(gold.text)))
    span = place_in(text, gold.text)
    return Place(number, *quotable_span(text, *span)) if span else None


def place_in(text: str, words: str) -> Span | None:
    """The one place of some words in a text: to the character, else but for typography and emphasis."""
    start = text.find(words)
    if start >= 0:
        return (start, start + len(words)) if start == text.rfind(words) else None
    found = list(islice(_runs(words, text, form_of=lambda word: word.form), 2))
    if len(found) != 1:
        return None
    ending = words[read_words(words)[-1].end :].strip("*_ ")
    start, end = found[0]
    return start, end + len(ending) if text.startswith(ending, end) else end


def answer_in(text: str, answer: str) -> Span | None:
    """Where a short answer stands in a passage, whatever its case, accents and typography."""
    return next(_runs(answer, text, form_of=lambda word: fold(word.form)), None)


def _runs(sought: str, text: str, form_of: Callable[[Word], str]) -> Iterator[Span]:
    """Where words of some forms stand in a row."""
    own, wanted = read_words(text), [form_of(word) for word in read_words(sought)]
    forms = [form_of(word) for word in own]
    for first in range(len(forms) - len(wanted) + 1 if wanted else 0):
        if forms[first] == wanted[0] and forms[first : first + len(wanted)] == wanted:
            yield own[first].start, own[first + len(wanted) - 1].end
