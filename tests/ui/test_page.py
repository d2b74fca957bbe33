"""The page around the answers: its controls, the colours of sides, the line of the corpus."""

from __future__ import annotations

import re

import pytest

from rag.types import Language
from rag.ui import html as render
from rag.ui import messages
from rag.ui.chat.evidence import evidence_column, source_list
from rag.ui.chat.history import history_column
from rag.ui.chat.transcript import chat_column, welcome
from rag.ui.figures import quote_figure
from rag.ui.masthead import corpus_line, masthead
from tests.helpers.pages import TRICKS, Reader, make_quote, make_source, values_of


def test_sides_keep_their_colours_and_are_named() -> None:
    infos = [make_source("x", f"s{n}", side=side).info for n, side in enumerate(["b", "a", "b", None])]
    assert render.side_classes(infos) == {"a": "side-0", "b": "side-1"}
    assert render.side_classes(reversed(infos)) == {"a": "side-0", "b": "side-1"}
    classes = render.side_classes(infos)
    assert (
        Reader(corpus_line(infos, classes, "fr")).texts["chip"] == ["a", "b"] * 2
    )  # in the line, and in the list
    assert "4 documents" in corpus_line(infos, classes, "fr")
    many = [make_source("x", str(n), side=f"Côté {n:02}").info for n in range(30)]
    assert "et 24 autres côtés" in corpus_line(many, render.side_classes(many), "fr")
    assert len(Reader(corpus_line(many, render.side_classes(many), "fr")).texts["chip"]) == 6 + 30
    assert "et 1 autre côté" in corpus_line(many[:7], render.side_classes(many[:7]), "fr")
    assert "autre" not in corpus_line(many[:6], render.side_classes(many[:6]), "fr")
    unsided = make_source("x", side=None)
    assert "side-none" in quote_figure(make_quote(unsided, 0, 1), "fr", {})


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_control_of_the_page_has_a_name_and_every_tag_is_closed(lang: Language) -> None:
    html = masthead(lang) + history_column(lang) + chat_column(lang, True) + evidence_column(lang)
    page = Reader(re.sub(r"<textarea[^>]*>", lambda found: found[0], html))
    assert {"nav", "aside", "section", "template"} <= page.tags
    for attributes, inside in re.findall(r"<button([^>]*)>(.*?)</button>", html):
        words = re.sub(r"<[^>]*>", "", inside).strip()
        assert words or "aria-label=" in attributes or 'class="open"' in attributes, attributes
    assert f'lang="{lang}"' in html


def test_what_the_corpus_holds_is_escaped_and_an_empty_one_is_helped() -> None:
    info = make_source("x", TRICKS, side=TRICKS, title=TRICKS, date=TRICKS).info
    html = (
        corpus_line([info], render.side_classes([info]), "fr")
        + source_list([info], {}, "fr")
        + welcome([info], "fr")
    )
    assert not {"script", "img", "b"} & Reader(html).tags
    assert TRICKS in values_of([html], "data-source")
    assert "suggestion" not in Reader(html).texts
    assert "replique index" in welcome([], "en")
