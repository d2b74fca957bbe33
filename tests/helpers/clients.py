"""A client of the served page: what it calls, and what it is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from rag.dossier.file import to_json
from rag.dossier.types import Dossier
from rag.drill.leitner import State
from rag.drill.state import state_as_json

SLICE = {"source": "declaration", "start": 1394, "end": 1495}
EMPTY, BEGINNER = to_json(Dossier()), state_as_json(State())


def call(client: Client, name: str, **arguments: object) -> Any:
    result = client.predict(**arguments, api_name=name)
    assert json.loads(json.dumps(result)) == result
    return result


def refused(client: Client, name: str, **arguments: object) -> str:
    with pytest.raises(AppError) as raised:
        client.predict(**arguments, api_name=name)
    message = str(raised.value)
    assert "\n" not in message
    assert "Traceback" not in message
    return message


def without(result: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in result.items() if key not in keys}
