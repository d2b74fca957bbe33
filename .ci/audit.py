"""Whether what is installed is what the locks name, and is as it came; asks no network.

It knows nothing of faults found since, nor of versions that were withdrawn: ``make audit ONLINE=1``.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

OURS = {"replique", "pip", "setuptools", "wheel"}
"""What no lock has: the project, and what a new environment holds."""
_PINNED = re.compile(r"^([\w.-]+)==([^\s;]+)[^\\\n]*\\\n +--hash=sha256:[0-9a-f]{64}", re.MULTILINE)


def plain(name: str) -> str:
    """A distribution's name as all spellings of it are one."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(files: Iterable[Path]) -> dict[str, set[str]]:
    """Versions by name; a pin without a hash is none."""
    versions = defaultdict(set)
    for file in files:
        for name, version in _PINNED.findall(file.read_text("utf-8")):
            versions[plain(name)].add(version)
    return versions


def faults(installed: Iterable[Distribution], versions: dict[str, set[str]]) -> Iterator[str]:
    """What is installed and not locked, and files that are not as they came."""
    for one in installed:
        name = plain(one.metadata["Name"])
        if name in OURS:
            continue
        if one.version not in versions.get(name, ()):
            yield f"{name} {one.version} is in no lock"
        for file in one.files or ():
            if file.hash is None or file.suffix == ".pyc":
                continue
            found = Path(str(one.locate_file(file)))
            if not found.is_file():
                yield f"{name}: {file} is missing"
            elif _digest(found, file.hash.mode) != file.hash.value:
                yield f"{name}: {file} was changed"


def _digest(file: Path, kind: str) -> str:
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, kind).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def main() -> None:
    """Say what is wrong, a line each; exit code 1 if anything is."""
    found = sorted(set(faults(distributions(), locked(map(Path, sys.argv[1:])))))
    said = f"audit: {len(found)} faults" if found else "audit: what is installed is locked, and unchanged"
    sys.stdout.writelines(f"{line}\n" for line in (*found, said))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
