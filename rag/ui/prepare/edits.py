"""What the browser sends of how its brief is wanted."""

from __future__ import annotations

from rag.brief import Edits
from rag.errors import InputError
from rag.ui.call import Asked


def edits_of(asked: Asked) -> Edits:
    """What the browser sends as ``edits``.

    Raises:
        InputError: it is nothing of the kind.
    """
    given = asked.get("edits") or {}
    try:
        headings = {str(key): str(words) for key, words in dict(given.get("headings") or {}).items()}
        return Edits(
            frozenset(map(str, given.get("arguments") or ())),
            frozenset(
                (str(source), int(start), int(end)) for source, start, end in given.get("quotes") or ()
            ),
            headings,
            tuple(map(str, given.get("order") or ())),
        )
    except (TypeError, ValueError, AttributeError):
        raise InputError("not_a_brief") from None
