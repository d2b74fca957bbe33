"""The items of the list that is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rag.store import Snapshot


def items(snapshot: Snapshot, rows: Sequence[int]) -> list[int]:
    """Rows of every item of the list in which the best sentence stands or that it introduces, in order.

    That is an enumeration after a lead-in (the wider one, where items of several lists inside it were found),
    items beside each other without one, or those under a heading. Of an item of several sentences, the first
    and those that were found. Where the best has no list, all sentences found in its source, with the lists
    of those that have one.

    Args:
        snapshot: where they stand.
        rows: the best sentences for what is asked, best first.
    """
    if not rows:
        return []
    found = _List(snapshot, rows)
    return sorted(found.of_best() or found.spread())


class _List:
    """The lists of the source in which the best of some sentences stands."""

    def __init__(self, snapshot: Snapshot, rows: Sequence[int]) -> None:
        columns = snapshot.sentences
        own = snapshot.rows_in("sentence", int(columns["source"][rows[0]]))
        self._snapshot = snapshot
        self._cells = {row: {name: int(column[row]) for name, column in columns.items()} for row in own}
        self._rows = [row for row in own if self._cells[row]["quotable"]]
        self._found = [row for row in rows if row in self._cells]
        self._at = {self._cells[row]["start"]: row for row in own}
        self._heads = {self._at.get(cell["heading_start"], -1) for cell in self._cells.values()}
        self._by_lead = defaultdict[int, list[int]](list)
        for row in self._rows:
            self._by_lead[self._cells[row]["lead_start"]].append(row)

    def of_best(self) -> list[int]:
        """The items of the list of the best sentence; none where it has none."""
        return self._list_of(self._found[0])

    def _list_of(self, row: int) -> list[int]:
        """The items of the list in which a sentence stands or that it introduces; none where it does not."""
        if led := self._led(row) or self._under(row):
            return self._with_found(led)
        first = self._first_of_item(row)
        if first is None:
            return []
        lead = self._at.get(self._cells[first]["lead_start"])
        return self._with_found(self._beside(first) if lead is None else self._widest(lead))

    def spread(self) -> list[int]:
        """The sentences found, and the lists of those that stand in one; none that only introduces."""
        said = {each for row in self._found for each in self._list_of(row) or [row]}
        return list(said - self._openers()) or self._found[:1]

    def _openers(self) -> set[int]:
        """Sentences that introduce, and headings."""
        return self._heads | {row for row in self._found if self._announces(row)}

    def _announces(self, row: int) -> bool:
        return self._snapshot.text_of("sentence", row).rstrip().endswith(":")

    def _led(self, lead: int) -> list[int]:
        """What a sentence introduces, opened."""
        return self._all_opened(self._by_lead.get(self._cells[lead]["start"], []))

    def _opened(self, row: int) -> list[int]:
        """An item, or for one that introduces further items, those."""
        return self._led(row) or [row]

    def _all_opened(self, rows: Iterable[int]) -> list[int]:
        return [each for row in rows for each in self._opened(row)]

    def _widest(self, lead: int) -> list[int]:
        """The items after a lead-in, or after the one around it where others of its items were found."""
        listed = self._led(lead)
        outer = self._at.get(self._cells[lead]["lead_start"])
        if outer is None:
            return listed
        wider = self._widest(outer)
        return wider if set(self._found) & (set(wider) - set(listed)) else listed

    def _under(self, heading: int) -> list[int]:
        """The items under a heading, those of its first list."""
        if heading not in self._heads:
            return []
        start = self._cells[heading]["start"]
        under = [row for row in self._rows if self._cells[row]["heading_start"] == start]
        first = next((row for row in under if self._cells[row]["point"]), None)
        if first is None:
            return []
        lead = self._at.get(self._cells[first]["lead_start"])
        return self._beside(first) if lead is None else self._led(lead)

    def _beside(self, item: int) -> list[int]:
        """Items beside one that nothing introduces, in the same paragraph and under the same heading."""
        firsts: dict[tuple[int, ...], int] = {}
        for row in self._rows:
            if self._paragraph(row) == self._paragraph(item) and self._cells[row]["point"]:
                firsts.setdefault(self._point(row), row)
        return self._all_opened(row for row in firsts.values() if self._cells[row]["lead_start"] < 0)

    def _first_of_item(self, row: int) -> int | None:
        """The first sentence of the item in which one stands; ``None`` where it stands in none."""
        if self._cells[row]["lead_start"] >= 0:
            return row
        if not self._cells[row]["point"]:
            return None
        return next(each for each in self._cells if self._point(each) == self._point(row))

    def _with_found(self, listed: list[int]) -> list[int]:
        """Items, and further sentences of theirs that were found."""
        points = {self._point(row) for row in listed if self._cells[row]["point"]}
        return list({*listed, *(row for row in self._found if self._point(row) in points)} - self._openers())

    def _paragraph(self, row: int) -> tuple[int, int, int]:
        cell = self._cells[row]
        return cell["page"], cell["paragraph"], cell["heading_start"]

    def _point(self, row: int) -> tuple[int, ...]:
        return (*self._paragraph(row), self._cells[row]["point"])
