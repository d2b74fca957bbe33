"""A phase in this process: ``python -m evals.suites.scaling.child PHASE JSON``."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

from evals.suites.scaling.costs import peak_bytes

EVERY = 0.1
"""Seconds between two words on how far it is."""


def main(phase: str, told: str) -> None:
    """Run a phase; say in lines of JSON how far it is, then what it found and the memory that it took."""
    # What libraries print goes to standard error.
    lines = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    last = (0.0, "")

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if stage != last[1] or done == total or now - last[0] > EVERY:
            last = now, stage
            lines.write(json.dumps({"progress": [stage, done, total]}) + "\n")

    from evals.suites.scaling.phases import PHASES

    found: dict[str, Any] = PHASES[phase](json.loads(told), progress)
    lines.write(json.dumps({"found": {**found, "peak_bytes": peak_bytes()}}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
