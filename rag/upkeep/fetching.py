"""One page of the web, fetched once, because somebody asked for it by its address.

An address comes from a person, perhaps from a page that lured them; what answers may be hostile. So that
nobody reaches through this program what they could not reach without it:

- Only ``http`` and ``https``, on ports 80 and 443, without user or password. Names of this machine or its
  network, and addresses that are private, loopback, link-local, multicast or reserved, in whatever form they
  are written, are refused (:mod:`rag.upkeep.public`), at each redirect anew.
- A name is looked up once, all its addresses are checked, and one of those very addresses is connected to:
  a name that leads elsewhere the second time (DNS rebinding) gains nothing. The certificate is checked
  against the name.
- No proxy, no cookies, no credentials, nothing of the user goes along, nothing that the page refers to is
  loaded, no script is run.
- All in :data:`SECONDS`, however slowly it drips; never more than the size limit is held in memory, neither
  as it comes nor unpacked.

``REPLIQUE_FETCH_PRIVATE`` lifts the first rule for hosts and ports. Whatever goes wrong is one line.
"""

from __future__ import annotations

import asyncio
import queue
import re
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import httpx

from rag.errors import FetchError, InputError, RepliqueError
from rag.settings import Settings
from rag.upkeep.public import PORTS, is_local_name, is_public

