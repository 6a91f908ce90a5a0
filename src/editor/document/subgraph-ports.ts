import { current, isDraft } from 'immer';
import type { Document, Subgraph, WireEnd } from '../../core/document';
import { portSpec, type Registry } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import { parametersOf } from '../../core/parameters';
import { borderOf, isBorder, subgraphType } from '../../core/subgraph';
import { freeId } from './ids';
import type { Recipe } from './recipe';
import { replaceParts } from './subgraph-inside';
import { followNames, type Renamed } from './subgraph-instances';

/** What a subgraph shows to the outside. */
export type Side = 'inputs' | 'outputs' | 'params';

const namesOf = (subgraph: Subgraph, side: Side): Set<string> =>
  new Set((side === 'outputs' ? subgraph.outputs : [...subgraph.inputs, ...subgraph.params]).map(({ name }) => name));

/** A name as files keep it: "prompt strength" is `promptStrength`. Undefined where nothing is left of it. */
function asName(text: string): string | undefined {
  const name = text
    .trim()
    .replaceAll(/[^A-Za-z0-9_.-]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 56);
  return name && !['__proto__', 'constructor', 'prototype'].includes(name) ? name : undefined;
}

/** Changes a subgraph of a graph, and its instances as its names change. */
const change =
  (id: string, next: (subgraph: Subgraph) => Subgraph, renamed: Renamed = {}): Recipe =>
  (draft) => {
    const before = isDraft(draft) ? current(draft) : draft;
    const changed = before.subgraphs?.map((subgraph) => (subgraph.id === id ? next(subgraph) : subgraph));
    if (changed) replaceParts(draft, before, followNames({ ...before, subgraphs: changed }, subgraphType(id), renamed));
  };

/** Calls a socket or parameter something else; where that name is taken or empty, nothing is done. */
export const renamePort = (document: Document, id: string, side: Side, name: string, text: string): Recipe => {
  const subgraph = document.subgraphs?.find((other) => other.id === id);
  const now = asName(text);
  if (!subgraph || !now || now === name || namesOf(subgraph, side).has(now)) return () => {};
  const border = borderOf(subgraph);
  const end = (wireEnd: WireEnd, at: string): WireEnd =>
    wireEnd[0] === at && wireEnd[1] === name ? [at, now] : wireEnd;
  return change(
    id,
    (old) => ({
      ...old,
      [side]: old[side].map((port) => (port.name === name ? { ...port, name: now } : port)),
      wires: old.wires.map(({ from, to, ...rest }) => ({
        ...rest,
        from: side === 'inputs' ? end(from, border.inputs) : from,
        to: side === 'outputs' ? end(to, border.outputs) : to,
      })),
    }),
    { [side]: new Map([[name, now]]) },
  );
};

/** Takes a socket or parameter back, with the wires to it; what instances set for it is forgotten. */
export const hidePort = (id: string, side: Side, name: string): Recipe =>
  change(
    id,
    (old) => {
      const border = borderOf(old);
      const goes = ([at, port]: WireEnd, of: string) => at === of && port === name;
      return {
        ...old,
        [side]: old[side].filter((port) => port.name !== name),
        wires: old.wires.filter(
          ({ from, to }) =>
            !(side === 'inputs' && goes(from, border.inputs)) && !(side === 'outputs' && goes(to, border.outputs)),
        ),
      };
    },
    { [side]: new Map([[name, undefined]]) },
  );

/** Something inside that could be shown to the outside. */
export interface Hidden {
  readonly side: Side;
  /** Of the node inside. */
  readonly end: WireEnd;
  readonly kind: Kind;
}

/** What a subgraph could show and does not: inputs that nothing is wired to, outputs, and parameters. */
export function hiddenPorts(subgraph: Subgraph, registry: Registry): Hidden[] {
  const key = (end: WireEnd) => end.join(' ');
  const border = borderOf(subgraph);
  const fed = new Set(subgraph.wires.map(({ to }) => key(to)));
  const given = new Set(subgraph.wires.flatMap(({ from, to }) => (to[0] === border.outputs ? [key(from)] : [])));
  const shown = new Set(subgraph.params.map(({ of }) => key(of)));
  return subgraph.nodes.flatMap(({ id, type }): Hidden[] => {
    const definition = registry.get(type);
    if (!definition || isBorder(type)) return [];
    const at = (port: string): WireEnd => [id, port];
    const inputs = Object.keys(definition.in)
      .filter((port) => !fed.has(key(at(port))))
      .map((port): Hidden => ({ side: 'inputs', end: at(port), kind: portSpec(definition.in[port]).kind }));
    const outputs = Object.keys(definition.out)
      .filter((port) => !given.has(key(at(port))))
      .map((port): Hidden => ({ side: 'outputs', end: at(port), kind: portSpec(definition.out[port]).kind }));
    const params = parametersOf(definition)
      .filter(({ name }) => !fed.has(key(at(name))) && !shown.has(key(at(name))))
      .map(({ name, kind }): Hidden => ({ side: 'params', end: at(name), kind }));
    return [...inputs, ...outputs, ...params];
  });
}

/** Shows something inside to the outside, under a free name. */
export const showPort = (id: string, { side, end, kind }: Hidden): Recipe =>
  change(id, (old) => {
    const name = freeId(namesOf(old, side), end[1]);
    const border = borderOf(old);
    if (side === 'params') return { ...old, params: [...old.params, { name, of: [...end] }] };
    const port = { name, kind };
    return side === 'inputs'
      ? { ...old, inputs: [...old.inputs, port], wires: [...old.wires, { from: [border.inputs, name], to: [...end] }] }
      : {
          ...old,
          outputs: [...old.outputs, port],
          wires: [...old.wires, { from: [...end], to: [border.outputs, name] }],
        };
  });

/** Says what a subgraph does, for whoever points at it. */
export const describeSubgraph = (id: string, help: string): Recipe =>
  change(id, ({ help: _, ...old }) => (help.trim() ? { ...old, help: help.slice(0, 200) } : old));
