"""What the views of the debate tools ask of the server. Every answer can be shown, never an exception."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from rag.border import prove_whole
from rag.debate import Debate
from rag.errors import InputError
from rag.index import Index, Snapshot
from rag.speech import Claim, quoted_spans
from rag.types import SourceInfo, Verification
from rag.ui import debate_view, verify_view
from rag.ui.corpus_calls import told
from rag.ui.drill_view import any_side
from rag.ui.messages import as_language
from rag.ui.render import side_classes
from rag.verify import QUOTE_MAX, Verifier

Asked = Mapping[str, Any]
"""What the scripts send; ``lang`` is always there."""
Shown = dict[str, Any]
"""``html`` of the results, ``said`` of them in a line; or ``error``."""
EXAMPLE_LENGTH = (50, 170)
"""Shortest and longest sentence that is offered as an example, in characters."""
LOOKED_AT = 2000
"""Sentences that are looked at for an example."""

_NUMBER = re.compile(r"(?<![\w.,])[1-9]\d*")
_DENIAL = re.compile(r"\b(?:pas|jamais|not|never) ")


class DebateCalls:
    """The calls, over one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._verifier = Verifier(index)
        self._debate = Debate(index)

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [told(call) for call in (self.verify, self.face, self.rebut, self.offers)]

    def verify(self, asked: Asked) -> Shown:
        """Check a ``text`` of a ``kind`` (see rag/ui/verify_view.py), maybe ``attributed`` to somebody."""
        lang, text = as_language(asked["lang"]), str(asked["text"])
        attributed = str(asked.get("attributed", "")).strip() or None
        found = prove_whole(self._verified(text, str(asked["kind"]), attributed), self._index)
        said = verify_view.summary([one for _, one in found], lang)
        return {"html": verify_view.verified(found, self._classes(), lang), "said": said}

    def _verified(
        self, text: str, kind: str, attributed: str | None
    ) -> list[tuple[Claim | None, Verification]]:
        """A quote that is in no source may be a speech after all."""
        if kind == "quote" and len(text) <= QUOTE_MAX:
            found = self._verifier.verify(text, attributed)
            if found.verdict != "absent" or not quoted_spans(text):
                return [(None, found)]
        return list(self._verifier.speech(text, attributed, kind == "sentences"))

    def face(self, asked: Asked) -> Shown:
        """The sides face to face on a ``motion``, empty for all that they share."""
        lang = as_language(asked["lang"])
        found = prove_whole(self._debate.face(str(asked.get("motion", "")), lang), self._index)
        html = debate_view.faced(found, self._classes(), lang)
        return {"html": html, "said": debate_view.face_summary(found, lang)}

    def rebut(self, asked: Asked) -> Shown:
        """What to answer to a ``claim`` of a ``side``: its name after ``=``, or ``?`` to guess it."""
        lang, chosen = as_language(asked["lang"]), str(asked.get("side", ""))
        if not chosen:
            raise InputError("no side is chosen: choose whose argument it is")
        side = None if chosen == "?" else chosen.removeprefix("=")
        found = prove_whole(self._debate.rebut(str(asked["claim"]), side, lang), self._index)
        html = debate_view.rebutted(found, self._classes(), lang)
        return {"html": html, "said": debate_view.rebut_summary(found, lang)}

    def offers(self, asked: Asked) -> Shown:
        """What the forms take from the corpus: ``names``, ``sides``; examples to ``verify`` and ``rebut``."""
        lang = as_language(asked["lang"])
        return self._index.read(lambda snapshot: _offers(snapshot, lang))

    def _classes(self) -> dict[str, str]:
        return side_classes(self._index.read(lambda snapshot: snapshot.infos))


def _offers(snapshot: Snapshot, lang: Any) -> Shown:
    infos: tuple[SourceInfo, ...] = snapshot.infos
    sides = sorted({info.side for info in infos if info.side is not None})
    examples = _examples(snapshot)
    changed = next((new for text, _ in examples if (new := altered(text)) != text), None)
    sided = next(((text, side) for text, side in examples if side is not None), None)
    return {
        "names": verify_view.names(infos),
        "sides": {"rebut": debate_view.side_options(sides, lang), "drill": any_side(sides, lang)},
        "verify": verify_view.example(changed, lang) if changed else "",
        "rebut": debate_view.rebut_example(*sided, lang) if sided and len(sides) > 1 else "",
    }


def _examples(snapshot: Snapshot) -> list[tuple[str, str | None]]:
    """Sentences of a handy length with the side of each; those with a number first."""
    columns = snapshot.sentences
    lengths = columns["end"] - columns["start"]
    handy = (columns["quotable"] > 0) & (lengths >= EXAMPLE_LENGTH[0]) & (lengths <= EXAMPLE_LENGTH[1])
    found = [
        (snapshot.text_of("sentence", int(row)), snapshot.infos[int(columns["source"][row])].side)
        for row in np.flatnonzero(handy)[:LOOKED_AT]
    ]
    whole = [(text, side) for text, side in found if text.rstrip().endswith(".") and "«" not in text]
    return sorted(whole or found, key=lambda item: not _NUMBER.search(item[0]))


def altered(sentence: str) -> str:
    """A sentence with one thing changed: a number, a denial, else its last long word left out."""
    if number := _NUMBER.search(sentence):
        return f"{sentence[: number.start()]}{int(number[0]) + 1}{sentence[number.end() :]}"
    if denial := _DENIAL.search(sentence):
        return sentence[: denial.start()] + sentence[denial.end() :]
    word = max(re.findall(r" [^\W\d_]{6,}", sentence), key=len, default="")
    return sentence.replace(word, "", 1) if word else sentence
