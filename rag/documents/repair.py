"""Front matter as people write it, turned into YAML: a value that YAML refuses is put in quotes."""

from __future__ import annotations

import json
import re

_FIELD = re.compile(r"(?P<key>[^\W\d][\w-]*)[ \t]*:[ \t]*(?P<value>\S.*?)[ \t]*(?P<end>[\r\n]*)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_OPENS_BLOCK = re.compile(r"[|>][+-]?\d?(?:[ \t]*#.*)?")
_MARKS = "!&*"


def repaired(source: str) -> str:
    """YAML with the values in quotes that make it none: ``title: Retraites : le grand soir``.

    Only lines ``key: value`` that are no YAML by themselves are changed, and not those whose value goes on.
    """
    lines = [line for line in _LINE.findall(source) if line]
    following = [*lines[1:], ""]
    return "".join(_repaired(*pair) for pair in zip(lines, following, strict=True))


def restored(edited: str, source: str, changed: str) -> str:
    """``edited``, made of ``changed``, with the lines that are as in there as they were in ``source``."""
    before = dict(zip(_LINE.findall(changed), _LINE.findall(source), strict=True))
    return "".join(before.get(line, line) for line in _LINE.findall(edited))


def _repaired(line: str, following: str) -> str:
    field = _FIELD.fullmatch(line)
    goes_on = following[:1] in (" ", "\t") and bool(following.strip())
    if field is None or goes_on or _OPENS_BLOCK.fullmatch(field["value"]) or _is_yaml(field):
        return line
    return f"{field['key']}: {json.dumps(field['value'], ensure_ascii=False)}{field['end']}"


def _is_yaml(field: re.Match[str]) -> bool:
    import yaml

    if field["value"][0] in _MARKS:
        return False
    try:
        node = yaml.compose(field.group(), Loader=yaml.SafeLoader)
    except Exception:  # besides YAMLError, PyYAML lets ValueError and others through
        return False
    return isinstance(node, yaml.MappingNode) and len(node.value) == 1
