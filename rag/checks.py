"""What may be said in a setting: types that check themselves, each with what it must look like."""

from __future__ import annotations

import json
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr, ValidationInfo


def listed(value: str) -> list[str]:
    """The parts of what has commas between them."""
    return [part.strip() for part in value.split(",") if part.strip()]


def _is_http(value: str) -> str:
    if value and (not value.startswith(("http://", "https://")) or "@" in value):
        raise ValueError("must look like http://host:port, without a key")
    return value.rstrip("/")


def _is_there(value: str) -> str:
    if value and not Path(value).is_file():
        raise ValueError("must be a file that is there")
    return value


def _is_printable(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[!-~]*", value.get_secret_value()):
        raise ValueError("must be printable characters of ASCII")
    return value


def header_values(headers: SecretStr) -> dict[str, str]:
    """Names and values of headers that are given as JSON.

    Raises:
        ValueError: they are not, or cannot be sent.
    """
    try:
        found = dict(json.loads(headers.get_secret_value() or "{}"))
        usable = all(
            re.fullmatch(r"[\w-]+", name, re.ASCII) and re.fullmatch(r"[ -~]*", value)
            for name, value in found.items()
        )
    except (ValueError, TypeError, RecursionError):  # their words would show them
        usable = False
    if not usable:
        raise ValueError('must look like {"Name": "value"}')
    return found


def _are_headers(value: SecretStr) -> SecretStr:
    header_values(value)
    return value


def _is_login(value: SecretStr) -> SecretStr:
    user, _, password = value.get_secret_value().partition(":")
    if value.get_secret_value() and not (user and password):
        raise ValueError("must look like user:password")
    return value


def _are_names(value: str) -> str:
    for name in listed(value):
        if not re.fullmatch(r"[\w.-]+(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?", name, re.ASCII):
            raise ValueError("must look like debates.example.org, without http:// and path")
    return value


def _are_networks(value: str) -> str:
    for part in listed(value):
        try:
            ip_network(part, strict=False)
        except ValueError:
            raise ValueError("must look like 127.0.0.1 or 172.16.0.0/12") from None
    return value


def _is_endpoint(value: str, info: ValidationInfo) -> str:
    if not value:
        return value
    try:
        address = urlsplit(value)
        usable = address.scheme in ("http", "https") and address.hostname and address.port != 0
    except ValueError:  # its words would show the address
        usable = False
    if not usable or address.query or address.fragment:
        raise ValueError("must look like http://host:port/v1")
    if address.username or address.password:
        key = str(info.field_name).replace("url", "key").upper()
        raise ValueError(f"must not hold a key: give it in REPLIQUE_{key}")
    return value.rstrip("/") + ("" if address.path.strip("/") else "/v1")


def _is_reranker(value: str) -> str:
    return f"{value}/rerank" if re.search(r"/v\d+$", value) else value


Login = Annotated[SecretStr, AfterValidator(_is_login)]
Names = Annotated[str, AfterValidator(_are_names)]
Networks = Annotated[str, AfterValidator(_are_networks)]
Address = Annotated[str, AfterValidator(_is_http)]
Key = Annotated[SecretStr, AfterValidator(_is_printable)]
Headers = Annotated[SecretStr, AfterValidator(_are_headers)]
ExistingFile = Annotated[str, AfterValidator(_is_there)]
Endpoint = Annotated[str, AfterValidator(_is_endpoint)]
Reranking = Annotated[Endpoint, AfterValidator(_is_reranker)]
