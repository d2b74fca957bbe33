"""What is sent: how much, of what kind, under which address; what an answer says to browsers."""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from rag.ui.gate import body, uploads
from rag.ui.gate.headers import digest, page_policy, secure
from rag.ui.gate.refusal import Refused
from rag.ui.gate.routes import is_open, is_public

FILE = {"path": "x", "url": "http://evil.example/", "meta": {"_type": "gradio.FileData"}}


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (json.dumps({"data": [FILE]}), True),
        (json.dumps({"data": [{"a": [{"b": FILE}]}]}), True),
        (json.dumps({"data": [FILE]}).replace("_type", "\\u005ftype"), True),
        ('{"_type":' + "[" * 100_000, True),
        (json.dumps({"data": ["a document about gradio.FileData and _type"]}), False),
        (json.dumps({"data": [{"path": "/tmp/a", "name": "_type"}]}), False),
        ('{"_type', False),
    ],
)
def test_a_call_that_names_a_file_is_known(call: str, named: bool) -> None:
    assert body.names_a_file(call.encode()) is named


def sender(*pieces: bytes | None) -> Any:
    """A client that sends these pieces, then nothing more, or goes away."""
    left = list(pieces)

    async def receive() -> dict[str, Any]:
        if not left:
            await asyncio.sleep(60)
        piece = left.pop(0)
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": bool(left) or not piece}

    return receive


@pytest.mark.parametrize(
    ("pieces", "length", "status"),
    [
        ([b"x" * 60, b"x" * 60], None, 413),
        ([b"x"], "101", 413),
        ([b"x"], "-1", 413),
        ([b""], None, 408),
        ([b"x", None], None, 400),
    ],
)
def test_a_call_that_is_too_much_or_too_slow_is_not_held(
    pieces: list[bytes | None], length: str | None, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "CALL_MOST", 100)
    monkeypatch.setattr(body, "PIECE", 0.05)
    calls = body.Calls()
    with pytest.raises(Refused) as raised:
        asyncio.run(calls.read(sender(*pieces), length))
    assert raised.value.status == status
    assert asyncio.run(calls.read(sender(b"ab", b"c"), "3")) == b"abc"
    assert calls._held == 0


def test_a_file_is_counted_as_it_comes() -> None:
    async def read() -> None:
        receive = body.counted(sender(b"x" * 60, b"x" * 60), None, 100)
        assert len((await receive())["body"]) == 60
        await receive()

    with pytest.raises(Refused) as raised:
        asyncio.run(read())
    assert raised.value.status == 413


def test_the_folder_of_uploads_is_swept_and_does_not_fill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "SPARE", 0)
    old, new = tmp_path / "a" / "old.pdf", tmp_path / "b" / "new.pdf"
    for file in (old, new):
        file.parent.mkdir()
        file.write_bytes(b"x" * 1000)
    broken_off = tmp_path / "tmpx"
    broken_off.write_bytes(b"x")
    for file, age in ((old, uploads.KEPT), (broken_off, body.UPLOAD_WHOLE)):
        os.utime(file, (time.time() - age - 60,) * 2)
    uploads.demand_room(tmp_path, 1000)
    assert (old.parent.exists(), broken_off.exists(), new.exists()) == (False, False, True)
    with pytest.raises(Refused) as raised:
        uploads.demand_room(tmp_path, 50)  # 20 of them would be less than lies there
    assert raised.value.status == 507
    monkeypatch.setattr(uploads, "FILES_MOST", 1)
    with pytest.raises(Refused):
        uploads.demand_room(tmp_path, 1000)


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd", "/gradio_api/file/etc/passwd", "/gradio_api/proxy=http://a.example/",
        "/gradio_api/stream/a/b/1/playlist.m3u8", "/gradio_api/deep_link", "/gradio_api/token", "/monitoring",
        "/gradio_api/custom_component/a/client/b/c", "/gradio_api/dev/reload", "/gradio_api/runs", "/docs",
        "/assets/../../etc/passwd", "/static/..\\a", "/gradio_api/", "/gradio_api/startup-events", "/file=/a",
        "/gradio_api/run/ask", "/x/gradio_api/info",
    ],
)  # fmt: skip
def test_what_the_page_does_not_need_is_closed(path: str) -> None:
    assert not is_open(path)


def test_what_it_needs_is_open_and_only_the_program_is_public() -> None:
    for path in (
        "/",
        "/config",
        "/mcp",
        "/gradio_api/call/ask",
        "/gradio_api/call/ask/x",
        "/gradio_api/upload",
    ):
        assert is_open(path) and not is_public(path)
    for path in ("/assets/a.js", "/scripts/1/a.js", "/theme.css"):
        assert is_open(path) and is_public(path)


def test_a_page_runs_its_own_scripts_alone() -> None:
    html = (
        b'<script src="a.js"></script><script data-x>one\n()</script><script>two()</script><p onclick="x()">'
    )
    policy = dict(part.strip().partition(" ")[::2] for part in page_policy(html).split(";"))
    assert policy["script-src"].split() == [
        "'self'", "'unsafe-eval'", digest(b"one\n()"), digest(b"two()"),
    ]  # fmt: skip
    assert policy["default-src"] == policy["object-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == policy["form-action"] == policy["base-uri"] == "'self'"


def test_no_answer_opens_itself_to_other_sites_or_is_kept() -> None:
    answer = {
        "type": "http.response.start",
        "headers": [(b"access-control-allow-origin", b"*"), (b"server", b"x"), (b"content-type", b"a/b")],
    }
    secure(answer, "/config")
    headers = {name.decode(): value.decode() for name, value in answer["headers"]}  # type: ignore[misc]
    assert not {"access-control-allow-origin", "server"} & set(headers)
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
