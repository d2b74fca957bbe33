"""What is said of a debate: read as people write it, written without losing anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import CorpusError, InputError
from rag.workspace.description import (
    COLOURS,
    Description,
    SideStyle,
    read_description,
    write_description,
)


def test_it_reads_back_and_keeps_what_else_is_there(tmp_path: Path) -> None:
    file = tmp_path / "debate.yaml"
    assert read_description(file) == Description()
    file.write_text("title: Le tram\nkeeper: Zoé\nsides:\n  Mairie: green\n", encoding="utf-8")
    found = read_description(file)
    assert found == Description("Le tram", sides=(SideStyle("Mairie", "green"),))
    write_description(file, replace(found, motion="Faut-il  un\ntram ?", language="fr"))
    assert read_description(file) == replace(found, motion="Faut-il un tram ?", language="fr")
    assert "keeper: Zoé" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("title: [", "description_broken"),
        ("- a\n- b\n", "description_broken"),
        ("title: [a]\n", "description_field"),
        ("language: de\n", "description_language"),
        ("sides: [A, B]\n", "description_sides"),
        ("sides: {A: mauve}\n", "description_colour"),
    ],
)
def test_a_broken_one_is_said_in_a_line_and_not_written_over(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / "debate.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as raised:
        read_description(file)
    assert raised.value.key == key
    if key == "description_broken":
        with pytest.raises(CorpusError):
            write_description(file, Description("Autre"))
        assert file.read_text("utf-8") == text


def test_a_side_keeps_its_colour_when_others_come_and_go() -> None:
    first = Description().with_sides(["Mairie", "Zélateurs"])
    colours = {side.name: side.colour for side in first.sides}
    assert colours == {"Mairie": COLOURS[0], "Zélateurs": COLOURS[1]}
    more = first.with_sides(["Abstention", "Mairie", "Zélateurs"])
    assert more.sides[:2] == first.sides
    assert more.sides[2] == SideStyle("Abstention", COLOURS[2])
    assert more.with_sides(["Mairie"]) == more  # one that comes back has it still
    assert [side.name for side in more.styled(["Zélateurs", "Abstention"])] == ["Zélateurs", "Abstention"]
    assert len({side.colour for side in Description().styled(map(str, range(20)))}) == len(COLOURS)


def test_texts_are_limited_and_a_title_is_not_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "debate.yaml"
    write_description(file, Description("Le tram"))
    for wrong in (Description("x" * 301), Description("x", "y" * 501), Description("  ")):
        with pytest.raises(InputError):
            write_description(file, wrong)
    assert read_description(file) == Description("Le tram")
