import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { modelReference } from '../../src/core/model-reference';
import { ProblemError } from '../../src/core/problem';

const unchosen = { port: 'model', what: 'No ControlNet is chosen.', cure: 'Choose or import one.' };

export default defineNode({
  type: 'control/controlnet',
  version: 1,
  title: 'ControlNet',
  help: 'A network that was trained beside a UNet to follow a picture: its edges, its depth, a pose.',
  alsoCalled: 'Load ControlNet, ControlNetLoader',
  icon: 'scan-eye',
  params: z.object({
    model: modelReference({
      accepts: ['controlnet'],
      description: 'A ControlNet for Stable Diffusion 1 or 2: one file, or a diffusers folder.',
    }).default(''),
  }),
  in: {},
  out: { controlnet: { kind: 'controlnet', help: 'The network, for Apply ControlNet.' } },
  foresee: ({ params }) => (params.model === '' ? { problems: [unchosen] } : {}),
  async run({ params, host }) {
    if (!params.model) throw new ProblemError(unchosen);
    // Fetched when a graph has one: the page that shows nodes need not know how they compute.
    const { openControlNetFolder } = await import('../../models/controlnet-folder');
    return { controlnet: await openControlNetFolder(await host.folder(params.model)) };
  },
});
