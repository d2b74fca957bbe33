"""The page's scripts: modules that find each other, served as the program has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from rag.ui import assets
from tests.helpers import ROOT
from tests.helpers.servers import served

MODULES = {file.name: file for file in sorted((ROOT / "rag/ui/static/js").glob("*.js"))}
IMPORT = re.compile(r'(?:import|export) \{ (.+) \} from "\./([^"]+)";')
EXPORT = re.compile(r"^export (?:async )?(?:const|function) (\w+)", re.MULTILINE)


def code_of(name: str) -> str:
    return MODULES[name].read_text(encoding="utf-8")


def imports_of(name: str) -> list[tuple[str, str]]:
    """Names imported, and the module of each."""
    found = []
    for line in re.findall(r"^(?:import|export \{).*", code_of(name), re.MULTILINE):
        statement = IMPORT.fullmatch(line)
        assert statement, f"{name}: {line}"
        found += [(imported, statement[2]) for imported in statement[1].split(", ")]
    return found


@pytest.mark.parametrize("name", MODULES)
def test_imports_are_there(name: str) -> None:
    for imported, module in imports_of(name):
        assert imported in EXPORT.findall(code_of(module)), f"{module} exports no {imported}"


@pytest.mark.parametrize("name", MODULES)
def test_no_module_is_long(name: str) -> None:
    assert len(code_of(name).splitlines()) <= 350


def test_every_module_is_loaded() -> None:
    reached, waiting = set(), ["main.js"]
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting += {module for _, module in imports_of(name)} - reached
    assert reached == set(MODULES)


def test_what_components_run_is_exported() -> None:
    parts = (assets.MASTHEAD, assets.DESK, assets.DOCUMENTS, assets.DOSSIER, assets.DEBATES, assets.FOOTER)
    wanted = re.findall(r"replique\.then\(\(\{ (\w+) \}\)", "".join(parts))
    assert sorted(wanted) == sorted(name for name, _ in imports_of("main.js"))


def test_the_path_changes_with_the_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = assets.head(), assets.scripts_route().path
    monkeypatch.setattr(assets, "_modules", lambda: {"main.js": b"// of another version"})
    assert not set(before) & {assets.head(), assets.scripts_route().path}


@pytest.fixture(scope="module")
def locked_url(shipped_store: Path) -> Iterator[str]:
    yield from served(shipped_store, auth="anne:secret")


@pytest.mark.server
@pytest.mark.parametrize("name", MODULES)
def test_modules_are_served_to_be_kept(locked_url: str, name: str) -> None:
    found = httpx.get(f"{locked_url}{_folder()}/{name}", trust_env=False)
    assert found.text == code_of(name)
    assert found.headers["content-type"].startswith("text/javascript")
    assert "immutable" in found.headers["cache-control"]


@pytest.mark.server
def test_nothing_else_is_served_there(locked_url: str) -> None:
    folder = _folder()
    for path in (f"{folder}/other.js", f"{folder}/..%2fassets.py", f"{folder}/", "scripts/0/main.js"):
        assert httpx.get(f"{locked_url}{path}", trust_env=False).status_code == 404, path


def _folder() -> str:
    found = re.search(r'import\("\./(scripts/\w+)/main\.js"\)', assets.head())
    assert found
    return found[1]
