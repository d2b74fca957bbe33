"""The map of the arguments: an SVG that can be read without colour, and by keyboard."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from rag.brief import Answering, Argument, Brief, Position, picture, picture_in_words
from rag.brief.argument_map import DARK, LIGHT
from rag.catalogue import say
from rag.types import Language
from tests.helpers import ROOT
from tests.helpers.briefs import whole
from tests.helpers.pages import TRICKS, make_quote, make_source

SVG = "{http://www.w3.org/2000/svg}"
CLASSES = {"Préfecture": "side-0", "Bergers": "side-1", "Touristes": "side-2"}


@pytest.fixture(scope="module")
def brief() -> Brief:
    return whole(lambda words: make_quote(make_source(words), 0, len(words)), "Faut-il protéger le loup ?")


def texts(svg: ET.Element) -> list[str]:
    return ["".join(each.itertext()) for each in svg.iter(f"{SVG}text")]


def test_each_argument_is_a_link_in_the_order_of_the_sides(brief: Brief) -> None:
    svg = ET.fromstring(picture(brief, CLASSES))
    links = list(svg.iter(f"{SVG}a"))
    assert [link.get("data-to") for link in links] == ["a1", "a2", "a3", "a4"]
    assert links[1].get("aria-label") == "Préfecture : L’indemnité des brebis. Citations\u00a0: 2"
    assert "side-1" in str(links[2].get("class"))
    assert svg.get("role") == "group", "what is an image hides its links from readers of screens"


def test_arrows_tell_by_shape_and_dashes_what_they_do(brief: Brief) -> None:
    svg = ET.fromstring(picture(brief, CLASSES))
    arrows = [each for each in svg.iter(f"{SVG}path") if each.get("d", "").count("C")]
    assert [each.get("class") for each in arrows] == ["map-arrow contradicts", "map-arrow weakens unsure"]
    assert [each.get("marker-end") for each in arrows] == ["url(#map-contradicts)", "url(#map-weakens)"]
    for each in arrows:  # from the second column to the first
        start, end = (
            float(each.get("d", "").lstrip("M").split("C")[0].split()[0]),
            float(each.get("d", "").split()[-2]),
        )
        assert start > end


def test_what_is_left_unanswered_is_marked_by_a_ring_and_words_and_silence_is_said(brief: Brief) -> None:
    svg = ET.fromstring(picture(brief, CLASSES))
    link = next(each for each in svg.iter(f"{SVG}a") if each.get("data-to") == "a3")
    assert link.find(f"{SVG}circle") is not None
    assert "Citations\u00a0: 1 · sans réponse" in texts(link)
    assert say("silent", "fr") in texts(svg), "of the tourists"
    assert sum(each == say("silent", "fr") for each in texts(svg)) == 1


def test_a_file_stands_alone_in_light_and_dark(brief: Brief) -> None:
    svg = ET.fromstring(picture(brief, CLASSES, alone=True))
    assert not list(svg.iter(f"{SVG}a"))
    assert svg.get("role") == "img"
    style = svg.find(f"{SVG}style")
    assert style is not None and "prefers-color-scheme: dark" in str(style.text)
    assert "Faut-il protéger le loup\u00a0?" in texts(svg)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", ET.tostring(svg, "unicode"))


def test_a_file_has_the_colours_of_the_page() -> None:
    tokens = (ROOT / "rag/ui/static/css/tokens.css").read_text(encoding="utf-8")
    found = re.findall(r"--side-(?:\d|none): (#\w+);", tokens)
    assert tuple(found) == LIGHT + DARK


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_in_words_it_says_the_same(brief: Brief, lang: Language) -> None:
    told = picture_in_words(replace(brief, lang=lang))
    words = {argument.id: said for argument, said in told}
    assert words["a1"] == words["a2"] == []
    assert say("map_unanswered", lang) in words["a3"]
    assert "Le retour du loup" in words["a3"][0]
    assert say("relation_uncertain", lang, relation=say("weakens", lang)) in words["a4"][0]


def test_any_words_are_drawn_within_their_boxes() -> None:
    quote = make_quote(make_source("Oui."), 0, 4)
    names = (TRICKS, "a\x00b\ud800", "mot" * 80, "a b " * 90)
    positions = tuple(
        Position(side, "speaks", (Argument(f"a{number}", side, side, (quote,), "speaks", 1.0),))
        for number, side in enumerate(names)
    )
    answers = tuple(
        Answering(f"a{one}", f"a{other}", "contradicts", 0.9, True, quote, quote)
        for one in range(4)
        for other in range(4)
        if one != other
    )
    for alone in (False, True):
        drawn = picture(Brief(TRICKS, "fr", names, positions, answers), {}, alone)
        svg = ET.fromstring(drawn)
        assert "<script" not in drawn and "<img" not in drawn
        width, height = (float(str(svg.get(name))) for name in ("width", "height"))
        for each in svg.iter(f"{SVG}text"):
            assert len("".join(each.itertext())) <= width / 9
            assert 0 <= float(str(each.get("x"))) <= width and float(str(each.get("y"))) <= height
        arrows = [
            each
            for each in svg.iter(f"{SVG}path")
            if each.get("marker-end") and "h44" not in each.get("d", "")
        ]
        assert len(arrows) == len(answers)
        ends = [re.split("[CH]", each.get("d", ""))[0] for each in arrows]
        tops = [min(float(y) for y in re.findall(r"V(\d+)", each.get("d", "")) or ["999"]) for each in arrows]
        first = min(
            float(str(each.get("y"))) for each in svg.iter(f"{SVG}rect") if each.get("class") == "map-box"
        )
        assert sum(top < first for top in tops) == 6, "what passes over a column passes over its boxes"
        assert len(set(ends)) == len(ends), "no two arrows leave from one point"
