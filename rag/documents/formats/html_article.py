"""Which elements of a web page are not its article: menus, banners, comments, what else there is to read.

Where the article stands is trafilatura's finding (its tree has lost what our own walk needs; so only its
words are taken, and looked up in ours); what is furniture inside of that is told by names that pages give it.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from rag.documents.formats.html_tree import HEADINGS, is_block, names_of, strings_in, text_of

_FURNITURE = re.compile(
    r" (?:cookies?|consent|gdpr|rgpd|menus?|nav|navs|navbar|navigation|breadcrumbs?|ariane"
    r"|share|shares|sharing|sharedaddy|addtoany|socials?|partages?|partager|newsletters?|subscribe"
    r"|subscription"
    r"|abonnement|paywall|premium message|promos?|advert\w*|ads?|adsbygoogle|publicites?|pub|sponsor\w*"
    r"|related|recommend\w*|recirc\w*|similar|similaires?|read also|lire aussi|a lire|read more|readmore"
    r"|see also"
    r"|aussi|comments?|commentaires?|commentlist|respond|disqus|sidebar|sidebars|widgets?|footer|masthead"
    r"|toolbar|pagination|pager|pagenavi|tags|taglist|author (?:box|bio|info|card|block)"
    r"|about (?:the )?author"
    r"|byline|bylines|post meta|entry meta|article meta|entry footer|login|signin|signup|skip link|skip"
    r"|popup|modal|lightbox|overlay|trending|most (?:read|popular)|popular|outbrain|taboola"
    r"|jp relatedposts|mw editsection|toc|catlinks|printfooter|navbox|reactions?|reply|signature"
    r"|print only|banner|bandeau|topbar|hatnote|noprint|metadata|ambox) "
)
_SECTIONS = re.compile(  # headings over what is no article
    r"(?:\d+ )?(?:commentaires?|comments?|réactions?|réponses?|responses|laisser un commentaire"
    r"|votre commentaire"
    r"|leave a (?:reply|comment)|sur le même (?:sujet|thème)|dans la même rubrique|à lire (?:aussi"
    r"|également)|lire aussi"
    r"|à (?:voir|découvrir|écouter) (?:aussi|également)|voir aussi sur|articles? (?:liés?|similaires?"
    r"|connexes|récents)"
    r"|(?:related|recent|popular) (?:articles?|posts?|stories|content|topics)|more (?:from|on"
    r"|stories)\b.*|read (?:more|next|also)"
    r"|you (?:may|might) also (?:like|be interested in)|recommended(?: for you)?|most (?:read|popular)"
    r"|les plus lus"
    r"|vous aimerez aussi|partager(?: cet article)?|share this\b.*|newsletter|s’abonner|s'abonner"
    r"|à propos de l[’']auteur"
    r"|about the author)(?: ?\(\d+\))?[ :…!]*",
    re.IGNORECASE,
)
_PHRASES = re.compile(  # lines that are no article
    r"(?:à )?(?:lire|voir|écouter|découvrir) (?:aussi|également) ?[:|]|(?:à )lire (?:aussi|également)\b"
    r"|(?:read|see) (?:also|more) ?[:|]|article réservé aux abonnés|cet article (?:vous )?est (?:réservé"
    r"|offert)"
    r"|il vous reste .{1,12} de cet article|la suite est réservée|inscrivez-vous à (?:notre"
    r"|la) (?:newsletter|lettre)"
    r"|already a subscriber|nous utilisons des cookies|ce site utilise des cookies|(?:we"
    r"|this site) uses? cookies|copyright ©|©",
    re.IGNORECASE,
)
_LABELS = re.compile(  # short lines without a stop that are no article
    r"(?:(?:abonnez-vous|déjà abonné|s[’']abonner|subscribe to|sign up (?:for|to)|recevez (?:notre"
    r"|chaque)|partager (?:sur|par|cet)"
    r"|share (?:on|this)|suivez-nous|follow us|related:|publicité$|advertisement$|temps de lecture"
    r"|lecture \d|\d+ min\b"
    r"|(?:publié|mis à jour|modifié|posté) (?:le|à) ?\d|(?:published|updated|posted) (?:on )?\d?).{0,75}"
    r"|.{0,60}(?:tous droits réservés|all rights reserved).?)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<!min)\.$")
_ROLES = "navigation banner contentinfo search complementary menu menubar dialog alertdialog toolbar".split()
_WORDS = re.compile(r"[^\W_]+")
_LONG = 25  # letters from which words are looked for anywhere in what trafilatura found, not as a line
_MOST = 0.3  # share of the article that an element taken for furniture may hold
_PHRASE_LENGTH = 240
_WHOLE = 0.9  # share of the article that its element holds
_TITLED = 1.6  # how much larger the element may be that holds its title too
_LEAST, _LEAST_SHARE = 140, 0.15  # letters, and share of the page, from which a finding is believed
_FORM = 400  # letters from which a form is the page itself
_LINKED = 0.8  # share of links that makes a menu


def furniture_of(soup: Any, markup: str) -> list[Any]:
    """The elements of a page that do not belong to its article, none inside another, in order."""
    return _Page(soup, markup).furniture()


def _folded(text: str) -> str:
    return "".join(_WORDS.findall(text.lower()))


def _lines_found(markup: str) -> list[str]:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract(markup, include_comments=False, include_tables=True, favor_recall=False)
    except Exception:  # of a library on markup of any kind; the page is then read without its advice
        found = None
    return [_folded(line) for line in re.split(r"\n|\|", found or "")]


class _Page:
    """A page, its blocks, and how much of the article each element holds."""

    def __init__(self, soup: Any, markup: str) -> None:
        self._body = soup.body or soup
        has_main = soup.find(["main", "article"]) is not None
        self._tags = ("nav", "aside") if has_main else ("nav",)
        lines = _lines_found(markup)
        self._lines, self._found = set(lines), "\n".join(lines)
        blocks: list[Any] = []  # those with words of their own, in order
        self._size: dict[int, int] = {}  # letters of an element
        self._weight: dict[int, int] = {}  # letters of the article in it
        own: dict[int, list[str]] = {}
        for string in strings_in(self._body):
            block = next((parent for parent in string.parents if is_block(parent)), self._body)
            if id(block) not in own:
                own[id(block)] = []
                blocks.append(block)
            own[id(block)].append(str(string))
            self._count(self._size, string, len(_folded(str(string))))
        said = [(block, _folded("".join(own[id(block)]))) for block in blocks]
        self._chosen = {id(block) for block, words in said if words and self._is_chosen(words)}
        for block, words in said:
            if id(block) in self._chosen:
                self._weight[id(block)] = self._weight.get(id(block), 0) + len(words)
                self._count(self._weight, block, len(words))

    @staticmethod
    def _count(counts: dict[int, int], node: Any, letters: int) -> None:
        for element in node.parents if letters else ():
            counts[id(element)] = counts.get(id(element), 0) + letters

    def _is_chosen(self, words: str) -> bool:
        return words in (self._found if len(words) >= _LONG else self._lines)

    def furniture(self) -> list[Any]:
        """The elements to leave out; none where nothing says that there is more than an article."""
        root = self._root()
        around = {id(element) for element in root.parents}
        apart: list[Any] = []
        stack: list[tuple[Any, bool]] = [(self._body, root is self._body)]
        while stack:
            node, is_inside = stack.pop()
            if not self._size.get(id(node)):
                continue
            if id(node) in around or not self._is_apart(node, is_inside):
                children = [child for child in node.children if getattr(child, "name", None)]
                stack.extend((child, is_inside or child is root) for child in reversed(children))
            else:
                apart.append(node)
        return apart

    def _root(self) -> Any:
        """The smallest element that holds nearly all of the article, with its title where that is near."""
        total, size = self._weight.get(id(self._body), 0), self._size.get(id(self._body), 0)
        if total < max(_LEAST_SHARE * size, _LEAST):
            self._weight.clear()
            self._chosen.clear()
            mains = self._body.find_all(["main", "article"])
            return mains[0] if len(mains) == 1 else self._body
        root = self._body
        while True:
            children = (child for child in root.children if self._weight.get(id(child), 0) >= _WHOLE * total)
            child = next(children, None)
            if child is None or not is_block(child):
                return self._with_title(root)
            root = child

    def _with_title(self, root: Any) -> Any:
        for element in (root, *root.parents):
            if element is self._body or self._size[id(element)] > _TITLED * self._size[id(root)]:
                break
            if element.find("h1") is not None:
                return element
        return root

    def _is_apart(self, node: Any, is_inside: bool) -> bool:
        if is_inside or self._weight.get(id(node)):
            return self._is_furniture(node)
        return (node.name != "h1" and node.find("h1") is None) or bool(_FURNITURE.search(names_of(node)))

    def _is_furniture(self, node: Any) -> bool:
        size, weight = self._size[id(node)], self._weight.get(id(node), 0)
        total = self._weight.get(id(self._body), 0)
        if weight <= _WHOLE * total and self._is_apart_by_tag(node, weight):
            return True
        held = weight / total if total else size / self._size[id(self._body)]
        if held > _MOST:
            return False
        if node.name == "form":
            return size < _FORM
        named = _FURNITURE.search(names_of(node)) or str(node.get("role") or "").lower() in _ROLES
        return bool(named) or self._is_phrase(node, size) or self._is_links(node, size, weight)

    def _is_apart_by_tag(self, node: Any, weight: int) -> bool:
        if node.name == "footer":  # that of a quotation says whose it is
            return node.find_parent("blockquote") is None
        if node.name == "header":
            return not weight and node.find("nav") is not None and node.find("h1") is None
        return node.name in self._tags or node.get("role") == "navigation"

    def _is_phrase(self, node: Any, size: int) -> bool:
        if size > _PHRASE_LENGTH or not is_block(node):
            return False
        text = text_of(node)
        is_label = _LABELS.fullmatch(text) is not None and not _SENTENCE.search(text)
        is_section = HEADINGS.fullmatch(node.name) is not None and _SECTIONS.fullmatch(text) is not None
        return is_label or is_section or _PHRASES.match(text) is not None

    def _is_links(self, node: Any, size: int, weight: int) -> bool:
        """Whether it is a list of links that trafilatura did not take for text."""
        if not is_block(node) or weight > size / 2:
            return False
        links = [_folded(link.get_text()) for link in node.find_all("a", href=True)]
        return len(links) > 1 and sum(map(len, links)) >= _LINKED * size
