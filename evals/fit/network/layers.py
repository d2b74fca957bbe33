"""The network in torch: a BERT (post-norm, absolute positions, two token types) and the reader's heads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from evals.fit.network.base import Base

NOWHERE = -30_000.0
"""Added to the logit of what is not there."""
STEPS, LEVELS = 63, 255
"""Whole numbers that a weight, on either side of 0, and what it is multiplied with are rounded to. Weights
have 7 bits: with 8, products of two bytes overflow on processors without VNNI."""


class Rounded(nn.Linear):
    """A linear map that ONNX Runtime works out in whole numbers: a scale for each output, one for all input.

    Once ``rounds`` is set it is fitted so, as if rounding had a slope of one (Jacob et al. 2018).
    """

    rounds = False

    def forward(self, x: Tensor) -> Tensor:
        """Shapes ``(…, input)``, ``(…, output)``."""
        if not self.rounds:
            return super().forward(x)
        w = self.weight.float()
        scale = w.detach().abs().amax(1, keepdim=True).clamp_min(1e-8) / STEPS
        return F.linear(_rounded_input(x), _straight(w, (w / scale).round() * scale, x.dtype), self.bias)


def _rounded_input(x: Tensor) -> Tensor:
    wide = x.float()
    low, high = wide.detach().amin().clamp_max(0), wide.detach().amax().clamp_min(1e-6)
    scale = (high - low) / LEVELS
    zero = (-low / scale).round()
    whole = ((wide / scale).round() + zero).clamp(0, LEVELS)
    return _straight(wide, (whole - zero) * scale, x.dtype)


def _straight(x: Tensor, rounded: Tensor, kind: torch.dtype) -> Tensor:
    return (x + (rounded - x).detach()).to(kind)


class Layer(nn.Module):
    """A layer of the transformer; attention is written out, torch's own is slow backwards on a CPU."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        width, inner = base.width, base.inner
        self.heads = base.heads
        self.qkv, self.out = Rounded(width, 3 * width), Rounded(width, width)
        self.up, self.down = Rounded(width, inner), Rounded(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, base.epsilon), nn.LayerNorm(width, base.epsilon)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Shapes ``(rows, tokens, width)`` and ``(rows, 1, 1, tokens)``."""
        rows, tokens, width = x.shape
        each = width // self.heads
        q, k, v = self.qkv(x).view(rows, tokens, 3, self.heads, each).permute(2, 0, 3, 1, 4)
        weights = (q * each**-0.5) @ k.transpose(-1, -2) + mask
        mixed = (weights.softmax(-1) @ v).transpose(1, 2).reshape(rows, tokens, width)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Body(nn.Module):
    """Token numbers -> a vector for each."""

    def __init__(self, base: Base, rows: Sequence[int]) -> None:
        super().__init__()
        width = base.width
        self.word = nn.Embedding(len(rows), width)
        self.position = nn.Embedding(base.positions, width)
        self.kind = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width, base.epsilon)
        self.layers = nn.ModuleList(Layer(base) for _ in range(base.layers))
        with torch.no_grad():
            self._take(base, rows)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        """Shape ``(rows, tokens)`` each, ``mask`` 1 for what is there; gives ``(rows, tokens, width)``."""
        return self.contextual(self.word(ids), kinds, mask)

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.norm.weight.device

    def contextual(self, words: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        """The same from the vectors of the words, ``(rows, tokens, width)``."""
        places = torch.arange(words.shape[1], device=words.device)
        x = self.norm(words + self.position(places)[None] + self.kind(kinds))
        added = (1 - mask.to(x.dtype))[:, None, None, :] * NOWHERE
        for layer in self.layers:
            x = layer(x, added)
        return x

    def _take(self, base: Base, rows: Sequence[int]) -> None:
        """Take over the weights of the base."""
        named = {name: torch.from_numpy(np.array(values)) for name, values in base.tensors.items()}
        width = base.width
        self.word.weight.copy_(named["emb.word"].view(-1, width)[list(rows)])
        self.position.weight.copy_(named["emb.pos"].view(-1, width))
        kinds = named["emb.type"].view(-1, width)
        self.kind.weight.copy_(kinds[:1].expand(2, width))  # the second was not trained
        self.norm.weight.copy_(named["emb.ln.w"])
        self.norm.bias.copy_(named["emb.ln.b"])
        for number, layer in enumerate(self.layers):
            at = f"l{number}."
            layer.qkv.weight.copy_(torch.cat([named[f"{at}{c}.w"].view(width, width) for c in "qkv"]))
            layer.qkv.bias.copy_(torch.cat([named[f"{at}{c}.b"] for c in "qkv"]))
            for theirs, ours in (("ao", layer.out), ("fi", layer.up), ("fo", layer.down)):
                ours.weight.copy_(named[f"{at}{theirs}.w"].view_as(ours.weight))
                ours.bias.copy_(named[f"{at}{theirs}.b"])
            for theirs, ours in (("aln", layer.norm1), ("oln", layer.norm2)):
                ours.weight.copy_(named[f"{at}{theirs}.w"])
                ours.bias.copy_(named[f"{at}{theirs}.b"])


class Heads(nn.Module):
    """Vectors of tokens -> a logit for each sentence, one for "none", two for each token (span)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.sentence, self.none, self.span = (
            nn.Linear(2 * width, 1),
            nn.Linear(width, 1),
            nn.Linear(width, 2),
        )
        self.scale = nn.Parameter(torch.tensor(5.0))
        for head in (self.sentence, self.none, self.span):
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)
        with torch.no_grad():
            self.sentence.bias.fill_(-4.5)

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as the program reads them."""
        return {
            "sentence": self.sentence.weight[0].detach().numpy(),
            "sentence_bias": self.sentence.bias[0].detach().numpy(),
            "none": self.none.weight[0].detach().numpy(),
            "none_bias": self.none.bias[0].detach().numpy(),
            "span": self.span.weight.detach().numpy(),
            "span_bias": self.span.bias.detach().numpy(),
            "scale": self.scale.detach().numpy(),
        }

    def forward(self, vectors: Tensor, question: Tensor, sentences: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of sentences less that of "none", ``(rows, sentences)``; span logits ``(rows, tokens, 2)``.

        Args:
            vectors: shape ``(rows, tokens, width)``.
            question: shape ``(rows, tokens)``, weights that average the question's tokens.
            sentences: shape ``(rows, sentences, tokens)``, weights that average each sentence's.
        """
        vectors = vectors.float()
        asked, said = question[:, None] @ vectors, sentences @ vectors
        cosine = (F.normalize(said, dim=-1) * F.normalize(asked, dim=-1)).sum(-1)
        logits = self.sentence(torch.cat([said, said * asked], -1)).squeeze(-1) + self.scale * cosine
        return logits - self.none(vectors[:, 0]), self.span(vectors)


class Reader(nn.Module):
    """Body and heads."""

    def __init__(self, base: Base, rows: Sequence[int]) -> None:
        super().__init__()
        self.body, self.heads = Body(base, rows), Heads(base.width)


class Encoder(nn.Module):
    """The body alone: sentences and questions are means of its vectors."""

    def __init__(self, base: Base, rows: Sequence[int]) -> None:
        super().__init__()
        self.body = Body(base, rows)
