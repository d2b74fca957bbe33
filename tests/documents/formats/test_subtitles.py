"""Subtitles, as what is said in them."""

from __future__ import annotations

import pytest

from rag.documents.formats.subtitles import read_subtitles
from rag.errors import NotReadable


def srt(*cues: tuple[float, float, str]) -> bytes:
    def stamp(seconds: float) -> str:
        return f"00:00:{int(seconds):02},{round(seconds % 1 * 1000):03}"

    blocks = (f"{n}\r\n{stamp(a)} --> {stamp(b)}\r\n{said}\r\n\r\n" for n, (a, b, said) in enumerate(cues, 1))
    return b"\xef\xbb\xbf" + "".join(blocks).encode()


def test_cues_are_joined_into_paragraphs() -> None:
    found = read_subtitles(
        srt(
            (1, 4, "<i>Monsieur</i> le ministre,"),
            (4, 6, "{\\an8}vous avez\nmenti."),
            (6.5, 7, "Deux fois."),
            (12, 13, "Après un silence."),
            (13, 14, "- Non !\n- Si."),
            (14, 15, "[rires]"),
            (15, 16, "Mme FERRAND : Je réponds."),
        )
    )
    assert found.text.split("\n\n") == [
        "Monsieur le ministre, vous avez menti. Deux fois.",
        "Après un silence.",
        "— Non !",
        "— Si.",
        "[rires]",
        "Mme FERRAND : Je réponds.",
    ]
    assert [found.text[part.start : part.end] for part in found.layout.parts] == ["[rires]"]


def test_hyphens_and_minus_signs_stay() -> None:
    found = read_subtitles(
        srt((1, 2, "Faut-il aller à Clermont-Ferrand ?"), (8, 9, "-5 degrés, c’est froid."))
    )
    assert found.text == "Faut-il aller à Clermont-Ferrand ?\n\n-5 degrés, c’est froid."


def test_voices_of_webvtt_are_labels() -> None:
    vtt = """WEBVTT - Débat
Language: fr-FR

NOTE
rien

1
00:01.000 --> 00:04.000 align:start
<v.loud Jean Costa>Bonjour à tous,</v>

00:04.000 --> 00:06.000
<v Jean Costa>et &amp; merci.
<v Anne>Merci.

00:06.000 --> 00:08.000
<v Anne>Non : restez.
"""
    found = read_subtitles(vtt.encode())
    assert found.text == "Jean Costa : Bonjour à tous, et & merci.\n\nAnne : Merci. Non : restez."
    assert found.language == "fr"


def test_captions_that_roll_are_said_once_and_words_said_twice_stay() -> None:
    rolling = srt(
        (1, 3, "le tram est"), (3, 3.01, "le tram est"), (3.01, 5, "le tram est\nfermé"), (5, 6, "fermé\nlà.")
    )  # fmt: skip
    assert read_subtitles(rolling).text == "le tram est fermé là."
    assert read_subtitles(srt((1, 2, "Non."), (4, 5, "Non."))).text == "Non. Non."


def test_no_cues() -> None:
    with pytest.raises(NotReadable, match="no cue"):
        read_subtitles(b"WEBVTT\n\nNOTE rien")
