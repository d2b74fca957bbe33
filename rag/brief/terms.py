"""The terms that sides use for one thing: strict, as a wrong pair is worse than none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rag.brief.statements import Row, Statements
from rag.brief.types import Term, TermUse
from rag.text import CONTENT, Token, terms, tokenise
from rag.types import Span

USED = 3
"""A side uses its term in so many sentences at least, and no other side in any."""
NEAR = 0.45
"""Least cosine of the two words; see ``rag.encoders.SAME_WORD``, which translations and twins have."""
ONE_PLACE, PLACES = 0.4, 0.22
"""How alike the sentences must be in which they stand: the two most alike, all on average."""
MOST = 6
_ARTICLES = frozenset({"des", "du", "aux", "au", "a", "an"})
_NO_NOUN = re.compile(r"(?:ons|ez|ent|ait|aient|era|eront|ment|ly|ing|ed|ées?|és?)$")


@dataclass(frozen=True, slots=True)
class _Used:
    """A word of one side alone: its stem, the side, the sentences, and how it stands in each, with a mark."""

    stem: str
    side: str
    rows: tuple[Row, ...]
    stands: dict[Row, tuple[str, Span]]

    @property
    def words(self) -> Counter[str]:
        return Counter(words.lower() for words, _ in self.stands.values())


def terms_for_one(statements: Statements) -> tuple[Term, ...]:
    """Words that each side uses often and no other does, alike in meaning and in where they stand."""
    used = list(_exclusive(statements))
    vectors = dict(zip((each.stem for each in used), _vectors(statements, used), strict=True))

    def nearness(one: _Used, other: _Used) -> float:
        return _nearness(statements, one, other, float(vectors[one.stem] @ vectors[other.stem]))

    pairs = [
        (near, one, other)
        for one, other in combinations(used, 2)
        if one.side != other.side and (near := nearness(one, other))
    ]
    pairs.sort(key=lambda each: (-each[0], each[1].stem, each[2].stem))
    taken: set[str] = set()
    found: list[Term] = []
    for _, one, other in pairs:
        if not {one.stem, other.stem} & taken:
            group = [one, other]
            group += [
                third
                for _, left, right in pairs
                for third in (left, right)
                if third not in group
                and third.side not in {each.side for each in group}
                and all(nearness(third, each) for each in group)
            ][:1]
            taken |= {each.stem for each in group}
            found.append(Term(tuple(_use(statements, each) for each in sorted(group, key=lambda u: u.side))))
    return tuple(found[:MOST])


def _exclusive(statements: Statements) -> Iterator[_Used]:
    """The nouns that one side uses often, and no other side at all."""
    stands: dict[str, dict[Row, tuple[str, Span]]] = defaultdict(dict)
    nouns: Counter[str] = Counter()
    for said in statements.by_row.values():
        tokens = tokenise(said.text)
        for at, token in enumerate(tokens):
            if token.tag in CONTENT and token.word.isalpha() and len(token.word) > 2:
                stem = next(iter(terms(token.word, said.lang)), "")
                stands[stem].setdefault(said.row, _phrase(said.text, tokens, at, said.lang == "en"))
                nouns[stem] += _is_noun(tokens, at, said.lang == "en")
    for stem, rows in sorted(stands.items()):
        sides = {statements.by_row[row].side for row in rows}
        if stem and len(rows) >= USED and len(sides) == 1 and nouns[stem] >= USED:
            yield _Used(stem, sides.pop(), tuple(rows), rows)


def _is_noun(tokens: list[Token], at: int, english: bool) -> bool:
    """Whether a word stands as a noun does: after a determiner, or an English one after another noun."""
    token, before = tokens[at], tokens[at - 1] if at else None
    if token.tag not in "wGL" or _NO_NOUN.search(token.word) or before is None:
        return False
    after = tokens[at + 1].tag if at + 1 < len(tokens) else "."
    if english and after in "wKGL":
        return False  # the noun comes later: “passenger tax”
    return before.tag == "d" or before.word in _ARTICLES or (english and before.tag in "wKJ")


def _phrase(text: str, tokens: list[Token], at: int, english: bool) -> tuple[str, Span]:
    """A noun with the noun before it in English, as it stands, and its slice."""
    first = at - 1 if english and at and tokens[at - 1].tag in "wK" else at
    span = (tokens[first].start, tokens[at].end)
    return text[slice(*span)], span


def _vectors(statements: Statements, used: list[_Used]) -> NDArray[np.float32]:
    """The vector of each noun, as it is mostly written."""
    heads = [_head(each) for each in used]
    return np.asarray(statements.sides.index.word_encoder.get_text_embedding_batch(heads), np.float32)


def _nearness(statements: Statements, one: _Used, other: _Used, near: float) -> float:
    """How near two words are that may be for one thing, of some cosine; 0 where they are not."""
    if set(one.rows) & set(other.rows) or one.stem[:4] == other.stem[:4]:
        return 0.0
    alike = statements.alike(one.rows, other.rows)
    is_one = near >= NEAR and alike.max() >= ONE_PLACE and alike.mean() >= PLACES
    return near + float(alike.mean()) if is_one else 0.0


def _head(used: _Used) -> str:
    """How the noun is mostly written."""
    counted = Counter(words.lower().split()[-1] for words, _ in used.stands.values())
    return min(counted, key=lambda word: (-counted[word], word))


def _use(statements: Statements, used: _Used) -> TermUse:
    """The term as it is mostly said, with the best sentence that says it so."""
    words, _ = min(used.words.items(), key=lambda each: (-each[1], each[0]))
    rows = [row for row in used.rows if used.stands[row][0].lower() == words]
    best = min(rows, key=lambda row: (not statements.by_row[row].alone, -statements.by_row[row].argues, row))
    term, span = used.stands[best]
    return TermUse(used.side, term, len(used.rows), statements.quote(best, span))
