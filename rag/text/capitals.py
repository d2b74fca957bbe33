"""The names of a sentence, told by their capitals, and words that say little. Pure.

Rules of French and English for checking a sentence against a quote (rag/llm/support.py), as those of
:mod:`rag.text.assertion`.
"""

from __future__ import annotations

import re

from rag.text.analyzer import content_words, is_stopword
from rag.text.assertion import atom, numbers
from rag.text.folding import fold
from rag.text.tags import CONTENT, tokenise

_LIGHT_VERBS = (
    "compte compter comptent comptera compterait comptait comporte comporter comprend comprendre comprendra "
    "fait faire font fera fasse faite prend prendre prendra prise pris met mettre mettra mise mis donne "
    "donner donnera donné voit voir va aller vient venir viendra viendrait vienne passe passer passera "
    "tient tenir tenue tenu trouve trouver trouvé reste rester restera devient devenir deviendra constitue "
    "constituer représente représenter existe exister obtient obtenir sert servir permet permettre "
    "permettra peut pouvoir doit devoir dit dire indique indiquer rapporte constate relève précise rappelle "
    "souligne affirme exprime estime juge considère regarde concerne count counts counted number numbers "
    "comprise comprises include includes included including make makes made making do does doing done take "
    "takes taking taken took give gives given gave get gets got see sees seen saw come comes came coming go "
    "goes going gone went put puts hold holds held keep keeps kept become becomes became remain remains "
    "remained seem seems find finds found show shows shown mean means serve serves provide provides "
    "provided set sets stand stands stood run runs ran say says said report reports reported note notes "
    "noted state states stated express expresses expressed point points concern concerns"
)
_LIGHT_OTHERS = (
    "fois cas fait faits partie total totale texte yeux terme termes niveau cadre point sens façon manière "
    "propre lors suite ensuite également ainsi dès plusieurs autre autres même mêmes chose sorte titre "
    "égard vue avis once also then thus one ones way ways case cases part fact facts line terms level view "
    "views eyes order matter thing things kind sort own whole several other others same behalf regard "
    "account according"
)
LIGHT = frozenset(f"{_LIGHT_VERBS} {_LIGHT_OTHERS}".split())
"""Words that a sentence may use without the quote having anything like them."""

_NAME = re.compile(r"(?<![\w’'-])(?:[ldnLDN]['’])?(?P<name>[A-ZÀ-ÖØ-Þ][\w’-]*(?:\s[A-ZÀ-ÖØ-Þ][\w’-]*)*)")
_AWAY = re.compile(
    r"\b(?:à|au|aux|en|dans|chez|vers|avec|depuis|de|du|des|at|in|on|into|to|with|from|of"
    r"|near)\s+(?:l['’]|la |les? |the )?$",
    re.IGNORECASE,
)
"""A name after one of these neither does what is said, nor has it done to it."""


def names_in(text: str) -> list[str]:
    """The names of a text, in order."""
    return [name for run in name_runs(text) for name in run]


def name_runs(text: str) -> list[list[str]]:
    """Names of a text: capitalised words that stand together; the first of a sentence unless it is little."""
    first = next(iter(tokenise(text)), None)
    found: list[list[str]] = []
    for match in _NAME.finditer(text):
        parts = [word.strip("’'-.") for word in re.split(r"[\s’']", match["name"])]
        names = [w for w in parts if len(w) > 1 and w[0].isupper() and not is_stopword(fold(w))]
        names = [w for w in names if not numbers(w)]
        opens = first is not None and first.start == match.start()
        if names and first and opens and (first.tag not in CONTENT or fold(names[0]) in LIGHT):
            names = names[1:]
        found += [names] if names else []
    return found


def acting_names(text: str) -> list[tuple[str, int, int]]:
    """Names that may do something or have it done to them, with their slices."""
    found: list[tuple[str, int, int]] = []
    for match in _NAME.finditer(text):
        parts = content_words(match["name"])
        away = _AWAY.search(text[: match.start()] + text[match.start() : match.start("name")])
        if parts and not away and not is_stopword(fold(match["name"])) and not numbers(match["name"]):
            found.append((parts[-1], match.start("name"), match.end("name")))
    return found


_CLEARLY = 2
"""By so many words a name must be nearer to a number than any other."""


def numbered_names(text: str) -> dict[str, str]:
    """Each number of a text with the name that stands nearest to it, where one does: who has how many."""
    tokens = [token for token in tokenise(text) if token.tag != "·"]
    named = {
        match.start("name"): match["name"] for match in _NAME.finditer(text) if not numbers(match["name"])
    }
    places = [(at, named[token.start]) for at, token in enumerate(tokens) if token.start in named]
    found: dict[str, str] = {}
    for at, token in enumerate(tokens):
        number = atom(re.sub(r"\D", "", token.word)) if token.word[:1].isdigit() else None
        near = sorted(places, key=lambda place: abs(place[0] - at))[:2]
        if number and len(near) > 1 and abs(near[0][0] - at) + _CLEARLY <= abs(near[1][0] - at):
            found[number] = near[0][1]
    return found
