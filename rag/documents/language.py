"""The language of a document: as it is stated, or as it reads."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

DEFAULT_LANGUAGE = "fr"
_LANGUAGES = "fr en de es it nl pt ca ro pl cs sk hu sv da no fi el tr uk ru bg sr hr ar he fa zh ja ko"
_LEAST_LETTERS = 20
_SAMPLE = 3_000


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language of a text; French when it is too short to say."""
    middle = len(text) // 2
    sample = text if len(text) <= 2 * _SAMPLE else text[:_SAMPLE] + text[middle : middle + _SAMPLE]
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return DEFAULT_LANGUAGE
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> LanguageIdentifier:
    """Our own instance: the module's shared one may be restricted by anybody. 0.7 s to load."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_LANGUAGES.split())
    return identifier


def language_code(stated: str) -> str:
    """``fr`` of ``fr``, ``FR`` or ``fr-CA``; nothing of what is no code (``français``)."""
    code = re.split("[-_]", stated.lower())[0]
    return code if re.fullmatch("[a-z]{2,3}", code) else ""
