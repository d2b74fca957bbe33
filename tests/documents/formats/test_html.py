"""Text of web pages."""

from __future__ import annotations

import pytest

from tests.helpers.documents import Read


def html_text(read: Read, markup: str) -> str:
    return read("page.html", markup).text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Un <b>deux</b>\n  <i>trois</i>.</p>", "Un deux trois."),
        ("<p>Un<p>Deux<div>Trois</div>Quatre", "Un\n\nDeux\n\nTrois\n\nQuatre"),
        ("<h1>Titre</h1>Texte<h2>Sous</h2>", "Titre\n\nTexte\n\nSous"),
        ("<div><div><p>a</p></div></div><p>b</p>", "a\n\nb"),
        ("a<br>b<br/> c", "a\nb\nc"),
        ("a<br><br><br>b", "a\n\nb"),
        ("a <span> b </span> c", "a b c"),
        ("a<span>b</span>c", "abc"),
        ("a<b> b</b>c", "a bc"),
        ("a&#1;b", "ab"),
        ("<p>«&nbsp;Oui&#8239;!&nbsp;»\t x", "«\u00a0Oui\u202f!\u00a0» x"),
        ("&lt;b&gt; &amp;eacute; &eacute; &#x2019; &hellip;", "<b> &eacute; é ’ …"),
        ("<ul><li>a</li>\n<li>b</li></ul>c", "- a\n- b\n\nc"),
        ("x<ul><li>a<li><p>b</p><p>c</p></ul><p>d", "x\n\n- a\n- b\nc\n\nd"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=3><li>a<li value=7>b<li>c</ol>", "3. a\n7. b\n8. c"),
        ("<ol start=x><li>a</ol>", "1. a"),
        ("<ol><li>a<ul><li>b</ul><li>c</ol>", "1. a\n  - b\n2. c"),
        ("<ul><li></li><li>a</li></ul>b", "- a\n\nb"),
        ("<pre>\n a\n   b  c\n</pre>d", " a\n   b  c\n\nd"),
        ("<pre>a\n\n<b>b </b>c</pre>", "a\n\nb c"),
        ("<p>a\n<pre>b</pre>", "a\n\nb"),
        (
            "x<table><caption>T</caption><thead><tr><th>a<th>b</thead><tr><td>1<td> 2\n3 </table>y",
            "x\n\nT\n\na | b\n1 | 2 3\n\ny",
        ),
        ("<table><tr><td><p>a</p><p>b<td><ul><li>c</ul></table>", "a b | c"),
        ("<table><tr><td>a<td><td>b<tr><td> <td> </table>", "a | | b"),
        ("<table><tr><td><h2>T</h2><p>a<p>b<td>c</table>", "T\n\na\n\nb\n\nc"),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a | b\n\nc"),
        ("<table><tr><td>a<p>b</table>", "a\n\nb"),
        ("<table><tr><td>m<td><p>a<p>b<p>c</table>", "m\n\na\n\nb\n\nc"),
        ("<p>a<script>b</script><style>c</style><noscript>d</noscript><template>e</template>", "a"),
        ("<head><title>T</title></head><body><svg><text>s</text></svg>a", "a"),
        ("<title>T</title><p>no head, no body", "no head, no body"),
        ("<nav>n</nav><div role=navigation>m</div>a<footer>f</footer>", "a"),
        ("<header><nav>n</nav>Site</header><p>a", "a"),
        ("<header><h1>Titre</h1></header><p>a", "Titre\n\na"),
        ("<main>a<aside>b</aside></main><aside>c</aside>", "a"),
        ("<article>a</article><aside>c</aside>", "a"),
        ("<p>a</p><aside>c</aside>", "a\n\nc"),
        ("<blockquote>a<footer>Jaurès</footer></blockquote>", "a\n\nJaurès"),
        ("<p hidden>a<p>b", "b"),
        ("<p style='color:red; display : none'>a</p>b<i hidden=''>c</i>", "b"),
        ("a<!-- b --><?php c ?><![CDATA[d]]>e", "ae"),
        ("<p>a<![x y]>b", "ab"),
        ("a\fb &#0;&#xD800;", "a b \ufffd\ufffd"),
        ("<!DOCTYPE html><html><body>a</body></html>b", "a\n\nb"),
        (
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>a</p></body>',
            "a",
        ),
        ("juste.du.texte.html", "juste.du.texte.html"),
    ],
)
def test_html(read: Read, markup: str, text: str) -> None:
    assert html_text(read, markup) == text


def test_html_of_any_depth(read: Read) -> None:
    for opening in ("<div>", "<b>", "<p><i>", "<ul><li>", "<table><tr><td>"):
        assert "deep" in html_text(read, opening * 1500 + "deep")


def test_html_with_unclosed_markup_takes_no_time(read: Read) -> None:
    assert html_text(read, "<p>text" + "<a " * 20_000).startswith("text")
    assert html_text(read, "<p>text" + "<!--" * 20_000).startswith("text")
