import samplerFile from '../../../subgraphs/sampler.weft.json?raw';
import { parseDocument, type Subgraph } from '../../core/document';
import { subgraphType } from '../../core/subgraph';
import { sameJson } from './json';
import { ownSubgraphs } from './subgraphs';

/** What a subgraph computes, however it is drawn. */
const essence = ({ nodes, zones }: Subgraph) => ({
  nodes: nodes.map(({ id, type, params: set }) => ({ id, type, params: set })),
  zones: zones.map(({ start, end }) => ({ start, end })),
});

const wiresAndParams = ({ wires, params }: Subgraph): Set<string> =>
  new Set([
    ...wires.map(({ from, to }) => `${from.join('.')} ${to.join('.')}`),
    ...params.map(({ name, of }) => `${name} = ${of.join('.')}`),
  ]);

const laterWires = new Set([
  'unet-negative.prediction step.unguided',
  'inputs.latent unet-positive.picture',
  'inputs.latent unet-negative.picture',
]);

/** Whether nobody changed a subgraph. Those of older graphs lack what came later: parameters, and some wires. */
export function isStandard(standard: Subgraph, own: Subgraph): boolean {
  if (!sameJson(essence(standard), essence(own))) return false;
  const [all, has] = [wiresAndParams(standard), wiresAndParams(own)];
  const later = (one: string) => one.includes(' = ') || laterWires.has(one);
  return [...has].every((one) => all.has(one)) && [...all].every((one) => has.has(one) || later(one));
}

/** Subgraphs that ComfyUI has as one node, as they are when nobody changed them. */
export const standardSubgraphs: ReadonlyMap<string, Subgraph> = new Map([
  ...ownSubgraphs,
  ...(parseDocument(samplerFile).subgraphs ?? []).map((subgraph) => [subgraphType(subgraph.id), subgraph] as const),
]);
