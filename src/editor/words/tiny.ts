import type { Graph, Registry } from '../../core/graph';
import { readingOf } from './reading-model';

/** How graphs name the model that comes with Weft. */
export const tiny = 'tiny';

/** What it is and is not. A test holds the figures to the weights. */
export const aboutTiny =
  'This is tiny, the model that comes with Weft: 16 M parameters, trained on scenes of emoji, 128 × 128. ' +
  'It is not Stable Diffusion; load a checkpoint for that.';

/** Whether a text is read by the text encoder of the built-in model and by no other. */
export function isReadByTiny(graph: Graph, registry: Registry, id: string): boolean {
  const { models } = readingOf(graph, registry, id);
  return models.length > 0 && models.every((model) => model === tiny);
}
