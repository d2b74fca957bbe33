"""What a web page says of itself: title, author, date, address, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rag.documents.formats.shared import one_line
from rag.documents.language import language_code

_ARTICLES = re.compile(r"(?:\w*(?:Article|Posting|Report|Interview|Review)|WebPage)")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")
_DATES = (
    "article:published_time datepublished date dc.date dc.date.issued dcterms.date dcterms.created pubdate"
).split()
_SITE = re.compile(r"\s+[|–—·•»:-]\s+")
_MOST_JSON = 300_000
_MOST = 300


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself; empty where it does not."""

    title: str
    author: str
    date: str
    address: str
    language: str


def facts_of(soup: Any) -> Facts:
    """What a page says of itself, as it is said for machines or in its head; nothing is guessed."""
    told = _told(soup)
    root = soup.find("html")
    meta = _metas(soup)
    link = soup.find("link", rel="canonical", href=True)
    return Facts(
        title=_title(soup, meta),
        author=_author(told, meta),
        date=_date(soup, told, meta),
        address=_address([str(link["href"]) if link else "", meta.get("og:url", "")]),
        language=language_code(str((root.get("lang") or root.get("xml:lang") or "") if root else "")),
    )


def _metas(soup: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for tag in soup.find_all("meta", content=True):
        name = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        metas.setdefault(name, one_line(str(tag["content"])))
    return metas


def _told(soup: Any) -> dict[str, Any]:
    """The article in the JSON-LD of a page; an article comes before the page that it stands on."""
    found: dict[str, Any] = {}
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(str(script.string or "")[:_MOST_JSON])
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            kinds = item.get("@type")
            named = [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]
            if any(map(_ARTICLES.fullmatch, named)) and (not found or found.get("@type") == "WebPage"):
                found = item
    return found


def _items(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _items(item)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph"))


def _title(soup: Any, meta: dict[str, str]) -> str:
    title = next((t for t in soup.find_all("title") if t.find_parent("svg") is None), None)
    said = one_line(title.get_text()) if title else ""
    heads = [one_line(head.get_text(" ")) for head in soup.find_all("h1", limit=5)]
    for head in [meta.get("og:title", ""), *heads]:
        # « Title | The Gazette »: the name of the site is no part of the title
        if head and said.startswith(head) and _SITE.match(said[len(head) :]):
            return head
    return said or meta.get("og:title", "") or next(filter(None, heads), "")


def _author(told: dict[str, Any], meta: dict[str, str]) -> str:
    authors = told.get("author")
    names = [
        one_line(str(author.get("name") or "")) if isinstance(author, dict) else one_line(str(author or ""))
        for author in (authors if isinstance(authors, list) else [authors])
    ]
    told_name = ", ".join(name for name in names if name)
    for name in (
        told_name,
        meta.get("author", ""),
        meta.get("article:author", ""),
        meta.get("dc.creator", ""),
    ):
        if name and "://" not in name and len(name) <= _MOST:
            return name
    return ""


def _date(soup: Any, told: dict[str, Any], meta: dict[str, str]) -> str:
    times = soup.find_all("time", datetime=True)
    published = [t for t in times if t.has_attr("pubdate") or t.get("itemprop") == "datePublished"]
    said = [told.get("datePublished"), *(meta.get(name) for name in _DATES)]
    said += [time["datetime"] for time in (published or (times if len(times) == 1 else []))]
    found = (_DATE.match(str(value or "")) for value in said)
    return next((date.group(1) for date in found if date), "")


def _address(said: list[str]) -> str:
    return next((one for one in said if re.match(r"https?://[^\s]+$", one)), "")
