"""Makes the whole model from nothing with one command: data, tokenizer, autoencoder, denoiser, judge, figures, card.

    python regenerate.py --budget cpu        about 6 hours on 2 cores
    python regenerate.py --budget gpu        about 40 minutes on one fast GPU and 8 cores
    python regenerate.py --budget rehearsal  2 minutes: every step once, too short to learn anything

Everything comes to lie in runs/<budget>; runs/<budget>/tiny is what --publish copies over ../ in the end. The same call
again goes on where the last one stopped: finished steps are skipped, a broken one continues from its checkpoint with
the rest of its time. --only runs some steps alone (again, with --again). Each step logs to runs/<budget>/logs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import torch

HERE = Path(__file__).parent
TINY = HERE.parent


@dataclass
class Budget:
    """What differs between a rehearsal and the real thing: minutes, and arguments beside them."""

    tier: int
    vae: tuple[float, str]
    decoder: tuple[float, str]
    unet: tuple[float, str]
    judge: tuple[float, str]
    evaluate: tuple[float, str]
    embedding: tuple[float, str]
    lora: tuple[float, str]
    controlnet: tuple[float, str]
    tokenizer: str = ""


BUDGETS = {
    "cpu": Budget(
        tier=0,
        vae=(130, "--batch 16 --images 16000 --tail 0.35"),
        decoder=(28, "--batch 16 --images 16000 --rate 5e-4 --tail 0.5"),
        unet=(
            150,
            "--widths 64,128,192 --groups 16 --batch 48 --images 12000 --stages tiles:0.25,styled:0.35,full:0.4",
        ),
        judge=(12, ""),
        evaluate=(15, ""),
        embedding=(4, ""),
        lora=(4, ""),
        controlnet=(20, ""),
    ),
    "gpu": Budget(
        tier=1,
        vae=(10, "--widths 32,64,96,128 --groups 8 --batch 64 --rate 1e-3 --images 60000"),
        decoder=(3, "--batch 64 --rate 5e-4 --images 60000 --tail 0.5"),
        unet=(20, "--batch 510 --rate 6e-4 --images 100000 --average 0.9995 --stages tiles:0.2,styled:0.4,full:0.4"),
        judge=(4, "--batch 256 --images 40000"),
        evaluate=(5, "--chunk 250"),
        embedding=(1, "--batch 64"),
        lora=(1, "--batch 64"),
        controlnet=(3, "--batch 256 --images 40000"),
    ),
    "rehearsal": Budget(
        tier=0,
        vae=(0.1, "--batch 4 --images 32"),
        decoder=(0.1, "--batch 4 --images 32"),
        unet=(0.1, "--widths 64,128,192 --groups 16 --batch 6 --images 32"),
        judge=(0.1, "--batch 16 --images 200"),
        evaluate=(0.1, "--limit 12 --chunk 12 --steps 2 --pool 64"),
        embedding=(0.05, "--batch 4 --pictures 4 --samples 2"),
        lora=(0.05, "--batch 4 --pictures 2 --prior 2 --samples 2 --others 1"),
        controlnet=(0.05, "--batch 4 --images 16 --samples 2"),
    ),
}


@dataclass
class Step:
    """One script. `minutes` where it is time-boxed; `checkpoint` tells a run that broke off from a new one."""

    name: str
    command: list[str]
    minutes: float = 0
    checkpoint: Path | None = None
    resume: list[str] = field(default_factory=list)
    result: Path | None = None  # report that says what came of it


def steps(budget: Budget, work: Path) -> list[Step]:
    vae, unet, judge, tiny = work / "vae", work / "unet", work / "judge.pt", work / "tiny"
    decoder = work / "decoder"
    tokenizer, prompts = work / "tokenizer", work / "prompts.json"
    tier = ["--tier", str(budget.tier)]
    model = ["--model", str(unet / "model"), "--judge", str(judge), "--prompts", str(prompts)]

    def timed(
        name: str, script: str, share: tuple[float, str], arguments: list[str], out: Path, resume: list[str]
    ) -> Step:
        command = [script, *arguments, *share[1].split(), "--out", str(out)]
        checkpoint = out / "checkpoint.pt" if out.suffix == "" else out
        report = out / "report.json" if out.suffix == "" else out.with_suffix(".json")
        return Step(name, command, share[0], checkpoint, resume, report)

    tune = [*model, "--save", str(tiny / "fine-tunes")]
    return [
        Step("tokenizer", ["tokenizer.py", "--out", str(tokenizer)]),
        Step("prompts", ["frozen_prompts.py", *tier, "--out", str(prompts)]),
        timed("vae", "train_vae.py", budget.vae, [], vae, ["--resume", str(vae)]),
        timed(
            "decoder",
            "train_vae.py",
            budget.decoder,
            ["--decoder", "--texture", "0.25", "--resume", str(vae)],
            decoder,
            ["--resume", str(decoder)],
        ),
        timed(
            "unet",
            "train_unet.py",
            budget.unet,
            ["--vae", str(decoder), "--tokenizer", str(tokenizer), *tier],
            unet,
            ["--resume", str(unet)],
        ),
        timed("judge", "judge.py", budget.judge, tier, judge, ["--resume", str(judge)]),
        timed("evaluate", "evaluate.py", budget.evaluate, model, work / "evaluation", []),
        timed("embedding", "train_embedding.py", budget.embedding, tune, work / "embedding", ["--resume"]),
        timed("lora", "train_lora.py", budget.lora, tune, work / "lora", ["--resume"]),
        timed("controlnet", "train_controlnet.py", budget.controlnet, tune, work / "controlnet", ["--resume"]),
        Step(
            "publish",
            [
                "publish.py",
                *tier,
                "--unet",
                str(unet),
                "--vae",
                str(decoder),
                "--judge",
                str(judge),
                "--evaluation",
                str(work / "evaluation"),
                "--training",
                str(work / "training.json"),
                "--folder",
                str(tiny),
            ],
        ),
        Step("card", ["write_card.py", "--folder", str(tiny)]),
    ]


class Journal:
    """What was begun and finished, in a file that survives an interruption."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data: dict[str, dict] = json.loads(path.read_text()) if path.exists() else {}

    def note(self, step: str, **values: object) -> None:
        self.data.setdefault(step, {}).update(values)
        self.path.write_text(json.dumps(self.data, indent=1))


