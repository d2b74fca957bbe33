"""Questions for a debater to train on: made of the sources' own sentences by rule, or of a set; no model.

=============  ================================================================================
kind           what is asked
=============  ================================================================================
``blank``      the number, date, name or quoted words that are hidden in a sentence
``complete``   how a sentence goes on
``about``      what a source says about a topic that it comes back to
``who``        whose words a sentence is
``rebut``      what one's own side has against a sentence of another's
``asked``      a question of the question set; see rag/drill/question_set.py
=============  ================================================================================

Every question is checked before it is asked: the assistant holds what it shows to be answered, and quotes the
passage that the answer is judged by, of which the reader chooses the same sentence; of a rebuttal, the judge
says that it is one. By its id it can be asked again; see rag/drill/ids.py.
"""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

from rag.answer import Assistant
from rag.debate import Debate
from rag.drill.drafts import Draft, Drafts
from rag.drill.ids import read_id, short_hash
from rag.drill.making import Maker
from rag.drill.sentences import Sentences, language_of_source
from rag.drill.types import KINDS, Kind, Question, overlap
from rag.errors import InputError
from rag.reader import load_reader
from rag.search import EVERYBODY, Scope, passage_of
from rag.store import Index, Snapshot
from rag.types import Language

SOURCES_TRIED = 200
"""Most sources among which questions are looked for."""
CHECKED_MORE = 5
"""How many candidates are checked for each question wanted, at most; rebuttals take longer: but one."""
MOST = 100
"""Most questions of a session."""


