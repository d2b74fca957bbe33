"""The page. Importing this package costs nothing; its functions import Gradio when called."""

from __future__ import annotations

import atexit
import ipaddress
import logging
import os
import shutil
import socket
import sys
import tempfile
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from rag.errors import EmptyCorpus, SettingsError
from rag.settings import Settings

if TYPE_CHECKING:
    from gradio import Blocks

    from rag.answer import Assistant

logger = logging.getLogger(__name__)


def serve(settings: Settings, open_browser: bool = False) -> None:
    """Index if need be, then serve the page until interrupted; without documents, the page asks for some.

    Says on the log where the page is; on standard error where no logging is set up.

    Args:
        settings: where corpus and store are, and the address to listen on.
        open_browser: open the page in a browser.

    Raises:
        SettingsError: the address cannot be listened on, or would let anybody in.
        CorpusError, StoreError, EncoderError: see :func:`rag.synchronise.sync`.
    """
    _log_somewhere()
    refuse_strangers(settings)
    port = free_port(settings.host, settings.port)
    from rag.desk import assistant_for
    from rag.index import Index
    from rag.synchronise import ensure, is_stale

    index = Index(settings)
    try:
        report = ensure(index, _Steps())
        for skipped in report.skipped if report else ():
            logger.warning("skipped %s", skipped)
        if report is None and is_stale(index):
            logger.warning("the corpus has changed since it was indexed: run `replique index`")
    except EmptyCorpus as error:
        logger.warning("%s, or add some in the page", error)
    index.encoder.get_query_embedding("réplique")  # so that the first question does not wait for it
    page, url = launch(assistant_for(index), settings.host, port, open_browser)
    logger.info("Réplique: %s (Ctrl+C stops it)", url)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        logger.info("stopped")
    finally:
        page.close(verbose=False)


def launch(
    assistant: Assistant, host: str = "127.0.0.1", port: int = 0, open_browser: bool = False
) -> tuple[Blocks, str]:
    """Put the page on an address; returns at once.

    Args:
        assistant: what answers.
        host, port: the address; port 0 is any free one.
        open_browser: open the page in a browser.

    Returns:
        The page, to be closed, and its URL.

    Raises:
        SettingsError: the address cannot be listened on, or would let anybody in.
    """
    settings = assistant.index.settings.model_copy(update={"host": host})
    refuse_strangers(settings)
    port = free_port(host, port)
    _keep_gradio_home(host)
    from rag.ui.agents import agent_app
    from rag.ui.page import build_page, launch_options
    from rag.ui.services import Services

    agents = agent_app(Services(assistant), host, settings.login) if settings.mcp else {}
    host = f"[{host}]" if ":" in host else host
    page = build_page(assistant)
    page.launch(
        auth=settings.login,
        max_file_size=0 if settings.read_only else settings.max_file_bytes,
        app_kwargs=agents,
        server_name=host,
        server_port=port,
        inbrowser=open_browser,
        prevent_thread_lock=True,
        **launch_options(),
    )
    return page, f"http://{host}:{port}/"


def refuse_strangers(settings: Settings) -> None:
    """Refuse to let anybody in by accident.

    Raises:
        SettingsError: other machines could reach the page, which asks for no password.
    """
    if settings.login is None and not settings.allow_anyone and not _is_loopback(settings.host):
        raise SettingsError(
            f"on {settings.host} other machines could use the page: set REPLIQUE_AUTH=user:password, "
            "or REPLIQUE_ALLOW_ANYONE=1 (--allow-anyone) to let anybody in"
        )


def _is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address; one that is not there is refused elsewhere."""
    with suppress(socket.gaierror):
        found = socket.getaddrinfo(host, None, flags=socket.AI_PASSIVE)
        return all(ipaddress.ip_address(str(entry[4][0])).is_loopback for entry in found)
    return True


def free_port(host: str, port: int) -> int:
    """The port if it can be listened on; for 0, one that can.

    Raises:
        SettingsError: it cannot; says which setting to change.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror:
        raise SettingsError(f"there is no address {host!r}: correct REPLIQUE_HOST") from None
    with socket.socket(family, kind, protocol) as probe:
        if os.name != "nt":  # there it would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            reason = error.strerror or str(error)
            raise SettingsError(
                f"cannot listen on {host} port {port} ({reason}): "
                "set REPLIQUE_PORT to another port, or to 0 for any free one"
            ) from None
        return int(probe.getsockname()[1])


def _keep_gradio_home(host: str) -> None:
    """Gradio reads these when imported or launched: no telemetry, no proxy between it and itself."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # Statistics for a monitoring page that is off: computed at every event over the last 10,000.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)
    if "GRADIO_TEMP_DIR" not in os.environ:  # its own is shared by all users of the machine, and stays
        os.environ["GRADIO_TEMP_DIR"] = tempfile.mkdtemp(prefix="replique-")
        atexit.register(shutil.rmtree, os.environ["GRADIO_TEMP_DIR"], ignore_errors=True)
    for name in ("NO_PROXY", "no_proxy"):
        known = [part for part in os.environ.get(name, "").split(",") if part]
        os.environ[name] = ",".join(dict.fromkeys([*known, "127.0.0.1", "localhost", host]))


def _log_somewhere() -> None:
    """Let the few lines of :func:`serve` be seen, where the program has set up nothing else."""
    logger.setLevel(logging.INFO)
    if not logger.hasHandlers():
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        logging.getLogger("rag").addHandler(handler)


class _Steps:
    """Logs each stage of indexing once, when it begins."""

    _NAMES = {  # noqa: RUF012
        "wait": "waiting for another process that is indexing",
        "read": "reading documents",
        "embed": "embedding",
        "lexical": "indexing words",
    }

    def __init__(self) -> None:
        self._said: set[str] = set()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage in self._NAMES and stage not in self._said:
            self._said.add(stage)
            logger.info("%s…", self._NAMES[stage])
