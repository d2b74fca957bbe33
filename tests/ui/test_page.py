"""TODO."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import pytest

from rag.answer.assistant import Assistant
from rag.answer.composition import compose
from rag.api.tools import Proved, Tools
from rag.catalogue import say
from rag.errors import InputError, NoIndex, SettingsError
from rag.quotes.citation import cite
from rag.search.retriever import Retriever
from rag.settings import load_settings, shipped_corpus
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.types import Answer, Language, Prose, Quote, QuoteRef, text_hash
from rag.ui import html as render
from rag.ui import messages
from rag.ui.address import free_port
from rag.ui.chat.answer import answer_parts, error_part
from rag.ui.chat.calls import Calls
from rag.ui.chat.evidence import evidence_column, source_html, source_list
from rag.ui.chat.history import history_column
from rag.ui.chat.record import as_markdown, as_record, restore, restored_parts
from rag.ui.chat.transcript import chat_column, welcome
from rag.ui.evaluation import report_html
from rag.ui.figures import quote_figure, verbatim
from rag.ui.masthead import corpus_line, masthead
from rag.ui.server import launch
from rag.upkeep.feedback import read_feedback
from tests.helpers import ROOT
from tests.helpers.pages import TRICKS, Reader, _attributes, make_quote, make_source, read


def make_answer(quotes: list[Quote], silent: tuple[str, ...] = (), **fields: Any) -> Answer:
    blocks, numbered = compose(quotes, silent, "fr")
    given: dict[str, Any] = {
        "question": "Quoi ?",
        "rewritten_question": None,
        "lang": "fr",
        "mode": "sources",
        "answerable": bool(quotes),
        "confidence": 0.9,
        "blocks": blocks,
        "quotes": numbered,
        "near": (),
        "sides": {"Pour": tuple(quote.n for quote in numbered)},
        "silent_sides": silent,
    }
    return Answer(**{**given, **fields})


def test_a_quote_reads_back_to_the_character_and_brings_no_tags() -> None:
    source = make_source(f"Avant.{TRICKS}Après.", title=TRICKS, note=TRICKS, side=TRICKS)
    end = 6 + len(TRICKS)
    quote = make_quote(source, 6, end, lead_in=TRICKS)
    parts = answer_parts(make_answer([quote]), render.side_classes([source.info]))
    page = read(parts)
    assert page.texts["quote-text"] == [TRICKS]
    assert _attributes(parts, "data-cite") == [cite(quote.source, quote.place, "fr")]
    assert page.texts["lead-in-text"] == [TRICKS]
    assert TRICKS in page.texts["remarks"][0]
    assert page.texts["cite"] == [f"[1] Selon «\u00a0{TRICKS}\u00a0» ({TRICKS}), § 3, point 1\u00a0:"]
    ours = {"figure", "figcaption", "p", "span", "cite", "bdi", "blockquote", "div", "button", "svg", "path"}
    assert page.tags == ours
    slices = [_attributes(parts, f"data-{name}")[0] for name in ("source", "sha256", "start", "end")]
    assert slices == ["un", source.info.sha256, "6", str(end)]


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


def test_what_a_document_says_is_isolated_from_what_we_say() -> None:
    source = make_source("\u202eTexte", title="\u202eTitre", side="\u202eCôté", note="\u202eNote")
    (html,) = answer_parts(make_answer([make_quote(source, 0, 6)]), {})
    for text in ("«\u00a0\u202eTitre\u00a0»", "\u202eCôté", "\u202eNote"):
        assert re.search(f"<bdi[^>]*>{text}</bdi>", html)
    assert '<p class="quote-text" dir="auto">\u202eTexte</p>' in html


def test_every_part_is_one_element() -> None:
    source = make_source("Un. Deux.")
    answer = make_answer([make_quote(source, 0, 3)], ("Contre",), rewritten_question="Quoi donc ?")
    parts = answer_parts(answer, {})
    parts += [error_part("<b>", "fr"), render.line("hint", "fr", "x")]
    for part in parts:
        depth, roots = 0, 0
        for closing, _ in re.findall(r"<(/?)(\w+)", part):
            roots += depth == 0
            depth += -1 if closing else 1
        assert (depth, roots) == (0, 1), part


def test_an_attribution_stands_in_the_caption_and_other_prose_before_it() -> None:
    source = make_source("Un. Deux.")
    answer = make_answer([make_quote(source, 0, 3)], ("Contre",), rewritten_question="Quoi <donc> ?")
    said = read(answer_parts(answer, {}))
    assert said.texts["cite"] == ["[1] Selon «\u00a0Titre\u00a0» (Pour), § 3, point 1\u00a0:"]
    assert said.texts["prose"] == ["Les sources du côté «\u00a0Contre\u00a0» n’en disent rien."]
    assert said.texts["understood"] == ["Question comprise ainsi\u00a0: Quoi <donc> ?"]
    other = replace(answer, blocks=(Prose("Titre", heading=True), Prose("Voici :"), QuoteRef(1)))
    assert read(answer_parts(other, {})).texts["prose"] == ["Voici :"]
    assert '<h3 class="side-heading"' in "".join(answer_parts(other, {}))


def test_parts_grow_and_what_was_shown_stays() -> None:
    sources = [make_source("Un. Deux."), make_source("Trois.", "deux", side="Contre")]
    quotes = [make_quote(sources[0], 0, 3), make_quote(sources[1], 0, 6)]
    answer = make_answer(quotes, ("Autre",))
    shown: list[str] = []
    for count in range(1, len(answer.blocks) + 1):
        partial = replace(answer, blocks=answer.blocks[:count])
        parts = answer_parts(partial, {}, complete=False)
        assert parts[: len(shown)] == shown
        shown = parts
    assert answer_parts(answer, {})[: len(shown)] == shown
    assert len(answer_parts(answer, {})) == len(shown) + 1  # the last words waited


def test_near_passages_are_not_marked_up_as_an_answer() -> None:
    source = make_source("Un. Deux.")
    answer = make_answer([], ("Pour",), near=(make_quote(source, 0, 3),))
    (html,) = answer_parts(answer, {})
    page = Reader(html)
    assert page.texts["verdict"] == ["Les sources ne le disent pas."]
    assert "pas donnés comme réponse" in page.texts["nearest"][0]
    assert page.texts["near-text"] == ["Un."]
    assert not {"quote", "quote-text", "card", "mark"} & page.texts.keys()


def test_a_number_in_the_prose_leads_to_its_quote_and_other_brackets_do_not() -> None:
    source = make_source("Un. Deux.")
    answer = make_answer([make_quote(source, 0, 3)])
    answer = replace(answer, blocks=(Prose("Ceci [1], <b>cela</b> [2] [x]."), QuoteRef(1)))
    prose = answer_parts(answer, {})[0]
    assert Reader(prose).texts["mark"] == ["[1]"]
    assert Reader(prose).texts["prose"] == ["Ceci [1], <b>cela</b> [2] [x]."]
    assert _attributes([prose], "data-n") == ["1"]


def test_sides_keep_their_colours_and_are_named() -> None:
    infos = [make_source("x", f"s{n}", side=side).info for n, side in enumerate(["b", "a", "b", None])]
    assert render.side_classes(infos) == {"a": "side-0", "b": "side-1"}
    assert render.side_classes(reversed(infos)) == {"a": "side-0", "b": "side-1"}
    assert Reader(corpus_line(infos, "fr")).texts["chip"] == ["a", "b"]
    assert "4 documents" in corpus_line(infos, "fr")
    many = [make_source("x", str(n), side=f"Côté {n:02}").info for n in range(30)]
    assert "et 24 autres côtés" in corpus_line(many, "fr")
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
    html = corpus_line([info], "fr") + source_list([info], "fr") + welcome([info], "fr")
    assert not {"script", "img", "b"} & Reader(html).tags
    assert TRICKS in _attributes([html], "data-source")
    assert "suggestion" not in Reader(html).texts
    assert "replique index" in welcome([], "en")


def test_a_source_is_shown_whole_and_found_by_counting(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    long = "Une phrase 𝒜 entière de plus, assez longue pour tenir toute seule à sa place, ici."
    body = f"# Titre\n\n{TRICKS}\n\n{long}\n\n\n- un point.\n"
    (corpus / "un.md").write_bytes(body.encode())
    (corpus / "pages.txt").write_text(f"{long}\f{long}\n", encoding="utf-8")
    opened = Index(load_settings(store=tmp_path / "store", corpus=corpus))
    sync(opened)
    snapshot = opened.snapshot()
    for number, info in enumerate(snapshot.infos):
        html = source_html(snapshot, number, "fr")
        blocks = Blocks(html)
        text = snapshot.source(number).text
        assert "".join(blocks.texts) == text, info.id
        for start, block in zip(blocks.starts, blocks.texts, strict=True):
            assert text[start : start + len(block)] == block
    pages = source_html(snapshot, 0, "fr")
    assert _attributes([pages], "data-page") == ["page 1", "page 2"]


class Blocks(HTMLParser):
    """Text and offset of each element of a source's text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.starts: list[int] = []
        self.texts: list[str] = []
        self.inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = dict(attrs).get("data-start")
        if start is not None:
            self.starts.append(int(start))
            self.texts.append("")
        self.inside = start is not None

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def _kept(index: Index) -> Answer:
    answer = make_answer(Retriever(index, k=2).search("Ukraine"), ("Autre",))
    return replace(answer, near=(Retriever(index, k=3).search("Paris")[2],))