class Quiz:
    """Makes questions from one index. Safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def questions(
        self,
        count: int,
        side: str | None = None,
        lang: Language | None = None,
        seed: int = 0,
        known: Iterable[str] = (),
        scope: Scope = EVERYBODY,
    ) -> list[Question]:
        """New questions, of all kinds in turn, one of the set first; fewer where the sources give no more.

        Args:
            count: how many, :data:`MOST` at most.
            side: for whom one speaks: the questions are about its sources, or for it to answer the others.
            lang: of the prompts; the source's own by default.
            seed: the same one gives the same questions.
            known: ids that are not to be given.
            scope: whose words the questions are about, and are answered by.

        Raises:
            InputError: no source has the side, or too many are wanted.
            SettingsError: the question set cannot be read.
            StoreError: there is no index.
        """
        if not 1 <= count <= MOST:
            raise InputError("drill_out_of_range", count=count, most=MOST)
        return self.index.read(
            lambda snapshot: _Choice(self.index, snapshot, scope).questions(
                count, side, lang, seed, set(known)
            )
        )

    def question(self, identifier: str, lang: Language | None = None, scope: Scope = EVERYBODY) -> Question:
        """The question with an id, as it is put of those in a scope.

        Raises:
            InputError: there is none, or no more.
            SettingsError: it is of the question set, which cannot be read.
            StoreError: there is no index.
        """
        return self.index.read(
            lambda snapshot: _Choice(self.index, snapshot, scope).question(identifier, lang)
        )


class _Choice:
    """Chooses among the questions of one snapshot, and finds them again."""

    def __init__(self, index: Index, snapshot: Snapshot, scope: Scope) -> None:
        self.snapshot = snapshot
        self.heard = scope.heard(snapshot)
        self.assistant = Assistant(index, reads=False)
        self.reads = index.settings.reader
        self.sentences = Sentences(snapshot)
        self.drafts = Drafts(index.settings, self.sentences)
        self.sides = self.drafts.sides
        self.maker = Maker(self.assistant, Debate(index), self.sentences, scope)

    # --- choosing ---

    def questions(
        self, count: int, side: str | None, lang: Language | None, seed: int, known: set[str]
    ) -> list[Question]:
        if side is not None and side not in self.sides:
            raise InputError("side_unknown", side=side, sides=", ".join(self.sides) or "none")
        chance = random.Random(seed)
        budget, of_rebuttals = [CHECKED_MORE * count + len(KINDS)], [count]
        taken: set[int] = set()
        kinds: list[Kind] = [kind for kind in KINDS if kind != "asked"]
        chance.shuffle(kinds)
        makers = [
            self._sound(
                kind,
                side,
                lang,
                random.Random(f"{seed} {kind}"),
                taken,
                known,
                of_rebuttals if kind == "rebut" else budget,
            )
            for kind in ("asked", *kinds)  # those of the set have the first choice of sentences
        ]
        return list(islice(_in_turn(makers), count))

    def _sound(
        self,
        kind: Kind,
        side: str | None,
        lang: Language | None,
        chance: random.Random,
        taken: set[int],
        known: set[str],
        budget: list[int],
    ) -> Iterator[Question]:
        """Questions of a kind that pass their check, each of sentences not taken yet."""
        for row in self._rows(kind, side, chance):
            drafts = [] if row in taken else self.drafts.of(kind, row, side)
            new = [draft for draft in drafts if self._is_new(draft, taken, known, lang)]
            if not new:
                continue
            if not budget[0]:
                return
            budget[0] -= 1
            draft = chance.choice(new)
            question = self.maker.question(draft, lang)
            if question is not None and self._is_in_scope(question) and self._is_sound(question, row):
                taken |= self.drafts.rows_with(draft)
                yield question

    def _is_new(self, draft: Draft, taken: set[int], known: set[str], lang: Language | None) -> bool:
        """Whether a draft is of sentences not taken, not known, and in the language, where it has one."""
        spoken = draft.of_set.asked.lang if draft.of_set else None
        wanted = lang or language_of_source(self.sentences.voice(draft.row))
        return (
            spoken in (None, wanted)
            and not taken & self.drafts.rows_with(draft)
            and self.maker.identifier(draft) not in known
        )

    def _rows(self, kind: Kind, side: str | None, chance: random.Random) -> Iterator[int]:
        """Sentences in a random order, the sources in turn."""
        if kind == "asked":
            return iter(chance.sample(sorted(self.drafts.asked), len(self.drafts.asked)))
        others = kind == "rebut"  # a rebuttal starts from what another side says
        said_by = self.snapshot.heard.said_by
        fits = [
            (self.heard is None or number in self.heard)
            and (side is None or kind == "who" or (voice.side != side if others else voice.side == side))
            for number, voice in enumerate(self.snapshot.heard.voices)
        ]
        heard = zip(self.snapshot.heard.voices, fits, strict=True)
        numbers = list(dict.fromkeys(voice.number for voice, is_fit in heard if is_fit))
        chance.shuffle(numbers)
        turns = [self.sentences.of_source(number, chance) for number in numbers[:SOURCES_TRIED]]
        return (row for turn in zip_longest(*turns) for row in turn if row is not None and fits[said_by[row]])

    def _is_in_scope(self, question: Question) -> bool:
        """Whether all that a question shows, and is judged by, is said by those in the scope."""
        heard, quotes = self.snapshot.heard, (*question.shown, *question.expected)
        voices = (heard.number_of(quote.source.id, quote.speaker) for quote in quotes)
        return self.heard is None or all(number in self.heard for number in voices)

    def _is_sound(self, question: Question, row: int) -> bool:
        """Whether what a question shows leads back to what it is judged by; a rebuttal was judged already."""
        if question.kind == "rebut":
            return True
        sides = [question.side] if question.side is not None else []
        of_source = question.kind in ("blank", "complete", "about")
        sources = [question.source.id] if of_source else []
        answer = self.assistant.ask(question.query, lang=question.lang, sides=sides, sources=sources)
        found = any(overlap(quote, gold) for quote in answer.quotes for gold in question.expected)
        return found and not (of_source and self.reads and not self._reads_again(question.query, row))

    def _reads_again(self, query: str, row: int) -> bool:
        """Whether the reader chooses a sentence of its passage, and holds that it answers."""
        passage = int(self.snapshot.sentences["passage"][row])
        [reading] = load_reader().read(query, [passage_of(self.snapshot, passage)])
        number = row - int(self.snapshot.passages["first"][passage])
        return bool(reading.scores[number] == reading.scores.max() > 0)

    # --- finding again ---

    def question(self, identifier: str, lang: Language | None) -> Question:
        match = read_id(identifier)
        draft = self._draft_of(match) if match else None
        question = self.maker.question(draft, lang) if draft else None
        if question is None or not self._is_in_scope(question):
            raise InputError("drill_gone", question=identifier[:80])
        return question

    def _draft_of(self, match: re.Match[str]) -> Draft | None:
        """The draft that an id means, among those that its sentence gives."""
        identifier = match.group()
        for number, info in enumerate(self.snapshot.infos):
            if short_hash(info) != match["hash"] or int(match["end"]) > info.characters:
                continue
            row = self.snapshot.row_at("sentence", number, int(match["start"]))
            kind: Kind = match["kind"]  # type: ignore[assignment]
            drafts: Iterable[Draft] = ()
            if kind == "asked":
                drafts = self.drafts.asked.get(row, ())
            elif self.sentences.is_usable(row):
                drafts = self.drafts.of(kind, row, None)
            found = next((draft for draft in drafts if self.maker.identifier(draft) == identifier), None)
            if found is not None:
                return found
        return None


def _in_turn(makers: Iterable[Iterator[Question]]) -> Iterator[Question]:
    """One of each in turn; none is made before it is wanted."""
    waiting = deque(makers)
    while waiting:
        maker = waiting.popleft()
        if (made := next(maker, None)) is not None:
            yield made
            waiting.append(maker)
