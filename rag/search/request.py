"""What kind of thing is asked for, and of what: an answer, a list, a comparison, a summary, a topic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from rag.search import phrasing, wanting
from rag.search.phrasing import composed, flat
from rag.text import is_stopword, segment

RequestKind = Literal["answer", "yes_no", "list", "compare", "summarise", "topic"]
TOPIC_WORDS = 4
"""A bare topic has at most as many words that mean something."""
_MARKS = ' ,;:.?!…«»“”"-'
_UNLISTED = {kind: noun for kind, noun in wanting.NOUNS.items() if kind != "list"}
_ARTICLES = ("Le ", "La ", "Les ", "L'", "L’", "The ")


@dataclass(frozen=True, slots=True)
class Request:
    """What a text asks for.

    Attributes:
        kind: ``answer`` to an ordinary question, ``yes_no`` to one that either word would answer, ``list``
            every item, ``compare`` what the sides say, ``summarise`` the documents, ``topic`` what is said of
            something.
        subject: of what, without the words of the asking; empty for all that the documents say. Of ``answer``
            and ``yes_no``, the question without politeness.
    """

    kind: RequestKind
    subject: str


def request_of(text: str) -> Request:
    """Read what a text asks for, in French or English; of what it states before that, nothing is read.

    Told from the words with which one asks and from their order; the words of the subject do not count.
    """
    told = sentences_in(composed(text))
    last = next((each for each in reversed(told) if asks(each)), composed(text))
    return _read(bare_of(last), last.rstrip(' »”"').endswith("?"))


def asks(sentence: str) -> bool:
    """Whether a sentence asks something: by its mark, or by a verb of asking."""
    return sentence.rstrip(' »”"').endswith("?") or _wanted(bare_of(sentence)) is not None


def commands(words: str) -> bool:
    """Whether flat words begin with a verb that says what is wanted."""
    return any(verb.match(words) for verb in (*wanting.COMMANDS.values(), wanting.GIVE, wanting.SHOW))


def sentences_in(text: str) -> list[str]:
    """The sentences of a text on one line; each question is one, whatever follows it."""
    found = [text[one.start : one.end] for passage in segment(text) for one in passage.sentences]
    return [part for sentence in found for part in phrasing.AFTER_MARK.split(sentence) if part]


def bare_of(sentence: str) -> str:
    """A sentence without politeness in front and marks and thanks behind."""
    behind = phrasing.BEHIND.search(flat(sentence))
    bare = sentence[: behind.start()] if behind else sentence
    while front := phrasing.FRONT.match(flat(bare)):
        bare = bare[front.end() :]
    return bare


def _read(asked: str, marked: bool) -> Request:
    if phrasing.LEANS.match(flat(asked)):
        return Request("answer", asked)
    return _wanted(asked) or _question(asked) or _bare(asked, marked) or Request("answer", asked)


def _wanted(asked: str) -> Request | None:
    """What a verb asks for, and the name of a thing wanted."""
    words = flat(asked)
    for kind, verb in wanting.COMMANDS.items():
        if found := verb.match(words):
            rest = asked[found.end() :]
            return (_told(rest) if kind == "topic" else None) or _request(kind, rest)
    for verb, otherwise in ((wanting.GIVE, "answer"), (wanting.SHOW, "topic"), (wanting.WANTED, "")):
        if found := verb.match(words):
            rest = asked[found.end() :]
            named = _first(wanting.NOUNS, rest) or _told(rest) or _several(rest, verb is wanting.GIVE)
            return named or (_request(otherwise, rest) if otherwise else None)
    return None


def _told(rest: str) -> Request | None:
    """A question that a verb of telling leads to (« dis-moi qui… », “explain why…”)."""
    words = flat(rest)
    return _question(rest) if phrasing.ASKS.match(words) or phrasing.WHETHER.match(words) else None


def _question(asked: str) -> Request | None:
    """What a question asks for, one that is worded as a question."""
    words = flat(asked)
    if about := re.match(r"what(?:'s| is| are| was| were) (?!.*ing about$)(.*?) ?(?:all )?about$", words):
        return _request("summarise", asked[slice(*about.span(1))])
    if found := _first(wanting.QUESTIONS, asked):
        return found
    if verb := phrasing.INVERTED.search(words):
        opened = phrasing.ASKS.match(words) and not phrasing.SUBORDINATE.match(words)
        later = phrasing.ASKS_LATER.search(words[: verb.start()] + " ")
        return Request("answer" if opened or later else "yes_no", asked)
    if phrasing.ASKS.match(words):
        return Request("answer", asked)
    if phrasing.WHETHER.match(words) or phrasing.ASKED_FIRST.search(words):
        return Request("yes_no", asked)
    return Request("answer", asked) if phrasing.ASKS_LATER.search(words) else None


def _bare(asked: str, marked: bool) -> Request | None:
    """What a text names that is not worded as a question; with a verb and a question mark it is one."""
    words = flat(asked)
    head, _, tail = asked.partition(":")
    if tail and (found := _first(wanting.NOUNS, tail.strip())):
        return Request(
            found.kind, f"{found.subject} {head}".strip() if found.kind == "list" else _named(head)
        )
    if ends := re.search(wanting.ENDS_COMPARING, words):
        return _request("compare", asked[: ends.start()])
    if phrasing.VERB.search(words):
        return Request("yes_no", asked) if marked else None
    if found := _first(wanting.NOUNS, asked):
        return found
    if wanting.VALUE.match(words):
        return None
    meaning = [word for word in re.findall(r"[\w-]+", words) if not is_stopword(word)]
    relates = marked and re.search(r"\b(?:et|and|ou|or)\b", words)  # « La taxe et l’emploi ? »
    topic = Request("topic", _named(asked)) if 0 < len(meaning) <= TOPIC_WORDS and not relates else None
    return _several(asked, False) or topic


def _several(asked: str, given: bool) -> Request | None:
    """Several things; after a verb of giving, whatever they are."""
    words = flat(asked)
    found = wanting.SEVERAL.match(words) or (wanting.MORE.match(words) if given else None)
    return _request("list", asked[found.end() :]) if found else None


def _first(table: Mapping[str, re.Pattern[str]], asked: str) -> Request | None:
    words = flat(asked)
    for kind, form in table.items():
        if found := form.match(words):
            rest = asked[found.end() :]
            again = _first(_UNLISTED, rest) if kind == "list" else None  # « quels sont les points clés »
            return again or _request(kind, rest)
    return None


def _request(kind: str, rest: str) -> Request:
    """A request, its subject named."""
    if kind == "compare" and (stances := wanting.STANCES.match(flat(rest))):
        rest = rest[stances.end() :]
    if kind == "list":
        if listed := wanting.NOUNS["list"].match(flat(rest)):
            rest = rest[listed.end() :]
        article = wanting.ARTICLE.match(flat(rest))
        return Request("list", (rest[article.end() :] if article else rest).strip(_MARKS))
    if said := wanting.NOUNS["topic"].match(flat(rest)):
        rest = rest[said.end() :]
    subject = _named(rest)
    general = kind in wanting.COMMANDS and wanting.GENERAL.match(flat(subject))
    return Request(cast(RequestKind, kind), "" if general else subject)


def _named(rest: str) -> str:
    """A subject as one would name it: « du plan » is « le plan »."""
    named = rest.strip(_MARKS)
    if found := wanting.LEAD.match(flat(named)):
        article = "le " if found["le"] else "les " if found["les"] else ""
        named = article + named[found.end() :].strip(_MARKS)
    return named[0].lower() + named[1:] if named.startswith(_ARTICLES) else named
