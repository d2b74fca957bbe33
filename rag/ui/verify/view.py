"""Pure: the view that checks claimed quotes. js/tools.js sends its form, rag/ui/debate/calls.py answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.catalogue import say
from rag.text import Claim
from rag.types import Language, SourceInfo, Voice, sides_of
from rag.ui.figures import context_figure, near_figure
from rag.ui.form import example_button, tool
from rag.ui.html import SideClasses, escape, icon, isolated
from rag.verify import (
    Difference,
    Effect,
    Meaning,
    Verdict,
    Verification,
    effect_in_words,
    meaning_in_words,
    relation_in_words,
    shows_near,
    speaker_in_words,
)

PLACES_SHOWN = 3
"""Of the places of an exact quote, so many are shown; the others are there to be opened."""
NAMES = 400
"""At most this many names are offered for whose words a quote is said to be."""
KINDS = ("quote", "speech", "sentences")
"""What is pasted; of a speech, what it puts between quote marks, or its other sentences as well."""
VERDICT_ICONS: dict[Verdict, str] = {
    "exact": "tick",
    "altered": "differs",
    "stitched": "joined",
    "misattributed": "person",
    "absent": "close",
}


def verify_view(lang: Language) -> str:
    """The frame of the view."""
    kinds = "".join(
        f'<label><input type="radio" name="kind" value="{kind}"{" checked" if kind == "quote" else ""}>'
        f"<span>{escape(say(f'verify_{kind}', lang))}</span></label>"
        for kind in KINDS
    )
    form = (
        f'<label for="claimed">{escape(say("verify_label", lang))}</label>'
        '<textarea id="claimed" name="text" rows="4" dir="auto" required></textarea>'
        f'<fieldset class="choices"><legend>{escape(say("verify_kind", lang))}</legend>{kinds}</fieldset>'
        f'<label class="field">{escape(say("verify_attributed", lang))}'
        '<input name="attributed" list="attributed-names" dir="auto" autocomplete="off" maxlength="300">'
        '<datalist id="attributed-names"></datalist></label>'
    )
    return tool("verify", lang, form, "verify_go", scoped=True)


def names(infos: Sequence[SourceInfo]) -> str:
    """Those whose words a quote may be said to be, as options."""
    speakers = sorted({info.speaker for info in infos if isinstance(info, Voice) and info.speaker})
    known = dict.fromkeys([*sides_of(infos), *(info.title for info in infos), *speakers])
    return "".join(f"<option>{escape(name)}</option>" for name in list(known)[:NAMES])


def example(sentence: str, lang: Language) -> str:
    """A button that fills the form with words that nearly are a sentence of the sources."""
    return example_button("verify_example", lang, text=sentence, kind="quote")


def summary(found: Sequence[Verification], lang: Language) -> str:
    """How many of each verdict, in a line."""
    counts = Counter(one.verdict for one in found)
    each = ", ".join(
        f"{say(f'verdict_short_{verdict}', lang)} ({counts[verdict]})"
        for verdict in VERDICT_ICONS
        if counts[verdict]
    )
    return say("verify_summary", lang, count=len(found), verdicts=each)


def verified(found: Sequence[tuple[Claim | None, Verification]], classes: SideClasses, lang: Language) -> str:
    """The results, in order.

    Args:
        found: each with its place in the speech, ``None`` where it was pasted as a quote.
        classes: see :func:`rag.ui.html.side_classes`.
        lang: language of the words around.
    """
    if not found:
        return f'<p class="hint">{escape(say("no_quotes", lang))} {escape(say("verify_no_quotes", lang))}</p>'
    return "".join(_result(claim, one, classes, lang) for claim, one in found)


def _result(claim: Claim | None, found: Verification, classes: SideClasses, lang: Language) -> str:
    label = "claimed" if claim is None or claim.quoted else "claimed_sentence"
    words = f'<span class="label">{escape(say(label, lang))}</span> {isolated(found.quote)}'
    return (
        f'<article class="check check-{found.verdict}" lang="{lang}">'
        f"{verdict_heading(found.verdict, say(found.told, lang))}"
        f'<p class="claimed">{words}</p>{account(found, classes, lang)}</article>'
    )


def verdict_heading(verdict: Verdict, words: str, tag: str = "h3") -> str:
    """The verdict in words, with its icon."""
    return f'<{tag} class="verdict">{icon(VERDICT_ICONS[verdict])}<span>{escape(words)}</span></{tag}>'


def account(found: Verification, classes: SideClasses, lang: Language) -> str:
    """What stands under a verdict: what was changed, the true passages, what they say besides.

    What the sources say in substance stands apart, with a heading of its own.
    """
    effects = "".join(f"<li>{escape(effect_in_words(effect, lang))}</li>" for effect in found.effects)
    listed = f'<ul class="effects">{effects}</ul>' if effects else ""
    return (
        _attribution(found, classes, lang)
        + listed
        + diff_html(found.diff, lang)
        + _passages(found, classes, lang)
        + warnings_html(found.warnings, lang)
        + (_substance(found, found.meaning, classes, lang) if found.meaning else "")
        + _nearest(found, classes, lang)
    )


def _attribution(found: Verification, classes: SideClasses, lang: Language) -> str:
    said = found.attribution
    if said is None:
        return ""
    holds = "unknown" if not said.sources else {True: "holds", False: "fails", None: "open"}[said.holds]
    if holds == "holds" and found.verdict != "exact":
        holds = "nearly"
    words = say(f"attribution_{holds}", lang, name="\0")
    if said.speaker is not None:
        words = speaker_in_words(replace(said, named="\0"), said.speaker, lang, found.verdict == "exact")
    before, _, after = words.partition("\0")
    line = f'<p class="attribution">{escape(before)}{isolated(said.named)}{escape(after)}</p>'
    told = said.speaker.quotes if said.speaker else ()
    return line + "".join(context_figure(quote, lang, classes) for quote in told)


def diff_html(diff: Sequence[Difference], lang: Language) -> str:
    """Claimed words and those of the source in one text; empty where they are the same.

    Who does not see which words are struck out is told in words.
    """
    if not any(_is_change(item) for item in diff):
        return ""
    legend = escape(say("diff_legend", lang))
    words = "".join(_stretch(item, lang) for item in diff)
    return f'<div class="diff"><p class="diff-text" dir="auto">{words}</p><p class="hint">{legend}</p></div>'


def _is_change(item: Difference) -> bool:
    return item.op != "equal" and bool(item.quoted.strip() or item.actual.strip())


def _stretch(item: Difference, lang: Language) -> str:
    if not _is_change(item):  # nothing but white space, which one of the two may lack
        return escape(item.quoted or item.actual)
    if item.announced:  # an ellipsis stands for them
        return escape(item.quoted) + _changed("ins", "diff_omitted", item.actual, lang, ' class="omitted"')
    return _changed("del", "diff_quoted", item.quoted, lang) + _changed(
        "ins", "diff_actual", item.actual, lang
    )


def _changed(tag: str, key: str, words: str, lang: Language, attributes: str = "") -> str:
    """Words with what they are for those who hear them; white space alone is no change to show."""
    bare = words.strip()
    if not bare:
        return escape(words) if tag == "ins" else ""
    before, after = words[: words.index(bare)], words[words.index(bare) + len(bare) :]
    told = f'<span class="unseen"> {escape(say(key, lang))} </span>'
    end = f'<span class="unseen"> {escape(say("diff_end", lang))} </span>'
    return f"{escape(before)}<{tag}{attributes}>{told}{escape(bare)}{end}</{tag}>{escape(after)}"


def _passages(found: Verification, classes: SideClasses, lang: Language) -> str:
    if not found.pieces:
        return ""
    figures = [context_figure(piece, lang, classes) for piece in found.pieces]
    shown = "".join(figures[:PLACES_SHOWN])
    hidden = "".join(figures[PLACES_SHOWN:])
    if hidden:
        count = len(figures) - PLACES_SHOWN
        shown += (
            f"<details><summary>{escape(say('more_places', lang, count=count))}</summary>{hidden}</details>"
        )
    heading = say("true_passages" if len(figures) > 1 else "true_passage", lang)
    return f"<h4>{escape(heading)}</h4>{shown}"


def warnings_html(warnings: Iterable[Effect], lang: Language) -> str:
    """What the sentence says outside the quote that limits or denies it; empty without any."""
    entries = "".join(
        f"<li>{escape(say(f'effect_{warning.kind}', lang))} ({isolated(warning.actual)})</li>"
        for warning in warnings
    )
    if not entries:
        return ""
    return (
        f'<div class="warning" role="note">{icon("warning")}<div><p>{escape(say("left_out", lang))}</p>'
        f"<ul>{entries}</ul></div></div>"
    )


def _substance(found: Verification, meaning: Meaning, classes: SideClasses, lang: Language) -> str:
    """What the sources say whatever the words: no verdict on these, nor in the colours of one."""
    quotes = "".join(
        context_figure(
            said.quote, lang, classes, f'<p class="relation">{escape(relation_in_words(said, lang))}</p>'
        )
        for said in meaning.quotes
    )
    return (
        f'<section class="in-substance"><h4>{escape(say("in_substance", lang))}</h4>'
        f"<p>{escape(meaning_in_words(found, meaning, lang))}</p>{quotes}</section>"
    )


def _nearest(found: Verification, classes: SideClasses, lang: Language) -> str:
    if not shows_near(found):
        return ""
    near = "".join(near_figure(quote, lang, classes) for quote in found.near)
    return f'<div class="nearest-passages"><h4>{escape(say("nearest_unquoted", lang))}</h4>{near}</div>'
