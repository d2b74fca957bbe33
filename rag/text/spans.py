"""Phrases that are numbers, dates, names, places or reasons, found by patterns over tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.text.tags import Token

_ANY = "[wKOCSTGLJInoybuzq%A]"
_NOUN = "[wKGLuCOTA]"
_NAME = r"(?:(?:[CS]|I\.?)(?:(?:ed?|x|-)?(?:C|I\.?)|o(?!s))*|O(?:K|ed?[wCOGLT]|&K|[CI](?!T))*)"
_NAMES = rf"{_NAME}(?:ed?{_NAME})?"
_TITLE = r"[JC]?T(?:[wKTJ]|ed?[CwOGL]){0,4}?"
_YEARLY = r"(?:(?<=[pmMtkA(&-])y|y(?![wKb%GLu]))"
_DATE = (
    rf"(?:(?:j,?)?d?[no](?:[&,p-]d?[no])*[mM]{_YEARLY}?|[mM][no],?{_YEARLY}?|[mM]{_YEARLY}?"
    rf"|[no][/-][no][/-][ny]|y-[no]-[no]|A?{_YEARLY}|An|[oCIS]s|z(?:e?y)?|nHn?|H|j)"
)
# A group named "span" is the span where the pattern looks at more than it takes; "core" is its core.
_PATTERNS = {
    "number": rf"(?:p?a[ef]?)?(?P<core>%?n+(?:[p&-]n+)?(?:%+(?:/[%wu])?|b+(?:e?%)?|(?=e?d?J?{_NOUN})|)"
    rf"|d?b+|y(?=[wKbCGO]))(?:(?<=b)ed?{_NOUN}q?|(?<=[ny])J?{_NOUN}q?)?(?:R[uA])?",
    "duration": r"(?:p?a[ef]?)?(?P<core>(?:n+(?:&n)?|d?be|y)[uA](?:&[wKb])?)",
    "time": rf"(?:p?t[pe]?d?)?(?:ke?d?)?(?P<core>{_DATE}(?:(?:-|&|p|pd|&p|&e){_DATE})?)",
    "later": r"(?:n|d?be?)[uA]af?[wK]",
    "when": r"[tQ][^,;.()<>]{2,}",
    "person": rf"(?:{_TITLE})?(?P<core>{_NAME}(?:ed?[wG])?)",
    "role": rf"J?[TG](?:[wKTGC]|ed?{_NOUN})*",
    "agent": rf"Rd?(?P<span>{_ANY}(?:{_ANY}|(?:ed?|')(?={_ANY}))*)",
    "place": rf"(?:[pe,&(]d?|^d?(?={_NAMES}[,(vV]))(?P<span>(?:L(?:ed?)?)?{_NAMES})",
    "where": rf"p(?P<core>d?[wKGLTJ](?:[wKCOGLTJ]|ed?{_NOUN})*)",
    "quoted": r"<(?P<span>[^<>]+)>",
    "name": rf"{_NAME}(?:ed?[wCGO])?",
    "group": rf"{_ANY}(?:{_ANY}|(?:ed?|')(?={_ANY}))*",
}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}

_OF = r"(?:de |d['’]|du |des )"
_THAT = r"qu(?:e |['’])"
_TO = r"(?:à |aux? )"
_REASON = re.compile(
    rf"\b(?:car|(?:parce |puis|afin |au motif |pour ){_THAT}|pour (?=\w+(?:er|ir|re|oir)\b)"
    rf"|(?:afin|en vue|en raison|à cause|du fait|faute) {_OF}"
    rf"|(?:grâce|due?s?|suite|destinée?s?|vis(?:e|ent|ait|aient|ant|era)) {_TO}"
    rf"|(?:chargée?s?|permet(?:tent|tra|tant|tait|tre)?) {_OF}|because (?:of )?|since |in order to "
    r"|so (?:that|as to) |(?:due|thanks) to |aim(?:s|ed|ing)? (?:to|at) "
    r"|(?:objectif|but|mission|rôle|ambition|vocation|tâche|aim|goal|purpose|role|task)\b[^,;.]{0,40}? "
    r"(?:est|était|sera|serait|is|was|will be) (?:de |d['’]|to ))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A span: which tokens, and which of them are enough where there is little room."""

    kind: str
    first: int
    last: int
    core_first: int
    core_last: int


def spans_in(kind: str, tokens: Sequence[Token]) -> Iterator[Found]:
    """The spans of a kind (a key of the patterns), in order."""
    tags = "".join(token.tag for token in tokens)
    for match in _COMPILED[kind].finditer(tags):
        span, core = (name if name in match.re.groupindex else 0 for name in ("span", "core"))
        first, last = match.span(span)
        if kind == "number" and _is_compound(tokens, last):
            last += 1
        yield Found(kind, first, last, *((first, last) if not core else match.span(core)))


def _is_compound(tokens: Sequence[Token], last: int) -> bool:
    """Whether a plural follows the singular that a number ends with: “twelve charging points”."""
    one, two = tokens[last - 1], tokens[last] if last < len(tokens) else None
    singular = one.tag in "wK" and one.word[-1] not in "sx"
    return singular and two is not None and two.tag in "wK" and two.word.endswith("s")


def reasons(text: str, tokens: Sequence[Token]) -> Iterator[Found]:
    """What follows a word that announces a cause or a purpose, up to the end of the clause."""
    if not tokens:
        return
    for match in _REASON.finditer(text, tokens[0].start, tokens[-1].end):
        first = next((n for n, token in enumerate(tokens) if token.start >= match.end()), len(tokens))
        last = first
        while last < len(tokens) and tokens[last].tag not in ",;.()<>":
            last += 1
        if last - first > 1:
            yield Found("reason", first, last, first, last)
