"""The page served: on which address, with what around it. Gradio is imported when it is."""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import EmptyCorpus
from rag.settings import Settings
from rag.ui.address import free_port, refuse_strangers

if TYPE_CHECKING:
    from gradio import Blocks

    from rag.answer import Assistant

CONNECTIONS = 500
"""So many at once; a page that is open has one or two."""

TOLD = 30.0
"""Seconds after which a log says how far the indexing is."""

logger = logging.getLogger(__name__)


def serve(settings: Settings, open_browser: bool = False) -> None:
    """Index if need be, then serve the page until interrupted; without documents, the page asks for some.

    With ``settings.follow`` it answers from the index that another process writes, from when there is one.

    Says on the log where the page is; on standard error where no logging is set up.

    Args:
        settings: where corpus and store are, and the address to listen on.
        open_browser: open the page in a browser.

    Raises:
        SettingsError: the address cannot be listened on, or would let anybody in.
        CorpusError, StoreError, EncoderError: see :func:`rag.store.synchronise.sync`.
    """
    _log_somewhere()
    refuse_strangers(settings)
    port = free_port(settings.host, settings.port)
    from rag.api import assistant_for
    from rag.reader import load_reader
    from rag.store import Index, ensure, is_stale

    index = Index(settings)
    try:
        report = ensure(index, _Steps())
        for skipped in report.skipped if report else ():
            logger.warning("skipped %s", skipped)
        if report is None and is_stale(index):
            logger.warning("the corpus has changed since it was indexed: run `replique index`")
    except EmptyCorpus as error:
        logger.warning("%s, or add some in the page", error)
    index.encoder.get_query_embedding("réplique")  # so that the first question does not wait for them
    if settings.reader:
        load_reader()
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
    from fastapi import FastAPI
    from gradio import mount_gradio_app
    from gradio.utils import get_upload_folder
    from starlette.middleware import Middleware

    from rag.api import Debates, Tools, agent_app
    from rag.ui.assets import head, scripts_route
    from rag.ui.gate.gate import Gate
    from rag.ui.gate.headers import PagePolicy
    from rag.ui.page import build_page, mount_options

    debates = Debates(Tools(assistant))
    agents = agent_app(debates) if settings.mcp else {"routes": []}
    page = build_page(debates)
    around = {
        **agents,
        "routes": [scripts_route(), *agents["routes"]],
        "middleware": [Middleware(PagePolicy, head=head())],
        "openapi_url": None,
    }
    app = mount_gradio_app(
        FastAPI(openapi_url=None),
        page,
        path="",
        app_kwargs=around,
        max_file_size=settings.max_file_bytes,
        **mount_options(),
    )
    page.app = app.routes[-1].app  # which closing the page stops
    page.server = _listen(Gate(app, settings, port, Path(get_upload_folder())), settings, port)
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    if open_browser:
        webbrowser.open(url)
    return page, url


def _listen(app: Any, settings: Settings, port: int) -> Any:
    """A server in a thread of its own.

    It does not say what it is, opens no web sockets, and believes what a proxy says of a request only where
    there is one.
    """
    from gradio.http_server import Server
    from uvicorn import Config

    server: Any = Server(
        Config(
            app,
            host=settings.host,
            port=port,
            log_level="warning",
            server_header=False,
            ws="none",
            proxy_headers=bool(settings.proxied_names),
            forwarded_allow_ips=settings.proxy,
            limit_concurrency=CONNECTIONS,
        )
    )
    server.run_in_thread()
    return server


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
    """Logs each stage of indexing when it begins, and how far it is every :data:`TOLD` seconds."""

    _NAMES = {  # noqa: RUF012
        "wait": "waiting for another process that is indexing",
        "read": "reading documents",
        "embed": "embedding passages",
        "vectors": "indexing vectors",
    }

    def __init__(self) -> None:
        self._said: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._NAMES:
            return
        if stage not in self._said:
            logger.info("%s…", self._NAMES[stage])
        elif time.monotonic() - self._said[stage] >= TOLD:
            logger.info("%s: %d of %d", self._NAMES[stage], done, total)
        else:
            return
        self._said[stage] = time.monotonic()
