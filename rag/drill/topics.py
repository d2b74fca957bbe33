"""Topics of a source: phrases that it comes back to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rag.store import Snapshot
from rag.text import fold, is_stopword

TRIED = 6
"""Most topics of some passages."""
REPEATED = 2
"""What is a topic of a source is said in it at least this often."""
WORD_MIN = 4
"""The words that a topic begins and ends with have at least as many letters."""
TOPIC_WORDS = 4
"""Most words of a topic."""

WINDOW = 20_000
"""Repetitions are counted this far before and after, in characters."""

_LINKS = frozenset("de du des d of et and pour for à aux au la le les l the to".split())
"""Words that may stand inside a topic."""
_PREPOSITIONS = frozenset(
    "contre vers avec avant après pendant entre depuis selon parmi malgré against with from into during "
    "between under about before after toward towards among despite according autour "
    "chaque plusieurs around each every several".split()
)
"""Words with which no topic begins or ends."""
_WORD = r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*"
_RUN = re.compile(rf"{_WORD}(?:[ \u00a0\u202f]{_WORD}|[’']{_WORD})*")
_TOKEN = re.compile(_WORD)


def topics_in(snapshot: Snapshot, number: int, passages: Iterable[int]) -> list[str]:
    """Topics of some passages of a source, the most repeated first; passages it has not are skipped."""
    text, columns = snapshot.source(number).text, snapshot.passages
    rows = snapshot.rows_in("passage", number)
    counts: dict[str, int] = {}
    for row in (rows[passage] for passage in passages if 0 <= passage < len(rows)):
        start, end = int(columns["start"][row]), int(columns["end"][row])
        around = text[max(0, start - WINDOW) : end + WINDOW].casefold()
        for phrase in phrases(text[start:end]):
            if phrase not in counts:
                counts[phrase] = around.count(phrase.casefold())
    repeated = {phrase: count for phrase, count in counts.items() if count >= REPEATED}
    return sorted(repeated, key=lambda phrase: (-repeated[phrase] * len(_content(phrase)), phrase))[:TRIED]


def phrases(text: str) -> Iterator[str]:
    """Runs of two to four words that begin and end with a word that means something, as they stand."""
    for run in _RUN.finditer(text):
        tokens = list(_TOKEN.finditer(run[0]))
        for first, token in enumerate(tokens):
            if not _means(token[0]):
                continue
            for last in range(first + 1, min(first + TOPIC_WORDS, len(tokens))):
                word = tokens[last][0]
                if _means(word):
                    yield run[0][token.start() : tokens[last].end()]
                elif word.casefold() not in _LINKS:
                    break


def _means(word: str) -> bool:
    folded = fold(word)
    return len(word) >= WORD_MIN and word.casefold() not in _PREPOSITIONS and not is_stopword(folded)


def _content(text: str) -> list[str]:
    return [fold(word) for word in _TOKEN.findall(text) if _means(word)]
