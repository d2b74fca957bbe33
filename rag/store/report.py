"""What a sync did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.errors import UnreadableFile
from rag.types import SourceInfo


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did.

    Attributes:
        added, changed, removed, unchanged: ids of sources.
        kept: ids of sources whose file can no longer be read; the version indexed before is kept.
        skipped: files that cannot be read.
        remarked: those added or changed of whose reading something must be said.
        rebuilt: why everything was indexed anew; empty when it was not.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]
    skipped: tuple[UnreadableFile, ...]
    rebuilt: str = ""
    remarked: tuple[SourceInfo, ...] = ()

    @classmethod
    def between(
        cls,
        before: Iterable[SourceInfo],
        after: Iterable[SourceInfo],
        kept: Sequence[str],
        skipped: Iterable[UnreadableFile],
        rebuilt: str,
    ) -> SyncReport:
        """What turns the sources there were into those there are."""
        old, new = {info.id: info for info in before}, {info.id: info for info in after}
        changed = [i for i, info in new.items() if i in old and old[i] != info]
        return cls(
            added=tuple(i for i in new if i not in old),
            changed=tuple(changed),
            removed=tuple(sorted(old.keys() - new.keys())),
            unchanged=tuple(i for i in new if i in old and i not in {*changed, *kept}),
            kept=tuple(kept),
            skipped=tuple(skipped),
            rebuilt=rebuilt,
            remarked=tuple(info for i, info in new.items() if info.remarks and old.get(i) != info),
        )

    @property
    def wrote(self) -> bool:
        """Whether the index changed."""
        return bool(self.added or self.changed or self.removed or self.rebuilt)
