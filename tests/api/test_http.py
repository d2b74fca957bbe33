"""What other programs and agents can call, who is let in, and who is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client

from rag import ui
from rag.answer.assistant import Assistant
from rag.answer.forms import answer_as_json
from rag.api.debates import Debates
from rag.api.services import Services
from rag.api.tools import Tools
from rag.errors import SettingsError
from rag.settings import load_settings
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.ui.address import refuse_strangers
from rag.ui.server import launch
from tests.helpers.command import replique
from tests.helpers.servers import basic, served, with_agent

QUESTION = "Combien de soldats compterait l’armée ukrainienne ?"
LOGIN = "anne:mot de: passe é"


@pytest.fixture(scope="module")
def locked_url(shipped_store: Path) -> Iterator[str]:
    yield from served(shipped_store, mcp=True, auth=LOGIN)


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "timings_ms": None}


@pytest.mark.server
def test_sources_are_what_the_command_line_lists(url: str, shipped_store: Path) -> None:
    listed = Client(url, verbose=False).predict(api_name="/sources")
    rows = json.loads(replique("sources", "--json", store=shipped_store).stdout)
    assert listed == [{"file": row.pop("path"), **row} for row in rows]


@pytest.mark.server
def test_search_takes_sides_and_sources(url: str) -> None:
    client = Client(url, verbose=False)
    found = client.predict("la paix", k=5, sides=["Critique"], api_name="/search")["passages"]
    assert {passage["side"] for passage in found} == {"Critique"}
    found = client.predict("la paix", sources=["declaration"], api_name="/search")["passages"]
    assert {passage["source"] for passage in found} == {"declaration"}
    with pytest.raises(Exception, match="Martiens"):
        client.predict("la paix", sides=["Martiens"], api_name="/search")


@pytest.mark.server
def test_a_streamed_answer_grows_and_ends_whole(url: str, shipped: Assistant) -> None:
    client = Client(url, verbose=False)
    steps = list(client.submit(QUESTION, api_name="/ask_stream"))
    assert len(steps) > 1
    assert untimed(steps[-1]) == untimed(answer_as_json(shipped.ask(QUESTION)))
    for before, after in pairwise(steps):
        assert after["blocks"][: len(before["blocks"])] == before["blocks"]
        assert after["quotes"][: len(before["quotes"])] == before["quotes"]
    with pytest.raises(Exception, match="question is empty"):
        client.submit(" ", api_name="/ask_stream").result()


@pytest.mark.server
def test_the_debate_tools_give_what_the_command_line_gives(url: str, shipped_store: Path) -> None:
    client = Client(url, verbose=False)
    quote = "une force de 900 000 soldats"
    for called, said in (
        (client.predict(quote, "Critique", api_name="/verify"), ["verify", quote, "--attributed=Critique"]),
        (client.predict("paix ou guerre", api_name="/face"), ["face", "paix ou guerre"]),
        (client.predict("la paix", echoes=True, api_name="/face"), ["face", "la paix", "--echoes"]),
        (client.predict(quote, "Critique", api_name="/rebut"), ["rebut", quote, "--side", "Critique"]),
    ):
        assert called == json.loads(replique(*said, "--json", store=shipped_store).stdout)
    speech = "Il y aurait « une lune verte » et « une paix juste »."
    results = client.predict(speech, api_name="/verify_speech")["results"]
    found = [(one["verdict"], speech[one["speech_start"] : one["speech_end"]]) for one in results]
    assert found == [("absent", "une lune verte"), ("exact", "une paix juste")]
    with pytest.raises(Exception, match="Martiens"):
        client.predict(quote, "Martiens", api_name="/rebut")
    answered = client.predict(speech, "Critique", api_name="/counter")
    said = ["counter", "--speech", "-", "--side", "Critique", "--json"]
    assert answered == json.loads(replique(*said, store=shipped_store, stdin=speech).stdout)


@pytest.mark.server
def test_every_endpoint_and_argument_is_described(url: str, shipped: Assistant) -> None:
    services = Services(Debates(Tools(shipped)))
    given = (*services.named(), services.ask_stream, services.pages.page_of)
    methods = {method.__name__: method for method in given}
    described = Client(url, verbose=False).view_api(return_format="dict", print_info=False)
    for name, endpoint in described["named_endpoints"].items():
        assert len(endpoint["description"]) > 30, name
        for parameter in endpoint["parameters"]:
            method = methods[name.lstrip("/")]
            assert f"{parameter['parameter_name']}: " in (method.__doc__ or "")


@pytest.mark.server
def test_agents_find_described_tools(url: str) -> None:
    listed = with_agent(url, lambda session: session.list_tools())
    tools = {tool.name: tool for tool in listed.tools}
    assert set(tools) == {
        "debates", "ask", "search", "sources", "verify", "verify_speech", "face", "rebut",
        "counter", "brief",
        "drill", "drill_grade", "drill_overrule", "dossier_card", "dossier_check", "dossier_export",
        "page_of",
    }  # fmt: skip
    assert "repeat it as it is" in tools["ask"].description
    arguments = {"question", "lang", "sides", "sources", "history", "llm", "speakers", "debate"}
    assert set(tools["ask"].inputSchema["properties"]) == arguments
    assert tools["ask"].inputSchema["required"] == ["question"]


@pytest.mark.server
def test_agents_get_quotes_to_the_character(tmp_path: Path) -> None:
    text = "L’armée compterait 800\u202f000 soldats\u00a0: «\u00a0les volontaires\u00a0».\n"
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/armée.txt").write_text(text, encoding="utf-8")
    places = {"store": tmp_path / "store", "corpus": tmp_path / "corpus"}
    sync(Index(load_settings(**places)))
    for url in served(mcp=True, **places):
        answered = with_agent(url, lambda session: session.call_tool("ask", {"question": QUESTION}))
        found = with_agent(url, lambda session: session.call_tool("search", {"query": QUESTION}))
        listed = with_agent(url, lambda session: session.call_tool("sources", {}))
    assert json.loads(answered.content[0].text) == answered.structuredContent
    for result, name in ((answered, "quotes"), (found, "passages")):
        (quote,) = result.structuredContent[name]
        assert text[quote["start"] : quote["end"]] == quote["text"] == text.strip()
        assert text.strip() in result.content[0].text
    assert [source["id"] for source in listed.structuredContent["result"]] == ["armée"]


@pytest.mark.server
def test_agents_are_told_errors_in_one_line(url: str) -> None:
    for tool, arguments, message in [
        ("ask", {"question": "  "}, "question is empty"),
        ("ask", {"question": "Qui ?", "sides": ["Martiens"]}, "Martiens"),
        ("search", {"query": "paix", "k": 0}, "1 to 1000"),
    ]:
        told = with_agent(url, lambda session, t=tool, a=arguments: session.call_tool(t, a))  # type: ignore[misc]
        assert told.isError
        assert message in told.content[0].text
        assert "\n" not in told.content[0].text


@pytest.mark.server
@pytest.mark.server
def test_without_the_setting_there_are_no_tools(shipped_store: Path) -> None:
    for url in served(shipped_store):
        assert httpx.post(f"{url}mcp", json={}, trust_env=False).status_code in (404, 405)


def test_without_the_extra_it_is_said(monkeypatch: pytest.MonkeyPatch, shipped: Assistant) -> None:
    import sys

    from rag.api.mcp import agent_app

    monkeypatch.setitem(sys.modules, "mcp.server.fastmcp", None)
    with pytest.raises(SettingsError, match=r"replique\[mcp\]"):
        agent_app(Debates(Tools(shipped)))


@pytest.mark.server
def test_a_password_closes_the_page_its_api_and_the_tools(locked_url: str) -> None:
    with httpx.Client(trust_env=False) as stranger:
        for path in ("config", "gradio_api/info", "gradio_api/call/ask/0"):
            assert stranger.get(f"{locked_url}{path}").status_code == 401, path
        for path in ("gradio_api/queue/join", "gradio_api/call/ask", "gradio_api/upload", "mcp"):
            assert stranger.post(f"{locked_url}{path}", json={"data": [QUESTION]}).status_code == 401, path
        wrong = {"Authorization": basic("anne:autre")}
        assert stranger.post(f"{locked_url}mcp", json={}, headers=wrong).status_code == 401
    with pytest.raises(Exception, match="credentials"):
        Client(locked_url, verbose=False)


@pytest.mark.server
def test_the_password_opens_them(locked_url: str) -> None:
    user, _, password = LOGIN.partition(":")
    client = Client(locked_url, verbose=False, auth=(user, password))
    assert client.predict(QUESTION, api_name="/ask")["quotes"]
    listed = with_agent(locked_url, lambda session: session.list_tools(), Authorization=basic(LOGIN))
    assert len(listed.tools) == 17
    asked = {"json": {"data": [QUESTION]}, "headers": {"Authorization": basic(LOGIN)}, "trust_env": False}
    assert httpx.post(f"{locked_url}gradio_api/call/ask", **asked).status_code == 200  # type: ignore[arg-type]


@pytest.mark.server
def test_guessing_takes_longer_and_longer_and_sessions_end(locked_url: str) -> None:
    user, _, password = LOGIN.partition(":")
    right = {"username": user, "password": password}
    with httpx.Client(trust_env=False, base_url=locked_url) as reader:
        entered = reader.post("login", data=right)
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=lax" in cookie
        assert reader.get("config").status_code == 200
        with httpx.Client(trust_env=False, base_url=locked_url) as stranger:
            said = {
                stranger.post("login", data={"username": name, "password": "x"}).text
                for name in (user, "personne")
            }
            assert said == {"user or password is wrong: try again\n"}
            for _ in range(4):
                last = stranger.post("login", data={"username": user, "password": "x"})
            assert (last.status_code, last.headers["retry-after"]) == (429, "2")
            page = stranger.post("login", data=right, headers={"Accept": "text/html"})
            assert (page.status_code, 'role="alert"' in page.text) == (429, True)
        assert reader.get("config").status_code == 200  # who is in stays in
        kept = dict(reader.cookies)
        assert reader.post("logout").status_code == 303
        assert httpx.get(f"{locked_url}config", cookies=kept, trust_env=False).status_code == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])
def test_strangers_are_refused_unless_it_is_meant(host: str, shipped: Assistant) -> None:
    with pytest.raises(SettingsError, match="REPLIQUE_AUTH=user:password") as raised:
        refuse_strangers(load_settings(host=host))
    assert "\n" not in str(raised.value)
    with pytest.raises(SettingsError, match="REPLIQUE_AUTH"):
        launch(shipped, host)
    refuse_strangers(load_settings(host=host, auth="anne:secret"))
    refuse_strangers(load_settings(host=host, allow_anyone=True))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "::1", "localhost"])
def test_on_this_machine_no_password_is_needed(host: str) -> None:
    refuse_strangers(load_settings(host=host))


def test_the_command_refuses_before_it_does_anything(tmp_path: Path) -> None:
    done = replique("serve", "--host", "0.0.0.0", store=tmp_path / "store")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "--allow-anyone" in done.stderr
    assert not (tmp_path / "store").exists()


def test_the_command_can_be_told_that_it_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(ui, "serve", lambda settings, open_browser: seen.append(settings))
    done = replique("serve", "--host", "0.0.0.0", "--allow-anyone", store=tmp_path / "store")
    assert (done.returncode, [settings.allow_anyone for settings in seen]) == (0, [True])


@pytest.mark.parametrize("value", ["anne", "anne:", ":secret", ":"])
def test_half_a_login_is_refused_and_not_shown(value: str) -> None:
    with pytest.raises(SettingsError, match="user:password") as raised:
        load_settings(auth=value)
    assert "secret" not in str(raised.value)
    assert "anne" not in str(raised.value)


def test_the_password_is_not_shown_with_the_settings() -> None:
    settings = load_settings(auth="anne:secret:x")
    assert settings.login == ("anne", "secret:x")
    assert "secret" not in f"{settings!r} {settings}"
