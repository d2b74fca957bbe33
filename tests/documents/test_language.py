"""The language of a document."""

from __future__ import annotations

import pytest

from rag.documents.language import detect_language
from tests.helpers.documents import FRENCH, Read


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "fr"),
        ("Which country leads the monitoring of the ceasefire?", "en"),
        ("Wir haben heute in Paris über den Frieden gesprochen.", "de"),
        ("Hemos hablado hoy en París de la paz y de la seguridad.", "es"),
        ("Oggi abbiamo parlato a Parigi della pace e della sicurezza.", "it"),
        ("Wij hebben vandaag in Parijs over vrede en veiligheid gesproken.", "nl"),
        ("Hoje falámos em Paris sobre a paz e a segurança da Europa.", "pt"),
        ("Президент заявив, що війська залишаться на території країни.", "uk"),
        ("The cat", "fr"),
        ("1 234 567 890 " * 50, "fr"),
        ("", "fr"),
        ("NOUS SOMMES RÉUNIS AUJOURD’HUI À PARIS", "fr"),
        (f"{FRENCH} " * 20 + "The ceasefire will be monitored by the countries. " * 900, "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("stated", "language"),
    [("en", "en"), ("EN_gb", "en"), ("no", "no"), ("français", "fr"), ("", "fr")],
)
def test_stated_language(read: Read, stated: str, language: str) -> None:
    assert read("a.md", f"---\nlanguage: {stated}\n---\n{FRENCH}").info.language == language


def test_language_detection_leaves_the_shared_identifier_alone() -> None:
    from py3langid import langid

    detect_language(FRENCH)
    assert langid.IDENTIFIER is None or len(langid.IDENTIFIER.labels) > 90
