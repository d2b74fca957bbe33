"""What the page asks of the server about a dossier: the browser keeps it and gets it back changed."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rag.api import Tools
from rag.brief import brief_as_dossier, place_of
from rag.catalogue import say
from rag.dossier import (
    PACE,
    PACE_MOST,
    Card,
    Dossier,
    added,
    changed,
    described,
    from_json,
    headings,
    load,
    moved,
    removed,
    renewed,
    section_of,
    taken_over,
    titled,
    to_json,
    turned,
    written,
)
from rag.errors import DossierError, InputError
from rag.ui.call import Asked, classes_of, told
from rag.ui.dossier.view import cards_html, length_line, unverified_line
from rag.ui.messages import as_language
from rag.ui.prepare.edits import edits_of


class DossierCalls:
    """The calls, over the tools of one index."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def functions(self) -> list[Callable[[Asked], Any]]:
        """As plain functions: Gradio sets attributes on them."""
        return [told(call, as_html=False) for call in (self.change_dossier, self.export_dossier)]

    def change_dossier(self, asked: Asked) -> dict[str, Any]:
        """Do with the dossier what ``do`` names (see :data:`CHANGES`) and check its cards.

        Gives ``dossier``, ``html`` of its cards, ``length`` and ``unverified`` in words.
        """
        dossier = CHANGES[asked["do"]](self._sent(asked), asked, self._tools)
        found = self._tools.dossier_check(dossier, as_language(asked["lang"]), _pace(asked))
        return {
            "dossier": to_json(dossier),
            "html": cards_html(dossier, found, classes_of(self._tools)),
            "length": length_line(found),
            "unverified": unverified_line(found),
        }

    def export_dossier(self, asked: Asked) -> dict[str, Any]:
        """The dossier in a ``format``, ``docx``, ``md`` or ``html``: ``data`` in base 64, ``said`` of it."""
        lang = as_language(asked["lang"])
        found = self._tools.dossier_check(self._sent(asked), lang, _pace(asked))
        content = written(found, f".{asked['format']}")
        said = say("exported", lang)
        if found.unverified:
            said = say("exported_unverified", lang, count=found.unverified, cards=len(found.cards))
        return {"data": base64.b64encode(content).decode(), "said": said}

    def _sent(self, asked: Asked) -> Dossier:
        """What the browser keeps; else what came with the debate, such as one that was imported."""
        if asked.get("do") == "new":  # whatever is kept, which may be damaged
            return Dossier()
        if asked.get("dossier") is not None:
            return from_json(asked["dossier"])
        file = self._tools.workspace.dossier_file
        return load(file) if file.is_file() else Dossier()


def _shown(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    return dossier


def _begun(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """A new one, also where one came with the debate."""
    return Dossier()


def _opened(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """``text`` of a file instead."""
    name = str(asked["name"])
    try:
        return from_json(json.loads(str(asked["text"]).removeprefix("\ufeff")), name)
    except (ValueError, RecursionError):
        raise DossierError("dossier_not_json", file=name) from None


def _added(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With a card of a ``quote``: source, sha256, start, end, maybe the ``tag``.

    ``highlights`` are what the reader guessed.
    """
    quote = asked["quote"]
    spans = [(int(start), int(end)) for start, end in quote.get("highlights") or ()]
    start, end = int(quote["start"]), int(quote["end"])
    card = tools.dossier_card(
        str(quote["source"]),
        start,
        end,
        str(quote.get("tag", "")),
        suggested=spans,
        sha256=str(quote["sha256"]),
    )
    return added(dossier, card)


def _marked(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With the words from ``start`` to ``end`` of a ``card`` marked, or unmarked where they are."""
    wanted = _named(dossier, asked["card"]).id
    found = tools.dossier_check(dossier, as_language(asked["lang"]))
    item = next(each for each in found.cards if each.card.id == wanted)
    if not item.stands:
        raise InputError("card_gone", card=wanted)
    return changed(dossier, turned(item.card, int(asked["start"]), int(asked["end"])))  # as it is shown


def _taken_over(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With the words marked that were suggested in a ``card``, in all without one."""
    for card in [_named(dossier, asked["card"])] if "card" in asked else dossier.cards:
        dossier = changed(dossier, taken_over(card))
    return dossier


def _dismissed(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With nothing suggested in a ``card`` any more."""
    return changed(dossier, replace(_named(dossier, asked["card"]), suggested=()))


def _replaced(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With ``cards`` as the dossier had them in the place of those it has; one that is gone stays so."""
    ids = {card.id for card in dossier.cards}
    for card in from_json({**to_json(Dossier()), "cards": asked["cards"]}).cards:
        dossier = changed(dossier, card) if card.id in ids else dossier
    return dossier


def _put_back(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With a card that was removed (``card``, as the dossier had it), at its ``position``."""
    (card,) = from_json({**to_json(Dossier()), "cards": [asked["card"]]}).cards
    if any(other.id == card.id for other in dossier.cards):  # another window has done so
        return dossier
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

    It keeps its own heading among cards of another, unless it is put ``under`` that one.
    """
    card = _named(dossier, asked["card"])
    if "by" in asked:
        to = dossier.cards.index(card) + (1 if asked["by"] > 0 else -1)
        return moved(dossier, card.id, to)
    if "under" in asked:
        dossier = changed(dossier, _under(card, tuple(map(str, asked["under"]))))
    ids = [each.id for each in dossier.cards if each.id != card.id]
    beside = _named(dossier, asked["beside"]).id
    if beside == card.id:  # it is the first under that heading
        return dossier
    return moved(dossier, card.id, ids.index(beside) + bool(asked["after"]))


def _under(card: Card, path: tuple[str, ...]) -> Card:
    """A card under some headings; its own side is the heading that it has without a section."""
    without = described(card, section=())
    return without if headings(without) == path else described(card, section=path)


def _brief_added(dossier: Dossier, asked: Asked, tools: Tools) -> Dossier:
    """With a card of each quote of a brief (``record``, ``edits``) that has none yet."""
    brief, _ = tools.briefs.again(asked.get("record"), edits_of(asked))
    known = {place_of(card.quote) for card in dossier.cards}
    for card in brief_as_dossier(brief).cards:
        if place_of(card.quote) not in known:
            known.add(place_of(card.quote))
            dossier = added(dossier, card)
    return dossier


CHANGES: dict[str, Callable[[Dossier, Asked, Tools], Dossier]] = {
    "show": _shown,
    "new": _begun,
    "open": _opened,
    "add": _added,
    "add_brief": _brief_added,
    "put_back": _put_back,
    "remove": _removed,
    "describe": _described,
    "move": _moved,
    "renew": _renewed,
    "mark": _marked,
    "take": _taken_over,
    "dismiss": _dismissed,
    "put_in_place": _replaced,
}


def _pace(asked: Asked) -> int:
    given = asked.get("pace")
    return given if isinstance(given, int) and 1 <= given <= PACE_MOST else PACE


def _named(dossier: Dossier, card_id: object) -> Card:
    for card in dossier.cards:
        if card.id == card_id:
            return card
    raise InputError("card_gone", card=card_id)
