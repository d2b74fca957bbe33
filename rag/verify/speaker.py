"""Whether a named person who is neither source nor side says the words, by what the sources tell there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.store import Snapshot
from rag.text import Told, is_same_person, named_around, own_name, own_words, speakers_told
from rag.types import Quote
from rag.verify.source_words import sentence_quote
from rag.verify.types import Speaker

PLACES = 20
"""In so many places of a quote the speaker is looked for."""
SHOWN = 2
"""Most sentences that are given for what they tell of the speaker."""


def find_speaker(snapshot: Snapshot, named: str, pieces: Sequence[Quote]) -> Speaker:
    """What the sources tell of who says some words.

    Surest is who speaks there, in a transcript. Confirmed where one says that they are that speaker's;
    contradicted where one says that they are somebody else's, or holds them against that speaker; otherwise
    unchecked, with what they say of somebody who may be meant.

    Args:
        snapshot: the state of the sources.
        named: the speaker, as named.
        pieces: where the words stand.
    """
    confirmed: list[Quote] = []
    contradicted: list[Quote] = []
    others: list[Quote] = []
    by = ""
    for piece in pieces[:PLACES]:
        if piece.speaker and (same := _is_said_by(piece.speaker, named)) is not None:
            (confirmed if same else contradicted).append(piece)
            by = by or ("" if same else piece.speaker)
            continue
        if piece.speaker:
            others.append(piece)
        for told, at in _told(snapshot, piece):
            same = is_same_person(named, told.name)
            if same and told.holds:
                confirmed.append(at)
            elif same or (same is False and told.holds and told.sure):
                contradicted.append(at)
            elif told.holds and told.sure:
                others.append(at)
    if confirmed:
        return Speaker("confirmed", _distinct(confirmed))
    if contradicted:
        return Speaker("contradicted", _distinct(contradicted), by)
    return Speaker("unchecked", _distinct(others))


def _is_said_by(speaker: str, named: str) -> bool | None:
    """Whether who speaks is the one named: of two who have names, each is one alone."""
    same = is_same_person(named, speaker)
    if same is None and not set(own_name(named)) & set(own_name(speaker)):
        return False if own_words(named) and own_words(speaker) else None
    return same


def _told(snapshot: Snapshot, piece: Quote) -> Iterator[tuple[Told, Quote]]:
    """What is told of who says a piece, with the sentence that tells."""
    number = snapshot.number_of(piece.source.id)
    assert number is not None, "a piece has its source"
    text = snapshot.source(number).text
    rows = [snapshot.row_at("sentence", number, at) for at in (piece.start, piece.end - 1)]
    first, last = (snapshot.sentence(row)[1] for row in rows)
    if first.lead_in and (name := named_around(text[slice(*first.lead_in)], *[len(text)] * 2)):
        yield Told(name, True, first.lead_in[0]), sentence_quote(snapshot, number, first.lead_in[0])
    begin = snapshot.span("passage", snapshot.row_at("passage", number, piece.start))[0]
    until = snapshot.span("passage", snapshot.row_at("passage", number, piece.end - 1))[1]
    sentence = first.start - begin, last.end - begin
    for told in speakers_told(text[begin:until], sentence, piece.start - begin, piece.end - begin):
        yield told, sentence_quote(snapshot, number, begin + told.at)


def _distinct(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(quotes))[:SHOWN]
