"""Fitting a network for some minutes; it goes on where it was stopped."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from evals.fit.network.layers import Rounded

RATE, HEAD_RATE = 1e-4, 1e-3
"""Steps of the body and of the heads, at their greatest."""
WARM_UP, FALLING = 0.06, 0.5
"""Shares of the time, the first in which they grow to it, the last in which they fall to nothing."""
ROUNDED = 0.2
"""Share of the time, the last, in which the layers are fitted as they will be run, in whole numbers."""
SAVED, LOGGED = 300, 45
"""Seconds between two checkpoints, and between two lines."""
CHECKPOINT = "checkpoint.pt"
FROZEN = ("word.weight", "position.weight")
"""What stays as it is: the vectors of words, which are kept in 4 bits, and of positions."""

Step = Callable[[], tuple[Tensor, tuple[float, ...], int]]
"""Gives the loss of some examples, figures to be logged, and the number of tokens read."""


class Trainer:
    """Fits a network.

    The weights of its body are bf16, kept in fp32 beside (twice as fast on two cores as autocast), on a GPU
    where there is one.

    Args:
        network: has its body as ``body``; all else of it are heads.
        step: see :data:`Step`.
        figures: names of what a step gives.
        folder: of the checkpoint.
        chance: draws what a step reads; it goes on as well.
        kept: how many layers of the body, the lowest, stay as they are, with all that lies below them.
    """

    def __init__(
        self,
        network: nn.Module,
        step: Step,
        figures: tuple[str, ...],
        folder: Path,
        chance: random.Random,
        kept: int = 0,
    ) -> None:
        self.network, self.step, self.figures, self.folder, self.chance = (
            network,
            step,
            figures,
            folder,
            chance,
        )
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        network.to(self.device)
        for name, parameter in network.named_parameters():
            parameter.requires_grad_(not name.endswith(FROZEN))
        network.body.bfloat16()
        for layer in network.body.layers:
            layer.compile(dynamic=True)  # a quarter faster, once compiled
        self.fitted = {name: p for name, p in network.named_parameters() if p.requires_grad}
        self.masters = {name: p.detach().float().clone() for name, p in self.fitted.items()}
        body = [master for name, master in self.masters.items() if name.startswith("body.")]
        heads = [master for name, master in self.masters.items() if not name.startswith("body.")]
        groups = [{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
        if kept:  # nothing below what is fitted asks for a gradient: it would have to come through all of it
            for part in (network.body.kind, network.body.norm, *network.body.layers[:kept]):
                part.requires_grad_(False)
        self.optimizer = torch.optim.AdamW(
            [group for group in groups if group["params"]], betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.spent = 0.0

    def run(
        self, minutes: float, log: Callable[[str], None], check: Callable[[], str], checks: int = 4
    ) -> None:
        """Fit until so many minutes are spent in all, those before a stop included."""
        self._resume()
        due = [at for n in range(1, checks + 1) if (at := minutes * 60 * n / checks) > self.spent]
        seen: list[tuple[float, ...]] = []
        saved = logged = self.spent
        tokens, before = 0, self.spent
        while self.spent < minutes * 60:
            begun = time.monotonic()
            found, size = self._step(self.spent / (minutes * 60))
            self.spent += time.monotonic() - begun
            seen.append(found)
            tokens += size
            if self.spent - logged > LOGGED:
                logged = self.spent
                speed = tokens / (self.spent - before)
                means = np.nanmean(np.array(seen), axis=0)
                told = ", ".join(f"{n} {v:.3f}" for n, v in zip(self.figures, means, strict=True))
                log(f"{self.spent / 60:.1f} min, {len(seen)} steps, {speed:.0f} tokens/s: {told}")
                seen = []
            if due and self.spent >= due[0]:
                due.pop(0)
                log(f"after {self.spent / 60:.0f} min: {check()}")
            if self.spent - saved > SAVED:
                saved = self.spent
                self._save()
        self._save()

    def _step(self, share: float) -> tuple[tuple[float, ...], int]:
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * min(share / WARM_UP, (1 - share) / FALLING, 1.0)
        for layer in self.network.modules():
            if isinstance(layer, Rounded):
                layer.rounds = share > 1 - ROUNDED
        self.network.train()
        loss, found, size = self.step()
        loss.backward()
        for name, parameter in self.fitted.items():
            gradient = parameter.grad
            self.masters[name].grad = None if gradient is None else gradient.float()
            parameter.grad = None
        torch.nn.utils.clip_grad_norm_(self.masters.values(), 1.0)
        self.optimizer.step()
        take(self.network, self.masters)
        return found, size

    def _save(self) -> None:
        file = self.folder / CHECKPOINT
        state = {
            "weights": self.masters,
            "optimizer": self.optimizer.state_dict(),
            "spent": self.spent,
            "chance": self.chance.getstate(),
        }
        torch.save(state, file.with_suffix(".new"))
        file.with_suffix(".new").replace(file)

    def _resume(self) -> None:
        file = self.folder / CHECKPOINT
        if not file.exists():
            return
        state = torch.load(file, map_location=self.device, weights_only=False)
        self.optimizer.load_state_dict(state["optimizer"])
        self.spent = state["spent"]
        if "chance" in state:
            self.chance.setstate(state["chance"])
        take(self.network, state["weights"])
        for name, weights in state["weights"].items():
            self.masters[name].data.copy_(weights)


def load_weights(checkpoint: Path) -> dict[str, Tensor]:
    """The fitted weights of a checkpoint."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=False)
    weights: dict[str, Tensor] = state["weights"]
    return weights


def mean_weights(folder: Path) -> dict[str, Tensor]:
    """The mean of all checkpoints in a folder."""
    every = [load_weights(file) for file in sorted(folder.glob("*.pt"))]
    return {name: torch.stack([weights[name] for weights in every]).mean(0) for name in every[0]}


def take(network: nn.Module, weights: dict[str, Tensor]) -> None:
    """Put fitted weights into a network."""
    own = dict(network.named_parameters())
    with torch.no_grad():
        for name, values in weights.items():
            own[name].copy_(values)
