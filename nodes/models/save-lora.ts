import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'models/save-lora',
  version: 1,
  title: 'Save LoRA',
  help: 'Saves a learned LoRA as a safetensors file that Weft, diffusers, ComfyUI and AUTOMATIC1111 load.',
  icon: 'device-floppy',
  params: z.object({
    name: z
      .string()
      .regex(/^[^/\\<>:"|?*]{1,100}$/, 'A file name has no / \\ < > : " | ? or *.')
      .default('lora')
      .meta({ description: 'File name without its ending.' }),
  }),
  in: { lora: { kind: 'lora', help: 'The LoRA to save.' } },
  out: {},
  effect: true,
  async run({ in: { lora }, params, host }) {
    const { loraTensors } = await import('../../models/lora/lora-file');
    const { writeSafetensors } = await import('../../src/formats/safetensors');
    const tensors = loraTensors(lora);
    if (!tensors) {
      throw new ProblemError({
        port: 'lora',
        what: `“${lora.title}” has changes that are no thin matrices (LoHa, LoKr).`,
        cure: 'Use the file that it came from.',
      });
    }
    const bytes = writeSafetensors(tensors, { ss_network_module: 'networks.lora' });
    await host.save({ name: `${params.name}.safetensors`, type: 'application/octet-stream', bytes });
    return {};
  },
});
