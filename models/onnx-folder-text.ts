import type { Folder } from '../src/core/define-node';
import type { Tensor } from '../src/core/device';
import { ProblemError } from '../src/core/problem';
import type { TextEncoder } from '../src/core/values';
import type { ClipText } from './clip-text';
import { readTokenizer } from './diffusers-folder';
import { configOf, sizeIn } from './onnx-folder-config';
import { openOnnxPart } from './onnx-folder-part';
import { assembleTextEncoder } from './text-encoder';
import { createTokenizer } from './tokenizer';

/** The text encoder of a folder that was exported to ONNX, with its tokenizer. */
export async function openOnnxText(folder: Folder): Promise<TextEncoder> {
  const { key, title } = folder;
  const part = await openOnnxPart(folder, 'text_encoder', ['input_ids']);
  const config = await configOf(folder, 'text_encoder');
  const ids = part.input('input_ids');
  const hidden = part.output('last_hidden_state');
  const length = ids.dims[1] ?? sizeIn(config.max_position_embeddings) ?? 77;
  const width = hidden.dims[2] ?? sizeIn(config.hidden_size);
  if (width === undefined)
    throw new Error(`Neither config.json nor model.onnx tells how wide the text encoder of "${title}" is.`);
  const network: ClipText = {
    width,
    length,
    vocabulary: sizeIn(config.vocab_size) ?? Number.POSITIVE_INFINITY,
    layers: sizeIn(config.num_hidden_layers) ?? 12,
    async encode(device, tokens, vectors, clipSkip) {
      if (clipSkip > 1) {
        throw new ProblemError({
          port: 'clipSkip',
          what: `The text encoder "${title}" came as a finished graph (ONNX), which gives its last layer alone.`,
          cure: 'Choose a clip skip of 1, or the same model as .safetensors.',
        });
      }
      if (vectors.size > 0) {
        throw new ProblemError({
          port: 'embeddings',
          what: `The text encoder "${title}" came as a finished graph (ONNX), which no learned word can enter.`,
          cure: 'Choose the same model as .safetensors, or leave the word out of the prompt.',
        });
      }
      const input_ids = device.tensor(Float32Array.from(tokens), [1, tokens.length]);
      try {
        const { [hidden.name]: wanted, ...others } = await part.run(device, { input_ids });
        for (const tensor of Object.values(others)) device.dispose(tensor);
        return wanted as Tensor;
      } finally {
        device.dispose(input_ids);
      }
    },
  };
  const tokenizer = createTokenizer(await readTokenizer(folder), { maxLength: length });
  return assembleTextEncoder(tokenizer, network, { key: `${key}/text_encoder`, title });
}