def test_an_answer_comes_back_as_it_was(index: Index, tools: Tools) -> None:
    answer = _kept(index)
    record = json.loads(json.dumps(as_record(answer)))
    restored = restore(record, tools)
    assert restored == Proved(answer, ())
    assert restored_parts(restored, {}, "fr") == answer_parts(answer, {})


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
        assert f"[{quote.n}]: {cite(quote.source, quote.place, 'fr')}" in text
    assert "## Et ?\n\n*Pas de réponse.*" in text


def test_a_verdict_on_an_answer_or_on_its_quote_is_kept(index: Index) -> None:
    answer = Assistant(index).ask("Quel soutien à l’armée ukrainienne ?")
    record = as_record(replace(answer, quotes=answer.quotes[1:]))  # the first was dropped at the border
    judge = Calls(Tools(Assistant(index))).judge
    given = {"lang": "fr", "record": record, "history": ["Qui ?"]}
    assert judge({**given, "verdict": "wrong"}) == {"said": "Noté\u00a0: réponse fausse."}
    assert judge({**given, "verdict": "beside", "n": 2}) == {"said": "Noté\u00a0: citation à côté du sujet."}
    wrong, beside = read_feedback(index.store)
    assert (wrong.verdict, wrong.history, wrong.judged) == ("wrong", ("Qui ?",), None)
    assert beside.judged is not None
    assert (beside.judged.start, beside.judged.end) == (answer.quotes[1].start, answer.quotes[1].end)
    for refused in ({"verdict": "beside", "n": 99}, {"verdict": "x"}, {"verdict": "good", "record": {}}):
        assert set(judge({**given, **refused})) == {"error"}
    assert len(read_feedback(index.store)) == 2


