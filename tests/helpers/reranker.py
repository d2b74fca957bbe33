"""What a scripted endpoint can answer as a reranker: good scores in both forms, and bad ones."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from tests.helpers.scripted_endpoint import Handler, Script

Score = Callable[[str, str], float]
"""Of a question and a text."""


def shared_words(question: str, text: str) -> float:
    """A score that tells right from wrong: how many words both have."""
    return float(len(set(question.casefold().split()) & set(text.casefold().split())))


def ranks(score: Score = shared_words) -> Script:
    """Answer as ``/v1/rerank`` does, the best first, the texts repeated; refuse what has no ``documents``."""

    def script(handler: Handler, body: dict[str, Any]) -> None:
        if handler.path != "/v1/rerank" or "texts" in body:
            handler.plain(422, "{}")
            return
        rows = [
            {"index": n, "document": {"text": text}, "relevance_score": score(body["query"], text)}
            for n, text in enumerate(body["documents"])
        ]
        rows.sort(key=lambda row: -row["relevance_score"])
        handler.plain(200, json.dumps({"id": "1", "results": rows[: body["top_n"]]}))

    return script


def ranks_as_tei(score: Score = shared_words) -> Script:
    """Answer as Text Embeddings Inference does at ``/rerank``, the best first."""

    def script(handler: Handler, body: dict[str, Any]) -> None:
        if handler.path != "/rerank":
            handler.plain(404, "")
            return
        rows = [{"index": n, "score": score(body["query"], text)} for n, text in enumerate(body["texts"])]
        handler.plain(200, json.dumps(sorted(rows, key=lambda row: -row["score"])))

    return script


def sends(text: str) -> Script:
    """Answer with a text, whatever was asked."""
    return lambda handler, body: handler.plain(200, text)


def drips_headers(handler: Handler, body: dict[str, Any]) -> None:
    """Begin an answer whose head never ends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Wait: ")
    for _ in range(600):
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(0.05)


def breaks_off(handler: Handler, body: dict[str, Any]) -> None:
    """Close the connection before all that was announced is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"results": [')


def floods(handler: Handler, body: dict[str, Any]) -> None:
    """Send spaces for ever: JSON may begin with any number of them."""
    handler.open_stream()
    for _ in range(100_000):
        handler.wfile.write(b" " * 100_000)
