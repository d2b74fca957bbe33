"""The check of what is installed against the lock: an altered, a missing and an unlocked one are found."""

from __future__ import annotations

import runpy
from importlib.metadata import distributions
from pathlib import Path

from tests.helpers import ROOT

AUDIT = runpy.run_path(str(ROOT / ".ci" / "audit.py"))
HASH = "LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ"  # of "hello"


def installed(folder: Path, name: str, version: str) -> Path:
    (folder / f"{name}.py").write_text("hello")
    about = folder / f"{name}-{version}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (about / "RECORD").write_text(f"{name}.py,sha256={HASH},5\n{about.name}/RECORD,,\n")
    return folder / f"{name}.py"


def test_what_is_not_as_the_lock_has_it_is_named(tmp_path: Path) -> None:
    altered, missing, _ = (installed(tmp_path, name, "1.0") for name in ("Good_one", "lost", "sound"))
    installed(tmp_path, "other", "1.0")
    installed(tmp_path, "unhashed", "1.0")
    lock = tmp_path / "lock"
    pins = "".join(
        f"{pin} \\\n    --hash=sha256:{'0' * 64}\n"
        for pin in ("good-one==1.0", "lost==1.0 ; sys_platform == 'linux'", "sound==1.0", "other==2.0")
    )
    lock.write_text(f"{pins}unhashed==1.0\n")
    altered.write_text("hullo")
    missing.unlink()
    found = AUDIT["faults"](distributions(path=[str(tmp_path)]), AUDIT["locked"]([lock]))
    assert sorted(found) == [
        "good-one: Good_one.py was changed",
        "lost: lost.py is missing",
        "other 1.0 is in no lock",
        "unhashed 1.0 is in no lock",
    ]


def test_every_pin_of_the_locks_has_a_hash() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        pins = [line for line in lock.read_text("utf-8").splitlines() if line[:1].isalnum()]
        assert len(pins) > 1
        assert {AUDIT["plain"](pin.partition("==")[0]) for pin in pins} == set(AUDIT["locked"]([lock]))
