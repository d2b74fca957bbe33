"""The shape of an asking, in French and English: politeness around it, question words, verbs put first.

The patterns are for a text without accents and capitals, as :func:`flat` makes it; each is matched where it
says. In a pattern ``{ME}`` stands for an object pronoun after a verb (« -moi », “me”), ``{ER}`` for endings
of a regular verb, ``{SOURCES}`` for the documents named as such; ``{OF}``, ``{ON}``, ``{DE}`` for what leads
from a word of saying, or from a noun, to what is meant, ``{ALL}`` for articles and words of quantity,
``{LISTED}`` for things that come several at a time, ``{AFTER}`` for prepositions before a question word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from rag.text import fold

_PARTS = {
    "ME": r"(?:[- ](?:moi|nous|me|us))?",
    "ER": r"(?:er|ez|es|e|ing)?",
    "SOURCES": r"(?:(?:toutes |tous |all )?(?:les |ces |nos |vos |mes |the |these |your |our |my )?"
    r"(?:different\w* )?(?:documents?|sources?|textes?|articles|texts?|corpus))",
    "OF": r"(?:de |d'|du |des |sur |a propos d|au sujet d|concernant |quant a|about |on |of |regarding "
    r"|concerning |as to )",
    "ON": r"(?:sur |a propos d|au sujet d|concernant |quant a|on |about |regarding |concerning |as to )",
    "DE": r"(?:de |d'|du |des |sur |entre |avec |of |on |about |between |for )",
    "ALL": r"(?:tous |toutes |tout |all |all of |any |some |more |every |the |les? |la |l'|des |du |de |d'"
    r"|une? |an? )*",
    "LISTED": r"(?:mesures|measures|arguments|raisons|reasons|motifs|grounds|conditions|criteres|criteria"
    r"|etapes"
    r"|steps|propositions|proposals|avantages|advantages|benefits|inconvenients|drawbacks|disadvantages"
    r"|critiques|criticisms|objections|reproches|exceptions|exemptions|causes|consequences|risques|risks"
    r"|dangers|objectifs|goals|aims|objectives|demandes|demands|revendications|exigences|requirements"
    r"|engagements|commitments|promesses|promises|solutions|options|alternatives|facteurs|factors"
    r"|obligations|garanties|guarantees|exemples|examples|recommandations|recommendations|dispositions"
    r"|provisions|sanctions|penalties|signataires|signatories|participants|partenaires|partners|points"
    r"|chapitres|themes|topics)",
    "AFTER": r"(?:(?:a partir de|a cause de|d'apres|au bout de|jusqu'a|jusqu'en|a|de|d'|en|par|pour|dans|sur"
    r"|avec|contre|depuis|vers|chez|sous|entre|selon|au|et|in|at|on|to|by|for|from|with|of|until|since|under"
    r"|against|through|about|and) ?)*",
}


@lru_cache(64)
def flat(text: str) -> str:
    """A composed text without case and accents, of the same length, so that its slices are the text's."""
    return "".join(map(_flat, text))


@cache
def _flat(character: str) -> str:
    return (fold(character) or character)[0]


