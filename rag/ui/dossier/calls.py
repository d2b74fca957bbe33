"""What the page asks of the server about a dossier: the browser keeps it and gets it back changed."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rag.api import Tools
from rag.catalogue import say
from rag.dossier import (
    PACE,
    PACE_MOST,
    Card,
    Checked,
    Dossier,
    added,
    changed,
    described,
    from_json,
    moved,
    removed,
    renewed,
    section_of,
    titled,
    to_json,
    written,
)
from rag.errors import DossierError, InputError
from rag.ui.call import Asked, told
from rag.ui.dossier.view import cards_html, length_line, unverified_line
from rag.ui.html import side_classes
from rag.ui.messages import as_language


class DossierCalls:
    """The calls, over the tools of one index."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [told(call, as_html=False) for call in (self.change_dossier, self.export_dossier)]

    def change_dossier(self, asked: Asked) -> dict[str, Any]:
        """Do with the dossier what ``do`` names (see :data:`CHANGES`) and check its cards.

        Gives ``dossier``, its cards in the order shown, ``html`` of them, ``length`` and ``unverified`` in
        words.
        """
        infos = self._tools.index.read(lambda snapshot: snapshot.infos)
        dossier = CHANGES[asked["do"]](_sent(asked), asked, self._tools)
        found = self._tools.dossier_check(dossier, as_language(asked["lang"]), _pace(asked))
        dossier = _in_order(dossier, found)
        return {
            "dossier": to_json(dossier),
            "html": cards_html(dossier, found, side_classes(infos)),
            "length": length_line(found),
            "unverified": unverified_line(found),
        }

    def export_dossier(self, asked: Asked) -> dict[str, Any]:
        """The dossier in a ``format``, ``docx``, ``md`` or ``html``: ``data`` in base 64, ``said`` of it."""
        lang = as_language(asked["lang"])
        found = self._tools.dossier_check(_sent(asked), lang, _pace(asked))
        content = written(found, f".{asked['format']}")
        said = say("exported", lang)
        if found.unverified:
            said = say("exported_unverified", lang, count=found.unverified, cards=len(found.cards))
        return {"data": base64.b64encode(content).decode(), "said": said}


def _shown(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    return dossier


def _opened(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """``text`` of a file instead."""
    name = str(asked["name"])
    try:
        return from_json(json.loads(str(asked["text"]).removeprefix("\ufeff")), name)
    except (ValueError, RecursionError):
        raise DossierError("dossier_not_json", file=name) from None


def _added(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With a card of a ``quote``: source, sha256, start, end, highlights."""
    quote = asked["quote"]
    spans = [(int(start), int(end)) for start, end in quote.get("highlights") or ()]
    start, end = int(quote["start"]), int(quote["end"])
    card = tools.dossier_card(str(quote["source"]), start, end, highlights=spans, sha256=str(quote["sha256"]))
    return added(dossier, card)


def _put_back(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With a card that was removed (``card``, as the dossier had it), at its ``position``."""
    (card,) = from_json({**to_json(Dossier()), "cards": [asked["card"]]}).cards
    return added(dossier, card, int(asked["position"]))


def _removed(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """Without a ``card``, by its id."""
    return removed(dossier, [asked["card"]])


def _described(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With another tag, note or section (``field``, ``text``) of a ``card``, or its own title."""
    field, text = asked["field"], str(asked["text"])
    if field == "title":
        return titled(dossier, text)
    value: Any = section_of(text) if field == "section" else text
    return changed(dossier, described(_named(dossier, asked["card"]), **{field: value}))


def _renewed(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With the quotes that were found again by their words as they stand now."""
    return renewed(dossier, tools.dossier_check(dossier, as_language(asked["lang"])))


def _moved(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With a ``card`` one step ``by`` -1 or 1; or ``beside`` another, ``after`` it or before.

    A card comes under the heading that it is moved to.
    """
    found = tools.dossier_check(dossier, as_language(asked["lang"]))
    dossier, items = _in_order(dossier, found), found.cards
    ids = [item.card.id for item in items]
    card = _named(dossier, asked["card"])
    at = ids.index(card.id)
    if "by" in asked:
        to = at + (1 if asked["by"] > 0 else -1)
        if not 0 <= to < len(ids):
            return dossier
        after = (asked["by"] > 0) == (items[to].path == items[at].path)
    else:
        to, after = ids.index(_named(dossier, asked["beside"]).id), bool(asked["after"])
    if items[to].path != items[at].path:
        dossier = changed(dossier, described(card, section=items[to].path))
    return moved(dossier, card.id, to - (at < to) + after)


CHANGES: dict[str, Callable[[Dossier, Asked, Tools], Dossier]] = {
    "show": _shown,
    "open": _opened,
    "add": _added,
    "put_back": _put_back,
    "remove": _removed,
    "describe": _described,
    "move": _moved,
    "renew": _renewed,
}


def _sent(asked: Asked) -> Dossier:
    return Dossier() if asked.get("dossier") is None else from_json(asked["dossier"])


def _pace(asked: Asked) -> int:
    given = asked.get("pace")
    return given if isinstance(given, int) and 1 <= given <= PACE_MOST else PACE


def _in_order(dossier: Dossier, found: Checked) -> Dossier:
    """The dossier in the order in which its cards are shown: those of one heading together."""
    by_id = {card.id: card for card in dossier.cards}
    return replace(dossier, cards=tuple(by_id[item.card.id] for item in found.cards))


def _named(dossier: Dossier, card_id: object) -> Card:
    for card in dossier.cards:
        if card.id == card_id:
            return card
    raise InputError("card_gone", card=card_id)
