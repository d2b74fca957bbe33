# ruff: noqa: E501  # markup as pages have it
"""The article of a web page, as sites of several kinds write theirs."""

from __future__ import annotations

import pytest

from rag.documents.formats.html import read_html
from rag.documents.formats.shared import Extract

PARAGRAPHS = (
    "Le conseil municipal a voté jeudi soir, par 23 voix contre 12, la fermeture de la ligne 4 du tramway.",
    "« Nous n’avions plus les moyens de l’entretenir », a déclaré le maire, qui évalue les travaux à 48 millions.",
    "L’opposition dénonce une décision prise dans le dos des habitants et annonce un recours au tribunal.",
)
A, B, C = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)

PAGES = {
    "newspaper": f"""<div class="didomi-popup-notice"><p>Nous et nos 142 partenaires utilisons des cookies.</p>
<button>Accepter</button></div><header><nav><ul><li><a href=/>Actualités</a></li></ul></nav></header><main>
<article><ul class="breadcrumb"><li><a href=/p>Politique</a></li></ul><h1>La ligne 4 fermera</h1>
<p class="article__desc">La décision divise la majorité.</p><ul class="meta__social"><li>Partager sur X</li></ul>
<figure><img src=x alt=""><figcaption>Le terminus, le 11 mai.</figcaption></figure><section>{A}
<section class="catcher"><span>Lire aussi |</span> <a href=/z>Le prix des trams</a></section>{B}
<h2>Un recours annoncé</h2>{C}<section class="paywall"><p>Il vous reste 64.2% de cet article à lire.</p></section>
</section></article><aside><h3>Les plus lus</h3><ol><li><a href=a>Un titre</a></li></ol></aside></main>
<footer>Conditions générales</footer>""",
    "blog": f"""<a class="screen-reader-text" href="#c">Aller au contenu</a><header id="masthead"><p>Le blog</p>
<nav><ul><li><a href=/>Accueil</a></li></ul></nav></header><main><article class="post hentry"><header>
<h1>La ligne 4 fermera</h1><div class="entry-meta">Publié le <time datetime="2026-05-13T10:00">13 mai</time></div>
</header><div class="entry-content"><p>La décision divise la majorité.</p>{A}{B}<h2>Un recours annoncé</h2>{C}
<figure><figcaption>Le terminus, le 11 mai.</figcaption></figure>
<div class="sharedaddy"><h3>Partager :</h3><ul><li><a href=t>Partager sur X</a></li></ul></div></div></article>
<div id="comments" class="comments-area"><h2>3 réflexions</h2><ol><li><p>Bravo, je suis tout à fait d’accord avec
cet article, il fallait le dire.</p></li></ol></div></main><footer id="colophon">Conditions générales</footer>""",
    "old portal": f"""<div id="wrap"><ul id="nav-main"><li><a href=f>Actualités</a></li><li><a href=c>Sport</a></li>
</ul><div id="body"><h1>La ligne 4 fermera</h1><p>La décision divise la majorité.</p>{A}{B}<h2>Un recours annoncé</h2>
{C}<div><figcaption>Le terminus, le 11 mai.</figcaption></div><h2>À lire aussi</h2><ul><li><a href=1>Le prix des
trams</a></li><li><a href=2>Un titre</a></li></ul></div><div class="col-right"><div class="block-newsletter">Recevez
notre lettre</div></div></div>""",
}


def extract(body: str, head: str = "") -> Extract:
    return read_html(f'<html lang="fr"><head><meta charset="utf-8">{head}</head><body>{body}</body>'.encode())


def parts(found: Extract, kind: str) -> list[str]:
    return [found.text[part.start : part.end] for part in found.layout.parts if part.kind == kind]


@pytest.mark.parametrize("page", sorted(PAGES))
def test_the_article_alone_and_whole(page: str) -> None:
    found = extract(PAGES[page])
    lines = [line for line in found.text.split("\n") if line]
    wanted = ["La ligne 4 fermera", "La décision divise la majorité.", *PARAGRAPHS, "Un recours annoncé"]
    assert sorted(lines) == sorted([*wanted, "Le terminus, le 11 mai."])
    assert [line for line in lines if line in PARAGRAPHS] == list(PARAGRAPHS)
    assert parts(found, "heading") == ["La ligne 4 fermera", "Un recours annoncé"]
    assert parts(found, "caption") == ["Le terminus, le 11 mai."]
    assert {one.kind for one in found.layout.left_out} == {"menu"}  # where one can look at it
    assert found.layout.remarks == ()


def test_a_page_that_is_all_article_is_whole() -> None:
    body = "".join(f"<h2>Article {n}</h2>{A}<p>Court.</p>{B}" for n in range(4))
    body += "<ul><li>un</li><li>deux</li></ul><table><tr><td>a<td>b</table><p>Fait à Lyon.</p>"
    found = extract(f"<h1>Règlement</h1>{body}")
    assert found.text.count("Court.") == found.text.count(PARAGRAPHS[1]) == 4
    assert found.text.endswith("- un\n- deux\n\na | b\n\nFait à Lyon.")
    assert found.layout.left_out == ()


