import { registry as program } from '../../nodes/registry';
import type { AnyNode } from '../core/define-node';
import type { Document } from '../core/document';
import type { Registry } from '../core/graph';
import { registryInside, registryOf } from '../core/subgraph';

const definitions = new Map(program);

/** What the nodes that are shown can be: those of the program and the subgraphs of the graph that is open. */
export const registry: Registry = definitions;

/** Those that the nodes of a whole graph can be, whatever is shown. */
export const definitionsOf = (document: Document): Registry => registryOf(document, program);

let shown: readonly [Document['subgraphs'], string | undefined] = [undefined, undefined];

/** Defines the nodes of a graph, or of the inside of one of its subgraphs. To be called before either is shown. */
export function showDefinitions(document: Document, inside: string | undefined) {
  const { subgraphs } = document;
  if (shown[0] === subgraphs && shown[1] === inside) return;
  shown = [subgraphs, inside];
  const all = inside === undefined ? definitionsOf(document) : registryInside(document, program, inside);
  for (const type of definitions.keys()) if (!all.has(type)) definitions.delete(type);
  for (const [type, definition] of all) definitions.set(type, definition);
}

/** What a zone is called that a node starts: the zone of "Denoise start" is the "Denoise" zone. */
export const zoneTitle = (start: AnyNode): string => start.title.replace(/ start$/i, '');

/** What the palette calls a node: a start brings its end with it, so it stands for the zone. */
export const paletteTitle = (definition: AnyNode): string =>
  definition.loopStart ? `${zoneTitle(definition)} zone` : definition.title;

/** `image/load-image` is in the category `image`. */
export const categoryOf = (type: string): string => type.slice(0, type.indexOf('/'));
