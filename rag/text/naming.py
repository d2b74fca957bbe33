"""One name for each who speaks in a document: « M. COSTA », « M. Jean Costa » and « Costa » are one. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.text.folding import fold
from rag.text.labels import NAME, Label, is_office

_MEN = re.compile(r"(?:M|MM|Mr|MR|Monsieur|MONSIEUR|Sir|SIR|Lord|LORD)\b(?!['’])")
_WOMEN = re.compile(
    r"(?:Mmes?|MMES?|Mlles?|MLLE|Mrs|MRS|Ms|MS|Madame|MADAME|Mademoiselle|Lady|LADY|Dame|Baroness|Madam"
    r"|Miss)\b"
)
_TITLES = frozenset(
    "m mm mr mrs ms mme mmes mlle monsieur madame mademoiselle maitre me dr pr prof professor sir lord "
    "lady dame "
    "baroness baron viscount earl madam miss hon senator sen rep representative congressman congresswoman "
    "rt right "
    "secretary chairman chairwoman judge general ambassador commissioner minister councillor cllr the "
    "l".split()
)
_PARTICLES = frozenset(
    "de du des la le les von van der den of the al el bin ben da dos di y e zu d l".split()
)
_CHAIR = re.compile(
    r"\b(?:vice-?)?(?:président|speaker|chair|president|presiding|bourgmestre|modérat|moderat)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as written, and its words to compare."""

    written: str
    words: tuple[str, ...]
    gender: str


_BEARER = re.compile(
    rf"(?:(?:M\.|Mme|MME|Monsieur|Madame)\s+)?(?i:le\s+|la\s+"
    rf"|l['’])[^\W\d_]+(?:-[^\W\d_]+)*\s+(?P<who>{NAME})"
)
_KEPT = frozenset("MP MPS QC KC CBE OBE MBE MSP MEP MEPS TD".split())


def is_chair(name: str) -> bool:
    """Whether a name is that of who gives the floor."""
    return _CHAIR.search(name) is not None


def names_of(labels: Sequence[Label]) -> dict[str, str]:
    """The name of whom each label names, by its key: the fullest in the document, legible."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for label in labels:
        written[label.key][label.name] += 1
    best = {
        key: max(forms, key=lambda form: (not form.isupper(), forms[form])) for key, forms in written.items()
    }
    offices = {
        key: name for key, name in best.items() if not _bearer(name) and (is_office(name) or not _words(name))
    }
    names = _persons({key: best[key] for key in best if key not in offices}) | _offices(offices)
    names = {key: readable(name) for key, name in names.items()}
    held = _held(labels, offices, names)
    return names | held | _in_office(labels, offices, names)


def _bearer(name: str) -> str:
    """Who bears an office, where the name says both: « le sénateur Costa »."""
    found = _BEARER.fullmatch(name)
    return "" if found is None or fold(found["who"].split()[0]) in _PARTICLES - {"le", "la"} else found["who"]


def _offices(best: dict[str, str]) -> dict[str, str]:
    """Offices by key: « Le président » is « M. le président », unless there is « Mme le président » too."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in best.values():
        groups[_office(name)].append(name)
    found: dict[str, str] = {}
    for key, name in best.items():
        group = groups[_office(name)]
        one = len({_gender(other) for other in group} - {""}) < 2 and not any("(" in other for other in group)
        found[key] = max(group, key=lambda other: (bool(_gender(other)), len(other))) if one else name
    return found


