"""A client of a Chroma server: one's own (``chroma run``), or Chroma Cloud."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import error_types

from rag.checks import header_values
from rag.settings import Settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_PATIENCE = httpx.Timeout(30.0, connect=5.0)
"""Seconds that a server has for an answer, and to be reached; Chroma's own clients wait for ever."""
_HIDDEN = "…"


def server_client(settings: Settings, options: ChromaSettings) -> ClientAPI:
    """A client of the server of the settings.

    Args:
        settings: its address, and what it asks for.
        options: Chroma's own.

    Raises:
        Exception: chromadb raises what it likes; what is raised shows no secret.
    """
    secrets = _secrets(settings)
    try:
        client = _made(settings, options)
    except Exception as error:
        if any(secret in str(error) for secret in secrets):
            raise ConnectionError(_without(str(error), secrets)) from None
        raise
    # What chromadb gives no setting for: an end to waiting, and errors that are not Chroma's own words.
    session: httpx.Client = client._server._session
    session.timeout = _PATIENCE
    session.event_hooks = {"response": [_plainly(secrets)]}
    return client  # type: ignore[no-any-return]


def _made(settings: Settings, options: ChromaSettings) -> Any:
    address, key = settings.chroma, settings.chroma_key.get_secret_value()
    is_secure = urlsplit(address).scheme == "https"
    headers = header_values(settings.chroma_headers)
    _demand_answer(settings, headers)
    options.chroma_server_ssl_verify = settings.chroma_ca or None
    tenant, database = settings.chroma_tenant, settings.chroma_database
    if not key:
        return chromadb.HttpClient(
            host=address,
            ssl=is_secure,
            headers=headers,
            settings=options,
            tenant=tenant or DEFAULT_TENANT,
            database=database or DEFAULT_DATABASE,
        )
    options.chroma_server_headers = headers
    # Without a tenant or a database, those that the key is for.
    return chromadb.CloudClient(
        tenant=tenant or None,
        database=database or None,
        api_key=key,
        settings=options,
        cloud_host=address,
        enable_ssl=is_secure,
    )


def _demand_answer(settings: Settings, headers: dict[str, str]) -> None:
    """Ask whether anybody is there, as long as it is patient to wait."""
    verify = ssl.create_default_context(cafile=settings.chroma_ca) if settings.chroma_ca else True
    url = f"{settings.chroma}/api/v2/heartbeat"
    response = httpx.get(url, headers=headers, timeout=_PATIENCE, verify=verify)
    if not response.is_success or "nanosecond heartbeat" not in response.text:
        raise _unlike_chroma(response)


def _plainly(secrets: list[str]) -> Callable[[httpx.Response], None]:
    """For a session: raise what a proxy answers instead of Chroma, and what would show a secret."""

    def look(response: httpx.Response) -> None:
        if response.is_success and "html" not in response.headers.get("content-type", ""):
            return
        text = response.read().decode("utf-8", "replace")
        if not _is_chroma_error(text) or any(secret in text for secret in secrets):
            raise _unlike_chroma(response)

    return look


def _unlike_chroma(response: httpx.Response) -> httpx.HTTPStatusError:
    said = f"{response.status_code} {response.reason_phrase}, not in the words of Chroma"
    return httpx.HTTPStatusError(said, request=response.request, response=response)


def _is_chroma_error(text: str) -> bool:
    try:
        return json.loads(text)["error"] in error_types
    except (ValueError, KeyError, TypeError):
        return False


def _secrets(settings: Settings) -> list[str]:
    found = [settings.chroma_key.get_secret_value(), *header_values(settings.chroma_headers).values()]
    return [secret for secret in found if secret]


def _without(text: str, secrets: list[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, _HIDDEN)
    return text
