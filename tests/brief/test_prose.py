"""What a language model writes in a brief: kept where the quotes bear it out, else never shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from rag import Index, load_settings
from rag.api import Tools
from rag.brief import Brief, Edits, brief_as_json, brief_as_text, edited, from_record, place_of, to_record
from rag.dossier import written
from rag.llm import GroundedAssistant
from rag.ui.prepare.view import brief_html
from tests.helpers.command import replique
from tests.helpers.judges import judged_by
from tests.helpers.scripted_endpoint import Handler, Scripted, running, says, status

TRUE = "According to the Council, each ship that docks costs the town 14,000 pounds"
FALSE = "According to the Council, each ship that docks costs the town 41,000 pounds"
INVENTED = "According to the traders, “a passenger tax would ruin us all” [S1]."
FOREIGN = "According to the Council, each ship that docks costs the town 14,000 pounds in cleaning [S1]."
BARE = "A charge of less than ten pounds does not change the routes of the companies"


def by_side(**texts: str) -> Any:
    """An endpoint that writes a text about each side, and that it has none about others."""

    def script(handler: Handler, body: dict[str, Any]) -> None:
        asked = body["messages"][-1]["content"].splitlines()[-1]
        says(next((text for side, text in texts.items() if side in asked), "NO_ANSWER"))(handler, body)

    return script


@pytest.fixture(scope="module")
def server() -> Iterator[Scripted]:
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def tools(located: list[str], index: Index, server: Scripted) -> Iterator[Tools]:
    settings = load_settings(corpus=located[1], store=located[3], llm_url=server.url, llm_timeout=20)
    own = Index(settings, index.encoder)
    yield Tools(GroundedAssistant(own))
    own.close()


@pytest.fixture(autouse=True)
def judge(monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, {})


@pytest.fixture
def brief(tools: Tools, server: Scripted) -> Brief:
    server.asked.clear()
    server.script = by_side(
        Council=f"{TRUE} [S1]. {FALSE} [S1].", Industry=f"{INVENTED} {FOREIGN}", Researchers=BARE
    )
    return tools.briefs.make()


def test_what_the_quotes_bear_out_is_kept_and_nothing_else(brief: Brief, server: Scripted) -> None:
    council, traders, paper = brief.positions
    (sentence,) = council.introduction
    assert sentence.text == f"{TRUE}."
    assert any("14,000 pounds" in quote.text for quote in sentence.quotes)
    own = [quote for each in council.arguments for quote in each.quotes]
    assert set(sentence.quotes) <= set(own)
    assert traders.introduction == (), "words that no source has, and another side's"
    (bare,) = paper.introduction
    assert bare.remark == "(a position of “Working paper” (Researchers), not an established fact)"
    assert brief.model_failure == ""
    for asked, side in zip(server.asked, brief.sides, strict=True):
        shown = asked["body"]["messages"][-1]["content"]
        others = {"Council", "Industry", "Researchers"} - {side}
        assert not any(f"({other}):" in shown for other in others), "it sees the quotes of the side alone"


def test_it_is_said_to_be_the_models_and_is_no_quote(brief: Brief, tools: Tools) -> None:
    (sentence,) = brief.positions[0].introduction
    number = next(id for id, each in brief.arguments.items() if sentence.quotes[0] in each.quotes)
    for shown in (brief_as_text(brief), written(tools.briefs.check(brief), ".html").decode()):
        line = next(line for line in shown.splitlines() if TRUE in line)
        assert "Written by the language model" in line and not line.startswith(">")
        assert f"{TRUE}. [{number[1:]}]" in line
        assert "41,000" not in shown and "ruin us all" not in shown
    page = brief_html(brief, Edits(), {})
    block = page[page.index('<p class="brief-written">') :].split("</p>")[0]
    assert TRUE in block and "Written by the language model" in block
    assert f'data-to="{number}"' in block and "quote-text" not in block
    told = brief_as_json(brief)
    assert told["mode"] == "llm"
    assert told["positions"][0]["introduction"][0]["borne_out_by"][0]["source"] == "council"


def test_a_sentence_goes_with_the_quotes_that_bear_it_out(brief: Brief) -> None:
    assert from_record(to_record(brief)) == brief
    (sentence,) = brief.positions[0].introduction
    gone = edited(brief, Edits(quotes=[place_of(sentence.quotes[0])]))
    assert gone.positions[0].introduction == ()
    holding = [id for id, each in brief.arguments.items() if sentence.quotes[0] in each.quotes]
    assert edited(brief, Edits(arguments=holding)).positions[0].introduction == ()


def test_a_model_that_fails_leaves_the_brief_whole(brief: Brief, tools: Tools, server: Scripted) -> None:
    plain = tools.briefs.make(llm=False)
    server.asked.clear()
    server.script = status(500)
    failed = tools.briefs.make()
    assert failed == replace(plain, model_failure="refused")
    assert len(server.asked) == 1, "the other sides are not asked in vain"
    for shown in (brief_as_text(failed), brief_html(failed, Edits(), {})):
        assert "The model refused to answer. The brief is whole without it." in shown
    server.script = says(FALSE)
    assert tools.briefs.make() == replace(plain, model_failure="unusable")


def test_the_command(located: list[str], server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    server.script = by_side(Council=f"{TRUE} [S1].")
    monkeypatch.setenv("REPLIQUE_LLM_URL", server.url)
    found = json.loads(replique("brief", "--json", *located).stdout)
    assert [each["prose"] for each in found["positions"][0]["introduction"]] == [f"{TRUE}."]
    found = json.loads(replique("brief", "--json", "--no-llm", *located).stdout)
    assert (found["mode"], found["model_failure"]) == ("sources", None)
