import { parseClipTextConfig } from '../models/clip-text-config';
import { clipText } from '../models/clip-text-graph';
import { denoisingLoss } from '../models/training/denoising-loss';
import type { GradientSettings } from '../models/training/gradient-graph';
import { withLearnedVectors } from '../models/training/learned-vectors';
import type { StepSize } from '../models/training/memory';
import { parseUNetConfig } from '../models/unet-config';
import type { Weights } from '../src/onnx/weights';
import recorded from './fixtures/parameter-shapes.json';

const textConfig = parseClipTextConfig(recorded['sd15 text encoder'].config);
const config = parseUNetConfig(recorded['sd15 unet'].config);

/** Of a learned word of one vector, and of a caption. */
export const VECTORS = [1, textConfig.hidden_size];
export const EMBEDDINGS = [1, textConfig.max_position_embeddings, textConfig.hidden_size];
export const SINUSOIDS = [1, config.block_out_channels[0] ?? 0];

/** Textual inversion of one vector in Stable Diffusion 1.5. `weightsOf` gives those of its networks, see `hollow`. */
export const fullSizeWord =
  (weightsOf: (name: 'sd15 unet' | 'sd15 text encoder') => Weights) =>
  ({ batch, shape }: StepSize): GradientSettings => ({
    parameters: [{ name: 'vectors', dims: VECTORS }],
    loss(graph) {
      const vectors = graph.input('vectors', VECTORS, 'float32');
      const embeddings = withLearnedVectors(graph, vectors, batch, textConfig.max_position_embeddings);
      const context = clipText(embeddings, weightsOf('sd15 text encoder'), textConfig, 1);
      return denoisingLoss(context, { config, weights: weightsOf('sd15 unet') }, { batch, latent: shape });
    },
  });
