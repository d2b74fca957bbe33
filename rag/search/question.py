"""A question, read once: cleaned, put back into its conversation, its language and what it asks for told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rag.catalogue import say
from rag.errors import InputError
from rag.search.addressed import Addressed, addressed, sides_in
from rag.search.follow_up import FollowUp, follow, tidied
from rag.search.named_sources import signed
from rag.search.parts import parts_of
from rag.search.request import Request, request_of
from rag.text import LANGUAGES, Bodies, is_denied, language_of, query_terms, words_in
from rag.types import Language, SourceInfo

NAMES = 2
"""By so many names a side is looked for that others speak of."""
QUESTION_MAX = 4000
"""A longer question is refused, in characters."""
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
        lang: its language, or that of the answer wanted.
        history: the questions before it, oldest first.
        infos: of the sources, whose names may stand in it.
        condensed: itself in full, where a model has put it so.
    """

    asked: str
    lang: Language
    history: tuple[str, ...] = ()
    infos: tuple[SourceInfo, ...] = ()
    condensed: str | None = None

    @cached_property
    def follows(self) -> FollowUp | None:
        """Itself beside the question before it; ``None`` where it is the first, or asks nothing."""
        return None if self.is_small_talk else follow(self.asked, self.history, self.infos)

    @cached_property
    def before(self) -> Question:
        """The question before it, in full; an empty one where it is the first."""
        return Question(self.follows.previous if self.follows else "", self.lang, infos=self.infos)

    @property
    def leans(self) -> bool:
        """Whether it means little without the question before it."""
        return self.condensed is None and self.follows is not None and self.follows.leans

    @property
    def rewritten(self) -> str | None:
        """Itself in full; ``None`` where it stands alone."""
        if self.condensed:
            return self.condensed
        return self.follows.rewritten if self.follows and self.leans else None

    @property
    def text(self) -> str:
        """As it is looked for: a subject as a question about it, a question without who is asked."""
        request = self.request
        named = request.kind == "compare" or (request.kind == "topic" and not self._is_telegraphic)
        if named and request.subject:
            return tidied(say("about_subject", self.lang, subject=self.request.subject))
        return self.addressed.text

    @property
    def _is_telegraphic(self) -> bool:
        """Whether it is several words that only name what is asked for: they are looked for as they are."""
        said = words_in(self.asked, "fr")
        return said == words_in(self.request.subject, "fr") and len(said) > 2

    @cached_property
    def request(self) -> Request:
        """What kind of thing is asked for, and of what."""
        if self.rewritten or self.addressed.voice or self.addressed.about:
            asked = request_of(self.asked)
            return asked if asked.kind in ("list", "yes_no") else Request("answer", self.asked)
        return request_of(self.asked)

    @property
    def parts(self) -> tuple[Question, ...]:
        """The questions in it, each after those before it; itself where it asks one."""
        told = parts_of(self.asked) if self.condensed is None else ()
        if len(told) < 2:
            return (self,)
        return tuple(
            replace(self, asked=part, history=(*self.history, *told[:n])) for n, part in enumerate(told)
        )

    @cached_property
    def is_small_talk(self) -> bool:
        """Whether it is a greeting or thanks, and asks nothing."""
        said = set(words_in(self.asked, "fr"))
        return bool(said & _GREETINGS) and said <= _SMALL_TALK

    @cached_property
    def asks_every_side(self) -> bool:
        """Whether it asks what each side says (« selon chaque camp », “do both texts…”)."""
        return _EVERY_SIDE.search(self.rewritten or self.asked) is not None

    @cached_property
    def addressed(self) -> Addressed:
        """Whom it is put to, and about whom it is.

        One that keeps what it follows up is put to whom it names itself; if it asks for more, to those who
        were asked before, and if it asks what is said against that, to others.
        """
        if self.follows is None or not self.leans or self.follows.replaced:
            return addressed(self.rewritten or self.asked, self.infos)
        own, before = (addressed(text, self.infos) for text in (self.asked, self.follows.previous))
        about = own.about or (before.voice if self.follows.contrary and not own.voice else frozenset())
        voice = own.voice or (before.voice if self.follows.further else frozenset())
        return Addressed(voice, about, self.follows.joint, self.follows.joint)

    @property
    def readings(self) -> tuple[Question, ...]:
        """Itself; where it is about a side, by the names that the others may give it, and without any."""
        about = self.addressed.about
        if not about:
            return (self,)
        names = dict.fromkeys(filter(None, (signed(self.infos[number]) for number in sorted(about))))
        aimed = [tidied(say("objections_to", self.lang, name=name)) for name in [*names][:NAMES]]
        bare = self.addressed.bare or say("objections", self.lang)
        return (self, *(replace(self, asked=text, history=(), infos=()) for text in (*aimed, bare)))

    @property
    def asks_for_arguments(self) -> bool:
        """Whether it asks for what a side, or others of it, say against another, on nothing in particular."""
        asked = self.addressed
        return bool(asked.voice or asked.about) and asked.aims and not asked.bare

    @cached_property
    def sides_named(self) -> frozenset[str]:
        """The sides that it names."""
        return sides_in(self.asked, self.infos)

    @cached_property
    def denies(self) -> bool:
        """Whether it is asked in the negative."""
        return is_denied(self.asked)

    def share_in(self, text: str) -> float:
        """The share of its words that a text has, in the language in which that is larger."""
        shares = []
        for lang in LANGUAGES:
            asked = set(query_terms(self.text, (lang,)))
            shares.append(len(asked & set(query_terms(text, (lang,)))) / len(asked) if asked else 0.0)
        return max(shares)

    def terms(self, worded: str, languages: Iterable[str], bodies: Bodies) -> list[str]:
        """Its distinct terms for BM25, as ``worded`` and analysed in each language of a corpus."""
        return query_terms(worded, languages, bodies)


def read_question(
    text: str,
    history: Sequence[str] = (),
    lang: Language | None = None,
    infos: Sequence[SourceInfo] = (),
) -> Question:
    """Read a question, or words that are looked for as one.

    Args:
        text: on one line; see :func:`cleaned`.
        history: the earlier questions of the conversation, oldest first.
        lang: its language; told from its words and from the earlier questions by default.
        infos: of the sources to which it may be put by name.
    """
    return Question(text, lang or language_of(text, history), tuple(history), tuple(infos))


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