def remaining(step: Step, journal: Journal) -> float:
    """Minutes of a broken step that its last checkpoint does not hold yet."""
    entry = journal.data.get(step.name, {})
    if "began" not in entry or step.checkpoint is None or not step.checkpoint.exists():
        return step.minutes
    trained = max(0.0, step.checkpoint.stat().st_mtime - entry["began"]) / 60
    return max(step.minutes / 20, entry.get("minutes", step.minutes) - trained)


def execute(step: Step, journal: Journal, logs: Path) -> None:
    minutes = remaining(step, journal)
    command = [sys.executable, *step.command]
    if step.minutes:
        command += ["--minutes", f"{minutes:.3g}"]
    if minutes < step.minutes:
        command += step.resume
    print(f"== {step.name}: {' '.join(command[1:])}", flush=True)
    journal.note(step.name, began=time.time(), minutes=minutes)
    with (logs / f"{step.name}.log").open("a") as log:
        process = subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in process.stdout or ():
            log.write(line)
            log.flush()
            print(line, end="", flush=True)
    if process.wait() != 0:
        raise SystemExit(
            f"{step.name} failed with {process.returncode}: see {logs / step.name}.log. The same call goes on here."
        )
    took = (time.time() - journal.data[step.name]["began"]) / 60
    journal.note(step.name, done=True, took=took)
    print(f"== {step.name} took {took:.1f} minutes", flush=True)


def write_training(work: Path, plan: list[Step], machine: str) -> None:
    """What was run, for the card."""
    kept = {"images_seen": "images", "psnr": "dB", "samples_seen": "samples", "steps": "steps", "loss": "loss"}
    rows = []
    for step in plan:
        if step.name not in ("vae", "unet", "judge", "embedding", "lora", "controlnet"):
            continue
        report = json.loads(step.result.read_text()) if step.result and step.result.exists() else {}
        result = ", ".join(
            f"{report[k]:.4g} {unit}" if isinstance(report[k], float) else f"{report[k]:,} {unit}"
            for k, unit in kept.items()
            if report.get(k) is not None
        )
        command = " ".join([*step.command, "--minutes", f"{step.minutes:g}"]).replace(f"{work}/", "")
        rows.append({"what": step.name, "minutes": step.minutes, "command": command, "result": result})
    (work / "training.json").write_text(json.dumps({"machine": machine, "steps": rows}, indent=1))


def machine_name() -> str:
    if torch.cuda.is_available():
        return f"One {torch.cuda.get_device_name()}"
    return f"{os.cpu_count()} CPU cores, no GPU"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--budget", choices=sorted(BUDGETS), required=True)
    add("--work", type=Path, help="folder to work in; runs/<budget> unless told")
    add("--font", help="NotoColorEmoji.ttf: draws the atlas again; the committed one is used unless told")
    add("--only", help="steps, separated by commas")
    add("--again", action="store_true", help="run the steps of --only even if they are done")
    add("--threads", type=int, help="for judge, evaluation and fine-tunes, when the machine has other work")
    add("--publish", action="store_true", help="copy the result over the folder that the app ships")
    args = parser.parse_args()
    work = (args.work or HERE / "runs" / args.budget).resolve()
    logs = work / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    tiny = work / "tiny"
    tiny.mkdir(exist_ok=True)
    shutil.copyfile(TINY / "README.md", tiny / "README.md")  # the prose; its tables are written again
    journal = Journal(work / "journal.json")
    plan = steps(BUDGETS[args.budget], work)
    for step in plan:
        if args.threads and step.name in ("judge", "evaluate", "embedding", "lora", "controlnet"):
            step.command += ["--threads", str(args.threads)]
    if args.font:
        plan.insert(0, Step("atlas", ["atlas.py", "--font", args.font]))
    chosen = args.only.split(",") if args.only else [s.name for s in plan]
    if unknown := set(chosen) - {s.name for s in plan}:
        raise SystemExit(f"There is no step {', '.join(sorted(unknown))}: there are {', '.join(s.name for s in plan)}.")
    began = time.time()
    for step in plan:
        if step.name not in chosen:
            continue
        done = journal.data.get(step.name, {}).get("done", False)
        if done and not (args.only and args.again) and step.name not in ("publish", "card"):
            print(f"== {step.name}: done before", flush=True)
            continue
        if done:
            journal.data[step.name] = {}
        if step.name == "publish":
            write_training(work, plan, machine_name())
        execute(step, journal, logs)
    if args.publish:
        shutil.rmtree(TINY / "model/unet", ignore_errors=True)  # a smaller one has fewer files
        shutil.copytree(tiny, TINY, dirs_exist_ok=True)
        print(f"published to {TINY}")
    print(f"== all in {(time.time() - began) / 60:.1f} minutes", flush=True)


if __name__ == "__main__":
    main()
