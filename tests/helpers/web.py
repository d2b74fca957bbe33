"""A site on the loopback, which answers as it is told and remembers what it was asked."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ARTICLE = (
    "Le conseil municipal a voté la gratuité des bus le samedi. La maire estime que la fréquentation "
    "augmentera d’un tiers, et que la mesure coûtera deux millions d’euros par an à la ville."
)


def page(body: str, head: str = "<title>La gratuité des bus</title>") -> bytes:
    return f"<!doctype html><html lang=fr><head>{head}</head><body>{body}</body></html>".encode()


def article(text: str = ARTICLE, head: str = "<title>La gratuité des bus</title>") -> bytes:
    menu = "<nav><a href=/a>Accueil</a><a href=/b>Sports</a></nav>"
    return page(f"{menu}<article><h1>La gratuité des bus</h1><p>{text}</p></article>", head)


@dataclass
class Reply:
    """What is answered at a path; ``pieces`` follow the body one by one, each after a while."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/html"
    pieces: int = 0


class Web:
    """The site: what it answers by path, and the requests that came, path and headers."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.replies: dict[str, Reply] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()

    def at(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


def _handler(web: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            reply = web.replies.get(self.path, Reply(b"nothing", 404))
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)
            for _ in range(reply.pieces):
                if web.over.wait(0.05):
                    return
                self.wfile.write(b" ")
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Web]:
    """The site, as long as it is used."""
    web = Web(0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(web))
    web.port = server.server_address[1]
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that goes is no news
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
