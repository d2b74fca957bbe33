"""Questions that a French sentence answers: « Pourquoi », « Qui », « Que », « Quand ». Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.text.asking_fr_numbers import how_many_are, quantity, there_are
from rag.text.asking_parts import (
    Asked,
    GenderOf,
    clean_rest,
    each,
    is_simple,
    lead_of,
    without_asides,
    worded,
)
from rag.text.clauses import Clause, Gender, clause_in
from rag.text.french import elided, inverted
from rag.text.tags import tokenise

_REASON = re.compile(r",? (?:parce qu(?:e |['’])|car |en raison d|à cause d|faute d)")
_STANCES = re.compile(
    r"(?:demand|propos|réclam|exig|souhait|refus|contest|dénonc|recommand|reproch|préconis|promet|crai(?:nt|gnent)"
    r"|veu(?:t|lent)|voudr(?:ait|aient)|regrett|critiqu|suggèr|annonc|oppos|reconnaî|reconnaiss)\w*"
)
_OPINIONS = re.compile(
    r"(?:accus|estim|jug|affirm|consid|défend|soutien|approuv|combat|rejett|vot|accept|craint|prétend)\w*"
)
_TO_BE = frozenset("est sont sera seront était étaient serait seraient fut furent".split())
_TO_HAVE = frozenset("a ont avait avaient aura auront aurait auraient eut".split())
_HAPPENS = re.compile(
    r"(?:vot|commenc|arriv|interv|expir|ouvr|finir|cess|ferm|débu|s[ié]èg|disparaî|repren|repris|naî|mour)"
)
_WHEN = re.compile(
    r"(?:^| )(?:(?P<since>depuis)|(?P<till>jusqu['’](?=en|au))|à partir d|dès)?(?:^|\s|(?<=['’d]))?"
    r"(?:le (?:lundi |mardi |mercredi |jeudi |vendredi |samedi |dimanche )?\d{1,2}(?:er)? \w+(?: \d{4})?"
    r"|(?:en|u|au|fin|début) (?:\w+ )?\d{4}|l['’]an (?:dernier|prochain)|en (?:janvier|février|mars|avril|mai"
    r"|juin|juillet|août|septembre|octobre|novembre|décembre))$"
)
_OWN = frozenset(["", "ne", "n'", "n’", "se", "s'", "s’", "ne se", "ne s’", "ne s'"])
"""Little words before a verb that stand for nothing said before."""
_NO_HEADS = frozenset(
    "seul seule premier première second seconde dernier dernière autre autres gens public reste même".split()
)


def asked_in_french(sentence: str, gender_of: GenderOf) -> Iterator[Asked]:
    """The questions that a sentence answers."""
    counted = clause_in(sentence, "fr", counted=True)
    if counted and counted.before.strip() in _OWN:
        yield from each(how_many_are(counted))
    clause = clause_in(sentence, "fr")
    if clause is None:
        yield from each(there_are(sentence))
        return
    if (
        clause.before.strip() not in _OWN
        or clause.subject.head in _NO_HEADS
        or clause.subject.head.endswith("ième")
    ):
        return
    if re.fullmatch(r"une? \S+", clause.subject.text):
        return
    gender = clause.subject.gender or (None if clause.subject.named else gender_of(clause.subject.head))
    yield from each(
        _reason(clause, gender),
        quantity(clause, gender, gender_of),
        _stance(clause),
        _who(clause),
        _date(clause, gender),
    )


def _reason(clause: Clause, gender: Gender | None) -> Asked | None:
    """« Le maire refuse le pont, car il coûte trop » -> « Pourquoi le maire refuse-t-il le pont ? »."""
    lead, found = lead_of(clause), _REASON.search(clause.rest)
    if lead is None or not found or "," in clause.rest[: found.start()]:
        return None
    told = clause.rest[: found.start()]
    rest = clean_rest(told, clause.after, "fr")
    asking = inverted(clause, gender)
    if asking is None or rest is None or rest != without_asides(told) or re.search(r"\bqu(?:e\b|['’])", rest):
        return None
    if clause.verb.lower() in _TO_BE | _TO_HAVE and not rest:
        return None
    return Asked("reason", worded(lead, f"pourquoi {asking} {rest}"))


def _stance(clause: Clause) -> Asked | None:
    """« Le syndicat demande que … » -> « Que demande le syndicat ? »."""
    if lead_of(clause) is None or clause.before or not _STANCES.fullmatch(clause.verb.lower()):
        return None
    if not re.match(r"(?:que |qu['’]|de |d['’]|un|une|la |le |l['’]|les |des |\d)", clause.rest):
        return None
    if clause.subject.text.startswith(("un ", "une ", "des ")):
        return None
    return Asked("stance", worded("", f"{elided('que', clause.verb.lower())} {clause.subject.text}"))


def _who(clause: Clause) -> Asked | None:
    """« Mme Vernoux demande un plafond de 60 loups » -> « Qui demande un plafond de 60 loups ? »."""
    lead = lead_of(clause)
    if (
        lead is None
        or not clause.subject.named
        or clause.form.plural
        or clause.before not in {"", "se ", "s’", "s'"}
    ):
        return None
    verb, rest = clause.verb.lower(), clause.rest
    participle = rest.split(" ", 1)[0] if verb == "a" else ""
    if not (_STANCES.fullmatch(participle or verb) or _OPINIONS.fullmatch(participle or verb)):
        return None
    rest = clean_rest(rest, clause.after, "fr") or ""
    if len(tokenise(rest)) < 3 or re.match(r"(?:qui|quand|combien|si|pourquoi|comment)\b", rest):
        return None
    return Asked("who", worded(lead, f"qui {clause.before}{verb} {rest}"))


def _date(clause: Clause, gender: Gender | None) -> Asked | None:
    """« Le conseil votera le budget le 22 mai » -> « Quand le conseil votera-t-il le budget ? »."""
    first = re.split(r",(?!\d)", clause.rest)[0].strip()
    found = _WHEN.search(first)
    if clause.lead or not found or clause.subject.text.startswith(("un ", "une ")):
        return None
    rest = clean_rest(first[: found.start()], clause.after, "fr")
    asking = inverted(clause, gender)
    if (
        rest is None
        or rest != without_asides(first[: found.start()])
        or not is_simple(rest, "fr")
        or clause.verb.lower() in {"est", "sont"}
    ):
        return None
    when = "depuis quand" if found["since"] else "jusqu’à quand" if found["till"] else "quand"
    if not rest and _HAPPENS.match(clause.verb.lower()) and not clause.before:
        return Asked("date", worded("", f"{when} {clause.verb} {clause.subject.text}"))
    return Asked("date", worded("", f"{when} {asking} {rest}")) if asking and rest else None
