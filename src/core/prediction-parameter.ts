import { z } from 'zod';

/** The parameter of the nodes that load a UNet. */
export const predictionParameter = () =>
  z
    .enum(['auto', 'epsilon', 'v_prediction'])
    .default('auto')
    .meta({
      advanced: true,
      labels: { auto: 'as the file says', epsilon: 'noise (epsilon)', v_prediction: 'velocity (v)' },
      description: 'What the UNet predicts. Files do not always say; of SD 2 it is then guessed from the weights.',
    });

export type PredictionChoice = ReturnType<ReturnType<typeof predictionParameter>['parse']>;
