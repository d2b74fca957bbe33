"""The tokenizer, its vocabulary pruned to what French and English, and their neighbours, are written with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from evals.fit.network.base import Base

KEPT = 50_000
"""How many pieces are kept: all that the texts at hand use, then the likeliest in Latin letters."""
SPECIAL = 4
UNTYPED = -100.0
"""Score of the special ones, which a text that has "<s>" in it must not call."""
_LATIN = re.compile(r"[▁A-Za-z0-9À-ſ’'\-.,;:!?()\[\]«»“”\"/%€$£&+=*°§–—…@#_<>|²³½ºª·•]+")


def tokenizer_of(base: Base, rows: Sequence[int] | None = None) -> Tokenizer:
    """The Unigram tokenizer of a base, of some of its pieces or all.

    Its characters are normalised by NFKC, which the model's own map is but for a few of them.
    """
    kept = range(len(base.pieces)) if rows is None else rows
    scores = [UNTYPED if row < SPECIAL else float(base.scores[row]) for row in kept]
    vocabulary = list(zip((base.pieces[row] for row in kept), scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    return tokenizer


def kept_rows(base: Base, texts: Iterable[str]) -> list[int]:
    """Rows of the pieces that are kept, in their order."""
    tokenizer = tokenizer_of(base)
    kept = set(range(SPECIAL))
    for encoded in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        kept.update(encoded.ids)
    kept.discard(len(base.pieces) - 1)  # <mask>
    latin = (row for row in range(SPECIAL, len(base.pieces)) if _LATIN.fullmatch(base.pieces[row]))
    for row in sorted(latin, key=lambda row: -base.scores[row]):
        if len(kept) >= KEPT:
            break
        kept.add(row)
    return sorted(kept)
