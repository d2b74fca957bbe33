"""What texts speak of: noun phrases with their article, « la redevance », “the toll bridge”. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rag.text.tags import Token, tokenise
from rag.text.verbs import verb_of
from rag.types import Language, Span


class Mention(NamedTuple):
    """A noun phrase of a text.

    Attributes:
        phrase: as it stands in a question, with « au » as « le ».
        span: its slice of the text.
        certain: whether its article is certain: « du » and « des » may be of no certain thing.
    """

    phrase: str
    span: Span
    certain: bool


_ARTICLES = {
    "le": "le ",
    "la": "la ",
    "les": "les ",
    "l'": "l’",
    "au": "le ",
    "aux": "les ",
    "du": "le ",
    "des": "les ",
}
_NOUNS = "wL"
_VAGUE = frozenset(
    "capacite poursuite garantie possibilite necessite volonte absence presence importance "
    "nature avenir respect "
    "accord affaire alinea an annee argument article avis bas besoin bien but cadre cas cause chacun "
    "chapitre chiffre chose cote compte condition conclusion contraire courrier cours date debut "
    "demande dernier detail difference document dossier droit effet ensemble envers erreur espece "
    "etat exemple fait facon faute fin fois fond gens haut heure histoire idee inverse jour journal "
    "leur lettre lieu ligne liste maniere mal meilleur meme mieux milieu mois moitie moment monde mot "
    "moyen moyenne nom nombre nord objet occasion ordre page paragraphe parole part partie passe pays "
    "peine personne peur place plupart plus point premier preuve prix probleme propos public quart "
    "quel question raison rapport reponse reste resultat rien risque rue salle seance seconde semaine "
    "sens soir souvent sud suite suivant sujet tableau temps terme terrain tete texte tiers titre "
    "total tour tout un vie verite veille ville vue vote matin retour client route somme systeme "
    "argent boite plein attente region departement commune province capitale pouvoir palais quai "
    "siege centre annonce nuit soiree an usage suffit gens riverain seul conclusion courrier deux "
    "chef mise chance hectare kilometre metre litre tonne kilo euro choix mairie prefet abstract act "
    "aim answer argument art author bottom case chair committee course day debate document end "
    "evidence example fact figure first following future ground hour house idea issue kind last "
    "latter letter line lot majority matter meeting minute minutes moment month money name night "
    "number other others page paper part past people place point present problem question reason "
    "report rest result right same second sense side sort statement subject sum table text thing "
    "third time top total truth view vote way week whole word words world year years yes no only very".split()
)
"""Heads of noun phrases that say little by themselves, folded."""


def subjects_in(text: str, lang: Language) -> Iterator[Mention]:
    """The noun phrases of a text that a question can be about, in order; some with their shorter forms."""
    tokens = tokenise(text)
    for at, token in enumerate(tokens):
        if lang == "fr" and token.word in _ARTICLES:
            yield from _french(text, tokens, at)
        elif lang == "en" and token.word == "the":
            yield from _english(text, tokens, at)


def _french(text: str, tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    """« La redevance », « le prix de l’eau »; not « la demande » of « il la demande »."""
    before = tokens[at - 1].tag if at else "."
    if at + 1 >= len(tokens) or not _is_noun(text, tokens[at + 1]):
        return
    if verb_of(_low(text, tokens[at + 1]), "fr") and tokens[at].tag == "d" and before not in "epPt.;,<(&":
        return
    end = at + 2
    while end < len(tokens) and tokens[end].tag == "K" and not verb_of(_low(text, tokens[end]), "fr"):
        end += 1
    if end < len(tokens) and tokens[end].tag == "e" and tokens[end].word in {"de", "d'", "du"}:
        end += 1
        end += end < len(tokens) and tokens[end].word in {"la", "l'"}
        if end >= len(tokens) or tokens[end].tag not in f"{_NOUNS}KC":
            return
        end += 1
    if _closed(text, tokens, end):
        words = text[tokens[at + 1].start : tokens[end - 1].end].replace("'", "’")
        certain = tokens[at].word not in {"du", "des"}
        yield Mention(_ARTICLES[tokens[at].word] + words, (tokens[at].start, tokens[end - 1].end), certain)


def _english(text: str, tokens: Sequence[Token], at: int) -> Iterator[Mention]:
    """“The toll bridge”, as far as it goes."""
    end = at + 1
    while end < len(tokens) and tokens[end].tag in "wKGLJ" and end - at <= 3:
        if end > at + 1 and verb_of(_low(text, tokens[end]), "en") and not _is_compound(text, tokens, end):
            break
        end += 1
    if end == at + 1 or not _closed(text, tokens, end):
        return
    last = tokens[end - 1]
    if (
        _is_noun(text, last)
        and not re.search(r"(?:ly|ed|ing|ic|al|ive|ous|er)$", last.word)
        and last.word not in _VAGUE
    ):
        words = text[tokens[at + 1].start : last.end].replace("'", "’")
        yield Mention(f"the {words}", (tokens[at].start, last.end), True)


def _is_compound(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that may be a verb is a noun here, as a verb follows: “the council plans were”."""
    return at + 1 < len(tokens) and (tokens[at + 1].tag == "v" or tokens[at + 1].tag in ".")


def _is_noun(text: str, token: Token) -> bool:
    return (
        token.tag in _NOUNS
        and token.word not in _VAGUE
        and token.word.rstrip("s") not in _VAGUE
        and len(token.word) > 3
    )


def _closed(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun phrase can end before a token: nothing there goes on with it."""
    if at >= len(tokens) or verb_of(_low(text, tokens[at]), "fr") or verb_of(_low(text, tokens[at]), "en"):
        return True
    return tokens[at].tag not in "KCSOnye-'·TwGL<(z/"


def _low(text: str, token: Token) -> str:
    return text[token.start : token.end].lower()
