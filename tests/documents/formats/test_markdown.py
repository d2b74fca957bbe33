"""Markdown as it is rendered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.documents.formats.markdown import read_markdown


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "Le **coût** est de *15 M€* selon [le rapport](http://x), `code`.",
            "Le coût est de 15 M€ selon le rapport, code.",
        ),
        ("- a **b**\n  suite _c_\n- d\n\n1. e\n2) *f*", "- a b\n  suite c\n- d\n\n1. e\n2) f"),
        ("> cité **x**\n> > deux *y*", "> cité x\n> > deux y"),
        ("+ a\n+ b *c*", "- a\n- b c"),
        ("Un \\* &nbsp;&eacute; 10<sup>6</sup> H<sub>2</sub>O <b>gras</b>", "Un * \u00a0é 10⁶ H₂O gras"),
        ("4<sup>7</sup> euros", "4 euros"),
        ("Un.\n-", "Un.\n-"),
        ("a<br>b *c*  \r\nd\\\r\ne\r\n", "a\r\nb c\r\nd\r\ne\r\n"),
        ("~~Le prix baisse~~ Le prix monte. <!-- x -->", "Le prix monte."),
        ("Un <annexes> reste, *ici*", "Un <annexes> reste, ici"),
        ("# Un *titre* ##\n\nTexte", "# Un titre\n\nTexte"),
        ("Titre *a*\n=====\n\nSous-titre\n---\n\nTexte", "Titre a\n\nSous-titre\n\nTexte"),
        ("Texte.\n---\nAutre", "Texte.\n---\nAutre"),
        ("```\nprix = *3*\n```\n\n    deux *x*", "prix = *3*\n\n    deux *x*"),
        ("| A | B |\n|---|--:|\n| 1 | **2** |\n\nfin", "A | B\n1 | 2\n\nfin"),
        ("<div align=center><b>Oui</b> &amp; non</div>\n\nfin", "Oui & non\n\nfin"),
        ("voir [r] et [ceci][r].\n\n[r]: http://x", "voir r et ceci.\n\n"),
        ("Le [[barrage]] et [[p#s|l’eau]] ==12 *GWh*== ^b1 %%non%%", "Le barrage et l’eau 12 GWh"),
        ("> [!quote] Maire\n> Il restera.\n\n> [!note]\n> Oui.", "> Maire\n> Il restera.\n\n> Note\n> Oui."),
        ("![alt](x.png)\n\nTexte ![](y.png)fin", "\nTexte fin"),
    ],
)  # fmt: skip
def test_what_is_rendered(source: str, text: str) -> None:
    assert read_markdown(source).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Un.\n\n- deux\n- trois\n\n> cité\n\n# Titre\n\n1. a\n   b\n",
        "---\n\nUn filet\n\n---\r\nSuite : 2 * 3 * 4, a_b_c, 5 < 6 & 7 ~ 8\r\n",
        "  marge\n\tcode\n\u00a0\u2028x\x0cy\rz",
    ],
)
def test_a_text_without_markup_is_as_it_was(text: str) -> None:
    assert read_markdown(text).text == text


@given(st.text(st.sampled_from("abé .,;:«»’\n\r0123-–"), max_size=200).filter(lambda t: "--" not in t))
def test_words_and_lines_are_never_lost(text: str) -> None:
    kept = "".join(read_markdown(text).text.split())
    assert kept == "".join(text.split())


def test_notes_and_parts() -> None:
    found = read_markdown(
        "# T *t*\n\nLe coût[^1] de 12[^b].\n\n[^1]: Une *note*.\n    Suite.\n[^b]: Deux.\n\n"
        "| A | B |\n|--|--|\n| 1 | 2 |\n"
    )
    assert found.text == "# T t\n\nLe coût de 12.\n\n\nA | B\n1 | 2\n\nUne note. Suite.\n\nDeux."
    said = [(part.kind, part.mark, found.text[part.start : part.end]) for part in found.layout.parts]
    assert said == [
        ("heading", "", "# T t"),
        ("columns", "", "A | B"),
        ("note", "1", "Une note. Suite."),
        ("note", "b", "Deux."),
    ]
    assert [found.text[: part.at][-5:] for part in found.layout.parts[2:]] == [" coût", "de 12"]
    assert found.title == "T t"


def test_struck_words_are_kept_apart_and_said() -> None:
    layout = read_markdown("Un ~~deux~~ trois <del>quatre</del>").layout
    assert [(one.kind, one.text) for one in layout.left_out] == [("struck", "deux"), ("struck", "quatre")]
    assert [(remark.key, remark.count) for remark in layout.remarks] == [("struck", 2)]
