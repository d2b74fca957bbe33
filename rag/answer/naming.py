"""How people name the sides of a debate: « la mairie », “the pupils”, not « Mairie »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.text import fold, with_a, with_de
from rag.types import Language

_PARTISANS = re.compile(
    r"(?:(?P<for>Pour|For)|Contre|Against) (?P<what>(?:(?<=[re] )(?:(?:le|la|les|une?) |l['’])"
    r"|(?<=For )|(?<=Against )).+)"
)
_MASCULINE = frozenset(
    "gouvernement conseil comite collectif syndicat parlement senat ministere departement rectorat "
    "parti groupe patronat tribunal maire prefet president ministre regulateur musee theatre club "
    "cabinet procureur".split()
)
_FEMININE = frozenset(
    "mairie prefecture region ville municipalite majorite commune metropole coordination direction "
    "federation coalition opposition presse association commission chambre cour agence societe ligue "
    "confederation droite gauche critique defense redaction".split()
)
_ONE_OF_ENGLISH = frozenset(
    "government council company union board parliament ministry museum committee school treasury "
    "university regulator opposition hospital operator authority county city commission coalition "
    "police church".split()
)
_NO_VOICE = frozenset(
    "fin maintien suppression seance reunion debat table enquete libertes pistes audience motion "
    "rapport".split()
)
"""What begins the name of a side that says nothing as such: « Fin des cages »."""


@dataclass(frozen=True, slots=True)
class Named:
    """A side as a question names it: « les opposants »; whether that is a plural."""

    name: str
    plural: bool

    @property
    def of(self) -> str:
        """« des opposants »."""
        return with_de(self.name)

    @property
    def to(self) -> str:
        """« aux opposants »."""
        return with_a(self.name)


def named_side(side: str, lang: Language, texts: Sequence[str]) -> Named | None:
    """How people name a side; ``None`` where nothing tells.

    Args:
        side: as the documents have it.
        lang: of the documents.
        texts: in which it may stand with its article.
    """
    found = _PARTISANS.fullmatch(side)
    if found:
        return Named(_partisans(bool(found["for"]), found["what"].replace("'", "’"), lang), True)
    words = side.split()
    if not words or not words[0][0].isalpha() or fold(words[0]) in _NO_VOICE:
        return None
    first, rest = words[0], side.replace("'", "’")[len(words[0]) :]
    known = fold(first) in _MASCULINE | _FEMININE | _ONE_OF_ENGLISH
    is_name = (
        not known
        and not _has(rf"\b{re.escape(first.lower())}\b", texts)
        and _has(rf"[a-zé,] {re.escape(first)}\b", texts)
    )
    if is_name and not rest:
        return Named(side, False)
    whole = (first if is_name or not first[1:].islower() else first.lower()) + rest
    return _english(whole, texts) if lang == "en" else _french(whole, fold(first), first.lower(), texts)


def _has(pattern: str, texts: Sequence[str]) -> bool:
    return any(re.search(pattern, text) for text in texts)


def _partisans(are_for: bool, what: str, lang: Language) -> str:
    if lang == "en":
        return f"the supporters of {what}" if are_for else f"the opponents of {what}"
    return f"les partisans {with_de(what)}" if are_for else f"les opposants {with_a(what)}"


def _french(whole: str, folded: str, head: str, texts: Sequence[str]) -> Named | None:
    pattern = re.compile(rf"\b(le|la|les)\s+{re.escape(head)}\b", re.IGNORECASE)
    seen = {article.lower() for text in texts for article in pattern.findall(text)}
    if folded not in _MASCULINE and ("les" in seen or (not seen and head.endswith("s") and len(head) > 4)):
        return Named(f"les {whole}", True)
    if " et " in whole:
        return None
    article = "le" if folded in _MASCULINE else "la" if folded in _FEMININE else ""
    article = article or (seen.pop() if len(seen) == 1 else "")
    if head[0] in "aeiouyéèêh" and (article or _has(rf"\b[Ll]['’]{re.escape(head)}\b", texts)):
        return Named(f"l’{whole}", False)
    return Named(f"{article} {whole}", False) if article else None


def _english(whole: str, texts: Sequence[str]) -> Named | None:
    noun = re.split(r" (?:of|for|in|at|to|on) ", whole)[0].split()[-1].lower()
    plural = noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
    as_written = whole[:1].upper() + whole[1:]
    if _has(rf"\b[Tt]he {re.escape(as_written)}\b", texts):
        return Named(f"the {as_written}", plural)
    if plural or noun in _ONE_OF_ENGLISH or _has(rf"\b[Tt]he {re.escape(whole)}\b", texts):
        return Named(f"the {whole}", plural)
    return None
