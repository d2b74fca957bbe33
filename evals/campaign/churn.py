"""For a child: documents rewritten, removed, renamed without end, as a synchronised folder has them."""

from __future__ import annotations

import contextlib
import os
import random
import time
from pathlib import Path

from evals.campaign.world import PORTS, document

VERSIONS = 40
"""So many versions a document has; each is written again and again."""


def churned() -> dict[str, list[str]]:
    """Every version of every document, by file name."""
    return {f"{port.lower()}.md": [document(port, n, 2 + n % 5) for n in range(VERSIONS)] for port in PORTS}


def churn(corpus: str, seed: int) -> None:
    """Until it is killed."""
    chance, folder, texts = random.Random(seed), Path(corpus), churned()
    while True:
        name = chance.choice(list(texts))
        file, other = folder / name, folder / f"autre-{name}"
        with contextlib.suppress(FileNotFoundError):
            match chance.randrange(5):
                case 0:
                    file.unlink()
                case 1:
                    os.replace(file, other)
                case 2:
                    os.replace(other, file)
                case _:
                    draft = folder / f".{name}.draft"
                    draft.write_text(chance.choice(texts[name]), encoding="utf-8")
                    os.replace(draft, file)
        time.sleep(chance.random() * 0.02)
