"""A quote as a figure: no line ends before a mark, and marks change no character."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.ui import html as render
from rag.ui.figures import quote_figure, verbatim
from tests.helpers.pages import TRICKS, Reader, make_quote, make_source, values_of


def test_no_line_ends_between_a_mark_and_its_word() -> None:
    text = "Des « hubs » : oui ; « non » ! <b>Fin</b> ?\r\nEt : rien."
    html = verbatim(text)
    assert re.sub(r"<span[^>]*>|</span>", "", html) == render.escape(text)
    kept = re.findall(r'<span class="tied">([^<]*)</span>', html)
    assert kept == ["« hubs » :", "oui ;", "« non » !", "&lt;b&gt;Fin&lt;/b&gt; ?", "Et :"]


def test_the_words_that_answer_are_marked_inside_a_quote_that_reads_the_same() -> None:
    source = make_source(f"Avant.{TRICKS}Après.")
    plain = make_quote(source, 6, 6 + len(TRICKS))
    marks = ((plain.start, plain.start + 4), (plain.start + 4, plain.start + 30), (plain.end - 3, plain.end))
    figure = quote_figure(replace(plain, highlights=marks), "fr", {})
    assert Reader(figure).texts["quote-text"] == [TRICKS]
    marked = [
        Reader(f'<p class="m">{words}</p>').texts["m"][0]
        for words in re.findall("<mark>(.*?)</mark>", figure, re.S)
    ]
    assert marked == [source.text[start:end] for start, end in marks]
    assert "<mark" not in quote_figure(plain, "fr", {})


def test_the_other_sources_of_the_same_words_are_named_under_them_and_shown_when_pressed() -> None:
    source, other = (
        make_source("Un. Deux."),
        make_source(f"Trois.{TRICKS}", "deux", side="Contre", title=TRICKS),
    )
    quote = make_quote(source, 0, 3)
    held = replace(make_quote(other, 6, 6 + len(TRICKS)), n=0)
    figure = quote_figure(replace(quote, also=(held,)), "fr", {"Contre": "side-3"})
    page = Reader(figure)
    where = f"«\u00a0{TRICKS}\u00a0» (Contre), § 3, point 1"
    assert page.texts["also"] == [f"Les mêmes mots se lisent dans {where}."]
    assert "side-3" in page.texts
    assert values_of([figure], "data-text") == [TRICKS]
    assert values_of([figure], "data-source") == ["un", "deux"]
    assert values_of([figure], "data-n") == ["1", "1", "1"], "of the mark, of the quote, of its other place"
    assert "also" not in Reader(quote_figure(quote, "fr", {})).texts