def test_what_marks_say_is_kept() -> None:
    body = """<p>10<sup>6</sup> <i>ou</i> 4<b><sup>7</sup></b> euros, H<sub>2</sub>O, le 1<sup>er</sup> mai, 3 m <sup>2</sup>, 2<sup>10</sup><br>= 1.</p>
<p>Il a dit <q>oui, <q>oui</q></q> et <q> non </q>.</p><p>Il <del>hait</del> <ins>aime</ins> la <s>pluie</s> mer.</p>
<p>Ma&shy;jorité<wbr>s</p>"""
    found = extract(body)
    assert found.text == (
        "10⁶ ou 4 euros, H₂O, le 1er mai, 3 m², 2\n= 1.\n\n"
        "Il a dit «\u00a0oui, “oui”\u00a0» et «\u00a0non\u00a0».\n\nIl aime la mer.\n\nMajorités"
    )
    assert [(one.kind, one.text) for one in found.layout.left_out] == [
        ("deleted", "hait"),
        ("struck", "pluie"),
    ]
    assert [(remark.key, remark.count) for remark in found.layout.remarks] == [("struck", 1), ("deleted", 1)]


@pytest.mark.parametrize(
    ("call", "note"),
    [
        ('<sup><a href="#n1">3</a></sup>', '<p id="n1">3. Source : registre.</p>'),
        ('<a href="#_ftn1" name="_r1"><sup>[3]</sup></a>', '<div id="f"><p><a href="#_r1" name="_ftn1">[3]</a> Source : registre.</p></div>'),
        ('<sup class="reference" id="r"><a href="#c">[3]</a></sup>', '<ol><li id="c"><a href="#r">↑</a> Source : registre.</li></ol>'),
        ('<span> [<a class="spip_note" href="#nb3" id="nh3">3</a>]</span>', '<div id="nb3"><p>[<a href="#nh3">3</a>] Source : registre.</p></div>'),
    ],
)  # fmt: skip
def test_notes_are_tied_to_their_marks(call: str, note: str) -> None:
    found = extract(f"<p>Le coût est de 12{call} millions.</p>{A}<h2>Notes</h2>{note}")
    assert found.text == f"Le coût est de 12 millions.\n\n{PARAGRAPHS[0]}\n\nSource : registre."
    (last,) = [part for part in found.layout.parts if part.kind == "note"]
    assert (found.text[last.start : last.end], last.mark) == ("Source : registre.", "3")
    assert found.text[: last.at] == "Le coût est de 12"


def test_raised_digits_in_a_note_are_raised() -> None:
    note = '<p id="n"><sup>3</sup> Soit 10<sup>6</sup> m<sup>2</sup> de CO<sub>2</sub> en l’<i>an</i> 2004<sup>9</sup>.</p>'
    found = extract(f'<p>Le coût est de 12<sup><a href="#n">3</a></sup> millions.</p>{note}')
    assert found.text == "Le coût est de 12 millions.\n\nSoit 10⁶ m² de CO₂ en l’an 2004."


def test_a_link_to_a_section_is_no_note() -> None:
    text = extract('<p>Voir la partie <a href="#s2">2</a>.</p><h2 id="s2">Deux</h2><p>Suite.</p>').text
    assert text == "Voir la partie 2.\n\nDeux\n\nSuite."


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="visibility: hidden">Secret</p>',
        '<span style="font-size:0">Secret</span>',
        '<p style="color:#FFF">Secret</p>',
        '<div style="position:absolute;left:-9999px">Secret</div>',
        '<p class="x">Secret</p>',
        "<p hidden>Secret</p>",
    ],
)
def test_hidden_text_is_left_out_and_said(hidden: str) -> None:
    found = extract(f"{A}{hidden}{B}", "<style>.x { display: none }</style>")
    assert "Secret" not in found.text
    assert [(one.kind, one.text) for one in found.layout.left_out] == [("hidden", "Secret")]
    assert [(remark.key, remark.count) for remark in found.layout.remarks] == [("hidden", 1)]


def test_white_letters_on_another_ground_are_seen() -> None:
    assert (
        "Titre" in extract(f'<div style="background:#000"><h1 style="color:white">Titre</h1></div>{A}').text
    )
    styled = '<link rel="stylesheet" href="a.css">'
    assert "Titre" in extract(f'<div class="hero"><h1 style="color:white">Titre</h1></div>{A}', styled).text


def test_rows_are_said_under_the_heads_of_their_columns() -> None:
    found = extract(
        f"{A}<table><tr><th>Ville<th colspan=2>Voix</tr><tr><td rowspan=2>Lyon<td>12<td>3<tr><td>4<td>"
        "<ul><li>5</ul></table>"
    )
    assert found.text.endswith("\n\nVille | Voix | Voix\nLyon | 12 | 3\nLyon | 4 | 5")
    assert parts(found, "columns") == ["Ville | Voix | Voix"]


def test_a_page_says_who_wrote_it_when_and_where() -> None:
    head = """<title>La ligne 4 fermera | Le Courrier</title><meta property="og:title" content="La ligne 4 fermera">
<link rel="canonical" href="https://courrier.fr/ligne-4"><script type="application/ld+json">{"@graph": [{"@type":
"WebSite"}, {"@type": ["NewsArticle"], "datePublished": "2026-05-12T18:02:00+02:00", "author": [{"name": "Ada"},
{"name": "Bob"}]}]}</script>"""
    found = extract(A, head)
    assert (found.title, found.author, found.date) == ("La ligne 4 fermera", "Ada, Bob", "2026-05-12")
    assert (found.address, found.language) == ("https://courrier.fr/ligne-4", "fr")
