"""What a sentence of a speech states: nothing where it greets or asks; or what it says that another says.

Rules of French and English. They know no document. Where they do not tell for certain, the whole sentence is
what is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rag.text.analyzer import content_words, words_in
from rag.text.saying import DENIED, NAMED, SPEAKS, introduced
from rag.types import Span

Nothing = Literal["question", "greeting", "thanks", "announcement", "appeal", "short"]
"""Why a sentence states nothing that sources could bear out or deny."""
WORDS_LEAST = 2
"""A sentence of fewer words that mean something is not understood alone: « C’est faux. »"""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a sentence states.

    Attributes:
        span: of the words that state it; of the whole sentence where it states nothing.
        nothing: why it states nothing, ``None`` where it states something.
        reported: whether it hands on what another says, rather than saying it.
        by: who that is, as named; empty for « on me dit que » and the like.
    """

    span: Span
    nothing: Nothing | None = None
    reported: bool = False
    by: str = ""


_WHO = (
    r"(?:(?:très|mes|mon|ma|my|chers?|chères?|honorables?|dear|honou?rable|distinguished|fellow|esteemed)\s+)*"
    r"(?:mesdames?|mesdemoiselles|messieurs|monsieur|madame|amie?s|collègues|jurée?s?|juges?|membres du jury"
    r"|concitoyens|concitoyennes|camarades|ladies|gentlemen|friends|colleagues|judges?|adjudicators|everyone"
    r"|everybody|members of the (?:jury|house|council|board)"
    r"|(?:mr\.?|madam) (?:speaker|chair|president|mayor))"
    r"(?:\s+(?:le|la|les)\s+(?:maire|président\w*|ministres?|juges?|jurée?s?|membres du jury|députée?s?"
    r"|conseill\w+|élue?s?))?"
)
_HELLO = (
    r"(?:(?:re)?bonjour|bonsoir|salut|bienvenue|good (?:morning|evening|afternoon|day)|hello|welcome)"
    r"(?:\s+(?:à|to)\s+(?:toutes et (?:à )?tous|tous(?: et (?:à )?toutes)?|vous(?: tous)?|you all|you|all))?"
)
_ADDRESS = re.compile(
    rf"(?:(?:et|and)\s+)?(?:{_HELLO}|{_WHO})\b(?:\s*[,.!:;–—-]+\s*|\s+(?=(?:et|and)\b|{_HELLO}[\s,.!]|{_WHO}[\s,.!])|\s*$)",
    re.IGNORECASE,
)
_LINK = (
    r"(?:(?:et|and|mais|but|alors|donc|so|now|then|maintenant|ensuite|next|enfin|finally|(?:tout )?d['’]abord"
    r"|encore(?: une fois)?|once again|premièrement|deuxièmement|troisièmement|first(?:ly)?(?: of all)?"
    r"|second(?:ly)?|third(?:ly)?|in conclusion|en conclusion|pour (?:commencer|conclure|finir)"
    r"|to (?:begin|conclude))\s*,?\s+)*"
)
_THANKS = re.compile(
    rf"{_LINK}(?:(?:un grand|mille|je tiens à|nous tenons à|je voudrais|permettez-moi de|let me|many|"
    r"(?:i|we) (?:want|would like|wish) to)\s+)*"
    r"(?:(?:je|nous|i|we)\s+)?(?:vous\s+|en\s+)*(?:remerci\w+|merci|thank(?:s| you)?)\b[^?]*",
    re.IGNORECASE,
)
_SAYS_MORE = re.compile(r"\b(?:qui|mais|car|parce|but|because|who|which|whose|dont)\b|\d", re.IGNORECASE)
"""What thanks have that say something of those who are thanked."""
_TO_SPEAK = (
    r"(?:parler|présenter|montrer|expliquer|aborder|commencer|évoquer|exposer|développer|répondre|revenir|conclure"
    r"|terminer|finir|dire|démontrer|prouver|rappeler|affirmer|soutenir|défendre|plaider)"
)
_TO_SPEAK_EN = (
    r"(?:speak|talk|show|explain|argue|begin|start|turn|address|present|discuss|make|prove|demonstrate|conclude"
    r"|end|finish|outline|remind|say|tell|submit|maintain)"
)
_WILL = r"(?:will|shall|want to|would like to|am going to|are going to|am here to|are here to)"
_WILL_SHORT = r"['’](?:ll|d like to|m going to|re going to|m here to)"
_I_SPEAK = (
    r"(?:(?:je|nous)\s+"
    r"(?:vais|allons|voudrais|voudrions|souhaite(?:rais)?|souhaitons|veux|voulons|tiens à|tenons à)"
    rf"\s+(?:\w+\s+){{0,2}}{_TO_SPEAK}|permettez-(?:moi|nous) (?:de |d['’])(?:\w+\s+)?{_TO_SPEAK}"
    rf"|(?:i|we)(?:\s+{_WILL}|{_WILL_SHORT})\s+(?:\w+\s+)?{_TO_SPEAK_EN}"
    rf"|let (?:me|us) (?:\w+\s+)?{_TO_SPEAK_EN})"
)
_MY_POINT = (
    r"(?:mon|notre|my|our)\s+(?:(?:premier|deuxième|second|troisième|dernier|first|third|next|last|final)\s+)?"
    r"(?:argument|point|axe)s?"
)
_ANNOUNCES = re.compile(
    rf"{_LINK}(?:{_I_SPEAK}\b.*|{_MY_POINT}(?:\s+(?:est|sera|porte|is|will|concerns|deals)\b.*)?"
    r"|(?:passons|venons-en|revenons-en?|terminons|concluons)\b.*"
    r"|(?:j['’]en|je) (?:viens|passe|reviens|termine|conclus)\b.*"
    r"|c['’]est tout.*|that is all.*|(?:voici|voilà)\s+(?:mon|ma|mes|nos|notre|pourquoi)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_APPEALS = re.compile(
    rf"{_LINK}(?:(?:je|nous)\s+vous\s+(?:demand|invit|pri|appel|exhort|conjur)\w+\b.*"
    r"|(?:votez|vote (?:for|against))\b.*"
    r"|(?:i|we)\s+(?:urge|ask|beg|call on|invite)\s+you\b.*"
    r"|(?:i|we)\s+(?:am|are|beg|have the honou?r)\s+(?:proud\s+|honou?red\s+)?to\s+"
    r"(?:propose|oppose|support)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_ASKS = re.compile(r"\?[\s»”\"’')\]]*$")
_TAG = re.compile(
    r"\s*,\s*(?:n['’]est-ce pas|non|hein|pas vrai|vous ne trouvez pas|right|is it not"
    r"|(?:is|are|was|do|does|did|wo|would|have|has|ca)n['’]?t (?:it|they|we|you|he|she)"
    r"|don['’]t you (?:think|agree))\s*\?[\s»”\"’')\]]*$",
    re.IGNORECASE,
)
_THAT = r"(?:\s*,[^,]{1,60},\s*|\s+)(?:que\s+|qu['’]|that\s+)(?P<rest>.+)"
_OWN = re.compile(
    rf"{_LINK}(?:{_I_SPEAK}|{_MY_POINT} (?:est|is)"
    r"|(?:je|nous)\s+(?:dis|disons|pense|pensons|crois|croyons|affirm\w+|soutiens|soutenons|maintiens"
    r"|maintenons|répète|considère|considérons|estime|estimons|sais|savons|constat\w+)|j['’](?:affirme|estime)"
    r"|(?:i|we)\s+(?:\w+ly\s+)?"
    r"(?:say|think|believe|hold|maintain|submit|argue|contend|know|insist|claim|feel)"
    rf"|i (?:am|['’]m) (?:sure|convinced|certain))(?:\s+(?:bien|donc|you|vous))?{_THAT}",
    re.IGNORECASE | re.DOTALL,
)
"""« Je pense que … »: stated all the same."""
_TOLD = re.compile(
    rf"{_LINK}(?:(?:vous|tu) (?:nous |me |m['’])?(?:dites|affirmez|prétendez|soutenez|répétez|assurez"
    r"|répondez|dis|affirmes|prétends|(?:avez|as) (?:\w+ )?(?:dit|affirmé|prétendu|soutenu|répondu))"
    r"|(?:i|we)(?: am| are| was| were|['’]m|['’]re| have been|['’]ve been) (?:\w+ )?"
    r"(?:told|assured|promised|warned|answered)|it is (?:\w+ )?(?:said|claimed|argued|believed)|il paraît"
    r"|(?:j['’]|nous )enten\w+(?: \w+)? dire|(?:i|we) (?:often )?hear)"
    r"(?:\s+(?:that|que)\s+|\s+qu['’]|\s+)(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SAID = re.compile(
    rf"{_LINK}(?P<name>{NAMED}{{2,80}}?)\s+(?:(?:me|te|m['’])\s*)?{SPEAKS}"
    rf"(?:\s+(?:\w+(?:ment|ly)|bien|souvent|toujours|often|again|us|me|you))?{_THAT}",
    re.IGNORECASE | re.DOTALL,
)
_NOBODY = re.compile(
    r"(?:(?:l['’])?on|ils?|elles?|vous|tu|certain(?:e?s)?|d['’]autres|beaucoup|plusieurs|tout le monde"
    r"|(?:mes|nos|mon|notre|l['’]|les?|la|vos|my|our|the)\s*(?:adversaires?|contradict\w+|opposants?|détracteurs?"
    r"|partie adverse|camp d['’]en face|autre camp|opponents?|critics|other side|opposition)|cela|ça|ce|qui"
    r"|some(?: people)?|others|many(?: people)?|people|they|you|he|she|it|critics|opponents|everyone"
    r"|everybody|who|that)",
    re.IGNORECASE,
)
_SELF = re.compile(r"(?:je|j|nous|i|we|moi|me|us)", re.IGNORECASE)


def stated_in(sentence: str) -> Stated:
    """What a sentence of a speech states."""
    whole = (0, len(sentence))
    start = _addressed(sentence)
    rest = sentence[start:]
    if tag := _TAG.search(rest):
        rest = rest[: tag.start()]
    elif _ASKS.search(rest):
        return Stated(whole, "question")
    if not words_in(rest, "fr"):
        return Stated(whole, "greeting")
    if _THANKS.fullmatch(rest) and not _SAYS_MORE.search(rest):
        return Stated(whole, "thanks")
    said = _handed_on(rest)
    if said is None and _ANNOUNCES.fullmatch(rest):
        return Stated(whole, "announcement")
    if said is None and _APPEALS.fullmatch(rest):
        return Stated(whole, "appeal")
    (first, last), reported, by = said or ((0, len(rest)), False, "")
    if len(content_words(rest[first:last])) < WORDS_LEAST:
        (first, last), reported, by = (0, len(rest)), False, ""
    if len(content_words(rest)) < WORDS_LEAST:
        return Stated(whole, "short")
    return Stated((start + first, start + last), None, reported, by)


def _addressed(sentence: str) -> int:
    """Where a sentence goes on after those whom it addresses and greets."""
    at = 0
    while found := _ADDRESS.match(sentence, at):
        if found.end() == at:
            break
        at = found.end()
    return at


def _handed_on(text: str) -> tuple[Span, bool, str] | None:
    """The words that a sentence says somebody says, whether that is another, and who."""
    for found, reported, by in _frames(text):
        if content_words(found["rest"]) and not DENIED.search(text[: found.start("rest")]):
            return found.span("rest"), reported, by
    for told in introduced(text):
        by = "" if _NOBODY.fullmatch(told.named) else told.named
        return told.span, not _SELF.fullmatch(told.named), by
    return None


def _frames(text: str) -> Iterator[tuple[re.Match[str], bool, str]]:
    if found := _OWN.fullmatch(text):
        yield found, False, ""
    if found := _TOLD.fullmatch(text):
        yield found, True, ""
    if (found := _SAID.fullmatch(text)) and not re.search(r"\d", found["name"]):  # « 17 % of teachers said »
        name = found["name"].strip()
        own = _SELF.fullmatch(name) is not None
        yield found, not own, "" if own or _NOBODY.fullmatch(name) else name