def composed(text: str) -> str:
    """A text on one line, its accents composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def pattern(*alternatives: str) -> re.Pattern[str]:
    """A pattern of alternatives, with the parts named above."""
    joined = "|".join(alternatives)
    for name, part in _PARTS.items():
        joined = joined.replace(f"{{{name}}}", part)
    return re.compile(f"(?:{joined})")


# --- politeness -----------------------------------------------------------------------------------

_ASKING = (
    r"(?=(?:me |m'|nous |moi |us |please |kindly |just |rapidement )*(?:dis|dire|dites|don|list|enumer|recens"
    r"|dress|etabli|fai|cit[ea]|montr|compar|resum|synthe|parl|expliq|decri|present|indiq|rappel|trouv"
    r"|retrouv|cherch|recherch|repert|nomm|confron|mett|precis|detail|enonc|affich|fourni|renseign|informe"
    r"|savoir|avoir|extrai|recap|expos|passer en|tell|giv|show|name|summ|sum up|compil|expla|find|make|descri"
    r"|outlin|provid|set out|draw up|brief|itemi|quote|run |go through|search|look|contrast|talk|get|enumer"
    r"|have (?:a|the) |see (?:a|the) |know))"
)
FRONT = pattern(
    r"(?:bonjour|bonsoir|salut|hello|hi|hey|alors|donc|bon|ok|okay|please|s'il (?:te|vous) plait|svp|stp"
    r"|merci"
    r"|so|well|now|puis|then|ensuite|enfin)[ ,;:!.]+",
    r"(?:est[- ]ce que )?(?:tu|vous) (?:peu[xt]|pouvez|pourr\w+) " + _ASKING,
    r"(?:peux|pourrais|pouvez|pourriez)[- ](?:tu|vous) " + _ASKING,
    r"(?:peut|pourrait|puis)[- ](?:on|je) (?=(?:me |m'|nous |avoir|savoir|connaitre))",
    r"(?:est[- ]il|serait[- ]il|c'est) possible d(?:e |')" + _ASKING,
    r"(?:merci de|veuillez|veux[- ]tu|voulez[- ]vous|essaie de|il faudrait|aide[zr]?{ME} a) " + _ASKING,
    r"(?:(?:je|nous|on) (?:voudr|souhait|veu|desir|aimer)\w+|j'aimerais) (?:bien )?(?:que (?:tu|vous) )?",
    r"(?:can|could|would|will) you (?:please |kindly )?" + _ASKING,
    r"(?:would|do) you mind " + _ASKING,
    r"(?:can|could|may) (?:i|we) (?=(?:get|have|see|know) )",
    r"(?:(?:i|we) would|i'd|we'd) (?:like|love) (?:you )?(?:to )?",
    r"(?:i|we) (?:want|need) (?:you )?(?:to )?",
    r"help (?:me|us) (?:to )?" + _ASKING,
    r"(?:me |m'|nous |moi |please |kindly |just |bien |rapidement )(?=\w)",
    r"(?:savoir|connaitre|comprendre|know|understand) (?=\w)",
    r"(?:connaissez[- ]vous|connais[- ]tu|est[- ]ce que (?:vous connaissez|tu connais)) ",
    r"(?:(?:sait|savez|sais)[- ](?:on|vous|tu)|est[- ]ce qu(?:'on sait|e l'on sait|e vous savez"
    r"|e tu sais)|on sait"
    r"|(?:do|does) (?:you|we|anyone|anybody) know) (?={AFTER}(?:qui|quel|combien|comment|quand|pourquoi"
    r"|ou |si |s'"
    r"|what|wh|how|if))",
)
"""At the beginning: greetings and politeness, one after another."""
BEHIND = re.compile(
    r"(?:[\s,;:.?!…»”\"]|(?<=[\s,?!.])(?:s'il (?:te|vous) plait|svp|stp|please|thanks|thank you"
    r"|merci(?: d'avance| beaucoup)?)|(?<=\s)(?:dans|d'apres|selon|in|from|according to) "
    r"(?:les|ces|mes|nos|vos|the|these|my|our|your) (?:documents?|sources?|textes?|texts?)"
    r"|(?<=\s)(?:en detail|in detail|en bref|briefly|in short|pour moi|for me)"
    r"|(?<=\s)(?:en|in) (?:quelques|deux|trois|cinq|dix|a few|two|three|five|ten|\d+) "
    r"(?:mots|phrases|lignes|points|words|sentences|lines))+$"
)
"""At the end: marks, thanks, where to look, at what length."""
LEANS = pattern(r"(?:et|and|mais|but|ou|or) ")
"""At the beginning: it leans on something said before."""

AFTER_MARK = re.compile(r"(?<=[?])(?:(?<=[^«“\"]\?))\s+(?![»”\"?!.,;)])(?=\w|«|“)")
"""Between a question and what follows it."""

# --- a question -----------------------------------------------------------------------------------

WORD = (
    r"(?:(?:qui|que|quoi|quels?|quelles?|qel\w*|kel\w*|[ck]om[bn]?ien\w*|conbien|comment|pourquoi|quand"
    r"|kan\w*|ou(?= )"
    r"|lequel|laquelle|lesquel\w*|auquel|duquel|cb|ki|koi|what|wich|who|whom|whose|which|when|where|why"
    r"|how)(?![\w'-])"
    r"|(?:what|who|where|when|how|why)'s\b|c(?:'?est|e)? (?:a )?(?:quoi|koi|qui|ki|quand|ou|combien|cb)\b)"
)
"""One that asks; « où » and « ou » look the same."""
ASKS = pattern(r"{AFTER}" + WORD, r"qu'|ce qu[ie' ]")
"""At the beginning: a question word, alone or after its preposition."""
ASKS_LATER = re.compile(
    r"(?<![\w'-])(?:(?:quels?|quelles?|combien|pourquoi|comment|lequel|laquelle|what|which|why|how|whose)"
    r"(?![\w'-])|qu'en\b|(?:quoi|koi|quand|qui|when|who)(?=\W*$))|[,:] (?:(?:(?:a|de|en|par|pour|sur|avec"
    r"|contre|to|by|for|in|at) )?(?:que|quoi|qui|ou|quand|who|when"
    r"|where)(?![\w-])|qu')"
)
"""Anywhere: a question word that makes the whole a question."""
SUBORDINATE = pattern(r"(?:quand|lorsqu\w*|si|when|if) (?!,)[^,]+, ")
"""At the beginning: a clause, not yet the question."""
INVERTED = re.compile(
    r"(?<![\w-])(?:[a-z]+-(?:t-)?(?:ils?|elles?|on|ce|je|tu|nous|vous)(?![\w-])|est[ -]ce qu[e']|y a t il\b"
    r"|(?:faut|peut|doit|va|est|a|sera|serait) (?:t )?(?:il|on|elle)\b"
    r"|(?:sont|ont|seront|vont|doivent|peuvent|devraient) (?:ils|elles)\b)"
)
"""Anywhere: a French verb before its subject, or « est-ce que »; with or without hyphens."""
AUXILIARY = (
    r"(?:(?:is|are|was|were|does|do|did|has|have|had|would|could|should)(?:n't)?|will|won't|can|can't|cannot"
    r"|shall|must|may|might)"
)
ASKED_FIRST = re.compile(rf"(?:^|[,;:] ){AUXILIARY} \w")
"""Anywhere: an English verb before its subject, at the beginning of a clause."""
WHETHER = pattern(r"(?:si |s'|if |whether )(?=\w)")
"""At the beginning: a question that is told."""
VERB = re.compile(
    r"\b(?:est|sont|etait|etaient|sera|seront|serait|ont|aura|auront|avait|va|vont|doit|doivent|peut|peuvent"
    r"|faut|fait|is|are|was|were|has|have|had|will|would|can|could|must|should|does|do|did)\b(?![-'])"
    r"|\b(?:ne |n'|je |j'|tu |ils? |elles? |nous |vous |he |she |they |we |you |it )(?=\w)"
)
"""Anywhere: a finite verb that is told by itself, or a pronoun that has one."""
