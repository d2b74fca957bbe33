"""The machine that a report is of, and what ran on it."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("replique", "chromadb", "llama-index-core", "gradio", "onnxruntime", "numpy")


def machine() -> str:
    """Processor, cores, memory and system, in a line."""
    processor = _found("/proc/cpuinfo", r"model name\s*: (.+)") or platform.machine()
    kilobytes = int(_found("/proc/meminfo", r"MemTotal:\s*(\d+)") or 0)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{processor}, {cores} cores, {kilobytes / 1e6:.0f} GB, {platform.system()} {platform.release()}"


def versions() -> str:
    """Of Python and of what answers."""
    packages = (f"{name} {version(name)}" for name in PACKAGES)
    return ", ".join((f"Python {platform.python_version()}", *packages))


def _found(file: str, pattern: str) -> str:
    path = Path(file)
    found = re.search(pattern, path.read_text(encoding="utf-8")) if path.exists() else None
    return found[1].strip() if found else ""
