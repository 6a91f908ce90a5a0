"""Writes model/merges.bin, the byte pairs of CLIP's tokenizer, from the vocabulary file that OpenAI released with CLIP.

    python models/clip-vocabulary/extract_merges.py bpe_simple_vocab_16e6.txt.gz

The file is in https://github.com/openai/CLIP (clip/) and in the package open_clip_torch (open_clip/). CLIP uses its lines
2 to 48,895; they are kept as text, one pair a line, compressed with gzip.
"""

import gzip
import hashlib
import sys
from pathlib import Path

lines = gzip.decompress(Path(sys.argv[1]).read_bytes()).decode().split("\n")
merges = "\n".join(lines[1 : 49152 - 256 - 2 + 1])
target = Path(__file__).parent / "model/merges.bin"
target.write_bytes(gzip.compress(merges.encode(), 9, mtime=0))
print(len(merges.split("\n")), "merges,", target.stat().st_size, "bytes, sha256 of the text", hashlib.sha256(merges.encode()).hexdigest())
