"""Seconds that diffusers takes for evaluations of a UNet at 64x64 in float32: python diffusers_unet_speed.py UNET_FOLDER TIMES"""

import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import torch
from diffusers import UNet2DConditionModel
from diffusers.utils import logging

logging.set_verbosity_error()
folder, times = sys.argv[1], int(sys.argv[2])
unet = UNet2DConditionModel.from_pretrained(folder, torch_dtype=torch.float32)
latent = torch.randn(1, 4, 64, 64)
context = torch.randn(1, 77, unet.config.cross_attention_dim)
seconds = []
began = time.process_time()
with torch.no_grad():
    for i in range(times + 1):  # the first one warms up
        start = time.perf_counter()
        unet(latent, 801, context)
        seconds.append(time.perf_counter() - start)
processor = (time.process_time() - began) / (times + 1)
print(json.dumps({"seconds": seconds[1:], "processor": processor, "threads": torch.get_num_threads(), "torch": torch.__version__}))
