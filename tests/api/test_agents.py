"""Agents train and collect, and are told what they may not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from gradio_client import Client

from tests.helpers.clients import SLICE, call
from tests.helpers.servers import with_agent

pytestmark = pytest.mark.server


def test_agents_train_and_collect(url: str, client: Client) -> None:
    def used(tool: str, **arguments: object) -> Any:
        result = with_agent(url, lambda session: session.call_tool(tool, arguments))
        assert not result.isError, result.content
        assert json.loads(result.content[0].text) == result.structuredContent
        return result.structuredContent

    begun = used("drill", count=2)
    assert begun == call(client, "/drill", count=2)
    question = begun["questions"][0]["id"]
    graded = used("drill_grade", question=question, answer="", state=begun["state"])
    assert used("drill_overrule", question=question, state=graded["state"])["score"]["points"] == 1
    made = used("dossier_card", **SLICE, tag="Une force", dossier={})
    made = used("dossier_card", **SLICE, dossier=made["dossier"])
    assert used("dossier_check", dossier=made["dossier"])["unverified"] == 0
    assert "Une force" in used("dossier_export", dossier=made["dossier"], format="md")["text"]


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("drill", {"count": "x"}, "count: "),
        ("drill", {"count": 0}, "1 to 100"),
        ("drill", {"state": {"a": 1}}, "begin anew"),
        ("drill_grade", {"question": "rien"}, "answer: "),
        ("dossier_card", {**SLICE, "highlights": [["a", "b"]]}, "highlights.0.0: "),
        ("dossier_check", {"dossier": "x"}, "dossier: "),
        ("dossier_export", {"dossier": {}}, "is not a dossier"),
        ("search", {"query": "paix", "k": "x"}, "k: "),
    ],
)
def test_agents_are_told_in_one_line(url: str, tool: str, arguments: dict[str, Any], message: str) -> None:
    told = with_agent(url, lambda session: session.call_tool(tool, arguments))
    assert told.isError
    assert message in told.content[0].text
    assert "\n" not in told.content[0].text
