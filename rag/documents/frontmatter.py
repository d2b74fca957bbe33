"""What the corpus's keeper says of a document: YAML fields, in front of a text or in a file beside it.

Reading takes any YAML mapping; writing changes the fields given and leaves every other character alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

from rag.documents.formats.shared import one_line
from rag.documents.repair import repaired, restored
from rag.errors import NotReadable

if TYPE_CHECKING:
    import yaml


Value = str | list[str] | dict[str, str]
"""Of a field: a text, a list of names, or a side for each name."""

_FRONT_MATTER = re.compile(
    r"---[ \t]*(?:\r\n?|\n)(?P<yaml>.*?)(?<=[\r\n])---[ \t]*(?:\r\n?|\n|\Z)", re.DOTALL
)
_MOST = 50_000
"""Characters."""
_WORD = re.compile(r"[^\W\d][\w-]*")
_KEY_LINE = re.compile(rf"{_WORD.pattern}:(?:[ \t\r\n]|\Z)")
_TEXT_KEYS = tuple("title side date language note kind author address retrieved editor".split())


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the corpus's keeper says of a document; empty where nothing is said."""

    title: str = ""
    side: str = ""
    date: str = ""
    language: str = ""
    note: str = ""
    kind: str = ""
    author: str = ""
    address: str = ""
    retrieved: str = ""
    editor: str = ""
    speakers: tuple[tuple[str, str], ...] = ()
    editorial: tuple[str, ...] = ()


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Front matter of a text file, and all that follows its closing line.

    A text that starts with a ``---`` line is front matter up to the next such line when what is
    between is a YAML mapping of fields; otherwise it is a rule, and belongs to the text.

    Raises:
        NotReadable: it looks like front matter and is broken, or a field has the wrong type.
    """
    block, node = _block(text)
    if block is None or node is None:
        return FrontMatter(), text
    return _front_matter(node), text[block.end() :]


def read_sidecar(text: str) -> FrontMatter:
    """The fields in the file beside a document, with or without ``---`` lines around them.

    Raises:
        NotReadable: it holds something else, is broken, or a field has the wrong type.
    """
    fields, node = _sidecar(text)
    lines = (line.strip() for line in fields.splitlines())
    if node is None and any(line and not line.startswith("#") for line in lines):
        raise NotReadable("sidecar_fieldless")
    return _front_matter(node) if node else FrontMatter()


def with_front_matter(text: str, fields: Mapping[str, Value]) -> str:
    """A text with some fields of its front matter set; what follows the front matter is as it was.

    Raises:
        NotReadable: see :func:`split_front_matter`; or its YAML cannot be changed without loss.
    """
    block, node = _block(text)
    if block is None or node is None:
        return f"---\n{_with_fields('', None, fields)}---\n{text}"
    return (
        f"{text[: block.start('yaml')]}{_with_fields(block['yaml'], node, fields)}{text[block.end('yaml') :]}"
    )


def with_sidecar(text: str, fields: Mapping[str, Value]) -> str:
    """The text of a sidecar with some fields set; takes and raises what :func:`read_sidecar` does."""
    read_sidecar(text)
    return _with_fields(*_sidecar(text), fields)


def _block(text: str) -> tuple[re.Match[str] | None, yaml.MappingNode | None]:
    block = _FRONT_MATTER.match(text)
    return block, _compose(block["yaml"]) if block else None


def _sidecar(text: str) -> tuple[str, yaml.MappingNode | None]:
    block = _FRONT_MATTER.fullmatch(text.strip())
    fields = block["yaml"] if block else text
    return fields, _compose(fields)


def _with_fields(source: str, mapping: yaml.MappingNode | None, fields: Mapping[str, Value]) -> str:
    """Fields with some of them set, the other lines and the comments as they were."""
    given, source = source, _as_yaml(source)
    pieces: list[str] = []
    at, missing = 0, dict(fields)
    for key, value in mapping.value if mapping else ():
        if key.value in fields:
            end = _end_of(value)
            line_end = "\n" if source[at:end].endswith("\n") else ""
            pieces += [source[at : key.start_mark.index], _field(key.value, fields[key.value]), line_end]
            at = end
            missing.pop(key.value, None)
    pieces.append(source[at:])
    added = [_field(*item) for item in missing.items()]
    if mapping is not None and mapping.flow_style:  # {title: …}
        opening = mapping.start_mark.index + 1
        edited = "".join(pieces)
        edited = edited[:opening] + "".join(f"{field}, " for field in added) + edited[opening:]
    else:
        edited = _ended("".join(pieces)) + "".join(f"{field}\n" for field in added)
    edited = restored(edited, given, source)
    _prove(edited, given, fields)
    return edited


def _field(name: str, value: Value) -> str:
    """One field on one line: a JSON string is a YAML one that needs no other care."""
    return f"{name}: {json.dumps(value, ensure_ascii=False)}"


def _as_read(value: Value) -> object:
    """A value that was written as it is read back."""
    return value if isinstance(value, str) else tuple(value.items() if isinstance(value, dict) else value)


def _end_of(node: yaml.Node) -> int:
    """Where a value ends; PyYAML counts the comments after a block collection in."""
    import yaml

    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _ended(text: str) -> str:
    return text if not text or text.endswith(("\n", "\r")) else f"{text}\n"


def _prove(edited: str, source: str, fields: Mapping[str, Value]) -> None:
    """Refuse an edit that did more or less than what was asked."""
    before, after = _compose(source), _compose(edited)
    unset = FrontMatter()
    wanted = replace(
        _front_matter(before) if before else unset,
        **{name: _as_read(value) for name, value in fields.items()},  # type: ignore[arg-type]
    )
    if after is None or _front_matter(after) != wanted:
        raise NotReadable("front_matter_fixed")


def _compose(source: str) -> yaml.MappingNode | None:
    """The YAML mapping that ``source`` is, as nodes: scalars stay as they are written."""
    if len(source) > _MOST:  # its parser takes a second for so much
        if _KEY_LINE.match(source):
            raise NotReadable("front_matter_long", size=len(source), most=_MOST)
        return None
    return _composed(_as_yaml(source))


def _as_yaml(source: str) -> str:
    """The fields as YAML: as they are, or with quotes where YAML refuses what people write."""
    import yaml

    if not _KEY_LINE.match(source):
        return source
    try:
        yaml.compose(source, Loader=yaml.SafeLoader)
    except Exception:  # besides YAMLError, PyYAML lets ValueError and others through
        return repaired(source)
    return source


def _composed(source: str) -> yaml.MappingNode | None:
    import yaml

    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except Exception as error:  # as above
        if not _KEY_LINE.match(source):
            return None
        problem = one_line(str(getattr(error, "problem", None) or error))[:100]
        line = _error_line(error, source)
        raise NotReadable("front_matter", line=line, problem=problem) from None
    if isinstance(node, yaml.MappingNode) and _has_field_names(node, source):
        return node
    return None


def _has_field_names(mapping: yaml.MappingNode, source: str) -> bool:
    """Whether the keys are fields, not the start of prose such as « Remarque : ceci »."""
    keys = [key for key, _ in mapping.value]
    return any(key.value in (*_TEXT_KEYS, "editorial") for key in keys) or all(
        _WORD.fullmatch(str(key.value)) and source.startswith(":", key.end_mark.index) for key in keys
    )


def _error_line(error: Exception, source: str) -> int:
    """Line of the file where the error is; the front matter starts on the second."""
    mark, opening = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if opening is not None and "end of stream" in str(error):  # never closed
        mark = opening
    if mark is not None:
        return int(mark.line) + 2
    position = getattr(error, "position", 0)
    return source.count("\n", 0, position if isinstance(position, int) else 0) + 2


def _front_matter(mapping: yaml.MappingNode) -> FrontMatter:
    fields = {str(key.value): value for key, value in mapping.value}
    texts = {key: _scalar(key, fields[key]) for key in _TEXT_KEYS if key in fields}
    speakers = _speakers(fields.get("speakers"))
    return FrontMatter(**texts, speakers=speakers, editorial=_names(fields.get("editorial")))


def _speakers(node: yaml.Node | None) -> tuple[tuple[str, str], ...]:
    """Name and side of each, as in ``speakers: {M. Costa: Contre}``."""
    import yaml

    if node is None or node.tag == "tag:yaml.org,2002:null":
        return ()
    if not isinstance(node, yaml.MappingNode):
        _refuse_type("front_matter_speakers", "speakers", node)
    pairs = ((one_line(str(key.value)), _scalar("speakers", value)) for key, value in node.value)
    return tuple((name, side) for name, side in pairs if name and side)


def _scalar(key: str, node: yaml.Node) -> str:
    import yaml

    if isinstance(node, yaml.SequenceNode) and key == "author":
        return ", ".join(filter(None, (_scalar(key + "s", item) for item in node.value)))
    if not isinstance(node, yaml.ScalarNode):
        _refuse_type("front_matter_text", key, node)
    if node.tag == "tag:yaml.org,2002:null":
        return ""
    if node.tag == "tag:yaml.org,2002:timestamp":
        try:
            return str(yaml.SafeLoader("").construct_yaml_timestamp(node).isoformat())
        except ValueError:  # 2026-13-45
            pass
    return one_line(node.value)


def _names(node: yaml.Node | None) -> tuple[str, ...]:
    import yaml

    if node is None or node.tag == "tag:yaml.org,2002:null":
        return ()
    if not isinstance(node, yaml.SequenceNode):
        _refuse_type("front_matter_names", "editorial", node)
    names = (_scalar("editorial", item) for item in node.value)
    return tuple(name for name in names if name)


def _refuse_type(why: str, key: str, node: yaml.Node) -> NoReturn:
    kind = type(node).__name__.removesuffix("Node").lower()
    raise NotReadable(why, line=node.start_mark.line + 2, field=key, kind=kind)
