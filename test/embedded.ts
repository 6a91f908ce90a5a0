import { expect, test } from 'vitest';
import template from '../graphs/text-to-image.weft.json?raw';
import { registry } from '../nodes/registry';
import type { Host } from '../src/core/define-node';
import type { Device, Tensor } from '../src/core/device';
import { parseDocument } from '../src/core/document';
import { OutputCache } from '../src/engine/cache';
import { RunControl } from '../src/engine/control';
import { plan } from '../src/engine/plan';
import { run } from '../src/engine/run';
import { TensorUse, tensorsIn } from '../src/engine/tensor-use';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors } from '../src/formats/safetensors';
import { expectClose } from './closeness';

/** The graph that a newcomer sees, with the embedded model, against diffusers. `recorded`: what make_embedded.py wrote. */
export function testEmbedded(
  makeDevice: () => Promise<Device>,
  host: Host,
  recorded: () => Promise<Uint8Array>,
  steps: 2 | 25,
): void {
  test(`the first graph makes the latent of diffusers with the embedded model in ${steps} steps`, async () => {
    const document = parseDocument(template);
    const nodes = document.nodes.map((node) =>
      node.id === 'scheduler' ? { ...node, params: { ...node.params, steps } } : node,
    );
    const device = await makeDevice();
    const use = new TensorUse(device);
    let latent = new Float32Array();
    const outcome = await run(
      plan({ ...document, nodes }, registry, ['end']),
      {
        device,
        host,
        use,
        control: new RunControl(),
        emit: (event) => {
          if (event.type === 'failed') throw new Error(event.problem.what);
        },
        async observe({ node, port, value }) {
          const [tensor] = tensorsIn(value) as Set<Tensor>;
          if (node === 'end' && port === 'latent' && tensor) latent = Float32Array.from(await device.read(tensor));
        },
      },
      new OutputCache(use, { gpu: 0, host: 0 }),
    );
    expect(outcome).toBe('done');
    const file = openSafetensors(bytesInMemory(await recorded()));
    expectClose(latent, file.read(`latent.${steps}`), 1e-3);
  });
}
