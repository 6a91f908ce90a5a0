import type { Device, Tensor } from '../../src/core/device';
import type { TextEncoder, UNet } from '../../src/core/values';
import type { NoisyBatch } from './noisy-batch';

/**
 * What a model answered before it learned: as the target of other captions than the subject's it keeps the model from drifting,
 * without teaching it the faults and the noise of pictures that it made itself. Called with noisy pictures and their captions.
 */
export function answersOf(
  device: Device,
  { textEncoder, unet }: { readonly textEncoder: TextEncoder; readonly unet: UNet },
  shape: readonly [number, number, number],
) {
  const contexts = new Map<string, Tensor>();
  const contextOf = async (caption: string): Promise<Tensor> => {
    const known = contexts.get(caption);
    if (known) return known;
    const [first, ...others] = await textEncoder.encode(device, caption, []);
    if (!first || others.length > 0) throw new Error(`The caption "${caption}" could not be encoded as one.`);
    contexts.set(caption, first.tokens);
    return first.tokens;
  };
  const size = shape.reduce((product, side) => product * side, 1);
  return {
    async of(
      { pictures, timesteps, latent }: NoisyBatch,
      captions: readonly string[],
    ): Promise<Float32Array<ArrayBuffer>> {
      const answers = new Float32Array(latent.length);
      for (const [i, timestep] of timesteps.entries()) {
        const context = await contextOf(captions[(pictures[i] ?? 0) % captions.length] ?? '');
        const noisy = device.tensor(latent.slice(i * size, (i + 1) * size), [1, ...shape]);
        const [answer, ...rest] = await unet.predict(device, {
          latent: noisy,
          inputScale: 1,
          timestep,
          contexts: [context],
        });
        if (answer) answers.set(await device.read(answer), i * size);
        for (const tensor of [noisy, ...(answer ? [answer] : []), ...rest]) device.dispose(tensor);
      }
      return answers;
    },
    dispose() {
      for (const context of contexts.values()) device.dispose(context);
    },
  };
}
