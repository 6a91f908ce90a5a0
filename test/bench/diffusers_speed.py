"""Seconds that diffusers takes for the picture of graphs/text-to-image.weft.json: python diffusers_speed.py MODEL_FOLDER TIMES"""

import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import torch
from diffusers import DPMSolverMultistepScheduler, StableDiffusionPipeline
from diffusers.utils import logging

logging.set_verbosity_error()
logging.disable_progress_bar()
folder, times = sys.argv[1], int(sys.argv[2])
pipe = StableDiffusionPipeline.from_pretrained(folder, torch_dtype=torch.float32, safety_checker=None)
pipe.scheduler = DPMSolverMultistepScheduler.from_config(pipe.scheduler.config)
pipe.set_progress_bar_config(disable=True)
seconds = []
for i in range(times + 1):  # the first one warms up
    start = time.perf_counter()
    pipe(
        f"a red car on a beach {i}",
        num_inference_steps=25,
        guidance_scale=5.0,
        width=128,
        height=128,
        generator=torch.Generator().manual_seed(i),
    )
    seconds.append(time.perf_counter() - start)
print(json.dumps({"seconds": seconds[1:], "threads": torch.get_num_threads(), "torch": torch.__version__}))
