"""What is said of a debate: ``debate.yaml``.

::

    title: Le tramway à Brassac
    motion: Faut-il construire le tramway ?
    language: fr
    sides:
      Mairie: blue
      Commerçants: red
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, cycle
from pathlib import Path
from typing import Any

from rag.errors import CorpusError, InputError
from rag.files import overwrite

FILE = "debate.yaml"
COLOURS = ("blue", "red", "green", "violet", "ochre", "teal", "pink", "brown")
"""Colours of sides; static/css/tokens.css has them in this order, as ``--side-0`` and so on."""
DESCRIBED_MOST = {"title": 300, "motion": 500}
"""Longest of each, in characters."""


@dataclass(frozen=True, slots=True)
class SideStyle:
    """A side in its colour, one of :data:`COLOURS`."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a debate; empty where nothing is said.

    Attributes:
        title, motion: one line each.
        language: ``fr`` or ``en``, of the debate.
        sides: in the order in which they are shown.
    """

    title: str = ""
    motion: str = ""
    language: str = ""
    sides: tuple[SideStyle, ...] = ()

    def styled(self, names: Iterable[str]) -> tuple[SideStyle, ...]:
        """Some sides in their order and colours.

        Those that are not described come last, in alphabetical order, in colours that are still free.
        """
        wanted = set(names)
        known = tuple(side for side in self.sides if side.name in wanted)
        taken = {side.colour for side in self.sides}
        free = chain((colour for colour in COLOURS if colour not in taken), cycle(COLOURS))
        others = sorted(wanted - {side.name for side in known})
        return known + tuple(SideStyle(name, colour) for name, colour in zip(others, free, strict=False))

    def with_sides(self, names: Iterable[str]) -> Description:
        """With each of some sides described, those that are gone kept: one that comes back has its colour."""
        known = {side.name for side in self.sides}
        new = tuple(side for side in self.styled(names) if side.name not in known)
        return replace(self, sides=self.sides + new)


def read_description(file: Path) -> Description:
    """What a file says; nothing where there is none.

    Raises:
        CorpusError: it cannot be read, or says something else than a description.
    """
    data = _mapping(file)
    texts = {name: _text(file, data, name) for name in ("title", "motion", "language")}
    if texts["language"] not in ("", "fr", "en"):
        raise CorpusError("description_language", file=file, given=texts["language"])
    sides = data.get("sides") or {}
    if not isinstance(sides, Mapping):
        raise CorpusError("description_sides", file=file)
    return Description(**texts, sides=_styles(file, sides))


def write_description(file: Path, description: Description) -> None:
    """Write a description in one step; what else the file says stays.

    Raises:
        InputError: a text is too long.
        CorpusError: the file there is none of ours, or it cannot be written.
    """
    import yaml

    description = replace(
        description,
        title=" ".join(description.title.split()),
        motion=" ".join(description.motion.split()),
    )
    if not description.title and _mapping(file).get("title"):
        raise InputError("debate_untitled")
    for name in ("title", "motion"):
        count = len(getattr(description, name))
        if count > DESCRIBED_MOST[name]:
            raise InputError("text_long", name=name, count=count, most=DESCRIBED_MOST[name])
    data = _mapping(file)
    for name in ("title", "motion", "language"):
        data[name] = getattr(description, name)
    data["sides"] = {side.name: side.colour for side in description.sides}
    told = {name: value for name, value in data.items() if value}
    text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000) if told else ""
    try:
        overwrite(file, text.encode())
    except OSError as error:
        raise CorpusError("not_written", file=file, reason=error.strerror) from None


def _mapping(file: Path) -> dict[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CorpusError("not_read", file=file, reason=error.strerror) from None
    except (ValueError, yaml.YAMLError, RecursionError):
        raise CorpusError("description_broken", file=file) from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise CorpusError("description_broken", file=file)
    return data


def _text(file: Path, data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if value is not None and not isinstance(value, str | int | float):
        raise CorpusError("description_field", file=file, name=name)
    return " ".join(str(value or "").split())[: DESCRIBED_MOST.get(name)]


def _styles(file: Path, sides: Mapping[Any, Any]) -> tuple[SideStyle, ...]:
    for name, colour in sides.items():
        if colour not in COLOURS:
            given = {"side": str(name)[:60], "given": str(colour)[:60], "colours": ", ".join(COLOURS)}
            raise CorpusError("description_colour", file=file, **given)
    return tuple(SideStyle(" ".join(str(name).split()), colour) for name, colour in sides.items())
