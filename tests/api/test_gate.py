"""What the page's gate refuses of the running page, and that nothing gets round it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.helpers.servers import served

QUESTION = "Combien de soldats compterait l’armée ukrainienne ?"


@pytest.mark.server
def test_other_pages_cannot_use_it_through_a_browser(url: str) -> None:
    listing = {"json": {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}}
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "mcp", listing),
        ("POST", "gradio_api/call/ask", {"json": {"data": [QUESTION]}}),
        ("POST", "gradio_api/component_server", {"json": {}}),
        ("POST", "gradio_api/upload", {"files": {"files": ("a.txt", b"abc")}}),
        ("GET", "gradio_api/queue/data?session_hash=x", {}),
        ("GET", "config", {}),
        ("GET", "theme.css", {}),
        ("GET", "", {}),
    ]
    accept = {"Accept": "application/json, text/event-stream"}
    with httpx.Client(trust_env=False, base_url=url) as browser:
        assert browser.post("mcp", **listing, headers=accept).status_code == 200
        for method, path, sent in calls:
            for lie, status in (({"Host": "evil.example"}, 421), ({"Origin": "http://evil.example"}, 403)):
                refused = browser.request(method, path, **sent, headers={**accept, **lie})
                assert (refused.status_code, refused.text.count("\n")) == (status, 1), path
                assert "access-control-allow-origin" not in refused.headers
        asking = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
        assert browser.options("gradio_api/call/ask", headers=asking).status_code == 403
        french = browser.get("config", headers={"Host": "evil.example", "Accept-Language": "fr"})
        assert "n’est pas servie sous ce nom" in french.text


@pytest.mark.server
def test_gradio_gives_nothing_and_fetches_nothing_that_the_page_does_not_need(url: str) -> None:
    file = {"path": "x", "url": "http://192.0.2.1/", "meta": {"_type": "gradio.FileData"}}
    with httpx.Client(trust_env=False, base_url=url) as caller:
        (sent,) = caller.post("gradio_api/upload", files={"files": ("../a.html", b"<p>")}).json()
        for path in (f"file={sent}", f"file={Path(sent).parent.parent}", "file=http://192.0.2.1/", "token"):
            assert caller.get(f"gradio_api/{path}").status_code == 404
        refused = caller.post("gradio_api/call/ask", json={"data": [QUESTION, file]})
        assert (refused.status_code, "names a file" in refused.text) == (400, True)
        plain = caller.post("gradio_api/call/ask", content=b"{}", headers={"Content-Type": "text/plain"})
        assert plain.status_code == 415
        large = caller.post("gradio_api/call/ask", json={"data": ["x" * 10_000_001]})
        assert large.status_code == 413
        root = caller.get("config", headers={"X-Forwarded-Proto": "https"}).json()["root"]
        assert f"{root}/" == url
        missing = {"data": {}, "component_id": 99_999, "session_hash": "x", "fn_name": "welcome"}
        failed = caller.post("gradio_api/component_server", json=missing)
        assert (failed.status_code, "Traceback" in failed.text) == (500, False)


@pytest.mark.server
def test_too_much_is_refused_in_a_line(shipped_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.ui.page.WAITING", 0)
    for url in served(shipped_store, max_file_mb=0.01):
        with httpx.Client(trust_env=False, base_url=url) as caller:
            full = caller.post("gradio_api/call/ask", json={"data": [QUESTION]})
            assert (full.status_code, full.text) == (
                503, "too many requests are waiting already: try again in a few seconds\n",
            )  # fmt: skip
            boundary = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
            kind = {"Content-Type": "multipart/form-data; boundary=x"}
            pieces = iter([boundary, *([b"y" * 10_000] * 20), b"\r\n--x--\r\n"])
            sent = caller.post("gradio_api/upload", content=pieces, headers=kind)
            assert (sent.status_code, sent.text.count("\n")) == (413, 1)


@pytest.mark.server
def test_a_read_only_page_takes_no_files_and_changes_nothing(shipped_store: Path) -> None:
    for url in served(shipped_store, read_only=True):
        sent = httpx.post(f"{url}gradio_api/upload", files={"files": ("a.txt", b"abc")}, trust_env=False)
        assert (sent.status_code, "read-only" in sent.text) == (403, True)
        components = httpx.get(f"{url}config", trust_env=False).json()["components"]
        left = {
            "save_debate", "restore_debate", "describe_source", "describe_back", "remove_source",
            "remove_added", "restore_source", "fetch_page",
        }  # fmt: skip
        asked = {
            "lang": "en", "kind": "new", "title": "A", "name": "a", "token": "x", "tokens": ["x"],
            "source": "declaration", "sources": ["declaration"], "fields": {"title": "A"},
            "address": "http://192.0.2.1/",
        }  # fmt: skip
        for component in components:
            for name in left & set(component["props"].get("server_fns") or ()):
                left.remove(name)
                call = {"component_id": component["id"], "session_hash": "x", "fn_name": name, "data": asked}
                told = httpx.post(f"{url}gradio_api/component_server", json=call, trust_env=False).json()
                assert "read-only" in told["error"], name
        assert not left
