"""One page of the web: what may be asked, what is never asked, and every way it goes wrong."""

from __future__ import annotations

import gzip
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rag.errors import FetchError, InputError, RepliqueError
from rag.settings import Settings, load_settings
from rag.upkeep import fetching
from rag.upkeep.fetching import MOST_REDIRECTS, Fetched, fetch
from rag.upkeep.public import is_local_name, is_public
from tests.helpers.web import Reply, Web, article, serving


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as site:
        yield site


def settings(**given: Any) -> Settings:
    return load_settings(**{"fetch_private": True, "max_file_mb": 1.0, **given})


def refusal(address: str, given: Settings | None = None, **options: Any) -> str:
    """The key of the error that asking for a page gives."""
    with pytest.raises(RepliqueError) as caught:
        fetch(address, given or settings(), **options)
    assert "\n" not in str(caught.value)
    return caught.value.key


def test_a_page_is_asked_for_once_and_nothing_goes_along(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    web.replies["/bus?a=1"] = Reply(
        article(), headers={"Set-Cookie": "who=you"}, content_type="text/html; x=y"
    )
    found = fetch(f" {web.at('/bus?a=1')}#haut ", settings())
    assert found == Fetched(web.at("/bus?a=1"), article(), "text/html; x=y")
    ((_, headers),) = web.asked
    assert set(headers) == {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert headers["user-agent"].startswith("Replique")


def test_redirects_are_followed_without_cookies(web: Web) -> None:
    web.replies["/old"] = Reply(status=301, headers={"Location": "new#part", "Set-Cookie": "who=you"})
    web.replies["/new"] = Reply(article())
    assert fetch(web.at("/old"), settings()).address == web.at("/new")
    assert all("cookie" not in headers for _, headers in web.asked)
    web.replies["/round"] = Reply(status=302, headers={"Location": "/round"})
    assert refusal(web.at("/round")) == "web_moved"
    assert len(web.asked) == 2 + MOST_REDIRECTS + 1


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://a.example/b", "http://u:p@a.example/"])
def test_a_redirect_leads_to_pages_of_the_web_alone(web: Web, location: str) -> None:
    web.replies["/"] = Reply(status=302, headers={"Location": location})
    assert refusal(web.at("/")) in ("web_address", "web_login")


@pytest.mark.parametrize(
    "address",
    ["", "https://", "http:///a", "file:///etc/passwd", "ftp://a.example/b", "javascript:alert(1)",
     "data:text/html,a", "http://[::1", "http://a b/", "http://...", "https://a.example/" + "x" * 2000],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused(address: str) -> None:
    assert refusal(address, resolve=lambda host, port: pytest.fail(host)) == "web_address"


@pytest.mark.parametrize(
    ("address", "key"),
    [("http://{host}:{port}/", "web_port"), ("https://a.example:22/", "web_port"),
     ("http://u:p@a.example/", "web_login"), ("http://127.0.0.1/", "web_private"),
     ("http://2130706433/", "web_private"), ("http://0x7f.1/", "web_private"),
     ("http://0177.0.0.1/", "web_address"), ("http://0/", "web_private"), ("http://[::1]/", "web_private"),
     ("http://[::ffff:127.0.0.1]/", "web_private"), ("http://[64:ff9b::7f00:1]/", "web_private"),
     ("http://169.254.169.254/latest/", "web_private"), ("http://LocalHost./", "web_private"),
     ("http://printer.local/", "web_private")],
)  # fmt: skip
def test_private_addresses_are_refused_in_whatever_form(web: Web, address: str, key: str) -> None:
    told = address.replace("{host}:{port}", f"127.0.0.1:{web.port}")
    assert refusal(told, settings(fetch_private=False)) == key
    assert web.asked == []


def test_the_addresses_of_the_whole_world_and_no_others_are_public() -> None:
    public = "8.8.8.8 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808"
    others = (
        "10.0.0.1 172.16.0.1 192.168.1.1 100.64.0.1 127.8.8.8 169.254.1.1 0.0.0.0 0.1.2.3 224.0.0.1 "
        "240.0.0.1 255.255.255.255 192.0.2.1 :: ::1 fe80::1 fe80::1%eth0 fc00::1 fec0::1 ff02::1 2001:db8::1 "
        "::ffff:10.0.0.1 64:ff9b::a00:1 64:ff9b:1::1 2002:a00:1:: ::10.0.0.1 a.example"
    )
    assert [one for one in public.split() if not is_public(one)] == []
    assert [one for one in others.split() if is_public(one)] == []
    assert (
        is_local_name("a.LOCALHOST.") and is_local_name("nas.home.arpa") and not is_local_name("mylocal.fr")
    )


def test_a_name_is_looked_up_once_and_what_was_checked_is_asked(web: Web) -> None:
    """A name that leads elsewhere the second time gains nothing: there is none; real ones are not asked."""
    web.replies["/"] = Reply(article())
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    found = fetch(web.at("/", "site.example"), settings(), resolve)
    assert asked == [("site.example", web.port)]
    assert web.asked[0][1]["host"] == f"site.example:{web.port}"
    assert found.address == web.at("/", "site.example")


def test_a_name_that_leads_into_private_space_as_well_is_refused() -> None:
    closed = settings(fetch_private=False)
    mixed = lambda host, port: ["93.184.216.34", "10.0.0.7"]  # noqa: E731
    assert refusal("https://site.example/", closed, resolve=mixed) == "web_private"


def test_no_redirect_leads_into_private_space(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PORTS", {web.port})
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    hosts = {"site.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"], "10.0.0.1": ["10.0.0.1"]}
    closed = settings(fetch_private=False)
    for host in ("inside.example", "10.0.0.1", "localhost"):
        web.replies["/"] = Reply(status=307, headers={"Location": web.at("/secret", host)})
        known = lambda name, port: hosts[name]  # noqa: E731
        assert refusal(web.at("/", "site.example"), closed, resolve=known) == "web_private"
    assert [path for path, _ in web.asked] == ["/"] * 3


@pytest.mark.parametrize(
    ("status", "key"),
    [(404, "web_missing"), (410, "web_missing"), (401, "web_closed"), (403, "web_closed"),
     (429, "web_closed"), (500, "web_status"), (204, "web_status"), (304, "web_status")],
)  # fmt: skip
def test_what_a_site_refuses_is_said(web: Web, status: int, key: str) -> None:
    web.replies["/"] = Reply(status=status)
    assert refusal(web.at("/")) == key


def test_too_much_is_refused_as_it_comes(web: Web) -> None:
    web.replies["/stated"] = Reply(headers={"Content-Length": "2000000"})
    web.replies["/unstated"] = Reply(bytes(1_000_001))
    web.replies["/bomb"] = Reply(gzip.compress(bytes(5_000_000)), headers={"Content-Encoding": "gzip"})
    for path in web.replies:
        assert refusal(web.at(path)) == "web_large"


def test_what_is_packed_is_unpacked_or_refused(web: Web) -> None:
    packed = gzip.compress(article())
    web.replies["/good"] = Reply(packed, headers={"Content-Encoding": "gzip"})
    assert fetch(web.at("/good"), settings()).data == article()
    web.replies["/cut"] = Reply(packed[:-20], headers={"Content-Encoding": "gzip"})
    web.replies["/other"] = Reply(packed, headers={"Content-Encoding": "br"})
    web.replies["/false"] = Reply(article(), headers={"Content-Encoding": "gzip"})
    web.replies["/short"] = Reply(b"abc", headers={"Content-Length": "10"})
    for path in ("/cut", "/other", "/false", "/short"):
        assert refusal(web.at(path)) == "web_damaged"


def test_a_site_that_drips_is_left(web: Web) -> None:
    web.replies["/"] = Reply(article(), pieces=1000)
    assert refusal(web.at("/"), seconds=0.5) == "web_slow"


def test_who_does_not_answer_and_who_is_not_there(web: Web) -> None:
    with serving() as gone:
        address = gone.at("/")
    assert refusal(address) == "web_silent"
    web.replies["/"] = Reply(article())
    second = fetch(web.at("/", "site.example"), settings(), lambda host, port: ["127.0.0.9", "127.0.0.1"])
    assert second.data == article()
    assert refusal("https://site.invalid/") == "web_unknown"


def test_it_can_be_forbidden(web: Web) -> None:
    assert refusal(web.at("/"), settings(fetch=False)) == "web_off"
    assert web.asked == []


def certificate(folder: Path, name: str) -> Path:
    """A certificate of a name, signed by itself, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, who = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), 1, now - timedelta(1), now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "site.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + made.public_bytes(pem))
    return file


def test_a_certificate_must_be_that_of_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path, "site.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    here = lambda host, port: ["127.0.0.1"]  # noqa: E731
    with serving(context) as site:
        site.replies["/"] = Reply(article())
        assert refusal(site.at("/", "site.example", "https"), resolve=here) == "web_untrusted"
        monkeypatch.setattr(fetching, "_trust", lambda: ssl.create_default_context(cafile=file))
        assert fetch(site.at("/", "site.example", "https"), settings(), here).data == article()
        assert refusal(site.at("/", "other.example", "https"), resolve=here) == "web_untrusted"


def test_errors_are_of_two_kinds(web: Web) -> None:
    """What is wrong with the address is the asker's, what is wrong with the site is not."""
    with pytest.raises(InputError):
        fetch("ftp://a.example", settings())
    with pytest.raises(FetchError):
        fetch(web.at("/none"), settings())
