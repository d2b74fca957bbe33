"""A question, read once: cleaned, put back into its conversation, its language and what it asks for told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rag.errors import InputError
from rag.search.named_sources import names_asked
from rag.text import (
    FRENCH,
    fold,
    language_of,
    query_terms,
    terms,
    words_in,
)
from rag.types import Language

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
ABOUT_DOCUMENTS = frozenset(
    "texte textes document documents source sources auteur auteurs article articles passage passages "
    "camp camps côté côtés dire disent dis dit-il dit-elle parle parlent parle-t-il parle-t-elle mentionne "
    "mentionnent évoque évoquent explique expliquent pense pensent question sujet propos matière text texts "
    "document documents author authors article articles side sides say says talk talks mention mentions "
    "mentioned tell explain explains think thinks about according topic subject "
    "déclaration déclarations communiqué commentaire commentaires critique critiques rapport tribune "
    "éditorial discours lettre motion declaration statement commentary report speech letter editorial "
    "account critic critics rôle rôles position positions avis opinion attitude point vue role roles view "
    "views stance".split()
)
"""Words with which one asks about documents; those that answer do not repeat them."""
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


@dataclass(frozen=True)
class Question:
    """A question and all that is read of it; what follows looks at this, never at the words again.

    Each thing is read when it is first asked for, and once.

    Attributes:
        asked: as it was asked, on one line.
        rewritten: what is looked for instead, for a follow-up; ``None`` otherwise.
        lang: its language, or that of the answer wanted.
    """

    asked: str
    rewritten: str | None
    lang: Language

    @property
    def text(self) -> str:
        """As it is looked for."""
        return self.rewritten or self.asked

    @property
    def alone(self) -> Question:
        """Itself, without what it follows up."""
        return replace(self, rewritten=None)

    @cached_property
    def is_small_talk(self) -> bool:
        """Whether it is a greeting or thanks, and asks nothing."""
        said = set(words_in(self.asked, "fr"))
        return bool(said & _GREETINGS) and said <= _SMALL_TALK

    @cached_property
    def may_stand_alone(self) -> bool:
        """Whether, though it seems to lean on the one before, all of it means something without that one."""
        said = set(words_in(_without_subject_doubled(self.asked), "fr"))
        return not said & _PERSONAL and _FOLLOW_UP.match(self.asked) is None

    @cached_property
    def asks_every_side(self) -> bool:
        """Whether it asks what each side says (« selon chaque camp », “do both texts…”)."""
        return _EVERY_SIDE.search(self.text) is not None

    @cached_property
    def put_to(self) -> tuple[str, ...]:
        """By what names it is put to sources or sides; see :func:`rag.search.named_sources.names_asked`."""
        return names_asked(self.asked)

    @cached_property
    def put_to_before(self) -> tuple[str, ...]:
        """The same, of what it follows up as well."""
        return names_asked(self.rewritten or "")

    def terms(self, languages: Iterable[str]) -> list[str]:
        """Its distinct terms for BM25, analysed in each language of a corpus."""
        return query_terms(self.text, languages)


def read_question(text: str, history: Sequence[str] = (), lang: Language | None = None) -> Question:
    """Read a question, or words that are looked for as one.

    Args:
        text: on one line; see :func:`cleaned`.
        history: the earlier questions of the conversation, oldest first.
        lang: its language; told from its words and from the earlier questions by default.
    """
    return Question(text, resolve_follow_up(text, history), lang or language_of(text, history))


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
    if not previous or Question(question, None, "fr").is_small_talk:
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
