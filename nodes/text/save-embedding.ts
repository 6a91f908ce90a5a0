import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'text/save-embedding',
  version: 1,
  title: 'Save embedding',
  help: 'Saves a learned word as a safetensors file that Weft, diffusers, ComfyUI and AUTOMATIC1111 load.',
  icon: 'device-floppy',
  params: z.object({
    name: z
      .string()
      .regex(/^[^/\\<>:"|?*]{1,100}$/, 'A file name has no / \\ < > : " | ? or *.')
      .default('embedding')
      .meta({ description: 'File name without its ending.' }),
    layout: z
      .enum(['diffusers', 'a1111'])
      .default('diffusers')
      .meta({
        labels: { diffusers: 'diffusers', a1111: 'A1111 and ComfyUI' },
        description: 'diffusers files name the word inside; the others take the name of the file for it.',
      }),
  }),
  in: { embedding: { kind: 'embedding', help: 'The learned word to save.' } },
  out: {},
  effect: true,
  async run({ in: { embedding }, params, host }) {
    const { writeSafetensors } = await import('../../src/formats/safetensors');
    const { word, vectors, width } = embedding;
    const tensor = { shape: [vectors.length / width, width], data: vectors };
    const bytes = writeSafetensors({ [params.layout === 'diffusers' ? word : 'emb_params']: tensor });
    await host.save({ name: `${params.name}.safetensors`, type: 'application/octet-stream', bytes });
    return {};
  },
});
