"""Writes ../fixtures/torch-files: small files as torch.save writes them, and expected.safetensors with what is in them.

python make_torch_files.py
"""

import collections
import json
import os
from pathlib import Path

import numpy
import torch
from safetensors.torch import save_file

FOLDER = Path(__file__).parents[1] / "fixtures/torch-files"
torch.manual_seed(5)


class Callback:
    """Stands for what Lightning leaves in checkpoints."""

    def __init__(self):
        self.best = numpy.float64(0.25)


Callback.__module__ = "pytorch_lightning.callbacks.model_checkpoint"
Callback.__qualname__ = "ModelCheckpoint"
Callback.__name__ = "ModelCheckpoint"


class Harmful:
    def __reduce__(self):
        return os.system, ("touch /tmp/weft-was-here",)


base = torch.randn(64)
types = {
    str(dtype).removeprefix("torch."): torch.randn(3, 5).mul(50).to(dtype)
    for dtype in (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool)
}
layouts = {
    "window": base[7:31].view(4, 6),
    "shared": base[:12].view(3, 4),
    "transposed": base.view(8, 8).T,
    "permuted": base.view(2, 4, 8).permute(2, 0, 1),
    "overlapping": base.as_strided((20, 9), (2, 1), 3),
    "expanded": base[5].expand(4, 3),
    "every other": base[::2],
    "scalar": torch.tensor(2.5),
    "empty": torch.zeros(0, 4),
    "ones": torch.randn(1, 4, 1),
}
tensors = types | {f"layout.{name}": tensor for name, tensor in layouts.items()}
tensors["parameter"] = torch.nn.Parameter(torch.randn(2, 3))
nested = collections.OrderedDict(tensors | {"inner": {"a": base[1:3], 7: base[2:5]}})
checkpoint = {"epoch": 3, "global_step": 875000, "pytorch-lightning_version": "1.4.2", "state_dict": nested}


class Loaded(dict):
    pass


def lightning():
    import sys, types as modules

    for name in ("pytorch_lightning", "pytorch_lightning.callbacks", "pytorch_lightning.callbacks.model_checkpoint"):
        sys.modules[name] = modules.ModuleType(name)
    sys.modules["pytorch_lightning.callbacks.model_checkpoint"].ModelCheckpoint = Callback
    optimizer = {"state": {0: {"step": 5, "exp_avg": torch.zeros(2)}}, "param_groups": [{"lr": 1e-4, "params": [0, 1]}]}
    return checkpoint | {
        "callbacks": {Callback: {"monitor": None, "best_model_score": numpy.float32(0.5), "callback": Callback()}},
        "optimizer_states": [optimizer],
        "lr_schedulers": [],
    }


FOLDER.mkdir(exist_ok=True)
torch.save(nested, FOLDER / "zip.pt")
torch.save(nested, FOLDER / "legacy.pt", _use_new_zipfile_serialization=False)
torch.save(lightning(), FOLDER / "lightning.ckpt")
torch.save(lightning(), FOLDER / "lightning-legacy.ckpt", _use_new_zipfile_serialization=False)
torch.save({"state_dict": {"a": base}, "run": Harmful()}, FOLDER / "harmful.pt")

vectors = torch.randn(2, 768).half().float()
embedding = {"string_to_token": {"*": 265}, "name": "zork", "step": 500, "sd_checkpoint": None}
torch.save(embedding | {"string_to_param": {"*": vectors}}, FOLDER / "embedding.pt")
torch.save(embedding | {"string_to_param": torch.nn.ParameterDict({"*": torch.nn.Parameter(vectors)})}, FOLDER / "embedding-parameters.pt")
torch.save(torch.nn.Sequential(collections.OrderedDict(first=torch.nn.Linear(2, 3, bias=False))), FOLDER / "module.pt")
torch.save(base[3:9], FOLDER / "alone.pt")

flat = tensors | {"inner.a": base[1:3], "inner.7": base[2:5]}
module = torch.load(FOLDER / "module.pt", weights_only=False)
expected = {f"nested/{k}": v.detach().float() for k, v in flat.items()} | {
    "embedding/string_to_param.*": vectors,
    "module/first.weight": module.first.weight.detach(),
    "alone/emb_params": base[3:9],
}
dtypes = {"float64": "F64", "float32": "F32", "float16": "F16", "bfloat16": "BF16", "int64": "I64", "int32": "I32", "int16": "I16", "int8": "I8", "uint8": "U8", "bool": "BOOL"}
told = {k: dtypes[str(v.dtype).removeprefix("torch.")] for k, v in flat.items()}
save_file({k: v.contiguous().clone() for k, v in expected.items()}, FOLDER / "expected.safetensors", {"dtypes": json.dumps(told)})
save_file({"emb_params": base[3:9].clone()}, FOLDER / "alone.safetensors")
for file in sorted(FOLDER.iterdir()):
    print(file.name, file.stat().st_size)
