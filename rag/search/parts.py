"""The questions in a text that asks more than one."""

from __future__ import annotations

import re

from rag.search import phrasing
from rag.search.phrasing import composed, flat
from rag.search.request import asks, bare_of, commands, sentences_in
from rag.search.wanting import GIVE

_JOINED = re.compile(r"(?:\s*[,;])?\s+(?:et|and|puis|then|et puis|and then)\s+|\s*;\s+")
_NO_QUESTION = re.compile(
    r"\W*(?:n'est-ce pas|hein|non|oui|ok|vraiment|d'accord|right|really|yes|no|isn't it|please|svp"
    r"|pas vrai)\W*$"
)
_INDIRECT = re.compile(rf"(?<=\w )(?:{phrasing.WORD}|si|if|whether)(?=\W)")
_SUBJECT = re.compile(r"(?:qui|who|what|ce qui)\s+(?!et\b|and\b)[\w']+")
_NOUN = re.compile(r"\bquel")
_ENGLISH = re.compile(r"(?:\w+ )?(?:what|which|who\w*|when|where|why|how)\b")
_OPEN = re.compile(phrasing.WORD + r"\W*$")
_ON_BOTH = re.compile(r"ce qu|what (?:both|the|each)\b")
_DETERMINER = re.compile(
    r"\s*(?:l[ea]s?|l'|un|une|des|du|ce|cet|cette|ces|mon|son|sa|ses|leurs?|il|elle|ils|elles|on|je|nous"
    r"|vous)\b"
)
_YES_NO_BEFORE = 6
"""Most words before the verb of a second question (« et les bus devront-ils… »)."""


def parts_of(text: str) -> tuple[str, ...]:
    """The questions in a text, in order, each by itself; one item, the text, where there is one.

    Sentences before a question that state something belong to it. Two questions may be one sentence
    (« Combien coûte-t-elle et qui la paie ? ») when each has a verb; the second may lean on the first by a
    pronoun, or, after a mark of its own, by what it leaves out (« Et le permis ? »).
    """
    whole = composed(text)
    parts: list[str] = []
    pending = ""
    for sentence in sentences_in(whole):
        said = f"{pending} {sentence}".strip()
        unmarked = parts and phrasing.ASKS.match(flat(sentence)) and not _ON_BOTH.match(flat(sentence))
        if _NO_QUESTION.match(flat(sentence)) or not (unmarked or asks(sentence)):
            pending = said
        else:
            first, *more = _split(sentence)
            parts += [f"{pending} {first}".strip(), *more]
            pending = ""
    if pending and parts:  # what follows the last question is of it
        parts[-1] = f"{parts[-1]} {pending}"
    return tuple(parts) if len(parts) > 1 else (whole,)


def _split(sentence: str) -> list[str]:
    """The questions of one sentence."""
    quoted = [match.span() for match in re.finditer(r"«[^»]*»|“[^”]*”|\"[^\"]*\"", sentence)]
    for joint in _JOINED.finditer(sentence):
        if any(start < joint.start() < end for start, end in quoted):
            continue
        left, right = sentence[: joint.start()], sentence[joint.end() :]
        before = _untold(flat(bare_of(left)))
        if _stands(before) and _follows(before, _untold(flat(bare_of(right)))):
            return [left, *_split(right)]
    return [sentence]


def _untold(words: str) -> str:
    """A question without the verb that asks to be told it."""
    told = GIVE.match(words)
    return words[told.end() :] if told and phrasing.ASKS.match(words[told.end() :]) else words


def _stands(words: str) -> bool:
    """Whether the words before a joint are a whole question."""
    if _OPEN.search(words):
        return False
    if commands(words) or phrasing.ASKED_FIRST.search(words):
        return True
    asked = phrasing.ASKS.match(words)
    if asked:
        return _has_verb(words, asked.end())
    return phrasing.INVERTED.search(words) is not None


def _follows(left: str, words: str) -> bool:
    """Whether the words after a joint are another question, and no further clause of the first."""
    if commands(words):
        return True
    asked = phrasing.ASKS.match(words)
    if not asked:
        return _yes_no(left, words)
    word = re.sub(r"'.*", "", asked.group().split()[-1])
    first = phrasing.ASKS.match(left)
    inner = _INDIRECT.search(left, first.end() if first else 0)
    if inner and (not first or inner.group() == word):
        return False  # « a dit qui paiera et combien… », « l’homme qui a crié et qui a fui »
    if (
        word in ("que", "qu")
        and not phrasing.INVERTED.search(words)
        and _DETERMINER.match(words[asked.end() :])
    ):
        return False  # « et que l’opposition refuse »
    return _has_verb(words, asked.end())


def _yes_no(left: str, words: str) -> bool:
    """Whether a second question that either word would answer follows."""
    if re.match(rf"{phrasing.AUXILIARY} (?:it|he|she|they|we|you|the|this|that|there|these|those)\b", words):
        return True
    verb = phrasing.INVERTED.search(words)
    if verb is None or len(words[: verb.start()].split()) > _YES_NO_BEFORE:
        return False
    return verb.start() == 0 or phrasing.INVERTED.search(left) is not None


def _has_verb(words: str, end: int) -> bool:
    """Whether a question, its question word ending at ``end``, has a verb, or enough words to hold one."""
    rest = re.sub(phrasing.WORD, "", words[end:]).strip(" ?.!,;")
    if phrasing.VERB.search(words) or phrasing.INVERTED.search(words):
        return bool(rest)
    if _SUBJECT.match(words):
        return not re.match(r"what\s\S+$", words)
    if _ENGLISH.match(words) or re.match(r"de |d'", rest):
        return len(rest.split()) >= 4
    return len(rest.split()) >= (3 if _NOUN.search(words[:end]) else 2)
