"""Blocks: which lines a reader sees as one paragraph, heading or row."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from rag.text.lines import content_start
from tests.helpers.segments import (
    NBSP,
    PROSE,
    headings,
    lead_ins,
    paragraphs,
    passages,
    places,
    sentences,
    spaced,
    units,
    wrap,
)


@pytest.mark.parametrize("width", [40, 60, 72, 78, 90])
@pytest.mark.parametrize("gap", ["\n\n", "\n \n", "\r\n\r\n"])
def test_wrapped_paragraphs_with_blank_lines(width: int, gap: str) -> None:
    plain = "\n\n".join(PROSE)
    wrapped = gap.join(
        wrap(p, width).replace("\n", gap[: len(gap) // 2] if "\r" in gap else "\n") for p in PROSE
    )
    assert spaced(sentences(wrapped)) == sentences(plain)
    assert places(wrapped) == places(plain)


@pytest.mark.parametrize("width", [51, 59, 60, 72, 76])  # at some, the last line is nearly full
def test_wrapped_paragraphs_without_blank_lines(width: int) -> None:
    plain = "\n\n".join(PROSE)
    wrapped = "\n".join(wrap(p, width) for p in PROSE)
    assert spaced(sentences(wrapped)) == sentences(plain)
    assert places(wrapped) == places(plain)


@pytest.mark.parametrize("indent", ["   ", "\t", NBSP * 4])
@pytest.mark.parametrize("width", [68, 76])  # the last line of a paragraph is full
def test_indented_first_lines_open_paragraphs(indent: str, width: int) -> None:
    wrapped = "\n".join(wrap(p, width, first="    ").replace("    ", indent) for p in PROSE)
    assert spaced(sentences(wrapped)) == sentences("\n\n".join(PROSE))
    assert places(wrapped) == places("\n\n".join(PROSE))


@pytest.mark.parametrize(("marker", "hang"), [("- ", "  "), ("10. ", "    "), ("* ", "      "), ("– ", "")])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_wrapped_list_items(marker: str, hang: str, gap: str) -> None:
    items = gap.join(wrap(p, first=marker, then=hang) for p in PROSE)
    text = f"Ces garanties comprendront :\n{items}"
    plain = "\n".join(["Ces garanties comprendront :", *[marker + p for p in PROSE]])
    assert spaced(sentences(text)) == sentences(plain)
    assert places(text) == places(plain)
    assert [bool(lead_in) for lead_in in lead_ins(text)] == [bool(lead_in) for lead_in in lead_ins(plain)]


def test_a_paragraph_after_hanging_items_stands_alone() -> None:
    text = (
        "Les garanties de sécurité comprendront les éléments qui suivent ici :\n"
        "- une aide à tous les pays qui en feront la demande au moins une année\n"
        "  avant la date prévue, aux conditions que fixera le conseil de Paris\n"
        "Le conseil se réunira chaque année à Paris, à la date qu’il aura lui-même\n"
        "fixée dans son règlement.\n"
    )
    assert paragraphs(text) == [(1, 0), (1, 1), (2, 0)]


def test_a_line_out_of_the_ordinary_does_not_tell_the_width() -> None:
    lines = "\n".join(wrap(p, 60) for p in PROSE * 3).split("\n")
    long = "https://exemple.fr/" + "x" * 80
    at = next(n for n, line in enumerate(lines) if n and line[0].islower() and lines[n - 1][-1] not in ".,")
    text = "\n".join([*lines[:at], long, *lines[at:]])
    assert len(lines) > 25
    assert paragraphs(text)[-1] == (9, 0)


def ragged(paragraph: str, points: float) -> str:
    """Lines as in a PDF: measured in points, so that their lengths in characters differ."""
    lines, line, used = [], "", 0.0
    for word in paragraph.split(" "):
        length = sum(0.5 if c in "ijlt.,’' " else 1.1 if c in "mwMWCO" else 0.8 for c in word + " ")
        if line and used + length > points:
            lines.append(line)
            line, used = "", 0.0
        line, used = f"{line} {word}".strip(), used + length
    return "\n".join([*lines, line])


@pytest.mark.parametrize("points", [31.0, 39.0, 49.0, 61.5])  # some full lines end a sentence
def test_ragged_lines(points: float) -> None:
    text = "\n".join(ragged(p, points) for p in PROSE)
    assert spaced(sentences(text)) == sentences("\n\n".join(PROSE))
    assert places(text) == places("\n\n".join(PROSE))


WORDS = (
    "la paix guerre de des et ou pour avec dans monde armée soldats cessez-le-feu long sécurité garanties "
    "européennes membres très que qui durable signé accord conseil réunion volontaires toujours notamment"
).split()
NAMES = "France Ukraine Paris M.\u00a0Macron « coalition » (hier) 800 12 – NATO l’État".split(" ")


def invented(rnd: random.Random) -> list[str]:
    """Paragraphs of invented sentences; each sentence long enough to stand alone."""

    def sentence() -> str:
        words = [rnd.choice(WORDS if rnd.random() < 0.8 else NAMES) for _ in range(rnd.randint(6, 30))]
        return " ".join(["Nous", "voulons", *words, "ici"]) + rnd.choice([".", ".", " !", "…", ".[1]", " ?"])

    return [" ".join(sentence() for _ in range(rnd.randint(2, 6))) for _ in range(rnd.randint(4, 8))]


LAYOUTS: dict[str, Callable[[str, int], str]] = {
    "wrapped": wrap,
    "indented": lambda paragraph, width: wrap(paragraph, width, first="    "),
    "ragged": lambda paragraph, width: ragged(paragraph, 0.8 * width),
}


# Seeds are fixed: whether a line wraps is a matter of likelihood, and no rule is right for every text.
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_wrapping_changes_no_sentence(seed: int, layout: str, gap: str) -> None:
    rnd = random.Random(seed)
    plain, width = invented(rnd), rnd.randint(50, 100)
    wrapped = gap.join(LAYOUTS[layout](paragraph, width) for paragraph in plain)
    assert spaced(sentences(wrapped)) == spaced(sentences("\n\n".join(plain)))
    if layout == "indented" or (layout == "wrapped" and gap == "\n\n"):
        assert places(wrapped) == places("\n\n".join(plain))


def test_single_newlines_separate_paragraphs_of_a_text_that_is_not_wrapped() -> None:
    text = "\n".join(PROSE)
    assert {paragraph for paragraph, _ in paragraphs(text)} == {1, 2, 3}


def test_an_unfinished_line_goes_on_in_lower_case() -> None:
    text = "Le président de la République\nest arrivé hier soir." + "\nLe ministre reste à Paris." * 5
    assert spaced(sentences(text))[0] == "Le président de la République est arrivé hier soir."
    assert [paragraph for paragraph, _ in paragraphs(text)] == [1, 2, 3, 4, 5, 6]


def test_verse_keeps_its_lines() -> None:
    text = "Sous le pont Mirabeau coule la Seine\nEt nos amours\nFaut-il qu’il m’en souvienne\nLa joie venait"
    assert sentences(text) == text.split("\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85", "\v"])
def test_line_ends(end: str) -> None:
    text = end.join(["La paix est proche.", "La guerre est loin.", "", "# Titre", "- Un point ici."])
    assert sentences(text) == ["La paix est proche.", "La guerre est loin.", "# Titre", "- Un point ici."]
    assert paragraphs(text) == [(1, 0), (2, 0), (3, 0), (3, 1)]


def test_markdown() -> None:
    text = (
        "# La réunion de Paris\n\nElle s’est tenue en janvier à Paris.\n\n"
        "## Les mesures\n\n- une aide à tous\n- un prêt à certains\n\n---\n\nLa fin est proche pour tous."
    )
    assert sentences(text) == [line for line in text.split("\n") if line]
    assert headings(text) == [None, "# La réunion de Paris", "# La réunion de Paris", *["## Les mesures"] * 4]
    assert paragraphs(text) == [(1, 0), (2, 0), (3, 0), (3, 1), (3, 2), (3, 2), (4, 0)]
    assert passages(text)[0].startswith("# La réunion de Paris\n\nElle s’est")
    title = units(text)[0]
    assert text[content_start(text, title.start, title.end) : title.end] == "La réunion de Paris"


def test_hash_marks_without_space_are_no_heading() -> None:
    assert headings("#Paris est un mot-dièse.\nIl est connu de tous.") == [None, None]
    assert sentences("#\nParis") == ["#", "Paris"]


@pytest.mark.parametrize(
    "title", ["Le contexte de la réunion", "1. Introduction", "2.1 Le contexte", "a) Le don"]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_short_line_above_a_paragraph_is_its_heading(title: str, gap: str) -> None:
    before = "La séance est ouverte par le président, qui remercie les membres présents."
    text = gap.join([before, title, PROSE[2]])
    assert headings(text) == [None, None, title, title, title]
    assert paragraphs(text) == [(1, 0), (2, 0), (3, 0), (3, 0), (3, 0)]
    assert passages(text) == [before, gap.join([title, PROSE[2]])]  # a heading goes with what it heads


@pytest.mark.parametrize(
    "line", ["La séance est ouverte.", "Voici :", "- Un point", "-----", "| a | b |", "et puis"]
)
def test_no_heading(line: str) -> None:
    text = "\n\n".join([line, PROSE[2]])
    assert not any(headings(text))


@pytest.mark.parametrize("following", ["Le ministre", "Une ligne à peine plus longue"])
def test_a_line_above_a_line_of_its_length_is_no_heading(following: str) -> None:
    assert not any(headings(f"Fait à Paris, le 6\n{following}"))


def test_numbered_items_are_no_headings() -> None:
    text = f"1. La paix\n2. La guerre\n{PROSE[2]}"
    assert not any(headings(text))
    assert paragraphs(text)[:2] == [(1, 1), (1, 2)]


def test_heading_of_a_list_is_no_lead_in() -> None:
    text = "Voici la suite :\n\n# Les mesures\n\n- une aide à tous"
    assert lead_ins(text) == [None, None, None]


@pytest.mark.parametrize("edge", ["| ", ""])
def test_tables(edge: str) -> None:
    rows = [
        f"{edge}Pays | Soldats{edge[::-1]}",
        f"{edge}France | 6 000{edge[::-1]}",
        f"{edge}Italie | 2 000{edge[::-1]}",
    ]
    text = "\n".join(["Voici les troupes prévues :", *rows, "Ces chiffres sont provisoires, dit-on."])
    assert sentences(text) == text.split("\n")
    assert paragraphs(text) == [(1, 0), (1, 1), (1, 2), (1, 3), (2, 0)]
    assert lead_ins(text)[1:4] == ["Voici les troupes prévues :"] * 3


def test_rows_of_a_wrapped_text_are_not_run_together() -> None:
    row = "| " + "chiffre " * 7 + "| dernier |"
    text = "\n\n".join([wrap(PROSE[0]), "\n".join([row] * 3), wrap(PROSE[1])])
    assert sentences(text).count(row) == 3
