import type { Graph, Registry } from '../../core/graph';
import { prompt } from '../text/prompt';
import { readingOf } from './reading-model';

/** How graphs name the model that comes with Weft. */
export const tiny = 'tiny';

/** What it is and is not. A test holds the figures to the weights. */
export const aboutTiny = prompt.about + prompt.aboutNot;

/** Whether a text is read by the text encoder of the built-in model and by no other. */
export function isReadByTiny(graph: Graph, registry: Registry, id: string): boolean {
  const { models } = readingOf(graph, registry, id);
  return models.length > 0 && models.every((model) => model === tiny);
}
