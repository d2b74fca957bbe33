"""A page served over a world, asked and changed through its endpoints as a browser does."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from evals.campaign.world import World
from evals.suites.page import ANYTHING, served


class Refused(Exception):
    """What the page says instead of an answer."""


@dataclass(frozen=True)
class Page:
    """One that runs.

    Attributes:
        url: with a slash at its end.
        process: that serves it.
    """

    url: str
    process: subprocess.Popen[bytes]

    def client(self) -> httpx.AsyncClient:
        """For as many people as there are."""
        return httpx.AsyncClient(
            base_url=self.url, trust_env=False, timeout=120, limits=httpx.Limits(max_connections=None)
        )

    async def ask(self, client: httpx.AsyncClient, question: str) -> dict[str, Any]:
        """An answer as JSON.

        Raises:
            Refused: it says why there is none.
        """
        call = await client.post("gradio_api/call/ask", json={"data": [question, *ANYTHING]})
        event = ""
        async with client.stream("GET", f"gradio_api/call/ask/{call.json()['event_id']}") as stream:
            async for line in stream.aiter_lines():
                if line.startswith("event: "):
                    event = line.removeprefix("event: ")
                elif line.startswith("data: ") and event == "error":
                    raise Refused(line.removeprefix("data: "))
                elif line.startswith("data: ") and event == "complete":
                    answer: dict[str, Any] = json.loads(line.removeprefix("data: "))[0]
                    return answer
        raise Refused("nothing came")

    def change(self, function: str, **asked: Any) -> dict[str, Any]:
        """What the view of the documents asks of the server: ``remove_source``, or another.

        Raises:
            Refused: it cannot be done.
        """
        with httpx.Client(base_url=self.url, trust_env=False, timeout=120) as client:
            parts = client.get("config").json()["components"]
            view = next(part["id"] for part in parts if part["props"].get("elem_id") == "corpus")
            body = {
                "data": {"lang": "fr", "debate": "", **asked},
                "session_hash": secrets.token_hex(5),
                "component_id": view,
                "fn_name": function,
            }
            origin = {"Origin": self.url.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
            answer = client.post("gradio_api/component_server", json=body, headers=origin)
        found: dict[str, Any] = (
            answer.json() if answer.is_success else {"error": f"HTTP {answer.status_code}"}
        )
        if "error" in found:
            raise Refused(str(found["error"]))
        return found


@contextmanager
def page_of(world: World) -> Iterator[Page]:
    """The page over a world; it has answered nothing yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = {
        "REPLIQUE_CORPUS": world.corpus,
        "REPLIQUE_STORE": world.store,
        "REPLIQUE_DEBATES": world.debates,
    }
    url = f"http://127.0.0.1:{port}/"
    command = ["-m", "rag", "serve", "--port", str(port)]
    with served(command, url, {name: str(place) for name, place in places.items()}) as process:
        yield Page(url, process)
