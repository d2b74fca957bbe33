"""An OpenAI-compatible endpoint on loopback that does what a test tells it to, good or bad."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Handler(BaseHTTPRequestHandler):
    """One request; the script of the server answers it."""

    protocol_version = "HTTP/1.1"
    server: Scripted

    def do_GET(self) -> None:
        models = json.dumps({"object": "list", "data": [{"id": "scripted", "object": "model"}]})
        self.plain(200, models)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"body": body, "authorization": self.headers.get("Authorization", "")})
        try:
            self.server.script(self, body)
        except (BrokenPipeError, ConnectionResetError):
            self.server.left.set()
        self.close_connection = True

    def plain(self, status: int, text: str, kind: str = "application/json") -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def open_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()

    def event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def piece(self, text: str | None, finish: str | None = None) -> None:
        choice: dict[str, Any] = {"index": 0, "delta": {"content": text} if text is not None else {}}
        choice["finish_reason"] = finish
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
        self.event(json.dumps({**chunk, "choices": [choice]}))

    def log_message(self, *_: object) -> None:
        pass


Script = Callable[[Handler, dict[str, Any]], None]


class Scripted(ThreadingHTTPServer):
    """The server.

    Attributes:
        script: answers requests for a reply.
        asked: those that came, with their ``Authorization``.
        left: set when a client went away in the middle.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: Script = says("")
        self.asked: list[dict[str, Any]] = []
        self.left = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        self.left.set()


@contextmanager
def running() -> Iterator[Scripted]:
    server = Scripted()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


# --- what it can do -------------------------------------------------------------------------------


def says(text: str, size: int = 7, finish: str | None = "stop") -> Script:
    """Write a text in pieces, and finish; without ``finish``, the connection is just closed."""

    def script(handler: Handler, body: dict[str, Any]) -> None:
        handler.open_stream()
        handler.piece("")
        for start in range(0, len(text), size):
            handler.piece(text[start : start + size])
        if finish is not None:
            handler.piece(None, finish)
            handler.event("[DONE]")

    return script


def in_turn(*scripts: Script) -> Script:
    """One script a request."""
    left = list(scripts)
    return lambda handler, body: left.pop(0)(handler, body)


def status(code: int, secret: str = "") -> Script:
    """Refuse, with the key that was given in the message, as some do."""
    error = json.dumps({"error": {"message": f"no, {secret}", "type": "x"}})
    return lambda handler, body: handler.plain(code, error)


def silent(handler: Handler, body: dict[str, Any]) -> None:
    """Take the request and never answer."""
    time.sleep(30)


def dripping(handler: Handler, body: dict[str, Any]) -> None:
    """Send something all the time, and never a word."""
    handler.open_stream()
    for _ in range(600):
        handler.wfile.write(b": wait\n\n")
        handler.wfile.flush()
        time.sleep(0.05)


def endless(text: str) -> Script:
    """Write the same for ever, each time with another number, whatever was asked."""

    def script(handler: Handler, body: dict[str, Any]) -> None:
        handler.open_stream()
        for number in range(100_000):
            handler.piece(f"{text} {number}. ")

    return script


def broken_json(text: str) -> Script:
    """Begin well, then send what is not JSON."""

    def script(handler: Handler, body: dict[str, Any]) -> None:
        handler.open_stream()
        handler.piece(text)
        handler.event('{"choices": [{"delta": {"content": "x')

    return script


def not_events(handler: Handler, body: dict[str, Any]) -> None:
    """A page of HTML, as a proxy sends it."""
    handler.plain(200, "<html><body>Sign in</body></html>", "text/html")


def strange_json(handler: Handler, body: dict[str, Any]) -> None:
    """JSON of another kind."""
    handler.open_stream()
    handler.event('{"hello": [1, 2]}')
    handler.event("[DONE]")
