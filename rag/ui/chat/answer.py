"""An answer as the parts that the transcript shows."""

from __future__ import annotations

from collections.abc import Container

from rag.catalogue import say
from rag.types import Answer, Language, Prose
from rag.ui.figures import attribution, near_figure, quote_figure, with_marks
from rag.ui.html import BLANK, SideClasses, escape, isolated, line


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
    return [*understood, *parts, *(_prose(waiting, answer, quotes) if complete else ())]


def _understood(answer: Answer) -> str:
    words = say("understood", answer.lang, question=BLANK).partition(BLANK)
    asked = isolated(answer.rewritten_question or "")
    return f'<p class="understood" lang="{answer.lang}">{escape(words[0])}{asked}{escape(words[2])}</p>'


def _prose(block: Prose | None, answer: Answer, numbers: Container[int]) -> list[str]:
    if block is None:
        return []
    tag, css_class = ("h3", "side-heading") if block.heading else ("p", "prose")
    if any(block.text.startswith(sentence) for sentence in answer.unsupported):
        css_class += " unsupported"
    words = with_marks(block.text, answer.lang, numbers)
    return [f'<{tag} class="{css_class}" lang="{answer.lang}" dir="auto">{words}</{tag}>']


def _not_in_sources(answer: Answer, classes: SideClasses) -> str:
    verdict = "".join(
        f'<p class="verdict">{escape(block.text)}</p>' for block in answer.blocks if isinstance(block, Prose)
    )
    near = "".join(near_figure(quote, answer.lang, classes) for quote in answer.near)
    heading = f'<h3 class="nearest">{escape(say("nearest", answer.lang))}</h3>' if near else ""
    return f'<section class="not-in-sources" lang="{answer.lang}">{verdict}{heading}{near}</section>'
