"""Takes over what the training made: the model, its reports and sheets, the word list and the card.

    python publish.py --tier 0 [--unet runs/unet] [--vae runs/vae] [--judge runs/judge.pt]
                      [--evaluation runs/evaluation] [--training training.json] [--folder ..]

Only what is named is copied, so that one part can be published alone. The fine-tunes write to their place themselves.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from words import word_list

HERE = Path(__file__).parent
SHEETS = ("sheet-64.png", "samples.png", "image-to-image.png", "nearest.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--tier", type=int, required=True, help="as in training")
    add("--unet", type=Path, help="folder of train_unet.py: its model/ becomes the model")
    add("--vae", type=Path, help="folder of train_vae.py, for its report")
    add("--decoder", action="store_true", help="--vae was trained with --decoder: it takes the place of the model's")
    add("--judge", type=Path, help="weights of judge.py, for the report beside them")
    add("--evaluation", type=Path, help="folder of evaluate.py")
    add("--training", type=Path, help="what was run, as in reports/training.json")
    add("--folder", type=Path, default=HERE.parent)
    args = parser.parse_args()
    reports = args.folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    if args.unet:
        target = args.folder / "model"
        for old in ("unet", "vae", "text_encoder", "scheduler"):
            shutil.rmtree(target / old, ignore_errors=True)
        shutil.copytree(args.unet / "model", target, dirs_exist_ok=True)
        shutil.copyfile(args.unet / "report.json", reports / "unet.json")
    if args.vae:
        shutil.copyfile(args.vae / "report.json", reports / "vae.json")
        if args.decoder:
            for part in ("config.json", "diffusion_pytorch_model.safetensors"):
                shutil.copyfile(args.vae / part, args.folder / "model/vae" / part)
    for config in (args.folder / "model").glob("*/config.json"):
        # diffusers writes down where a model was loaded from, which is a place on this machine.
        settings = json.loads(config.read_text("utf-8"))
        if settings.pop("_name_or_path", None) is not None:
            config.write_text(json.dumps(settings, indent=2) + "\n", "utf-8")
    if args.judge:
        shutil.copyfile(args.judge.with_suffix(".json"), reports / "judge.json")
    if args.evaluation:
        shutil.copyfile(args.evaluation / "report.json", reports / "evaluation.json")
        for sheet in SHEETS:
            shutil.copyfile(args.evaluation / sheet, args.folder / sheet)
    if args.training:
        shutil.copyfile(args.training, reports / "training.json")
    words = word_list(args.tier, args.folder / "fine-tunes")
    (args.folder / "words.json").write_text(json.dumps(words, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