def test_the_calls_answer_without_an_index(tmp_path: Path) -> None:
    calls = Calls(Tools(Assistant(Index(load_settings(store=tmp_path / "none", corpus=tmp_path)))))
    assert "replique index" in calls.greet({"lang": "fr"})["welcome"]
    assert "pas encore de document" in calls.source({"lang": "fr", "source": "x"})["error"]
    assert "ask again" in calls.restore({"lang": "en", "records": [None]})[0][0]


def test_a_source_that_is_gone_is_said_to_be(index: Index) -> None:
    calls = Calls(Tools(Assistant(index)))
    assert "error" in calls.source({"lang": "fr", "source": "../etc/passwd"})
    given = calls.source({"lang": "fr", "source": "declaration"})
    assert given["title"] == "Déclaration de Paris"
    assert given["sha256"] == text_hash("".join(Blocks(given["html"]).texts))


def _report(**changes: Any) -> dict[str, Any]:
    def figures(value: float) -> dict[str, Any]:
        return {"all": {"quote@1": {"value": value, "low": value - 0.1, "high": value + 0.1, "n": 9}}}

    report = {
        "created": "2026-11-22T12:14:45+00:00",
        "dataset": {"name": "questions", "questions": 20, "families": 9, "splits": {"test": 9, "dev": 11}},
        "headline": "test",
        "corpus": {"sha256": "3e96e66d3928d14e"},
        "systems": [{"name": "ours", "label": "Réplique"}, {"name": "bm25", "label": "BM25 alone"}],
        "aggregates": {
            "dev": {"ours": figures(0.5), "bm25": figures(0.4)},
            "test": {"ours": figures(0.625), "bm25": figures(0.75)},
        },
    }
    return {**report, **changes}


