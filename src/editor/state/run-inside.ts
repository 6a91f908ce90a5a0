import type { Document, Subgraph } from '../../core/document';
import { giver, subgraphOf } from '../../core/subgraph';
import type { Summary } from '../../engine/events';
import { insideOf, type Path } from '../document/subgraph-inside';
import type { NodeRun, RunState } from './run-store';

/** What the nodes inside of an instance did, as what the instance did. */
function together(runs: readonly NodeRun[]): NodeRun {
  const of = <S extends NodeRun['state']>(state: S) =>
    runs.filter((run): run is Extract<NodeRun, { state: S }> => run.state === state);
  const [failed] = of('failed');
  if (failed) return failed;
  const [done, running, waiting] = [of('done'), of('running'), of('waiting')];
  if (running.length > 0 || (waiting.length > 0 && done.length > 0)) {
    const since = Math.min(...running.map((run) => run.since), Number.MAX_VALUE);
    // The loop is what is worth counting.
    const longest = running.toSorted((a, b) => (b.of ?? 0) - (a.of ?? 0))[0];
    return { ...longest, state: 'running', since };
  }
  const [skipped] = of('skipped');
  if (skipped) return skipped;
  if (waiting.length > 0 || done.length === 0) return { state: 'waiting' };
  return {
    state: 'done',
    milliseconds: done.reduce((sum, run) => sum + run.milliseconds, 0),
    runs: Math.max(...done.map((run) => run.runs)),
    cached: done.every((run) => run.cached),
  };
}

/** What came out of an instance, as its subgraph puts it together. */
function outputsOf(
  outputs: RunState['outputs'],
  document: Document,
  subgraph: Subgraph,
  id: string,
): Readonly<Record<string, Summary>> {
  return Object.fromEntries(
    subgraph.outputs.flatMap(({ name }) => {
      const [inner, port] = giver(subgraph, name) ?? [];
      const nested = subgraphOf(document, subgraph.nodes.find((node) => node.id === inner)?.type ?? '');
      const summaries = nested ? outputsOf(outputs, document, nested, `${id}/${inner}`) : outputs[`${id}/${inner}`];
      const summary = port === undefined ? undefined : summaries?.[port];
      return summary ? [[name, summary]] : [];
    }),
  );
}

const known = new WeakMap<RunState, Map<string, RunState>>();

/**
 * A run as the nodes that are shown see it. The engine speaks of `instance/node`; what is shown has nodes by their own ids, and
 * instances that did what the nodes inside of them did.
 */
export function runInside(run: RunState, path: Path): RunState {
  const { ran } = run;
  if (!ran || (path.length === 0 && !ran.subgraphs?.length)) return run;
  const made = known.get(run) ?? new Map<string, RunState>();
  known.set(run, made);
  const key = path.join('/');
  let seen = made.get(key);
  if (!seen) {
    seen = seenFrom(run, ran, path);
    made.set(key, seen);
  }
  return seen;
}

function seenFrom(run: RunState, ran: Document, path: Path): RunState {
  const prefix = path.map((id) => `${id}/`).join('');
  /** The shown node that one of the engine's belongs to. */
  const shownId = (id: string) => {
    if (!id.startsWith(prefix)) return undefined;
    const slash = id.indexOf('/', prefix.length);
    return slash < 0 ? id.slice(prefix.length) : id.slice(prefix.length, slash);
  };
  const groups = new Map<string, NodeRun[]>();
  for (const [id, state] of Object.entries(run.nodes)) {
    const shown = shownId(id);
    if (shown === undefined) continue;
    const because = state.state === 'skipped' ? shownId(state.because) : undefined;
    const local = because === undefined ? state : ({ state: 'skipped', because } as const);
    const group = groups.get(shown);
    if (group) group.push(local);
    else groups.set(shown, [local]);
  }
  /** What nodes show, by their own ids. */
  const inside = <T extends { readonly from: Document | undefined }>(all: Readonly<Record<string, T>>) => {
    const entries = Object.entries(all).flatMap(([id, pictures]) => {
      const at = shownId(id);
      return at === undefined
        ? []
        : [[at, { ...pictures, from: pictures.from && insideOf(pictures.from, path) }] as const];
    });
    return Object.fromEntries(entries);
  };
  const outputs: Record<string, Readonly<Record<string, Summary>>> = {};
  for (const { id, type } of insideOf(ran, path).nodes) {
    const subgraph = subgraphOf(ran, type);
    const own = subgraph ? outputsOf(run.outputs, ran, subgraph, `${prefix}${id}`) : run.outputs[`${prefix}${id}`];
    if (own) outputs[id] = own;
  }
  const lessons = Object.entries(run.lessons).flatMap(([id, lesson]) => {
    const at = shownId(id);
    return at === undefined ? [] : [[at, lesson] as const];
  });
  return {
    ...run,
    lessons: Object.fromEntries(lessons),
    nodes: Object.fromEntries(
      [...groups].map(([id, runs]) => [id, runs.length === 1 && runs[0] ? runs[0] : together(runs)]),
    ),
    shown: inside(run.shown),
    cells: inside(run.cells),
    outputs,
  };
}
