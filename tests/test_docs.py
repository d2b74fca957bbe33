"""README, docs and CONTRIBUTING: what they show is run, and what there is stands in them."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import rag
from evals.sets.debates import load_debates
from evals.sets.squad import split_of
from rag import Assistant, Settings
from rag.api import Debates, Services, Tools
from rag.cli.app import app
from tests.helpers import ROOT
from tests.helpers.command import replique

PAGES = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in (ROOT / "docs").glob("*.md")}
PAGES |= {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md")}
README = PAGES["README.md"]
SPEECH = "Selon la Déclaration, « un système de surveillance du cessez-le-feu »."


def blocks(page: str, language: str) -> list[str]:
    """What stands between fences of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGES[page], flags=re.DOTALL | re.MULTILINE)


def commands(block: str) -> list[list[str]]:
    return [shlex.split(line, comments=True)[1:] for line in block.splitlines() if line]


def sections(page: str) -> dict[str, str]:
    """The text under each heading of a page, its sub-headings apart."""
    parts = re.split(r"^#+ (.+)\n", PAGES[page], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture
def folder(shipped_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder as a reader has it, with the documents indexed."""
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    shutil.copytree(shipped_store, tmp_path / ".replique")
    (tmp_path / ".replique/drill.json").unlink(missing_ok=True)
    (tmp_path / "speech.txt").write_text(SPEECH + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- commands -------------------------------------------------------------------------------------


QUIET = (["dossier", "new"], ["dossier", "export"], ["debates", "export"])


@pytest.mark.parametrize("page", ["README.md", "docs/commands.md"])
def test_commands_run(page: str, folder: Path) -> None:
    given = [command for block in blocks(page, "sh") for command in commands(block)]
    assert given
    for command in given:
        done = replique(*command, cwd=folder)
        assert done.returncode == 0, (command, done.stderr)
        quiet = command[0] == "feedback" or command[:2] in QUIET
        assert done.stdout or quiet, command


def test_the_readme_example_is_what_is_answered(folder: Path) -> None:
    shown = next(block for block in blocks("README.md", "") if block.startswith("$ replique ask"))
    (question, *lines) = shown.splitlines()
    told = replique(*shlex.split(question)[2:], cwd=folder).stdout
    assert " ".join(" ".join(lines).replace("> ", "").split()) == " ".join(told.replace("> ", "").split())


def leaves() -> Iterator[tuple[str, Any]]:
    """Each command with its full name."""
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from ((f"{name} {inner}", each) for inner, each in command.commands.items())
        else:
            yield name, command


COMMANDS = dict(leaves())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_stands_in_the_docs(name: str) -> None:
    told = sections("docs/commands.md")[f"replique {name}"]
    written = set(re.findall(r"`(--?[a-z][a-z-]*)", told))
    options = [each for each in COMMANDS[name].params if each.param_type_name == "option"]
    there = {opt for option in options for opt in (*option.opts, *option.secondary_opts)} - {"--help"}
    assert written >= there, there - written
    own = set(re.findall(r"^\| ?(.*?) \|", told, flags=re.MULTILINE))
    claimed = {opt for cell in own for opt in re.findall(r"`(--?[a-z][a-z-]*)", cell)}
    assert claimed <= there, claimed - there


def test_options_of_all_commands_stand_in_the_docs() -> None:
    told = sections("docs/commands.md")["What all commands take"]
    for option in typer.main.get_command(app).params:
        assert f"`{option.opts[0]}" in told


# --- JSON -----------------------------------------------------------------------------------------

MORE = "…"
MAPS = {"cells", "sides", "timings_ms", "settings", "versions"}
"""Fields whose keys are data."""
VARIES = {"timings_ms", "versions"}


def differs(shown: Any, real: Any, place: str = "") -> str:
    """Where what is shown is not what there is; nothing where it is. :data:`MORE` leaves out the rest."""
    if isinstance(shown, dict) and isinstance(real, dict):
        missing = set(shown) ^ set(real)
        if MORE in shown:
            missing = set(shown) - set(real) - {MORE}
        if missing:
            return f"{place}: {missing}"
        return "".join(differs(shown[k], real[k], f"{place}.{k}") for k in shown if k not in {MORE, *VARIES})
    if isinstance(shown, list) and isinstance(real, list):
        kept = shown[:-1] if shown[-1:] == [MORE] else shown
        if len(kept) > len(real) or (kept is shown and len(kept) != len(real)):
            return f"{place}: {len(real)} items"
        pairs = enumerate(zip(kept, real, strict=False))
        return "".join(differs(*pair, f"{place}[{n}]") for n, pair in pairs)
    if isinstance(shown, str) and isinstance(real, str):
        same = real.startswith(shown.removesuffix(MORE)) if shown.endswith(MORE) else shown == real
        return "" if same or is_random(shown, real) else f"{place}: {real!r}"
    if isinstance(shown, float) and isinstance(real, float):
        return "" if abs(shown - real) < 0.01 else f"{place}: {real}"
    return "" if shown == real else f"{place}: {real!r}"


def is_random(shown: str, real: str) -> bool:
    """Whether both are ids of cards."""
    return all(re.fullmatch("[0-9a-f]{8}", text) for text in (shown, real))


def fields(value: Any) -> set[str]:
    """All field names in a result."""
    if isinstance(value, list):
        return set().union(*map(fields, value))
    if not isinstance(value, dict):
        return set()
    inner = (
        fields(v if k not in MAPS or isinstance(v, list) else list(v.values())) for k, v in value.items()
    )
    return set(value).union(*inner)


def in_ticks(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_0-9]+)`", text))


@pytest.mark.parametrize(
    ("shown", "real"),
    [({"a": 1}, {"a": 2}), ({"a": 1}, {"a": 1, "b": 2}), ({"b": 1, MORE: MORE}, {"a": 1}), ([1], [1, 2]),
     ([1, 2, MORE], [1]), ("un…", "deux"), (0.5, 0.6), (None, "")],
)  # fmt: skip
def test_a_wrong_example_is_seen(shown: Any, real: Any) -> None:
    assert differs(shown, real)
    assert not differs(real, real)


QUOTE_FIELDS = in_ticks(sections("docs/json.md")["A quote"])


def examples(told: str) -> list[tuple[str, Any]]:
    """What is run in a section, and what its last command gives."""
    found = re.findall(r"```sh\n(.*?)```\n\n```json\n(.*?)```", told, flags=re.DOTALL)
    return [(run, json.loads(shown)) for run, shown in found]


@pytest.mark.parametrize("name", [name for name, told in sections("docs/json.md").items() if examples(told)])
def test_json_is_what_is_shown_and_every_field_is_told(name: str, folder: Path) -> None:
    told = sections("docs/json.md")[name]
    for run, shown in examples(told):
        done = [replique(*command, cwd=folder) for command in commands(run)]
        assert [each.returncode for each in done] == [0] * len(done), done
        real = json.loads(done[-1].stdout)
        assert not differs(shown, real)
        verified = (
            in_ticks(sections("docs/json.md")["verify"]) if name in ("face", "drill", "counter") else set()
        )
        untold = fields(real) - in_ticks(told) - QUOTE_FIELDS - verified
        if name == "verify --speech":
            untold -= in_ticks(sections("docs/json.md")["verify"])
        if name == "dossier":
            untold -= in_ticks(sections("docs/json.md")["sources"])
        assert not untold


def test_the_speech_of_the_docs() -> None:
    assert SPEECH in PAGES["docs/json.md"]


def test_a_checked_dossier_is_what_is_shown(shipped: Assistant, folder: Path) -> None:
    told = sections("docs/json.md")
    for command in commands(examples(told["dossier"])[0][0]):
        replique(*command, cwd=folder)
    checked = {each.__name__: each for each in Services(Debates(Tools(shipped))).named()}["dossier_check"]
    real = asyncio.run(checked(json.loads((folder / "d.json").read_text("utf-8"))))  # type: ignore[arg-type]
    (shown,) = re.findall(r"```json\n(.*?)```", told["dossier_check"], flags=re.DOTALL)
    assert not differs(json.loads(shown), real)
    assert fields(real) <= in_ticks(told["dossier_check"]) | QUOTE_FIELDS


# --- Python ---------------------------------------------------------------------------------------


def test_python_runs(folder: Path) -> None:
    names: dict[str, Any] = {}
    for block in blocks("docs/python.md", "python"):
        exec(compile(block, "docs/python.md", "exec"), names)
    assert (folder / "demain.md").is_file()
    names["assistant"].index.close()


def test_every_public_name_stands_in_the_docs() -> None:
    assert set(rag.__all__) <= set(re.findall(r"`([A-Za-z_]+)`", sections("docs/python.md")["Python"]))


def test_every_endpoint_stands_in_the_docs(shipped: Assistant) -> None:
    told = sections("docs/python.md")["The page as an API"]
    named = {each.__name__ for each in Services(Debates(Tools(shipped))).named()} | {"ask_stream", "page_of"}
    assert set(re.findall(r"`/([a-z_]+)`", told)) == named


# --- settings, dependencies, rooms ----------------------------------------------------------------


def shown_default(value: object) -> str:
    plain = value.get_secret_value() if hasattr(value, "get_secret_value") else value
    text = (
        str(plain).lower() if isinstance(plain, bool) else f"{plain:g}" if isinstance(plain, float) else plain
    )
    return f"`{text}`" if text != "" else ""


def test_every_setting_and_its_default_stand_in_the_docs() -> None:
    rows = re.findall(
        r"^\| `REPLIQUE_([A-Z_]+)` \| (.*?) ?\| .+ \|$", PAGES["docs/settings.md"], re.MULTILINE
    )
    there = {name.upper(): shown_default(field.default) for name, field in Settings.model_fields.items()}
    assert dict(rows) == there
    assert len(rows) == len(there)


def test_make_has_what_it_is_told_to_make() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page, text in PAGES.items():
        named = set(re.findall(r"(?:`|^)make ([a-z0-9-]+)", text, re.MULTILINE))
        assert named <= targets, (page, named - targets)


def test_the_invented_debates_are_as_many_as_told() -> None:
    debates = load_debates()
    parts = Counter(split_of(debate.name) for debate in debates)
    questions = sum(len(debate.questions) for debate in debates)
    told = PAGES["docs/fitting.md"]
    assert f"{len(debates)} invented debates, {questions:,} questions" in told
    assert "{fit}, {check} and {report}".format(**parts) in told


def test_the_readme_names_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = sections("README.md")["What it stands on"]
    for requirement in project["dependencies"]:
        assert re.split(r"[<>=\[]", requirement)[0] in re.split(r"[\s,|]+", told)
    aside = sections("docs/how-it-works.md")["What it stands on, for development"]
    for requirement in project["optional-dependencies"]["dev"]:
        assert re.split(r"[<>=\[]", requirement)[0] in aside


def test_the_rooms_are_those_of_the_code() -> None:
    drawn = str(rag.__doc__).split("above its own::\n\n")[1].split("\n\nThe names")[0]
    picture = "\n".join(line[4:] for line in drawn.splitlines())
    assert f"```\n{picture}\n```" in README
    for room in (ROOT / "rag").glob("*/__init__.pyi"):
        assert f"{room.parent.name}/" in picture
        assert f"`{room.parent.name}/`" in PAGES["CONTRIBUTING.md"]


def test_the_map_names_files_that_are_there() -> None:
    rows = re.findall(r"^\| `(\w+)/` \| (.+) \|$", PAGES["CONTRIBUTING.md"], re.MULTILINE)
    assert len(rows) == 19
    for room, told in rows:
        for name in re.findall(r"`([\w-]+\.py|[\w-]+/)`", told):
            assert list((ROOT / "rag" / room).rglob(name.rstrip("/"))), f"{room} has no {name}"


# --- links ----------------------------------------------------------------------------------------


def anchors(page: str) -> set[str]:
    return {re.sub(r"[^\w -]", "", name.lower()).replace(" ", "-") for name in sections(page)}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", PAGES[page]):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        file = ((ROOT / page).parent / path).resolve() if path else ROOT / page
        assert file.exists(), f"{page}: {target}"
        if anchor:
            assert anchor in anchors(file.relative_to(ROOT).as_posix()), f"{page}: {target}"


@pytest.mark.parametrize("page", [page for page in PAGES if page != "README.md"])
def test_every_page_and_picture_is_led_to(page: str) -> None:
    assert any(f"]({page})" in text for text in PAGES.values()) or f"]({Path(page).name})" in "".join(
        PAGES.values()
    )


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 160
