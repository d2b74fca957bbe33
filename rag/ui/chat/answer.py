"""An answer as the parts that the transcript shows."""

from __future__ import annotations

from collections.abc import Container

from rag.catalogue import say
from rag.types import Answer, Language, Prose
from rag.ui.figures import attribution, near_figure, quote_figure, verbatim, with_marks
from rag.ui.html import BLANK, SideClasses, button, escape, line

_SAID = ("said_yes", "said_no", "said_condition", "not_in_sources")


def error_part(message: str, lang: Language) -> str:
    """One line that says why there is no answer."""
    return f'<p class="error" role="alert" lang="{lang}">{escape(say("error", lang, reason=message))}</p>'


def answer_parts(answer: Answer, classes: SideClasses, complete: bool = True) -> list[str]:
    """The parts of an answer.

    Args:
        answer: its quotes have been checked.
        classes: see :func:`side_classes`.
        complete: whether the answer is whole. While it is not, words at its end wait for the quote
            that they may belong to, so that nothing shown has to be changed.
    """
    understood = [_understood(answer)] if answer.rewritten_question else []
    if answer.mode == "llm":
        understood.append(line("written", answer.lang, "written"))
    if not answer.answerable:
        return [*understood, _not_in_sources(answer, classes)] if complete else understood
    quotes = {quote.n: quote for quote in answer.quotes}
    parts: list[str] = []
    waiting: Prose | None = None
    for block in answer.blocks:
        if isinstance(block, Prose):
            parts += _prose(waiting, answer, quotes)
            waiting = block
        else:
            quote = quotes[block.n]
            if waiting != Prose(attribution(quote, answer.lang)):  # else the caption says it
                parts += _prose(waiting, answer, quotes)
            parts.append(quote_figure(quote, answer.lang, classes))
            waiting = None
    facing = [_face_offer(answer)] if complete and answer.face is not None else []
    return [*understood, *parts, *(_prose(waiting, answer, quotes) if complete else ()), *facing]


def _face_offer(answer: Answer) -> str:
    """A button that puts the sides face to face on the same matter."""
    opens = button("open-face", "open_face", answer.lang, "find", motion=answer.face or "")
    return f'<p class="actions facing-offer" lang="{answer.lang}">{opens}</p>'


def _understood(answer: Answer) -> str:
    words = say("understood", answer.lang, question=BLANK).partition(BLANK)
    asked = f"<bdi>{verbatim(answer.rewritten_question or '')}</bdi>"
    return f'<p class="understood" lang="{answer.lang}">{escape(words[0])}{asked}{escape(words[2])}</p>'


def _prose(block: Prose | None, answer: Answer, numbers: Container[int]) -> list[str]:
    if block is None:
        return []
    tag, css_class = ("h3", _heading_class(block, answer.lang)) if block.heading else ("p", "prose")
    if answer.mode == "sources" and any(_worded(block, answer.lang, key, "source") for key in _SAID):
        css_class += " said"
    if any(block.text.startswith(sentence) for sentence in answer.unsupported):
        css_class += " unsupported"
    words = with_marks(block.text, answer.lang, numbers)
    return [f'<{tag} class="{css_class}" lang="{answer.lang}" dir="auto">{words}</{tag}>']


def _heading_class(block: Prose, lang: Language) -> str:
    """Over what a side says, or over what answers one of several questions."""
    of_side = _worded(block, lang, "also", "side") or _worded(block, lang, "also_speaker", "speaker")
    of_side = of_side or block.text == say("also_unsided", lang)
    return "side-heading" if of_side else "part-heading"


def _worded(block: Prose, lang: Language, key: str, place: str) -> bool:
    """Whether prose is an entry of the catalogue, whatever it is filled in with."""
    before, _, after = say(key, lang, **{place: BLANK}).partition(BLANK)
    return block.text.startswith(before) and block.text.endswith(after)


def _not_in_sources(answer: Answer, classes: SideClasses) -> str:
    verdict = "".join(
        f'<h3 class="part-heading" dir="auto">{escape(block.text)}</h3>'
        if block.heading
        else f'<p class="verdict">{escape(block.text)}</p>'
        for block in answer.blocks
        if isinstance(block, Prose)
    )
    near = "".join(near_figure(quote, answer.lang, classes) for quote in answer.near)
    heading = f'<h3 class="nearest">{escape(say("nearest", answer.lang))}</h3>' if near else ""
    return f'<section class="not-in-sources" lang="{answer.lang}">{verdict}{heading}{near}</section>'
