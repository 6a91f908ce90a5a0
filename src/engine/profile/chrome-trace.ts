import type { Profile, Span } from './profile';

/** Rows of the chart, as Perfetto shows threads. */
const rows = { node: 1, session: 2, load: 2, 'warm-up': 2, read: 3 } as const satisfies Record<Span['kind'], number>;
const rowTitles = { 1: 'Nodes', 2: 'Networks', 3: 'Reading back' } as const;

interface Event {
  readonly name: string;
  readonly ph: 'X' | 'C' | 'M';
  readonly pid: number;
  readonly tid: number;
  /** In microseconds. */
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

/**
 * A profile as Perfetto and chrome://tracing open it: the trace-event format (Duan and others, "Trace Event Format"), with
 * complete events for what took time and a counter for memory. `titleOf` names nodes.
 */
export function chromeTrace(profile: Profile, titleOf: (node: string) => string) {
  const { device, at, milliseconds, spans, memory, nodes, weights, leftOut } = profile;
  const events: Event[] = [
    { name: 'process_name', ph: 'M', pid: 1, tid: 0, args: { name: `Weft, ${device}` } },
    ...Object.entries(rowTitles).map(([tid, name]): Event => {
      return { name: 'thread_name', ph: 'M', pid: 1, tid: Number(tid), args: { name } };
    }),
    ...spans.map(({ kind, name, node, begin, milliseconds: took, ...where }): Event => {
      return {
        name: kind === 'node' ? titleOf(name) : name,
        cat: kind,
        ph: 'X',
        pid: 1,
        tid: rows[kind],
        ts: begin * 1000,
        dur: took * 1000,
        args: { node, ...where },
      };
    }),
    ...memory.map(({ at: when, bytes }): Event => {
      return { name: 'tensors', ph: 'C', pid: 1, tid: 0, ts: when * 1000, args: { bytes } };
    }),
  ];
  return {
    displayTimeUnit: 'ms',
    otherData: { program: 'Weft', device, began: new Date(at).toISOString(), milliseconds, weights, leftOut, nodes },
    traceEvents: events,
  };
}
