"""Texts to be cut into passages and sentences, and what comes out."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from hypothesis import strategies as st

from rag.text.segmenter import segment
from rag.types import Place, Sentence

NBSP, NNBSP = "\u00a0", "\u202f"


def units(text: str) -> list[Sentence]:
    return [sentence for passage in segment(text) for sentence in passage.sentences]


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in units(text)]


def passages(text: str) -> list[str]:
    return [text[p.start : p.end] for p in segment(text)]


def places(text: str) -> list[Place]:
    return [s.place for s in units(text)]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Paragraph and point of each sentence."""
    return [(place.paragraph, place.point) for place in places(text)]


def lead_ins(text: str) -> list[str | None]:
    return [text[slice(*s.lead_in)] if s.lead_in else None for s in units(text)]


def headings(text: str) -> list[str | None]:
    return [text[slice(*s.heading)] if s.heading else None for s in units(text)]


def spaced(strings: Sequence[str]) -> list[str]:
    """The strings with each run of white space made one space."""
    return [" ".join(string.split()) for string in strings]


FRAGMENTS = [
    *("La paix est proche.", "Il part", "M. ", "MM. Durand", "art. 5", "p. 12", "etc. ", "av. J.-C. "),
    *("J. Dupont", "U.S. ", "No. 5", "e.g. ", "3,5", "3.5", "1er", "800 000", "voici :", " : ", " ; ", ";"),
    *(
        "« ",
        " »",
        f"«{NBSP}",
        f"{NNBSP}»",
        "“",
        ".”",
        "’",
        '"',
        "(",
        ".)",
        "[1]",
        "…",
        "...",
        "?",
        "!",
        ".",
        "?!",
    ),
    *("- item", "– ", "— Où ?", "• ", "* ", "1. ", "1) ", "a) ", "2° ", "# Titre", "## ", "> ", "| a | b |"),
    *(
        " ",
        "  ",
        "\t",
        NBSP,
        NNBSP,
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\f",
        "\v",
        "\x1c",
        "\x85",
        "\u2028",
        "\u2029",
    ),
    *(
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\ud800",
        "e\u0301",
        "la réunion des",
        "Coalition",
        "https://a.fr/b?c=d.e",
    ),
    *(
        "x" * 1500,
        " " * 1200,
        "mot " * 400,
        "Oui. " * 60,
        "\n" * 50,
        "- a\n" * 30,
        "la paix ; " * 150,
        "." * 300,
    ),
]

compositions = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
characters = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)
punctuation = st.text(alphabet=" \n\f.:;!?…«»\"'()[]-–—•|#>1aA\u00a0\u202f", max_size=120)
texts = st.one_of(compositions, characters, punctuation)


LONG = "Cette phrase compte assez de mots pour tenir seule dans un passage du texte."


PROSE = [
    "Nous, membres de la Coalition des volontaires, l’Ukraine et les États-Unis, nous sommes réunis "
    "aujourd’hui à Paris. Nous avons réaffirmé notre engagement en faveur d’une paix juste, conformément "
    "aux principes de la Charte des Nations Unies. M. Dupont était présent – dit-on – ce jour-là.",
    "Le 6 janvier 2026, en effet, s’est tenue une réunion de la « Coalition des volontaires » à Paris, "
    "coprésidée par le président français Emmanuel Macron. Elle prévoit une force de 800 000 soldats.",
    "La France n’agit pas pour la paix et certainement pas pour soutenir les Ukrainiens. Son seul but est "
    "de participer au repartage du monde et de conquérir de nouvelles zones de domination. Elle l’a dit.",
]


def wrap(paragraph: str, width: int = 72, first: str = "", then: str = "") -> str:
    return textwrap.fill(
        paragraph, width, initial_indent=first, subsequent_indent=then, break_on_hyphens=False
    )
