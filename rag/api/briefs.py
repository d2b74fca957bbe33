"""Briefs at the border: made, kept by whoever asked, given back, and set by the exports of dossiers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rag.brief import (
    NO_EDITS,
    Brief,
    Edits,
    brief_as_dossier,
    brief_introductions,
    brief_remarks,
    edited,
    from_record,
    introduced,
    make_brief,
    place_of,
    quotes_of,
    renewed,
    stands,
)
from rag.dossier import PACE, Checked, Dossier
from rag.llm import Endpoint
from rag.quotes import prove_whole
from rag.search import EVERYBODY, Scope
from rag.store import Index, Snapshot
from rag.types import Language, Progress, no_progress


class Briefs:
    """The briefs of one debate, proved; one of :class:`rag.api.Tools`.

    Args:
        index: of the debate.
        check: makes a dossier ready to be set, its quotes checked.
        endpoint: of the language model that may write introductions, if there is one.
    """

    def __init__(
        self,
        index: Index,
        check: Callable[[Dossier, Language, int], Checked],
        endpoint: Endpoint | None = None,
    ) -> None:
        self._index = index
        self._check = check
        self._endpoint = endpoint

    def make(
        self,
        motion: str = "",
        lang: Language | None = None,
        progress: Progress = no_progress,
        scope: Scope = EVERYBODY,
        llm: bool = True,
    ) -> Brief:
        """What must be known the night before a debate; see :func:`rag.brief.make_brief`.

        With a language model, and ``llm``, with its introductions; see :func:`rag.brief.introduced`.
        """
        brief = make_brief(self._index, motion, lang, progress, scope)
        if llm and self._endpoint is not None:
            brief = introduced(brief, self._index, self._endpoint, progress, scope)
        return prove_whole(brief, self._index)

    def check(self, brief: Brief, pace: int = PACE) -> Checked:
        """A brief ready to be set by the exports of dossiers, its quotes checked anew."""
        found = self._check(brief_as_dossier(brief, printed=True), brief.lang, pace)
        return replace(found, remarks=brief_remarks(brief), under=brief_introductions(brief))

    def again(self, record: object, edits: Edits = NO_EDITS) -> tuple[Brief, int]:
        """A brief that was given before (:func:`rag.brief.to_record`), checked, as it is wanted now.

        Returns:
            It, and how many of its quotes are left out as they are no longer slices of their sources.

        Raises:
            InputError: it is no brief, or cannot be wanted so.
        """

        def kept_as_wanted(snapshot: Snapshot) -> tuple[Brief, int]:
            kept = from_record(record)
            lost = [place_of(quote) for quote in quotes_of(kept) if not stands(quote, snapshot)]
            wanted = edited(kept, replace(edits, quotes={*edits.quotes, *lost}))
            return renewed(wanted, snapshot), len(lost)

        brief, lost = self._index.read(kept_as_wanted)
        return prove_whole(brief, self._index), lost
