"""A server that speaks as Chroma Cloud does, as far as chromadb's client (1.5.9) asks: with a sparse index.

Its paths and shapes are those of that client's requests (``chromadb.api.fastapi``, ``chromadb.types``) and of
the answers that a real ``chroma run`` gave; ``search``, which that one refuses, follows
https://docs.trychroma.com/cloud/search-api/ranking. None of it was compared with the real Chroma Cloud.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

KEY, TENANT, DATABASE = "ck-quite-secret-0123", "team", "debates"
Reply = tuple[int, Any]


class ScriptedChroma:
    """What it is, what it was asked, and what it holds.

    Attributes:
        asked: method, path, headers, body of each request.
        is_sparse: whether it takes the index of terms, refuses it, or (``None``) takes no notice of schemas.
        next_replies: what it answers to the next requests instead, one after the other: a status and a body,
            JSON or (as a proxy's page) text.
        batch: the most passages in one request that it says it takes.
    """

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[str, str, dict[str, str], Any]] = []
        self.is_sparse: bool | None = True
        self.next_replies: list[Reply] = []
        self.batch = 1000
        self.held: dict[str, dict[str, Any]] = {}

    def bodies(self, end: str) -> list[Any]:
        """What was posted to paths with that end."""
        return [body for method, path, _, body in self.asked if method == "POST" and path.endswith(end)]

    def reply(self, method: str, path: str, headers: dict[str, str], body: Any) -> Reply:
        """The answer to a request."""
        self.asked.append((method, path, headers, body))
        if self.next_replies:
            return self.next_replies.pop(0)
        if path == "/api/v2/heartbeat":
            return 200, {"nanosecond heartbeat": 1}
        if headers.get("x-chroma-token") != KEY:
            return 401, {"error": "AuthError", "message": "the key is not known"}
        if path in (asked := self._plain()):
            return 200, asked[path]
        within = f"/api/v2/tenants/{TENANT}/databases/{DATABASE}/collections"
        if path == within:
            return self._create(body) if method == "POST" else (200, list(map(self._model, self.held)))
        if not path.startswith(f"{within}/"):
            return 404, {"error": "NotFoundError", "message": f"{path} does not exist"}
        named, _, action = path.removeprefix(f"{within}/").partition("/")
        return self._of_collection(method, named, action, body)

    def _plain(self) -> dict[str, Any]:
        tenant = f"/api/v2/tenants/{TENANT}"
        return {
            "/api/v2/auth/identity": {"user_id": "u", "tenant": TENANT, "databases": [DATABASE]},
            "/api/v2/pre-flight-checks": {"max_batch_size": self.batch, "supports_base64_encoding": False},
            "/api/v2/version": "1.0.0",
            tenant: {"name": TENANT},
            f"{tenant}/databases/{DATABASE}": {
                "id": str(uuid.UUID(int=1)),
                "name": DATABASE,
                "tenant": TENANT,
            },
        }

    def _create(self, body: Any) -> Reply:
        if body["schema"] and self.is_sparse is False:
            return 400, {"error": "InvalidArgumentError", "message": "Sparse vector indexing is not enabled"}
        if body["name"] not in self.held:
            schema = body["schema"] if self.is_sparse else None
            made = {"id": str(uuid.uuid4()), "schema": schema, "metadata": body["metadata"], "rows": {}}
            self.held[body["name"]] = made
        return 200, self._model(body["name"])

    def _model(self, name: str) -> Any:
        kept = {key: self.held[name][key] for key in ("id", "schema", "metadata")}
        return {**kept, "name": name, "tenant": TENANT, "database": DATABASE, "configuration_json": {}}

    def _of_collection(self, method: str, named: str, action: str, body: Any) -> Reply:
        name = next((n for n, held in self.held.items() if named in (n, held["id"])), None)
        if name is None:
            return 404, {"error": "NotFoundError", "message": f"Collection [{named}] does not exist"}
        rows = self.held[name]["rows"]
        if action == "add":
            for number, row in enumerate(body["ids"]):
                fields = (body["metadatas"] or [None] * len(body["ids"]))[number]
                rows.setdefault(row, (np.array(body["embeddings"][number]), (fields or {}).get("terms")))
            return 201, {}
        if action == "count":
            return 200, len(rows)
        if action == "get":
            ids = list(rows)[: body["limit"]]
            return 200, {"ids": ids, "embeddings": [rows[i][0].tolist() for i in ids], "include": []}
        if action == "query":
            order = _ranks(rows, {"key": "#embedding", "query": body["query_embeddings"][0]})
            ids = [i for i in order if body["ids"] is None or i in body["ids"]][: body["n_results"]]
            return 200, {"ids": [ids], "distances": [[order[i] for i in ids]], "include": ["distances"]}
        if action == "search" and self.is_sparse:
            return 200, {"ids": [_searched(rows, search) for search in body["searches"]]}
        if method == "DELETE":
            del self.held[name]
            return 200, {}
        return 200, self._model(name)


def _searched(rows: dict[str, Any], search: Any) -> list[str]:
    allowed = search["filter"].get("#id", {}).get("$in", list(rows)) if search["filter"] else list(rows)
    rows = {name: row for name, row in rows.items() if name in allowed}
    scores = {name: score for name in rows if (score := _score(search["rank"], rows, name)) is not None}
    return sorted(scores, key=scores.__getitem__)[: search["limit"]["limit"]]


def _score(rank: Any, rows: dict[str, Any], name: str) -> float | None:
    """The value of an expression for a row; ``None`` for one that is left out."""
    ((kind, of),) = rank.items()
    if kind == "$val":
        return float(of)
    if kind == "$knn":
        first = list(_ranks(rows, of))[: of["limit"]]
        return float(first.index(name)) if name in first else of.get("default")
    parts = [_score(part, rows, name) for part in (of if isinstance(of, list) else (of["left"], of["right"]))]
    if None in parts:
        return None
    if kind == "$sum":
        return float(sum(parts))  # type: ignore[arg-type]
    if kind == "$mul":
        return float(np.prod(parts))  # type: ignore[arg-type]
    assert kind == "$div"
    return float(parts[0] / parts[1])  # type: ignore[operator]


def _ranks(rows: dict[str, Any], knn: Any) -> dict[str, float]:
    """Rows with their distance, the nearest first; by terms, only those that have some."""
    if knn["key"] == "#embedding":
        asked = np.array(knn["query"])
        far = {name: 1 - float(vector @ asked) for name, (vector, _) in rows.items()}
    else:
        wanted = dict(zip(knn["query"]["indices"], knn["query"]["values"], strict=True))
        held = {name: dict(zip(t["indices"], t["values"], strict=True)) for name, (_, t) in rows.items() if t}
        found = {name: sum(v * terms.get(i, 0.0) for i, v in wanted.items()) for name, terms in held.items()}
        far = {name: -score for name, score in found.items() if score}
    return dict(sorted(far.items(), key=lambda item: item[1]))


@contextmanager
def running() -> Iterator[ScriptedChroma]:
    """One on loopback."""
    scripted = ScriptedChroma()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            path = self.path.partition("?")[0]
            status, body = scripted.reply(self.command, path, headers, json.loads(sent) if sent else None)
            is_page = isinstance(body, str) and body.startswith("<")
            data = (body if is_page else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("content-type", "text/html" if is_page else "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    scripted.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield scripted
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
