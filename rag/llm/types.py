"""What a quote bears out of a sentence, and what it does not.

A sentence is supported when its words are matched in the quote well enough, by stem or by the encoder (which
knows synonyms, and the other language), and when nothing below differs:

===============  =====================================================================================
``number``       a number or a month that the quote does not have
``name``         a name that neither the quote, the words before it nor its source has
``negation``     one of the two denies, ends or says the contrary of what the other affirms
``modal``        what the quote says may or would be is said to be; or an obligation is added
``hedge``        a reservation of the quote is gone, or its rough number is given as exact
``condition``    a condition of the quote is gone, or is said not to count
``scope``        all, only or always are added
``cause``        a reason is given where the quote gives none
``order``        who does it and who it is done to are exchanged, or who has how many
``attribution``  it is said to be the words of somebody else
``wording``      its words are not in the quote
===============  =====================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.types import EffectKind


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a quote does not bear out.

    Attributes:
        kind: see the table above.
        words: of the sentence or of the quote that it is about; may be empty.
    """

    kind: EffectKind | str
    words: str


@dataclass(frozen=True, slots=True)
class Support:
    """How a quote bears out a sentence.

    Attributes:
        score: 0 to 1, share of the sentence's words that are matched.
        findings: what it does not bear out; none when it supports the sentence.
    """

    score: float
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether the quote supports the sentence."""
        return not self.findings
