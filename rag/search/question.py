"""A question before it is looked for: cleaned, its language told, put back into its conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.errors import InputError
from rag.search.features import ABOUT_DOCUMENTS
from rag.text import FRENCH, fold, language_of, terms, words_in

QUESTION_MAX = 4000
"""A longer question is refused, in characters."""
_FOLLOW_UP = re.compile(r"(?:et|and|mais|but|ou|or|what about|how about|alors|so)\b", re.IGNORECASE)
_INVERTED = re.compile(r"(?P<before>.*?)(?P<verb>[^\W\d_]+)-(?:t-)?(?:ils?|elles?)\b", re.IGNORECASE)
_DETERMINER = re.compile(
    r"\b(?:le|la|les|l|des|du|un|une|ce|cet|cette|ces|mon|ton|son|sa|ses|leurs?|nos|notre|vos|votre|chaque|tous)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÖØ-Þ][^\W\d_]+")
_ANAPHORA = frozenset(
    "il elle ils elles eux lui leur leurs celui celle ceux celles cela ca ce cette ces y en la-bas "
    "it they them he she him her his its their this that these those there one ones".split()
)


_PERSONAL = frozenset(
    "il elle ils elles eux lui leur leurs it they them he she him her his its their".split()
)
"""Those of the words above that mean nothing without what was said before."""
_SMALL_TALK = frozenset(
    "bonjour bonsoir salut coucou merci beaucoup mille fois au revoir a bientot demain bonne bon soiree "
    "nuit journee ca va bien comment allez vous vas tu et toi ok okay d accord super parfait genial oui "
    "non qui es t il te plait svp hello hi hey good morning evening afternoon night bye goodbye thanks "
    "thank you so much very how are is it going fine great nice cool perfect yes no please who there "
    "see later le la les un une pour tout cela ton votre aide s".split()
)
_GREETINGS = frozenset(
    "bonjour bonsoir salut coucou merci revoir va es hello hi hey morning evening bye goodbye thanks "
    "thank ok okay super parfait genial great nice cool perfect soiree nuit journee allez vas are "
    "bientot".split()
)


_EVERY_SIDE = re.compile(
    r"\b(?:(?:les|des|aux|entre les) (?:deux|trois|différent\w+|divers\w*)|chaque|chacune?|tous les|both|"
    r"each|either|the two|the (?:different|various)|all the) (?:des |of the )?(?:camps?|côtés?|textes?|"
    r"documents?|sources?|parties?|articles?|auteurs?|versions?|sides?|texts?|part(?:y|ies)|authors?|"
    r"accounts?)\b|\b(?P<by>selon|d.après|according to)\b.+\b(?:et|and) (?P=by)\b|"
    r"\bde part et d.autre\b|\bpour et (?:le )?contre\b|\bpros and cons\b",
    re.IGNORECASE,
)


def asks_every_side(question: str) -> bool:
    """Whether a question asks what each side says (« selon chaque camp », “do both texts…”)."""
    return _EVERY_SIDE.search(question) is not None


def is_small_talk(question: str) -> bool:
    """Whether a question is a greeting or thanks, and asks nothing."""
    said = set(words_in(question, "fr"))
    return bool(said & _GREETINGS) and said <= _SMALL_TALK


def may_stand_alone(question: str) -> bool:
    """Whether a question that seems to lean on the one before has nothing that means nothing without it."""
    said = set(words_in(_without_subject_doubled(question), "fr"))
    return not said & _PERSONAL and _FOLLOW_UP.match(question) is None


def cleaned(question: str) -> str:
    """The question on one line.

    Raises:
        InputError: it is empty or too long.
    """
    text = " ".join(question.encode("utf-8", "replace").decode("utf-8").split())
    if not any(character.isalnum() for character in text):
        raise InputError("question_empty")
    if len(text) > QUESTION_MAX:
        raise InputError("text_long", name="question", count=len(text), most=QUESTION_MAX)
    return text


def resolve_follow_up(question: str, history: Sequence[str]) -> str | None:
    """A question that leans on the one before, with that one in front; ``None`` when it stands alone."""
    previous = next((text.strip() for text in reversed(history) if text.strip()), "")
    if not previous or is_small_talk(question):
        return None
    opened = _FOLLOW_UP.match(question) is not None
    leans = any(word in _ANAPHORA for word in words_in(_without_subject_doubled(question), "fr"))
    content = terms(question, language_of(question))
    if opened or len(content) < 2 or (leans and len(content) < 4):
        return f"{previous} {question}"
    return None


def _without_subject_doubled(question: str) -> str:
    """The question without a pronoun that stands for nothing said before.

    In « Les taxis seront-ils exemptés ? » it repeats the subject; in « Que disent-ils des taxis ? » it is
    the sources.
    """
    found = _INVERTED.match(question)
    if not found:
        return question
    before = found["before"]
    named = any(fold(name) not in FRENCH for name in _CAPITALISED.findall(before))
    doubled = named or _DETERMINER.search(before) or found["verb"].lower() in ABOUT_DOCUMENTS
    return before + question[found.end() :] if doubled else question
