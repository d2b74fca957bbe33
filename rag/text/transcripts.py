"""Which lines of a document are the labels of who speaks: told by their coming back. Pure.

A document is a transcript in a style of labels when names come back in it and what stands after them is
spoken: sentences, that say « je », « vous », « we », or ask. « Objectif : » and « Paris : » do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rag.text.folding import fold
from rag.text.labels import Label, Style, label_at
from rag.text.lines import Line
from rag.text.naming import names_of

_FEWEST = 3
"""A document with fewer labels is no transcript."""
_SPOKEN = 0.7
"""Share of the labels of a style that must have sentences after them."""
_VOICED, _VOICED_WEAK, _VOICED_LINE = 0.25, 0.4, 0.5
"""Share of the labels after which somebody must be heard: for titles; for bare names; for these on a line of
their own, or before a dash."""
_HEARD = re.compile(
    r"\b(?:je|moi|mon|ma|mes|nous|notre|nos|vous|votre|vos|tu|toi|ton|ta|oui|non|merci|monsieur|madame"
    r"|messieurs|mesdames"
    r"|la parole|i|i['’]m|we|our|you|your|my|me|us|yes|no|thank|mr|order|bonjour|hello)\b|\bj['’]|[?!]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\w[\w’'\")»”\]*_]*\s*[.!?…]")
_BEGINS = re.compile(r"[\s*_]*(?:[«“\"„'‘(\[…¿.–—-]|\d|[^\W\d_])")
_PAIRED = {"answer": "question", "reponse": "question"}
_ANSWERS = 0.1
"""Share of the turns of a dialogue, at the least, that stand after a question."""
_SIGHT = 400
"""So much of what stands after a label is looked at, in characters."""


@dataclass(slots=True)
class Labels:
    """The labels of a document.

    Attributes:
        sure: those of turns, in order.
        doubtful: heads of lines, by where they start, that may be labels and may not: nobody is told there.
    """

    sure: list[Label] = field(default_factory=list)
    doubtful: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Candidate:
    label: Label
    spoken: bool
    heard: bool
    asks: bool
    answers: bool = False
    words: str = ""


def labels_in(text: str, lines: Sequence[Line]) -> Labels:
    """The labels of a document; none where it is no transcript."""
    found = _candidates(text, lines)
    if _CHOICES.search(text):  # of a questionnaire
        found = [one for one in found if one.label.form != "letter"]
    if not found:
        return Labels()
    nouns = _nouns(text, {one.label.name for one in found if one.label.form == "word"})
    found = [one for one in found if one.label.name not in nouns]
    accepted: list[_Candidate] = []
    doubtful: list[_Candidate] = []
    for _, group in groupby(sorted(found, key=lambda one: one.label.style), key=lambda one: one.label.style):
        sure, unsure = _of_style(list(group))
        accepted += sure
        doubtful += unsure
    if not accepted:
        return Labels()
    taken = {one.label.start for one in accepted}
    known = {one.label.key for one in accepted}
    for one in found:
        label = one.label
        if label.start in taken or label.form in ("word", "unknown", "letter", "crowd", "somebody"):
            continue
        if one.spoken and (label.key in known or (label.is_strong and one.heard and label.style != "line")):
            accepted.append(one)
            taken.add(label.start)
        elif label.is_strong or label.marked:
            doubtful.append(one)
    return Labels(
        sorted((one.label for one in accepted), key=lambda label: label.start),
        {one.label.start for one in doubtful} - taken,
    )


_CHOICES = re.compile(r"^\s*B[.)]\s", re.MULTILINE)
_ARTICLES = (
    r"(?:le|la|les|l['’]|un|une|des|du|au|aux|the|an?|ce|cette|ces|sa|son|ses|leurs?|nos|notre|votre|vos)"
)


def _nouns(text: str, names: set[str]) -> set[str]:
    """Which of some words the text has as nouns: with an article, or without a capital."""
    if not names:
        return set()
    by_folded = {fold(name): name for name in names}
    found = {fold(match["with"]) for match in _WITH_ARTICLE.finditer(text)}
    found |= {fold(match.group()) for match in _SMALL.finditer(text)}
    return {by_folded[word] for word in found & by_folded.keys()}


_WITH_ARTICLE = re.compile(rf"\b{_ARTICLES}(?:(?<=['’])|\s+)(?P<with>[^\W\d_][\w’'-]*\w)", re.IGNORECASE)
_SMALL = re.compile(r"(?<![\w’'-])[a-zà-öø-ÿœæ][\w-]*\w")


def _candidates(text: str, lines: Sequence[Line]) -> list[_Candidate]:
    labels: list[tuple[Label, int]] = []  # with the number of the line
    for number, line in enumerate(lines):
        if line.kind not in ("paragraph", "item", "heading"):
            continue
        label = label_at(text, line.start, line.end)
        if label and (label.style == "colon" or _may_open(text, lines, number)):
            labels.append((label, number))
    if len(labels) < _FEWEST:
        return []
    # what follows a label on a line of its own may look like a label of another style: « Order. I call … »
    after = [*(label for label, _ in labels[1:]), None]
    ends = [
        next_.start if next_ and not (one.style == "line" != next_.style) else len(text)
        for (one, _), next_ in zip(labels, after, strict=True)
    ]
    return [_candidate(text, lines, *one, end) for one, end in zip(labels, ends, strict=True)]


def _may_open(text: str, lines: Sequence[Line], number: int) -> bool:
    """Whether a line may open a paragraph: no wrapped line, whose sentence began above."""
    line = lines[number]
    if number == 0 or line.gap or line.new_page or line.kind == "heading":
        return True
    above = lines[number - 1]
    return text[above.end - 1] in '.!?…:»”")]*_' or above.kind == "heading" or above.end - above.start < 40


def _candidate(text: str, lines: Sequence[Line], label: Label, number: int, end: int) -> _Candidate:
    words = text[label.end : min(end, label.end + _SIGHT)]
    if label.style == "line" and not words.strip():
        return _Candidate(label, False, False, False)
    if not re.search(r"\w", text[label.end : lines[number].end]):  # the words are below
        below = lines[number + 1] if number + 1 < len(lines) else None
        words = text[below.start : min(end, below.start + _SIGHT)] if below and below.start < end else ""
    answers = text[max(0, label.start - 20) : label.start].rstrip("»” *_\n").endswith("?")
    first = re.split(r"\n\s*\n", words.strip(), maxsplit=1)[0]
    sentence = _SENTENCE.search(first) is not None or len(first) >= _SIGHT // 2
    spoken = sentence and _BEGINS.match(first) is not None and (label.is_strong or not first[:1].islower())
    asks = first.rstrip("»” *_").endswith("?")
    return _Candidate(label, spoken, _HEARD.search(first) is not None, asks, answers, first)


def _of_style(found: list[_Candidate]) -> tuple[list[_Candidate], list[_Candidate]]:
    """Which labels of one style are those of turns, and which may be."""
    found = _paired(found)
    style = found[0].label.style if found else "colon"
    strong = [one for one in found if one.label.is_strong]
    if style == "line":
        strong = [one for one in strong if one.spoken and one.label.form != "letter"]
    back = _recurring(found, style, bool(strong))
    strong = strong if _is_talk(strong) or (len(strong) > 1 and back and _is_talk([*strong, *back])) else []
    weak = _recurring(found, style, bool(strong))
    if not strong and not weak:
        return [], []
    names = {one.label.key for one in weak}
    parts = {part for one in (*strong, *weak) for part in _name_words(one.label)}
    full = bool(weak) and any(one.label.form == "person" for one in weak)
    sure, unsure = [*strong, *weak], []
    for one in found:
        label = one.label
        if label.is_strong or label.key in names or (style == "line" and not one.spoken):
            continue
        if one.spoken and (
            label.form in ("crowd", "somebody")
            or (label.form == "person" and (label.marked or full or len(parts & set(_name_words(label))) > 1))
        ):
            sure.append(one)
        elif label.form in ("person", "unknown") or (one.spoken and (weak or label.marked)):
            unsure.append(one)
    return sure, unsure


def _name_words(label: Label) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", fold(label.name))


def _paired(found: list[_Candidate]) -> list[_Candidate]:
    """Without letters and answers that go with no question."""
    keys = Counter(re.sub(r"\d", "", one.label.key) for one in found)
    asked = sum(one.asks for one in found if re.sub(r"\d", "", one.label.key) in ("q", "question"))
    letters = keys["q"] >= 2 and asked >= 1
    kept = [one for one in found if one.label.form != "letter" or letters]
    return [
        one for one in kept
        if one.label.key not in ("answer", "reponse", "question") or (keys["question"] >= 2 and asked >= 1)
    ]  # fmt: skip


def _share(found: Sequence[_Candidate], spoken: bool) -> float:
    return sum(one.spoken if spoken else one.heard for one in found) / max(len(found), 1)


def _is_talk(strong: Sequence[_Candidate]) -> bool:
    """Whether labels by title, office or letter are those of a transcript."""
    counts = Counter(one.label.key for one in strong)
    if len(strong) < _FEWEST or _share(strong, spoken=True) < _SPOKEN:
        return False
    heard = _share(strong, spoken=False)
    if len(counts) == 1:
        return heard >= 0.6
    if max(counts.values()) == 1:
        return len(counts) > _FEWEST and heard >= 0.6
    return heard >= _VOICED


def _recurring(found: Sequence[_Candidate], style: Style, among_strong: bool) -> list[_Candidate]:
    """The labels by bare names that come back as those of a transcript do."""
    weak = [one for one in found if one.label.form in ("person", "word") and _may_recur(one, style)]
    by_name: dict[str, list[_Candidate]] = {}
    names = names_of([one.label for one in weak])
    for one in weak:
        by_name.setdefault(names[one.label.key], []).append(one)
    back = {key: of for key, of in by_name.items() if len(of) > 1 and _share(of, spoken=True) >= _SPOKEN}
    bare = _VOICED_LINE if style in ("dash", "line") else _VOICED_WEAK
    least = _VOICED if among_strong and style not in ("dash", "line") else bare
    back = {key: of for key, of in back.items() if _share(of, spoken=False) >= least}
    turns = [one for of in back.values() for one in of]
    once = [one for key, of in by_name.items() if key not in back for one in of]
    if among_strong:
        return turns
    hosted = len(back) == 1 and len(turns) > 2 and sum(o.label.form == "person" and o.heard for o in once) > 1
    if len(turns) < _FEWEST or (len(turns) == _FEWEST and not hosted and len(back) > 1):
        return []
    if not any(one.label.marked for one in turns) and not _is_dialogue(turns):
        return []
    asked = len(turns) >= _FEWEST and 2 * sum(one.answers for one in turns) >= len(turns)
    single = len(back) < 2 and not hosted and not (asked and turns[0].label.form == "person")
    fields = sum(one.spoken for one in weak) < 0.5 * len(weak)
    return [] if single or fields else turns


def _may_recur(one: _Candidate, style: Style) -> bool:
    """Whether a bare name may be a label: on a line of its own, a word is rather a heading."""
    label = one.label
    full = label.form == "person" or label.name.isupper() or label.marked
    return style != "line" or (one.spoken and full)


def _is_dialogue(turns: Sequence[_Candidate]) -> bool:
    """Whether those who are labelled by one word talk to each other: one asks, or calls another by name."""
    if sum(one.answers for one in turns) >= max(1, _ANSWERS * len(turns)):
        return True
    names = {word for one in turns for word in _name_words(one.label)}
    said = ((one, set(re.findall(r"[^\W\d_]{2,}", fold(one.words)))) for one in turns)
    return any((names - set(_name_words(one.label))) & words for one, words in said)
