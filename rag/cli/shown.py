"""What a terminal is sent: words. What it would obey in them is shown as a sign instead.

To a pipe or a file everything goes as it is: `replique show` gives a text to the character.
"""

from __future__ import annotations

import io
import re
import sys

_OBEYED = re.compile(
    r"\x1b(?!\[[\d;]*m)"  # all but colours
    r"|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]|\r(?!\n)"
    r"|[\u202d\u202e]"  # letters in another order than they are read
)


class Shown(io.TextIOWrapper):
    """A stream to a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True

    def write(self, text: str) -> int:
        """Write words; what is no word of them becomes a replacement character."""
        super().write(_OBEYED.sub("\ufffd", text))
        return len(text)


def guard_terminal() -> None:
    """From now on, standard output and error are guarded where they are a terminal."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and stream.isatty() and not isinstance(stream, Shown):
            stream.flush()
            guarded = Shown(stream.buffer, stream.encoding, stream.errors, line_buffering=True)
            setattr(sys, name, guarded)
