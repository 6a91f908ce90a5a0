import type { Document } from '../../core/document';
import type { Found } from '../../engine/problems/find-problems';
import { namedModels } from '../document/models';
import { deviceStore, engine } from '../engine/client';
import { wholeDocument } from '../state/document-store';

/** How long after an edit the engine is asked what will not fit: it opens models for that. */
const longPause = 700;

/** Up to these no model that comes with Weft is near the limits of any device. */
const small: Readonly<Record<string, number>> = { width: 1024, height: 1024, count: 8 };

/** What the engine found about memory, and for which graph, by what decides it. */
let memory: { readonly of: string; readonly found: readonly Found[] } = { of: '', found: [] };

/** What decides how much memory a graph takes, as text. */
const weighed = ({ nodes, wires, subgraphs }: Document): string =>
  JSON.stringify([
    nodes.map(({ id, type, params, muted, bypassed }) => [id, type, params, muted, bypassed]),
    wires,
    subgraphs,
  ]);

/** Whether a graph may come near the limits of a device. */
const mayBeLarge = (document: Document): boolean =>
  namedModels(document).length > 0 ||
  [document, ...(document.subgraphs ?? [])].some(({ nodes }) =>
    nodes.some(({ params }) => Object.entries(small).some(([name, most]) => Number(params[name]) > most)),
  );

/** What the engine found that will not fit, where the graph is as it was then. */
export const tooLarge = (document: Document): readonly Found[] =>
  memory.found.length && memory.of === weighed(document) ? memory.found : [];

/** Asks the engine what will not fit, and calls back where something does not. */
async function weigh(found: () => void) {
  const document = wholeDocument();
  if (deviceStore.getState().state !== 'ready' || !mayBeLarge(document)) return;
  const of = weighed(document);
  if (memory.of === of) return;
  const answer = await engine.memory(document).catch(() => undefined);
  if (!answer) return;
  memory = { of, found: answer };
  if (memory.found.length) found();
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** The same, when nothing was changed for a while. */
export const weighSoon = (found: () => void) => {
  clearTimeout(timer);
  timer = setTimeout(() => void weigh(found), longPause);
};
