"""What torch's GradScaler does to a training whose gradient overflows now and then.

    python test/reference/make_grad_scaler.py      (torch)

Writes `../fixtures/grad-scaler.json`: a linear layer of `weights` is applied to the batches `inputs` in turn, with the mean
squared error from `targets`. The scale starts so high that gradients overflow in float32, as they do at 2^-112 of it in half
precision, which runtimes for processors do not compute in. The second batch has targets farther off; that of step `huge` (counted from
0) is multiplied by `times` so that the loss itself overflows. For each step of AdamW: the `scales` of the loss before it, the
`losses` (null where there is none), whether it `went`; and the weights `after` all of them.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch

OUT = Path(__file__).parent.parent / "fixtures" / "grad-scaler.json"
ROWS, WIDTH, BATCHES, STEPS, INTERVAL, START, HUGE, TIMES = 4, 8, 3, 40, 5, 2.0**126, 23, 1e30
OPTIMISER = {"lr": 0.05, "betas": (0.9, 0.99), "eps": 1e-8, "weight_decay": 1e-2}


def main() -> None:
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(5)
    draw = lambda *shape: torch.randn(*shape, generator=generator)  # noqa: E731
    # Eighths and quarters, which are short in the file.
    inputs, targets = (draw(BATCHES, ROWS, WIDTH) * 8).round() / 8, (draw(BATCHES, ROWS) * 4).round() / 4
    targets[1] *= 40
    start = (draw(WIDTH) * 8).round() / 8
    weights = start.clone().requires_grad_()
    optimiser = torch.optim.AdamW([weights], **OPTIMISER)
    scaler = torch.amp.GradScaler("cpu", init_scale=START, growth_interval=INTERVAL)
    scales, losses, went = [], [], []
    for step in range(STEPS):
        x = inputs[step % BATCHES] * (TIMES if step == HUGE else 1)
        loss = ((x @ weights) - targets[step % BATCHES]).square().mean()
        before = weights.detach().clone()
        scales.append(scaler.get_scale())
        optimiser.zero_grad(set_to_none=True)
        scaler.scale(loss).backward()
        largest = weights.grad.abs().max().item()
        scaler.step(optimiser)
        scaler.update()
        losses.append(loss.item() if math.isfinite(loss.item()) else None)
        went.append(not torch.equal(before, weights))
        print(step, scales[-1], losses[-1], largest, went[-1])
    settings = {"start": START, "interval": INTERVAL, "huge": HUGE, "times": TIMES, "rate": OPTIMISER["lr"]}
    record = {
        **settings, "weights": start.tolist(), "inputs": inputs.tolist(), "targets": targets.tolist(),
        "scales": scales, "losses": losses, "went": went, "after": weights.tolist(),
    }  # fmt: skip
    OUT.write_text(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
