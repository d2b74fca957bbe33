"""Which names are the page's, and what comes from another site."""

from __future__ import annotations

import socket

import pytest

from rag.ui.gate.names import Names
from rag.ui.gate.origin import is_foreign

HOST = "127.0.0.1:7860"


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost:7860", "LOCALHOST:7860", "[::1]:7860"])
def test_on_this_machine_it_has_the_names_of_the_loopback(host: str) -> None:
    assert Names("127.0.0.1", 7860).own(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:7860", "127.0.0.1", "localhost", "127.0.0.1:80", "127.0.0.2:7860",
        "localhost.evil.example:7860", "localhost:7860.evil.example", "user@localhost:7860", "localhost:",
        "192.168.1.7:7860", f"{socket.gethostname()}:7860x", "", "[::1:7860", "localhost:7860, evil.example",
        "ｌocalhost:7860",
    ],
)  # fmt: skip
def test_other_names_are_not_its_own(host: str) -> None:
    assert not Names("127.0.0.1", 7860).own(host, "127.0.0.1")


def test_beyond_this_machine_it_has_its_name_and_the_number_that_was_reached() -> None:
    names = Names("0.0.0.0", 7860)
    assert names.own(f"{socket.gethostname()}:7860")
    assert names.own("192.168.1.7:7860", "192.168.1.7")
    assert names.own("[fe80::1]:7860", "fe80::1%eth0")
    assert names.own("192.168.1.7:7860", "::ffff:192.168.1.7")
    assert not names.own("192.168.1.8:7860", "192.168.1.7")
    assert not names.own("evil.example:7860", "192.168.1.7")


def test_behind_a_proxy_it_has_the_names_that_are_declared() -> None:
    names = Names("127.0.0.1", 7860, ["debats.example.org", "autre.example.org:8443"])
    for host in ("debats.example.org", "debats.example.org:443", "autre.example.org:8443", "127.0.0.1"):
        assert names.own(host)
    for host in ("debats.example.org:7861", "autre.example.org", "evil.example", "x.debats.example.org"):
        assert not names.own(host)


CROSS = {"sec-fetch-site": "cross-site"}
FOLLOWED = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


@pytest.mark.parametrize(
    ("method", "headers", "foreign"),
    [
        ("POST", {}, False),  # curl, gradio_client, an agent
        ("POST", {"origin": "http://127.0.0.1:7860"}, False),
        ("POST", {"origin": "http://evil.example"}, True),
        ("GET", {"origin": "http://evil.example"}, True),
        ("POST", {"origin": "null"}, True),
        ("POST", {"origin": "http://127.0.0.1:3000"}, True),
        ("POST", {"origin": "http://127.0.0.1"}, True),
        ("POST", {"origin": "file://127.0.0.1:7860"}, True),
        ("POST", {"origin": "http://127.0.0.1:7860@evil.example"}, True),
        ("POST", {"referer": "http://127.0.0.1:7860/?debate=a"}, False),
        ("POST", {"referer": "http://evil.example/127.0.0.1:7860"}, True),
        ("GET", {"referer": "http://evil.example/"}, False),
        ("GET", CROSS, True),
        ("GET", {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, True),
        ("GET", {**CROSS, **FOLLOWED}, False),
        ("GET", {**CROSS, **FOLLOWED, "sec-fetch-dest": "iframe"}, True),
        ("POST", {**CROSS, **FOLLOWED}, True),
        ("POST", {"sec-fetch-site": "same-origin"}, False),
    ],
)
def test_what_another_site_sends_is_known(method: str, headers: dict[str, str], foreign: bool) -> None:
    assert is_foreign(method, {"host": HOST, **headers}) is foreign


def test_an_origin_may_leave_out_the_port_that_goes_without_saying() -> None:
    assert not is_foreign("POST", {"host": "a.example", "origin": "https://a.example:443"})
    assert not is_foreign("POST", {"host": "a.example:443", "origin": "https://a.example"})
    assert is_foreign("POST", {"host": "a.example:443", "origin": "http://a.example"})
