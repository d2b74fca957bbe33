"""The gender of French nouns: from the articles that some texts give them, then from their endings. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rag.text.clauses import Gender

_ARTICLE = re.compile(
    r"\b(?:(?P<m>le|un|du|au|ce|aucun|premier|nouvel|cet)"
    r"|(?P<f>la|une|cette|aucune|première|nouvelle)) (?P<noun>[^\W\d_]{3,}(?:-[^\W\d_]+)*)",
    re.IGNORECASE,
)
_FEMININE = re.compile(
    r"(?:[st]ion|xion|gion|nion|(?<!é)té|ure|ance|ence|ée|ette|esse|ise|ade|aison|trice|euse|ière|elle|ienne"
    r"|aine|ude)s?$"
)
_MASCULINE = re.compile(
    r"(?:ment|age|isme|eau|eaux|aux|ier|ien|ant|eur|in|ef|is|et|oir|at|il|ent|ois|ais|ard|al|el)s?$"
)
_EXCEPTIONS: dict[str, Gender] = {
    **dict.fromkeys("eau eaux peau fin main image images page plage cage rage nage forêt part mort mer loi "
                    "voix fois couleur valeur chaleur peur fleur hauteur longueur erreur douleur rumeur "
                    "dent gent nuit fonction santé".split(), "f"),
    **dict.fromkeys("été côté comité traité musée lycée trophée silence squelette service "
                    "murmure chiffre ministère cimetière frère père arrière".split(), "m"),
}  # fmt: skip


class Genders:
    """What some texts tell of the genders of nouns.

    Args:
        texts: French ones.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._seen: dict[str, Counter[Gender]] = {}
        for text in texts:
            for match in _ARTICLE.finditer(text):
                gender: Gender = "m" if match["m"] else "f"
                self._seen.setdefault(match["noun"].lower(), Counter())[gender] += 1

    def __call__(self, noun: str) -> Gender | None:
        """The gender of a noun in lower case, of either number; ``None`` where nothing tells it."""
        singular = re.sub(r"aux$", "al", noun) if noun.endswith("aux") else re.sub(r"[sx]$", "", noun)
        for form in dict.fromkeys((noun, singular)):
            seen = self._seen.get(form)
            if seen and (len(seen) == 1 or max(seen.values()) > 3 * min(seen.values())):
                return seen.most_common(1)[0][0]
            if form in _EXCEPTIONS:
                return _EXCEPTIONS[form]
        if _FEMININE.search(noun):
            return "f"
        return "m" if _MASCULINE.search(noun) else None
