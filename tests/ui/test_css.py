"""The style sheets: one look made of a few sizes and corners, colours one can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.ui.styles import css_paths
from rag.workspace import COLOURS
from tests.helpers import ROOT

SHEETS = css_paths()
TOKENS = next(file for file in SHEETS if file.name == "tokens.css").read_text(encoding="utf-8")
sheet = pytest.mark.parametrize("file", SHEETS, ids=lambda file: str(file.stem))


def rules(file: Path) -> str:
    """A sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)


def values(file: Path, named: str) -> Iterator[str]:
    """What a sheet gives to the properties of that name, a pattern."""
    for value in re.findall(rf"[\s;{{](?:{named}):([^;{{}}]*)[;}}]", rules(file)):
        yield value.replace("!important", "").strip()


def test_gradio_is_given_every_sheet_once() -> None:
    there = (ROOT / "rag/ui/static/css").iterdir()
    assert sorted(there) == sorted(SHEETS)


@sheet
def test_no_sheet_is_long(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 350


@sheet
def test_what_must_win_stands_in_one_sheet(file: Path) -> None:
    assert ("!important" in rules(file)) == (file.name == "gradio.css")


@sheet
def test_no_rule_is_of_a_kind_that_gradio_drops(file: Path) -> None:
    assert set(re.findall(r"@[\w-]+", rules(file))) <= {"@media", "@keyframes"}


@sheet
def test_colours_come_from_the_tokens(file: Path) -> None:
    assert bool(re.search(r":[^;{}]*#[0-9a-f]{3,8}\b[^{}]*;", rules(file))) == (file.name == "tokens.css")


@sheet
def test_text_has_one_of_five_sizes(file: Path) -> None:
    sizes = set(re.findall(r"--text-\w+(?=:)", TOKENS))
    assert len(sizes) == 5
    assert set(values(file, "font-size")) <= {"inherit", *(f"var({size})" for size in sizes)}
    assert set(values(file, "font")) <= {"inherit"}


@sheet
def test_corners_have_one_of_three_radii(file: Path) -> None:
    radii = set(re.findall(r"--corner-\w+(?=:)", TOKENS))
    assert len(radii) == 3
    given = {corner for value in values(file, "border(?:-[a-z]+){0,2}-radius") for corner in value.split()}
    assert given <= {"0", *(f"var({radius})" for radius in radii)}


def _colours(selector: str) -> dict[str, str]:
    body = TOKENS.split(f"\n{selector} {{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", body))


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [":root", ".dark"])
def test_colours_of_text_have_the_contrast_that_wcag_aa_asks(theme: str) -> None:
    colours = _colours(theme)
    sides = [f"--side-{n}" for n in range(len(COLOURS))]
    assert len({colours[side] for side in sides}) == len(COLOURS)
    texts = ["--ink", "--ink-soft", "--accent", "--alert", "--side-none", *sides]
    pairs = [(text, ground) for text in texts for ground in ("--paper", "--sheet")]
    for text, ground in [*pairs, ("--on-accent", "--accent")]:
        dark, light = sorted((_luminance(colours[text]), _luminance(colours[ground])))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)
