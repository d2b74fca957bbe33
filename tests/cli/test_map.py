"""`replique brief --map`."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from tests.helpers.command import replique


def test_the_map_is_written_and_a_wrong_name_is_refused_at_once(shipped_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "carte.svg"
    done = replique("brief", "--map", str(file), "--lang", "fr", store=shipped_store)
    assert (done.returncode, done.stdout) == (0, "")
    assert ET.parse(file).getroot().get("aria-label") == "Carte des arguments"
    done = replique("brief", "--map", str(tmp_path / "carte.png"), store=shipped_store)
    assert done.returncode in {1, 2}
    assert ".svg" in done.stderr and len(done.stderr.splitlines()) == 1
    done = replique("brief", "--map", str(tmp_path / "none" / "carte.svg"), store=shipped_store)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
