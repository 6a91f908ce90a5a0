import type { AnyNode } from '../../core/define-node';
import { type Graph, inputSpec, outputSpec, type Registry } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import { asModelReference, modelName } from '../../core/model-reference';
import { type Parameter, parametersOf } from '../../core/parameters';
import { titleIn } from '../announce/changes';
import { countingParameters } from '../document/parameters';
import type { NodeRun } from '../state/run-store';
import type { Side } from '../state/wire-in-hand';
import { outline } from '../text/outline';
import { durationWords, portWords } from '../words';

/** A socket as a line: what it is called, its kind, and what it is wired to, if anything. */
export interface SocketLine {
  readonly port: string;
  readonly side: Side;
  readonly kind: Kind | undefined;
  readonly peers: string;
  readonly required: boolean;
}

export function socketLines(graph: Graph, registry: Registry, id: string, definition: AnyNode): SocketLine[] {
  const exposed = graph.nodes.get(id)?.exposed ?? [];
  const peersOf = (side: Side, port: string) =>
    ((side === 'target' ? graph.into : graph.outOf).get(id) ?? [])
      .filter(({ from, to }) => (side === 'target' ? to : from)[1] === port)
      .map(({ from, to }) => titleIn(graph, registry, side === 'target' ? from[0] : to[0]))
      .join(', ');
  const inputs = [...Object.keys(definition.in), ...exposed].map((port): SocketLine => {
    const spec = inputSpec(definition, port);
    return { port, side: 'target', kind: spec?.kind, peers: peersOf('target', port), required: !spec?.optional };
  });
  const outputs = Object.keys(definition.out).map((port): SocketLine => {
    const kind = outputSpec(definition, port)?.kind;
    return { port, side: 'source', kind, peers: peersOf('source', port), required: false };
  });
  return [...inputs, ...outputs];
}

/** "conditional, prediction, wired from UNet step", as sockets on the canvas are called. */
export function socketWords({ port, side, kind, peers, required }: SocketLine): string {
  const wired = peers ? outline.wiredTo(side, peers) : required ? outline.requiredNotWired : outline.notWired;
  return [outline.socket(side, portWords(port)), kind === port ? undefined : kind, wired].filter(Boolean).join(', ');
}

/** The parameters that have a field: those that count and are not wired. */
export function fieldLines(graph: Graph, id: string, definition: AnyNode): readonly Parameter[] {
  const wired = new Set(graph.into.get(id)?.map(({ to }) => to[1]));
  return countingParameters(graph, id, definition).filter(({ name }) => !wired.has(name));
}

/** What tells a node from others of its type: its text, what was chosen in it, or where its values come from. */
export function gist(graph: Graph, registry: Registry, id: string, definition: AnyNode | undefined): string {
  const node = graph.nodes.get(id);
  if (!node || !definition) return '';
  const all = parametersOf(definition);
  const shownValue = ({ name, default: initial }: Parameter) => node.params[name] ?? initial;
  const text = all.find(({ widget }) => widget === 'lines');
  if (text) return String(shownValue(text) ?? '').trim();
  const model = all.find(({ widget }) => widget === 'model');
  if (model) return modelName(asModelReference(shownValue(model)) ?? '');
  const choice = all.find(({ options, advanced }) => options && !advanced);
  if (choice) return choice.labels?.[String(shownValue(choice))] ?? String(shownValue(choice) ?? '');
  const from = new Set(graph.into.get(id)?.map((wire) => titleIn(graph, registry, wire.from[0])));
  return from.size > 0 ? outline.from([...from].join(', ')) : '';
}

/** The state of a node in as few letters as there is room for. */
export function shortState(run: NodeRun | undefined, stale: boolean): string {
  switch (run?.state) {
    case 'running':
      return run.done === undefined || run.of === undefined ? 'running' : `${run.done} / ${run.of}`;
    case 'done':
      return stale ? 'changed' : run.cached ? 'cached' : durationWords(run.milliseconds);
    case 'waiting':
    case 'failed':
    case 'skipped':
      return run.state;
    default:
      return '';
  }
}
