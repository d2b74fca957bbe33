"""Concordances of some texts."""

from __future__ import annotations

from collections.abc import Sequence

from rag.store.concordance import Concordance
from rag.store.word_table import WordTable


def whole(table: WordTable) -> Concordance:
    """The concordance of one part alone."""
    return Concordance([table], [(0, number) for number in range(table.sources)])


def of(texts: Sequence[str]) -> Concordance:
    """The concordance of some texts, read at once."""
    return whole(WordTable.of(texts))
