"""Questions that an English sentence answers: “How many”, “Why”, “Who”, “What”, “When”. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.text.asking_parts import (
    Asked,
    clean_rest,
    each,
    is_simple,
    lead_of,
    number_at,
    without_asides,
    worded,
)
from rag.text.clauses import Clause, clause_in, is_plural
from rag.text.tags import tokenise

_ABOUT = re.compile(
    r"(?:(?:about|some|nearly|almost|around|more than|over|at least|up to|only|now|still|already) )+"
)
_MONEY = re.compile(r"[£$€]")
_UNIT = re.compile(r"(?:crowns|euros|dollars|pounds)\b")
_REASON = re.compile(r",? (?:because|owing to|due to|for lack of|thanks to) ")
_STANCES = frozenset(
    "want propose demand ask recommend fear promise offer oppose request urge suggest seek regret "
    "object reject".split()
)
_OPINIONS = _STANCES | frozenset(
    "accuse believe claim accept support defend deny blame refuse warn back vote".split()
)
_WHEN = re.compile(
    r"(?:^| )(?P<how>on|in|from|since|until|by) (?:the )?(?:(?:early|late|mid) )?"
    r"(?:\d{1,2} \w+(?: \d{4})?|(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)(?: \d{1,2})?(?: \d{4})?|(?:1[89]|20)\d\d)$"
)


def asked_in_english(sentence: str) -> Iterator[Asked]:
    """The questions that a sentence answers."""
    counted = clause_in(sentence, "en", counted=True)
    if counted:
        yield from each(_how_many_are(counted))
    clause = clause_in(sentence, "en")
    if clause is not None:
        yield from each(_reason(clause), _quantity(clause), _stance(clause), _who(clause), _date(clause))


def _asking(clause: Clause) -> tuple[str, str]:
    """What stands before and after the subject of a question: “did”, “close”; “will”, nothing."""
    if not clause.form.base:
        return clause.verb.lower(), ""
    do = "did" if clause.form.past else "do" if clause.subject.plural else "does"
    return do, clause.form.base


def _quantity(clause: Clause) -> Asked | None:
    """“The council will close 14 libraries” -> “How many libraries will the council close?”."""
    lead = lead_of(clause)
    doing = re.match(
        r"(?P<words>[a-z]+(?: (?:in|up|out|off|on|for))?) (?=[\d£$€]|(?:about|some|nearly|up to) )",
        clause.rest,
    )
    if lead is None or ((doing is not None) == bool(clause.form.base) and not clause.form.base):
        return _level(clause, lead or "") if lead is not None else None
    between = doing["words"] if doing and not clause.form.base else ""
    if doing and clause.form.base:
        return None
    told = clause.rest[len(between) :].strip()
    about = _ABOUT.match(told)
    told = told[about.end() :] if about else told
    money = _MONEY.match(told)
    number = number_at(told[money.end() :] if money else told)
    if number is None or number[1] == "1":
        return None
    following = told[(money.end() if money else 0) + number[0] :].strip()
    helping, base = _asking(clause)
    asking = f"{helping} {clause.subject.text} {base} {between}"
    unit = _UNIT.match(following)
    if money or unit:
        rest = clean_rest(following[unit.end() :].strip() if unit else following, clause.after, "en")
        if rest is None or (between.endswith(" in") and rest.startswith("in ")):
            return None
        return Asked("number", worded(lead, f"how much {asking} {rest}"))
    if number[1].endswith("%"):
        return None
    noun = _noun_after(following)
    rest = clean_rest(noun[1], clause.after, "en") if noun else None
    if noun is None or rest is None:
        return None
    return Asked("number", worded(lead, f"how many {noun[0]} {asking} {rest}"))


def _noun_after(text: str) -> tuple[str, str] | None:
    """The plural noun that a number in front of a text counts, and what follows it."""
    tokens = tokenise(text)
    end = 0
    while end < min(len(tokens), 3) and tokens[end].tag in "wKGLTJ":
        end += 1
        word = text[tokens[end - 1].start : tokens[end - 1].end].lower()
        if is_plural(word) and word not in {"times", "years", "cents"}:
            return text[: tokens[end - 1].end], text[tokens[end - 1].end :].strip()
    return None


def _level(clause: Clause, lead: str) -> Asked | None:
    """“The rate is 38 per cent” -> “What is the rate?”; “The fee is £9” -> “How much is the fee?”."""
    if (
        clause.verb.lower() not in {"is", "was"}
        or clause.subject.named
        or not clause.subject.text.startswith("the ")
    ):
        return None
    money = _MONEY.match(clause.rest)
    number = number_at(clause.rest[1:] if money else clause.rest)
    if number is None or not (money or number[1].endswith("%")):
        return None
    rest = clean_rest(clause.rest[number[0] + bool(money) :].strip(), clause.after, "en")
    if rest is None or (rest and tokenise(rest)[0].tag not in "pPtd"):
        return None
    which = "how much" if money else "what"
    return Asked("number", worded(lead, f"{which} {clause.verb.lower()} {clause.subject.text} {rest}"))


def _how_many_are(clause: Clause) -> Asked | None:
    """“140 bays were painted in 2022” -> “How many bays were painted in 2022?”."""
    lead, rest = lead_of(clause), clean_rest(clause.rest, clause.after, "en")
    if (
        lead is None
        or not rest
        or not is_plural(clause.subject.head)
        or clause.subject.head in {"years", "crowns"}
    ):
        return None
    return Asked("number", worded(lead, f"how many {clause.subject.text} {clause.verb} {rest}"))


def _reason(clause: Clause) -> Asked | None:
    """“The mayor opposes the bridge because it costs too much” -> “Why does the mayor oppose the bridge?”."""
    lead, found = lead_of(clause), _REASON.search(clause.rest)
    if lead is None or not found or "," in clause.rest[: found.start()]:
        return None
    told = clause.rest[: found.start()]
    rest = clean_rest(told, clause.after, "en")
    if (
        rest is None
        or rest != without_asides(told)
        or re.search(r"\bthat\b", rest)
        or (not rest and not clause.form.base)
    ):
        return None
    helping, base = _asking(clause)
    return Asked("reason", worded(lead, f"why {helping} {clause.subject.text} {base} {rest}"))


def _stance(clause: Clause) -> Asked | None:
    """“The union wants 12%” -> “What does the union want?”."""
    if (
        lead_of(clause) is None
        or clause.form.base not in _STANCES
        or clause.subject.text.startswith(("a ", "an "))
    ):
        return None
    following = tokenise(clause.rest)[:1]
    if not following or not (
        following[0].tag in "dnwKGLJC" or following[0].word in {"a", "an", "that", "to", "for"}
    ):
        return None
    helping, base = _asking(clause)
    base = "ask for" if base == "ask" else base
    if (base == "ask for" and following[0].word not in {"that", "for"}) or (base == "object"):
        return None
    return Asked("stance", worded("", f"what {helping} {clause.subject.text} {base}"))


def _who(clause: Clause) -> Asked | None:
    """“Mr Abara warned that the money would run out” -> “Who warned that the money would run out?”."""
    lead = lead_of(clause)
    if lead is None or not clause.subject.named or clause.form.base not in _OPINIONS:
        return None
    rest = clean_rest(clause.rest, clause.after, "en") or ""
    if len(tokenise(rest)) < 3 or re.match(r"(?:who|whether|when|how|why|what|if)\b", rest):
        return None
    return Asked("who", worded(lead, f"who {clause.verb} {rest}"))


def _date(clause: Clause) -> Asked | None:
    """“The ballot will be held on 24 June” -> “When will the ballot be held?”."""
    first = re.split(r",(?!\d)", clause.rest)[0].strip()
    found = _WHEN.search(first)
    if clause.lead or not found or found["how"] in {"until", "by"}:
        return None
    told = first[: found.start()]
    rest = clean_rest(told, clause.after, "en")
    if (
        (not rest and not clause.form.base)
        or rest is None
        or rest != without_asides(told)
        or not is_simple(rest, "en")
    ):
        return None
    if clause.verb.lower() in {"is", "are"} or re.search(r"\d{4}", rest):
        return None
    helping, base = _asking(clause)
    when = "since when" if found["how"] == "since" else "when"
    return Asked("date", worded("", f"{when} {helping} {clause.subject.text} {base} {rest}"))
