import type { Profile, Span } from '../../engine/profile/profile';

/** A bar of the chart. */
export interface Bar {
  readonly kind: Span['kind'] | 'step';
  readonly name: string;
  readonly node: string;
  readonly begin: number;
  readonly milliseconds: number;
  readonly evaluation?: number;
  readonly bytes?: number;
}

/** The bars of a profile in rows, each in the order of time: steps of zones, nodes, networks, what was read back. */
export function rowsOf({ spans }: Profile): readonly (readonly Bar[])[] {
  const steps = new Map<string, { begin: number; end: number; evaluation: number; zone: string }>();
  for (const { zone, evaluation, item, begin, milliseconds } of spans) {
    if (zone === undefined || evaluation === undefined) continue;
    const key = `${zone} ${item} ${evaluation}`;
    const step = steps.get(key) ?? { begin, end: begin, evaluation, zone };
    steps.set(key, { ...step, begin: Math.min(step.begin, begin), end: Math.max(step.end, begin + milliseconds) });
  }
  const inOrder = (bars: readonly Bar[]) => bars.toSorted((a, b) => a.begin - b.begin);
  return [
    inOrder(
      [...steps.values()].map(({ begin, end, evaluation, zone }) => {
        return { kind: 'step', name: String(evaluation + 1), node: zone, begin, milliseconds: end - begin, evaluation };
      }),
    ),
    inOrder(spans.filter(({ kind }) => kind === 'node')),
    inOrder(spans.filter(({ kind }) => kind === 'session' || kind === 'load' || kind === 'warm-up')),
    inOrder(spans.filter(({ kind }) => kind === 'read')),
  ];
}

/** The bar of a row that is at a time, or the nearest one. */
export function barAt(row: readonly Bar[], at: number): Bar | undefined {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const bar = row[middle];
    if (bar && bar.begin + bar.milliseconds < at) low = middle + 1;
    else high = middle;
  }
  const [before, here] = [row[low - 1], row[low]];
  if (!before || !here) return here ?? before;
  return at - (before.begin + before.milliseconds) < here.begin - at ? before : here;
}

/** What a node or a network spent in all. */
export interface Total {
  readonly name: string;
  readonly runs: number;
  readonly milliseconds: number;
  /** Of that, in networks. */
  readonly networks: number;
  /** Making sessions, with their first run. */
  readonly loading: number;
  /** Of tensors at most, or of the weights of a session. */
  readonly bytes: number | undefined;
}

const sum = (spans: readonly Span[]): number => spans.reduce((all, { milliseconds }) => all + milliseconds, 0);
const isLoading = ({ kind }: Span): boolean => kind === 'load' || kind === 'warm-up';

const longestFirst = (totals: readonly Total[]) => totals.toSorted((a, b) => b.milliseconds - a.milliseconds);

function grouped(spans: readonly Span[], by: 'name' | 'node'): Map<string, Span[]> {
  const groups = new Map<string, Span[]>();
  for (const span of spans) {
    const group = groups.get(span[by]);
    if (group) group.push(span);
    else groups.set(span[by], [span]);
  }
  return groups;
}

export function nodeTotals({ spans, nodes }: Profile): readonly Total[] {
  const memory = new Map(nodes.map(({ node, peak }) => [node, peak]));
  return longestFirst(
    [...grouped(spans, 'node')].flatMap(([name, all]) => {
      const own = all.filter(({ kind }) => kind === 'node');
      if (own.length === 0) return [];
      return [
        {
          name,
          runs: own.length,
          milliseconds: sum(own),
          networks: sum(all.filter(({ kind }) => kind === 'session')),
          loading: sum(all.filter(isLoading)),
          bytes: memory.get(name),
        },
      ];
    }),
  );
}

export function networkTotals({ spans }: Profile): readonly Total[] {
  const networks = spans.filter((span) => span.kind === 'session' || isLoading(span));
  return longestFirst(
    [...grouped(networks, 'name')].map(([name, all]) => {
      const runs = all.filter(({ kind }) => kind === 'session');
      return {
        name,
        runs: runs.length,
        milliseconds: sum(runs),
        networks: sum(runs),
        loading: sum(all.filter(isLoading)),
        bytes: all.find(({ kind }) => kind === 'load')?.bytes,
      };
    }),
  );
}

/** The key of a network for people: hashes cut to what tells them apart. */
export const networkName = (key: string): string => key.replace(/[0-9a-f]{12,}/g, (hash) => `${hash.slice(0, 6)}…`);