def _persons(best: dict[str, str]) -> dict[str, str]:
    """Persons by key: those whose words are among the words of one fuller name alone have that name."""
    names = {key: _Name(name, tuple(_words(name)), _gender(name)) for key, name in best.items()}
    order = sorted(names, key=lambda key: (-_length(names[key]), not names[key].gender, best[key].isupper()))
    by_word: dict[str, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for key in order:
        one = names[key]
        looked = _first(one) if _is_sigil(one) or not _length(one) else [w for w in one.words if len(w) > 1]
        near = min((by_word[word] for word in looked), key=len)  # who has them all
        same = [known for known in near if _is_part(one, names[known])]
        found[key] = found[same[0]] if len(same) == 1 else best[key]
        if len(same) != 1:
            for word in {*one.words, *_first(one)}:
                by_word[word].append(key)
    return found


def _length(name: _Name) -> int:
    return sum(len(word) > 1 for word in name.words)


def _first(name: _Name) -> list[str]:
    return ["·" + (name.words[0] if _is_sigil(name) else "".join(word[0] for word in name.words))]


def _is_sigil(name: _Name) -> bool:
    """Whether a name may be initials without points: « JC »."""
    return len(name.words) == 1 and 1 < len(name.written) < 4 and name.written.isupper()


def _is_part(one: _Name, full: _Name) -> bool:
    """Whether a name may be a shorter form of another."""
    if one.gender and full.gender and one.gender != full.gender:
        return False
    if _is_sigil(one):
        return one.words[0] == "".join(word[0] for word in full.words)
    if not _length(one):  # initials
        return len(one.words) > 1 and [w[0] for w in one.words] == [w[0] for w in full.words]
    if len(one.words) == 1 and len(full.words) > 2 and one.gender and one.words[0] == full.words[0]:
        return False
    rest = list(full.words)
    for word in one.words:
        at = next(
            (n for n, other in enumerate(rest) if word == other or (len(word) == 1 and other[0] == word)), -1
        )
        if at < 0:
            return False
        del rest[at]
    return True


def _gender(name: str) -> str:
    if _WOMEN.match(name) or _MEN.match(name):
        return "f" if _WOMEN.match(name) else "m"
    return {"le": "m", "la": "f"}.get(name[:2].lower(), "") if _bearer(name) else ""


def _words(name: str) -> list[str]:
    """The words of a person's name, folded, without titles and particles."""
    found = re.findall(r"[^\W_]+", _bearer(name) or name.split("(")[0])
    initials = all(len(word) == 1 for word in found)
    words = [fold(word) for word in found]
    while words and words[0] in _TITLES and len(words) > 1 and not initials:
        words = words[1:]
    return words if initials else [word for word in words if word not in _PARTICLES] or words


def _held(labels: Iterable[Label], offices: Iterable[str], names: dict[str, str]) -> dict[str, str]:
    """Offices that the document says are one person's: « M. Costa, ministre. », then « M. le ministre. »."""
    holders: dict[str, set[str]] = defaultdict(set)
    for label in labels:
        if label.office and label.key not in offices:
            holders[_office(label.office)].add(names[label.key])
        bearer = _bearer(label.name) or (label.name[label.name.find("(") :] if "(" in label.name else "")
        if bearer:
            holders[_office(label.name.removesuffix(bearer))].add(names[label.key])
    return {
        key: next(iter(holders[office]))
        for key in offices
        if (office := _office(key)) in holders and len(holders[office]) == 1 and "(" not in key
    }  # fmt: skip


def _in_office(labels: Iterable[Label], offices: Iterable[str], names: dict[str, str]) -> dict[str, str]:
    """Persons whom an office was said to be: « The Secretary of State (Ed Brown) », then « Ed Brown »."""
    found: dict[str, set[str]] = defaultdict(set)
    for label in labels:
        if "(" in label.name and label.key in offices:
            found[label.key[label.key.find("(") + 1 : -1]].add(names[label.key])
    return {key: next(iter(of)) for key, of in found.items() if key in names and len(of) == 1}


def _office(words: str) -> str:
    return " ".join(
        w for w in re.findall(r"[^\W_]+", fold(words)) if w not in _TITLES and w not in ("le", "la", "les")
    )


def readable(name: str) -> str:
    """A name without the capitals of its typography: « M. Costa » for « M. COSTA »."""
    loud = re.findall(r"[^\W\d_]{2,}", name)
    if not any(word.isupper() for word in loud):
        return name
    if is_office(name) and all(word.isupper() for word in loud if fold(word) not in _TITLES | {"the"}):
        if re.match(r"(?i:the|mr|madam)\b", name):
            return " ".join(
                _title(word) if n == 0 or fold(word) not in _PARTICLES else word.lower()
                for n, word in enumerate(name.split())
            )
        return name[0] + name[1:].lower() if not _gender(name) else _titled_office(name)
    parts = re.split(r"(\s+)", name)
    before = ["", "", *parts]
    return "".join(
        _title(part) if fold(part) in ("le", "la", "les") and fold(last) != "de" else _legible(part, n == 0)
        for n, (part, last) in enumerate(zip(parts, before, strict=False))
    )


def _titled_office(name: str) -> str:
    title, _, rest = name.partition(" ")
    if who := _bearer(name):
        return f"{_legible(title, True)} {rest.removesuffix(who).lower()}{readable(who)}"
    return f"{_legible(title, True)} {rest.lower()}"


def _legible(word: str, first: bool) -> str:
    letters = re.sub(r"[^\w]", "", word)
    if (
        len(letters) < 2
        or not letters.isupper()
        or letters[-1].isdigit()
        or "." in word[:-1]
        or letters in _KEPT
    ):
        return word
    if first and len(letters) <= 3 and fold(letters) not in _TITLES and not re.search("[AEIOUYÀ-Þ]", letters):
        return word
    return word.lower() if not first and fold(letters) in _PARTICLES else _title(word)


def _title(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda part: part.group()[0].upper() + part.group()[1:].lower(), word)