SECONDS = 20.0
"""For a page in all, from its name to its last byte."""
MOST_REDIRECTS = 5
_CONNECTING = 6.0
"""Seconds for each address of a site."""
_TRIED = 3
"""So many addresses of a site are tried."""
_LONGEST_ADDRESS = 2000
_HEADERS = {
    "User-Agent": "Replique/1.0 (one page, on one person's click)",
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",  # other packings cannot be unpacked bit by bit
}
_CLOSED = frozenset({401, 402, 403, 407, 429, 451})

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found.

    Attributes:
        address: where, after redirects, without the part after ``#``.
        data: its content, unpacked.
        content_type: what the site says that it is; may be empty or wrong.
    """

    address: str
    data: bytes
    content_type: str


def resolve_host(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the system knows them.

    Raises:
        FetchError: it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError("web_unknown", host=host) from None
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def fetch(
    address: str, settings: Settings, resolve: Resolve = resolve_host, seconds: float = SECONDS
) -> Fetched:
    """Ask for one page.

    Args:
        address: of the page; ``https://`` may be left out.
        settings: whether and what may be asked, and how large it may be.
        resolve: what looks up names.
        seconds: how long it may take.

    Raises:
        InputError: it is no address of a page, or one that may not be asked.
        FetchError: the page cannot be had.
    """
    if not settings.fetch:
        raise InputError("web_off")
    url = _read(address)
    # In a thread and an event loop of its own a request can be ended at any moment; time-outs of a
    # synchronous client start anew with each byte, and know nothing of looking up a name.
    answer: queue.SimpleQueue[Fetched | RepliqueError] = queue.SimpleQueue()
    work = _Fetching(settings, resolve, seconds)
    threading.Thread(target=lambda: answer.put(work.run(url)), name="replique-fetch", daemon=True).start()
    try:
        found = answer.get(timeout=seconds + 1)
    except queue.Empty:  # a name is still being looked up
        raise FetchError("web_slow", host=url.host, seconds=round(seconds)) from None
    if isinstance(found, RepliqueError):
        raise found
    return found


def _read(address: str) -> httpx.URL:
    """The address as it was given, or as a link gives it.

    Raises:
        InputError: it is none of a page.
    """
    given = address.strip()
    shown = given if len(given) <= 100 else f"{given[:99]}…"
    if not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", given):
        given = f"https://{given}"
    try:
        return _demand_public_form(httpx.URL(given[: _LONGEST_ADDRESS + 1]))
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise InputError("web_address", address=shown) from None


def _demand_public_form(url: httpx.URL) -> httpx.URL:
    """An address without what is for the browser alone.

    Raises:
        InputError: it is of no page of the web, or holds a user.
    """
    is_web = url.scheme in ("http", "https") and re.fullmatch(r"[\w.:-]*[\w:][\w.:-]*", url.host)
    if not is_web or len(str(url)) > _LONGEST_ADDRESS:
        raise InputError("web_address", address=str(url)[:100])
    if url.userinfo:
        raise InputError("web_login")
    return url.copy_with(fragment=None)


@dataclass(frozen=True, slots=True)
class _Fetching:
    """The way to a page, over redirects."""

    settings: Settings
    resolve: Resolve
    seconds: float

    def run(self, url: httpx.URL) -> Fetched | RepliqueError:
        """The page, or why it cannot be had: nothing is raised, whatever comes."""
        return asyncio.run(self._in_time(url))

    async def _in_time(self, url: httpx.URL) -> Fetched | RepliqueError:
        try:
            async with asyncio.timeout(self.seconds):
                return await self._follow(url)
        except RepliqueError as error:
            return error
        except TimeoutError:
            return FetchError("web_slow", host=url.host, seconds=round(self.seconds))
        except Exception as error:  # each layer has errors of its own
            return _failure(error, url.host)

    async def _follow(self, url: httpx.URL) -> Fetched:
        for _ in range(MOST_REDIRECTS + 1):
            found = await self._ask(url, self._checked(url))
            if isinstance(found, Fetched):
                return found
            url = found
        raise FetchError("web_moved", host=url.host)

    def _checked(self, url: httpx.URL) -> Sequence[str]:
        """The IP addresses of a site, all of which may be asked."""
        host, port = (
            url.raw_host.decode("ascii").strip("[]"),
            url.port or {"http": 80, "https": 443}[url.scheme],
        )
        private = self.settings.fetch_private
        if not private and port not in PORTS:
            raise InputError("web_port", port=str(port))
        if not private and is_local_name(host):
            raise InputError("web_private", host=url.host)
        found = self.resolve(host, port)  # nothing else waits for this loop; who waits for all knows the time
        if not private and not all(map(is_public, found)):
            raise InputError("web_private", host=url.host)
        return found

    async def _ask(self, url: httpx.URL, addresses: Sequence[str]) -> Fetched | httpx.URL:
        """What a site answers at the first of its IP addresses that does: a page, or where it is."""
        for number, address in enumerate(addresses[:_TRIED], start=1):
            try:
                return await self._ask_at(url, address)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                if number == min(_TRIED, len(addresses)) or _is_untrusted(error):
                    raise
        raise FetchError("web_unknown", host=url.host)

    async def _ask_at(self, url: httpx.URL, address: str) -> Fetched | httpx.URL:
        limits = httpx.Timeout(None, connect=_CONNECTING)
        async with (
            httpx.AsyncClient(verify=_trust(), trust_env=False, timeout=limits) as client,
            client.stream(
                "GET",
                url.copy_with(host=address),
                headers={**_HEADERS, "Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": url.raw_host.decode("ascii").strip("[]")},
            ) as reply,
        ):
            if reply.status_code in (301, 302, 303, 307, 308) and "location" in reply.headers:
                return _demand_public_form(url.join(reply.headers["location"]))
            _demand_page(reply, url.host)
            data = await _content(reply, self.settings.max_file_bytes, url.host)
            return Fetched(str(url), data, reply.headers.get("content-type", ""))


@cache
def _trust() -> ssl.SSLContext:
    """What certificates are checked by: slow to read, and the same for all requests."""
    return httpx.create_ssl_context()


def _demand_page(reply: httpx.Response, host: str) -> None:
    status = reply.status_code
    if status in (404, 410):
        raise FetchError("web_missing", host=host, status=status)
    if status in _CLOSED:
        raise FetchError("web_closed", host=host, status=status)
    if status != 200:
        raise FetchError("web_status", host=host, status=status)


async def _content(reply: httpx.Response, most: int, host: str) -> bytes:
    """What a reply holds, unpacked as it comes, never more than is allowed."""
    packing = reply.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if packing not in ("identity", "gzip", "x-gzip", "deflate"):
        raise FetchError("web_damaged", host=host)
    stated = reply.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > most:
        raise FetchError("web_large", most=most)
    unpacking = None if packing == "identity" else zlib.decompressobj(47)  # gzip or zlib, as its head says
    data, received = bytearray(), 0
    async for piece in reply.aiter_raw():
        received += len(piece)
        data += unpacking.decompress(piece, most + 1 - len(data)) if unpacking else piece
        if max(received, len(data)) > most:
            raise FetchError("web_large", most=most)
    if unpacking and received and not unpacking.eof:
        raise FetchError("web_damaged", host=host)
    return bytes(data)


def _is_untrusted(error: BaseException | None) -> bool:
    """Whether a connection failed for the certificate; httpx keeps the reason behind its own error."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _failure(error: Exception, host: str) -> RepliqueError:
    """An error of ours for whatever a request raised."""
    if _is_untrusted(error):
        return FetchError("web_untrusted", host=host)
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return FetchError("web_silent", host=host)
    return FetchError("web_damaged", host=host)
