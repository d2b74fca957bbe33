"""Where and with what something is measured."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib import metadata
from typing import Any

from evals.suites.scaling.costs import all_bytes, processor

VERSIONS = ("replique", "chromadb", "llama-index-core", "onnxruntime", "numpy")


def machine() -> dict[str, Any]:
    """Where and with what it is measured."""
    return {
        "date": date.today().isoformat(),
        "processor": processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_bytes": all_bytes(),
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "versions": {name: metadata.version(name) for name in VERSIONS},
    }
