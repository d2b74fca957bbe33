"""The page served: on which address, with what around it. Gradio is imported when it is."""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import sys
import tempfile
import threading
from typing import TYPE_CHECKING

from rag.errors import EmptyCorpus
from rag.settings import Settings
from rag.ui.address import free_port, refuse_strangers

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
    from rag.api import Debates, Tools, agent_app
    from rag.ui.assets import scripts_route
    from rag.ui.page import build_page, launch_options

    debates = Debates(Tools(assistant))
    agents = agent_app(debates, host, settings.login) if settings.mcp else {"routes": []}
    host = f"[{host}]" if ":" in host else host
    page = build_page(debates)
    page.launch(
        auth=settings.login,
        max_file_size=0 if settings.read_only else settings.max_file_bytes,
        app_kwargs={**agents, "routes": [scripts_route(), *agents["routes"]]},
        server_name=host,
        server_port=port,
        inbrowser=open_browser,
        prevent_thread_lock=True,
        **launch_options(),
    )
    return page, f"http://{host}:{port}/"


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
