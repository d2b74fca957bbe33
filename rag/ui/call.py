"""A call of the page: it gives what can be shown, never an exception."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from rag.catalogue import say
from rag.errors import RepliqueError
from rag.ui.documents.view import failure
from rag.ui.messages import as_language

logger = logging.getLogger(__name__)

Asked = Mapping[str, Any]
"""What the scripts send; ``lang`` is always there."""
Shown = dict[str, Any]
"""``html`` of the results, ``said`` of them in a line; or ``error``."""


def told(
    method: Callable[[Asked], dict[str, Any]], as_html: bool = True
) -> Callable[[Asked], dict[str, Any]]:
    """A call that gives an ``error`` in words, as HTML or as they are, instead of raising it."""

    @wraps(method)
    def called(asked: Asked) -> dict[str, Any]:
        lang = as_language(asked.get("lang", ""))
        try:
            return method(asked)
        except RepliqueError as error:
            reason = error.in_words(lang)
        except Exception:  # a fault of ours: its traceback is for the terminal, not for the page
            logger.exception("%s failed", method.__name__)
            reason = say("unexpected", lang)
        return {"error": failure(reason, lang) if as_html else reason}

    return called
