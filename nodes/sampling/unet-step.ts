import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'sampling/unet-step',
  version: 1,
  title: 'UNet step',
  help: 'Asks the UNet once what noise it sees in the latent, given the words. Steps that differ only in the words run together.',
  icon: 'schema',
  params: z.object({}),
  in: { conditioning: 'conditioning', unet: 'unet', latent: 'latent', step: 'step' },
  out: { prediction: 'prediction' },
  together: {
    same: ['unet', 'latent', 'step'],
    async run({ runs, device }) {
      const [first] = runs;
      if (!first) return [];
      const { unet, latent } = first;
      const { inputScale, timestep } = first.step.step;
      const contexts = runs.map(({ conditioning }) => {
        const [entry, ...more] = conditioning;
        if (entry && !more.length) return entry.tokens;
        throw new ProblemError({
          port: 'conditioning',
          what: `A UNet step takes one conditioning; this has ${conditioning.length}.`,
        });
      });
      const input = { latent: latent.tensor, inputScale, timestep };
      const alike = contexts.every((context) => context.dims.join() === contexts[0]?.dims.join());
      const tensors = alike ? await unet.predict(device, { ...input, contexts }) : [];
      // Prompts of different length do not fit into one run of the network.
      if (!alike)
        for (const context of contexts)
          tensors.push(...(await unet.predict(device, { ...input, contexts: [context] })));
      return tensors.map((tensor) => ({ prediction: { tensor, type: unet.predictionType } }));
    },
  },
});
