"""Answers that the browser keeps: back as they were, checked, and exported."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt

from rag.answer.assistant import Assistant
from rag.api.tools import Proved, Tools
from rag.errors import InputError
from rag.quotes.citation import cite
from rag.search.retriever import Retriever
from rag.store.index import Index
from rag.types import Answer
from rag.ui.chat.answer import answer_parts
from rag.ui.chat.calls import Calls
from rag.ui.chat.record import as_markdown, as_record, restore, restored_parts
from tests.helpers.pages import TRICKS, make_answer, make_quote, make_source, read


def _kept(index: Index) -> Answer:
    answer = make_answer(Retriever(index, k=2).search("Ukraine"), ("Autre",))
    return replace(answer, near=(Retriever(index, k=3).search("Paris")[2],))


def test_an_answer_comes_back_as_it_was(index: Index, tools: Tools) -> None:
    answer = _kept(index)
    record = json.loads(json.dumps(as_record(answer)))
    restored = restore(record, tools)
    assert restored == Proved(answer, ())
    assert restored_parts(restored, {}, "fr") == answer_parts(answer, {})


def test_who_else_has_the_words_and_the_offer_of_a_face_to_face_are_kept(index: Index, tools: Tools) -> None:
    answer = replace(_kept(index), face="la paix")
    first, second, *more = answer.quotes
    answer = replace(answer, quotes=(replace(first, also=(replace(second, n=0),)), second, *more))
    record = json.loads(json.dumps(as_record(answer)))
    restored = restore(record, tools)
    assert restored == Proved(answer, ())
    shown = "".join(restored_parts(restored, {}, "fr"))
    assert 'data-motion="la paix"' in shown and 'class="also"' in shown
    text = as_markdown("T", [("Quoi ?", restored)], "fr")
    assert "`replique face 'la paix'`" in text and "Les mêmes mots se lisent dans" in text
    record["quotes"][0]["also"][0]["source"]["sha256"] = "0" * 64
    changed = restore(record, tools)
    assert "Les mêmes mots" not in as_markdown("T", [("Quoi ?", changed)], "fr")


def test_an_answer_kept_before_they_were_is_read_back(index: Index, tools: Tools) -> None:
    answer = _kept(index)
    record = as_record(answer)
    del record["face"]
    for quote in (*record["quotes"], *record["near"]):
        del quote["also"]
    assert restore(record, tools) == Proved(answer, ())


def test_a_kept_quote_that_is_no_longer_a_slice_is_not_shown_as_one(index: Index, tools: Tools) -> None:
    record = as_record(_kept(index))
    record["quotes"][0]["text"] = "Faux."
    record["quotes"][1]["source"]["sha256"] = "0" * 64
    record["near"][0]["start"] += 1
    restored = restore(record, tools)
    assert (restored.answer.quotes, restored.answer.near) == ((), ())
    assert len(restored.lost) == 3
    page = read(restored_parts(restored, {}, "fr"))
    assert not {"quote", "quote-text", "near-text", "card"} & page.texts.keys()
    assert page.texts["former"][0] == "Faux."
    assert "Faux." not in as_markdown("T", [("Quoi ?", restored)], "fr")


def test_a_title_or_side_changed_since_is_the_one_shown(index: Index, tools: Tools) -> None:
    record = as_record(_kept(index))
    for quote in record["quotes"]:
        quote["source"]["side"] = "Ancien côté"
    record["blocks"][0]["prose"] = record["blocks"][0].get("prose", "")
    shown = "".join(restored_parts(restore(as_record(_kept(index)), tools), {}, "fr"))
    assert "Ancien côté" not in shown
    restored = restore({**record, "blocks": as_record(_kept(index))["blocks"]}, tools)
    assert "Ancien côté" not in "".join(restored_parts(restored, {}, "fr"))


@pytest.mark.parametrize("record", [None, [], {}, {"question": 3}, "x"])
def test_what_is_not_an_answer_is_told_to_be_asked_again(tools: Tools, record: Any) -> None:
    with pytest.raises(InputError):
        restore(record, tools)
    ((part,),) = Calls(tools).restore({"lang": "fr", "records": [record]})
    assert "posez la question à nouveau" in part


def test_an_export_has_questions_quotes_and_cites(index: Index) -> None:
    answer = _kept(index)
    turns = [
        {"question": "Quoi #1\nbis ?", "record": as_record(answer)},
        {"question": "Et ?", "record": None},
    ]
    text = Calls(Tools(Assistant(index))).export({"lang": "fr", "title": "Mes\nnotes", "turns": turns})
    assert text.startswith("# Mes notes\n\n## Quoi #1 bis ?\n")
    for quote in answer.quotes:
        assert f"> {quote.text} [{quote.n}]" in text
        assert f"[{quote.n}]: {cite(quote, 'fr', outward=True)}" in text
    assert "## Et ?\n\n*Pas de réponse.*" in text


def test_an_export_makes_no_element_link_or_picture() -> None:
    source = make_source(f"Un <b onclick=x>texte</b> ![x](http://a/b) et [y](javascript:z). {TRICKS}")
    answer = make_answer([make_quote(source, 0, len(source.text))])
    text = as_markdown("<script>", [("<img src=x>", Proved(answer, ()))], "fr")
    shown = MarkdownIt("commonmark").render(text)
    assert not re.search(r"<(?:script|b|img|a)\b", shown)
    assert "&lt;b onclick=x&gt;texte&lt;/b&gt; ![x](http://a/b) et [y](javascript:z)" in shown
