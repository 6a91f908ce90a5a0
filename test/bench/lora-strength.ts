import { openLoraFolder } from '../../models/lora/lora-folder';
import { openModel } from '../../models/open-model';
import type { Host } from '../../src/core/define-node';
import type { Device } from '../../src/core/device';
import { TorchGenerator } from '../../src/diffusion/random/torch-generator';

const LATENT = [1, 4, 16, 16];
const CONTEXT = [1, 77, 192];

/** Milliseconds until the embedded model's UNet with a LoRA was opened and gave its first answer, and until it did at another strength. */
export interface StrengthFigures {
  readonly first: number;
  readonly changed: number;
}

/** The first answer makes the session; another strength is another number that is fed to it. */
export async function measureLoraStrength(makeDevice: () => Promise<Device>, host: Host): Promise<StrengthFigures> {
  const device = await makeDevice();
  const drawn = (seed: number, dims: readonly number[]) =>
    device.tensor(new TorchGenerator(seed).randn(dims.reduce((product, dim) => product * dim, 1)), dims);
  const [latent, context] = [drawn(1, LATENT), drawn(2, CONTEXT)];
  let begin = performance.now();
  const { unet } = await openModel(await host.folder('tiny'), {});
  const lora = await openLoraFolder(await host.folder('tiny/sunflower-lora'));
  if (!unet?.withLora) throw new Error('The embedded model takes no LoRA.');
  const times: number[] = [];
  for (const strength of [1, 0.5]) {
    const { network } = unet.withLora(lora, strength);
    const [made] = await network.predict(device, { latent, inputScale: 1, timestep: 801, contexts: [context] });
    if (!made) throw new Error('The UNet predicted nothing.');
    await device.read(made);
    device.dispose(made);
    const ended = performance.now();
    times.push(ended - begin);
    begin = ended;
  }
  await device.release();
  const [first = Number.NaN, changed = Number.NaN] = times;
  return { first, changed };
}
