import type { Lora } from '../src/core/lora';
import { ProblemError } from '../src/core/problem';
import type { TextEncoder } from '../src/core/values';

/** Of OpenCLIP's encoder, the one of Stable Diffusion 2, which is used without its last layer. */
const OPENCLIP_WIDTH = 1024;

/**
 * A text encoder that reads the layer `clipSkip` from the end of the network as it was trained, whatever a prompt asks for.
 * Files of Stable Diffusion 2 lack the last layer, so that theirs begin at 2.
 */
export function readLayer(encoder: TextEncoder, clipSkip: number): TextEncoder {
  const own = encoder.width === OPENCLIP_WIDTH ? clipSkip - 1 : clipSkip;
  if (own < 1)
    throw new ProblemError({
      port: 'clipSkip',
      what: `The text encoder "${encoder.title}" has no last layer: Stable Diffusion 2 never used it.`,
      cure: 'Take 2, which is the layer it was trained for.',
    });
  const { withLora } = encoder;
  return {
    ...encoder,
    key: `${encoder.key} read at layer -${own}`,
    encode: (device, prompt, embeddings, reading = { syntax: 'plain', clipSkip: 1 }) =>
      encoder.encode(device, prompt, embeddings, { ...reading, clipSkip: own }),
    ...(withLora && {
      withLora(lora: Lora, strength: number) {
        const { network, placed } = withLora.call(encoder, lora, strength);
        return { network: readLayer(network, clipSkip), placed };
      },
    }),
  };
}