def test_the_report_is_shown_by_split_with_intervals(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(json.dumps(_report()), encoding="utf-8")
    html = report_html(file, "fr")
    page = Reader(html)
    assert "20 questions en 9 familles" in html
    assert "22 novembre 2026 à 12:14" in html
    assert "3e96e66d3928" in html
    assert html.index("Partie «\xa0test\xa0»\xa0: 9") < html.index("Partie «\xa0dev\xa0»\xa0: 11")
    assert page.texts["interval"] == [
        "[0,53 – 0,72]", "[0,65 – 0,85]", "[0,40 – 0,60]", "[0,30 – 0,50]",
    ]  # fmt: skip
    assert [text.split()[0] for text in page.texts["best"]] == ["0,75", "0,50"]
    assert "BM25 seul" in html
    assert "0.62" in report_html(file, "en")


def test_the_report_is_escaped(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    label = {"name": "mine", "label": TRICKS}
    evil = _report(
        systems=[label],
        created=TRICKS,
        corpus={"sha256": "<b>"},
        aggregates={"test": {"mine": _report()["aggregates"]["dev"]["ours"]}, TRICKS: {}},
    )
    evil["dataset"]["name"] = TRICKS
    file.write_text(json.dumps(evil), encoding="utf-8")
    page = Reader(report_html(file, "fr"))
    assert "0,50 [" in page.texts["best"][0]
    assert not {"script", "img", "b"} & page.tags


@pytest.mark.parametrize("content", [None, "{", "[]", "{}", '{"headline": "test", "dataset": 3}', "\0"])
def test_without_a_report_the_view_says_what_to_do(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "report.json"
    if content is not None:
        file.write_text(content)
    french, english = (report_html(file, lang) for lang in ("fr", "en"))
    assert "<code>replique eval</code>" in french
    assert "<code>replique eval</code>" in english
    assert french != english


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The shipped corpus, indexed."""
    found = Index(load_settings(store=tmp_path_factory.mktemp("store"), corpus=shipped_corpus()))
    sync(found)
    return found


@pytest.fixture(scope="module")
def tools(index: Index) -> Tools:
    return Tools(Assistant(index))


class Scripted:
    """An assistant that answers one question, breaks on another, and remembers what it was given."""

    has_model = False

    def __init__(self, index: Index) -> None:
        self.index = index
        self.histories: list[list[str]] = []

    async def astream(self, question: str, history: list[str], **_: Any) -> AsyncIterator[Answer]:
        self.histories.append(history)
        if question == "casse":
            raise RuntimeError("a secret of the program")
        if question == "pas d’index":
            raise NoIndex("no_index", store=self.index.store)
        quote = Retriever(self.index, k=1).search(question)[0]
        answer = make_answer([quote])
        yield replace(answer, blocks=answer.blocks[:1], quotes=())
        if question == "abîme":
            answer = replace(answer, quotes=(replace(answer.quotes[0], text="Faux."),))
        yield answer


def converse(assistant: Scripted, *questions: str) -> list[dict[str, Any]]:
    """The last update of each question of a conversation, with its question."""

    async def run() -> list[dict[str, Any]]:
        calls = Calls(Tools(cast(Assistant, assistant)))
        turns: list[dict[str, Any]] = []
        for question in questions:
            history = [turn["question"] for turn in turns if not turn.get("failed")]
            asked = {"lang": "fr", "turn": "t", "question": question, "history": history}
            shown: list[str] = []
            async for update in calls.ask(asked):
                if not update.get("failed"):
                    assert update["parts"][: len(shown)] == shown
                shown = update["parts"]
            assert update["done"]
            turns.append({**update, "question": question})
        return turns

    return asyncio.run(run())


def test_a_fault_is_one_line_on_the_page_and_a_traceback_on_the_log(
    index: Index, caplog: pytest.LogCaptureFixture
) -> None:
    turns = converse(Scripted(index), "casse", "pas d’index", "abîme")
    said = [read(turn["parts"]).texts["error"] for turn in turns]
    assert all(turn["failed"] for turn in turns)
    assert not any(turn.get("record") for turn in turns)
    assert said == [
        [f"Pas de réponse\u00a0: {say('unexpected', 'fr')}"],
        [f"Pas de réponse\u00a0: {say('no_index', 'fr')}"],
        [f"Pas de réponse\u00a0: {say('answer_lost', 'fr')}"],
    ]
    assert "a secret of the program" in caplog.text
    assert not any("Faux." in part for turn in turns for part in turn["parts"])


def test_history_and_records(index: Index) -> None:
    assistant = Scripted(index)
    turns = converse(assistant, " Ukraine ", "casse", "???", "x" * 5000, "Paris")
    assert [bool(turn.get("failed")) for turn in turns] == [False, True, True, True, False]
    assert assistant.histories == [[], [" Ukraine "], [" Ukraine "]]
    assert "5000 caractères, 4000 au plus" in turns[3]["parts"][-1]
    assert restore(turns[0]["record"], Tools(Assistant(index))).answer.quotes


@contextmanager
def client_of(index: Index) -> Iterator[Any]:
    """A client of a page that is really launched."""
    page, url = launch(Assistant(index))
    from gradio_client import Client

    try:
        yield Client(url, verbose=False)
    finally:
        page.close(verbose=False)


@pytest.fixture(scope="module")
def client(index: Index) -> Iterator[Any]:
    with client_of(index) as connected:
        yield connected


@pytest.mark.server
def test_the_api_gives_quotes_that_are_slices(client: Any) -> None:
    files = shipped_corpus().glob("*.md")
    texts = {file.stem: file.read_text("utf-8").split("\n---\n", 1)[1] for file in files}
    answer = client.predict("Combien de soldats compterait l'armée ukrainienne ?", api_name="/ask")
    assert answer["answerable"]
    assert any("800 000" in quote["text"] for quote in answer["quotes"])
    found = client.predict("cessez-le-feu", k=3, api_name="/search")
    assert found["query"] == "cessez-le-feu"
    assert len(found["passages"]) == 3
    for quote in (*answer["quotes"], *found["passages"]):
        assert texts[quote["source"]][quote["start"] : quote["end"]] == quote["text"]
    json.dumps([answer, found])


@pytest.mark.server
def test_the_api_takes_what_the_command_line_takes(client: Any) -> None:
    answer = client.predict(
        question="et les troupes françaises ?",
        lang="en",
        sides=["Critique"],
        sources=["commentaire"],
        history=["Combien de soldats compterait l’armée ukrainienne ?"],
        api_name="/ask",
    )
    assert answer["lang"] == "en"
    assert answer["rewritten_question"].startswith("Combien de soldats")
    assert {quote["source"] for quote in (*answer["quotes"], *answer["near"])} == {"commentaire"}


@pytest.mark.server
@pytest.mark.parametrize(
    ("endpoint", "arguments", "message"),
    [
        ("/ask", {"question": " "}, "question is empty"),
        ("/ask", {"question": "Qui ?", "lang": "de"}, "give fr, en"),
        ("/ask", {"question": "Qui ?", "sides": ["Martiens"]}, "Martiens"),
        ("/search", {"query": "paix", "k": 0}, "1 to 1000"),
    ],
)
def test_an_error_reaches_the_client_as_one_line(
    client: Any, endpoint: str, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(Exception, match=message) as raised:
        client.predict(**arguments, api_name=endpoint)
    assert "\n" not in str(raised.value)


@pytest.mark.server
def test_nothing_but_the_services_is_public(client: Any) -> None:
    described = client.view_api(return_format="dict", print_info=False)
    assert set(described["named_endpoints"]) == {
        "/ask", "/ask_stream", "/search", "/sources", "/verify", "/verify_speech", "/face", "/rebut",
        "/drill", "/drill_grade", "/drill_overrule", "/dossier_card", "/dossier_check", "/dossier_export",
    }  # fmt: skip
    assert described["unnamed_endpoints"] == {}


@pytest.mark.server
def test_an_open_page_answers_from_a_new_index(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "zebre.md").write_text("Le zèbre porte des rayures noires et blanches.\n", encoding="utf-8")
    opened = Index(load_settings(store=tmp_path / "store", corpus=corpus))
    sync(opened)
    with client_of(opened) as client:
        asked = {"query": "couleur de la girafe", "api_name": "/search"}
        assert {found["source"] for found in client.predict(**asked)["passages"]} == {"zebre"}
        (corpus / "girafe.md").write_text("La couleur de la girafe est le jaune.\n", encoding="utf-8")
        sync(Index(opened.settings))  # as another process would
        assert client.predict(**asked)["passages"][0]["source"] == "girafe"


def _start(tmp_path: Path, **settings: str) -> subprocess.Popen[str]:
    environment = {"REPLIQUE_STORE": str(tmp_path / "store"), "REPLIQUE_CORPUS": str(shipped_corpus())}
    return subprocess.Popen(
        [sys.executable, ROOT / "app.py"],
        cwd=tmp_path,
        env={**os.environ, **environment, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _line_with(stream: Any, wanted: str) -> str:
    for line in stream:
        if wanted in line:
            return str(line)
    raise AssertionError(f"never said {wanted!r}")


@pytest.mark.server
def test_app_serves_and_says_where_on_standard_error(tmp_path: Path) -> None:
    import httpx

    process = _start(tmp_path, REPLIQUE_PORT="0")
    try:
        url = _line_with(process.stderr, "http://").split()[1]
        assert "Réplique" in httpx.get(url, trust_env=False).text
    finally:
        process.terminate()
    assert process.communicate()[0] == ""
    assert {path.name for path in tmp_path.iterdir()} == {"store"}


@pytest.mark.server
def test_app_serves_without_a_document(tmp_path: Path) -> None:
    import httpx

    empty = tmp_path / "empty"
    empty.mkdir()
    process = _start(tmp_path, REPLIQUE_PORT="0", REPLIQUE_CORPUS=str(empty))
    try:
        assert "add some in the page" in _line_with(process.stderr, "no document")
        url = _line_with(process.stderr, "http://").split()[1]
        assert "Réplique" in httpx.get(url, trust_env=False).text
    finally:
        process.terminate()
        process.communicate()


@pytest.mark.server
def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = _start(tmp_path, REPLIQUE_PORT=str(port))
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert err.count("\n") == 1
    assert "REPLIQUE_PORT" in err
    assert str(port) in err


def test_an_address_that_is_not_there_names_its_setting() -> None:
    with pytest.raises(SettingsError, match="REPLIQUE_HOST"):
        free_port("no.such.host.invalid", 7860)


def test_importing_the_package_does_not_import_gradio() -> None:
    code = "import sys, rag.ui; sys.exit('gradio' in sys.modules)"
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    assert time.perf_counter() - started < 5
