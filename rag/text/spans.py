"""Names and quoted words, found by patterns over tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from rag.text.tags import Token
from rag.types import Span

_NAME = r"(?:(?:[CS]|I\.?)(?:(?:ed?|x|-)?(?:C|I\.?)|o(?!s))*|O(?:K|ed?[wCOGLT]|&K|[CI](?!T))*)"
_PATTERNS = {
    "quoted": re.compile(r"<(?P<span>[^<>]+)>"),  # without its marks
    "name": re.compile(rf"(?P<span>{_NAME}(?:ed?[wCGO])?)"),
}


def spans_in(kind: Literal["quoted", "name"], tokens: Sequence[Token]) -> Iterator[Span]:
    """The spans of a kind, in order: the number of the first token, and of the one after the last."""
    tags = "".join(token.tag for token in tokens)
    for match in _PATTERNS[kind].finditer(tags):
        yield match.span("span")
