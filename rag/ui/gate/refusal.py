"""A request that goes no further: its status, and one line that says what to do."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

from rag.errors import RepliqueError
from rag.types import Language


class Refused(Exception):
    """Stops a request at the gate.

    Attributes:
        status: of HTTP.
        why: the line, in words of the catalogue.
        headers: what the answer says besides.
    """

    def __init__(self, status: int, why: RepliqueError, **headers: str) -> None:
        super().__init__(status)
        self.status = status
        self.why = why
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def response(self, lang: Language) -> Response:
        """The line as an answer, in the reader's language."""
        return PlainTextResponse(f"{self.why.in_words(lang)}\n", self.status, self.headers)


def reader_language(accept_language: str) -> Language:
    """French for a browser or program that asks for French first, else English."""
    return "fr" if accept_language.strip().lower().startswith("fr") else "en"
