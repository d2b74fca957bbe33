"""A page of the web as a document: its article, its kind, its encoding, its name; kept with its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.documents import make_source
from rag.errors import RepliqueError
from rag.quotes import cite
from rag.settings import load_settings
from rag.types import Quote
from rag.upkeep import Editor, Upload, page_upload
from rag.upkeep.fetching import Fetched
from rag.upkeep.web_page import as_upload
from tests.helpers.indexes import found, made, open_in
from tests.helpers.uploads import A_DOCX, A_PDF
from tests.helpers.web import ARTICLE, Reply, Web, article, page, serving

FACTS = (
    "<title>La gratuité des bus | La Gazette</title><meta property=og:title content='La gratuité des bus'>"
    "<meta name=author content='Jeanne Roux'><meta property=article:published_time content=2026-03-02>"
)


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as site:
        yield site


def upload_of(data: bytes, kind: str, address: str = "https://a.example/") -> Upload:
    return as_upload(Fetched(address, data, kind), load_settings(max_file_mb=1.0))


def test_the_article_is_kept_with_its_address_and_cited_so(web: Web, tmp_path: Path) -> None:
    web.replies["/bus"] = Reply(article(head=FACTS), content_type="text/html; charset=utf-8")
    made(tmp_path)
    keeper = Editor(open_in(tmp_path, fetch_private=True))
    (added,) = keeper.add([page_upload(web.at("/bus"), keeper.index.settings)])
    info = added.source
    assert info is not None
    assert (info.title, info.author, info.date) == ("La gratuité des bus", "Jeanne Roux", "2026-03-02")
    assert (info.address, info.retrieved, info.editorial) == (web.at("/bus"), date.today().isoformat(), ())
    assert info.path == "La gratuité des bus.html"
    passage = found(keeper.index, "Que coûtera la gratuité des bus ?")[0]
    assert passage.text.endswith(ARTICLE)
    assert "Sports" not in keeper.index.snapshot().source(1).text
    quote = Quote(1, info, passage.place, 0, 1, "L", "", "", 1.0)
    assert f"{web.at('/bus')}, consulté le " in cite(quote, "fr")
    (again,) = keeper.add([page_upload(web.at("/bus"), keeper.index.settings)])
    assert "same text" in again.error


@pytest.mark.parametrize(
    ("data", "kind", "address", "name"),
    [
        (A_PDF, "text/html", "https://a.example/x", "x.pdf"),
        (A_DOCX, "application/zip", "https://a.example/Note%20de%20mars.docx?x=1", "Note de mars.docx"),
        (b"Des mots.", "text/plain", "https://a.example/notes", "notes.txt"),
        (b"# Des mots", "text/plain", "https://a.example/raw/README.md", "Des mots.md"),
        (article(), "", "https://a.example/", "La gratuité des bus.html"),
        (page(f"<p>{ARTICLE}", ""), "application/xhtml+xml", "https://a.example/a-b.php", "a-b.xhtml"),
        (page(f"<p>{ARTICLE}", ""), "text/html", "https://a.example/", "a.example.html"),
    ],
)  # fmt: skip
def test_what_it_is_and_what_it_is_called(data: bytes, kind: str, address: str, name: str) -> None:
    assert upload_of(data, kind, address).name == name


@pytest.mark.parametrize(
    ("label", "encoding", "declared"),
    [
        ("iso-8859-1", "cp1252", ""),
        ("windows-1251", "utf-8", ""),
        ("utf-8", "utf-8", "gbk"),
        ("no-such", "utf-8", ""),
    ],
)
def test_the_encoding_that_the_site_says_goes_before(label: str, encoding: str, declared: str) -> None:
    text = f"{ARTICLE} L’œuvre d’un « été »."
    data = article(text, f"<title>T</title><meta charset={declared}>").decode().encode(encoding)
    uploaded = upload_of(data, f"text/html; charset={label}")
    assert isinstance(uploaded.content, bytes)
    assert text in make_source("a.html", "a", uploaded.content, None, 1_000_000).text


@pytest.mark.parametrize(
    ("data", "kind", "key"),
    [
        (page("<div id=root></div><noscript>Enable JavaScript to run it.</noscript>"), "text/html", None),
        (page("<h1>Connexion</h1><form>Votre mot de passe</form>"), "text/html", "web_textless"),
        (b"\x89PNG" + bytes(50), "image/png", "kind_image"),
        (b"\0\1\2" * 50, "video/mp4", "kind_media"),
        (b"{}", "application/json", "file_kind"),
        (b"", "text/html", None),
    ],
)  # fmt: skip
def test_what_is_no_article_says_what_to_do(data: bytes, kind: str, key: str | None) -> None:
    with pytest.raises(RepliqueError) as caught:
        upload_of(data, kind)
    assert key is None or caught.value.key == key
    assert "\n" not in str(caught.value)


def test_fields_given_by_hand_win(web: Web, tmp_path: Path) -> None:
    web.replies["/bus"] = Reply(article(head=FACTS))
    made(tmp_path)
    keeper = Editor(open_in(tmp_path, fetch_private=True))
    uploaded: Any = page_upload(web.at("/bus"), keeper.index.settings)
    given = replace(uploaded.details, author="M. Morel", side="Ville")
    (added,) = keeper.add([replace(uploaded, details=given)])
    assert added.source is not None
    assert (added.source.author, added.source.side) == ("M. Morel", "Ville")
    assert added.source.editorial == ("side", "author")
