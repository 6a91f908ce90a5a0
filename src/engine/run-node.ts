import type { Host, Surroundings } from '../core/define-node';
import type { Device } from '../core/device';
import { parametersOf } from '../core/parameters';
import { ProblemError, problemOf } from '../core/problem';
import { Cancelled, type RunControl } from './control';
import type { RunEvent } from './events';
import type { KeptCells } from './kept-cells';
import { Pace } from './pace';
import { picturesOf } from './picture';
import type { PlannedNode } from './plan';
import type { Profiler } from './profile/profiler';
import type { RunRecorder } from './recording/run-recorder';
import type { Resume } from './resume';
import type { TensorUse } from './tensor-use';

/** What every part of a run shares. */
export interface RunScope {
  readonly device: Device;
  readonly host: Host;
  readonly use: TensorUse;
  readonly control: RunControl;
  readonly emit: (event: RunEvent) => void;
  /** Where the cells of sweeps are kept beyond the run; absent where there is no such place. */
  readonly kept?: KeptCells | undefined;
  /** Told of every value that a node makes, while it is alive; `evaluation` counts inside a zone. */
  readonly observe?: ((value: Observed) => void | Promise<void>) | undefined;
  /** Keeps what nodes make, to be looked at after the run. */
  readonly recorder?: RunRecorder | undefined;
  /** A zone that goes on where an earlier run was, instead of beginning anew. */
  readonly resume?: Resume | undefined;
  /** Told when nodes begin and how long they took. */
  readonly profiler?: Profiler | undefined;
}

export interface Observed {
  readonly node: string;
  readonly port: string;
  readonly value: unknown;
  /** Index of the item, where the node runs once per item of a list. */
  readonly item: number;
  readonly evaluation: number;
}

/** An error with the node that it happened in. */
export class NodeFailure extends Error {
  override readonly name = 'NodeFailure';
  readonly problem: ReturnType<typeof problemOf> & { readonly node: string };

  constructor(node: PlannedNode, cause: unknown) {
    super(`${node.title} failed`, { cause });
    this.problem = { ...problemOf(cause), node: node.id };
  }
}

export type Values = Readonly<Record<string, unknown>>;

export function surroundings(scope: RunScope, node: PlannedNode): Surroundings {
  const { device, control } = scope;
  const from = performance.now() - control.held;
  const pace = new Pace();
  let earlier: number | undefined;
  return {
    device,
    host: scope.host,
    signal: control.signal,
    title: node.title,
    reached(done, of, beforeHold) {
      earlier ??= done - 1;
      const milliseconds = performance.now() - control.held - from;
      const each = pace.ended(milliseconds);
      scope.emit({ type: 'progress', node: node.id, done, of, milliseconds, each, ...(earlier > 0 && { earlier }) });
      return control.gate(beforeHold);
    },
    async learned({ sample, ...news }) {
      const [picture] = sample ? await picturesOf(device, sample.image.tensor) : [];
      scope.emit({
        type: 'lesson',
        node: node.id,
        ...news,
        ...(sample && picture && { sample: { step: sample.step, picture } }),
      });
    },
  };
}

/** Runs a part of a node's definition; whatever it throws becomes a failure of that node, unless the run was stopped. */
export async function blame<T>(node: PlannedNode, control: RunControl, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Cancelled || cause instanceof NodeFailure) throw cause;
    if (control.signal.aborted) throw new Cancelled();
    throw new NodeFailure(node, cause);
  }
}

/** Splits what arrived into inputs and parameters; parameters that come by wire are checked like typed-in ones. */
export function argumentsOf(node: PlannedNode, arrived: Values): { in: Values; params: Record<string, unknown> } {
  const params: Record<string, unknown> = { ...node.params };
  const inputs: Record<string, unknown> = {};
  for (const port of Object.keys(node.definition.in)) inputs[port] = arrived[port];
  for (const { port, parameter } of node.inputs) {
    if (!parameter) continue;
    const result = node.definition.params.shape[port].safeParse(arrived[port]);
    if (!result.success) {
      const limits = parametersOf(node.definition).find((p) => p.name === port);
      const range =
        limits?.minimum !== undefined && limits.maximum !== undefined
          ? ` It takes ${limits.minimum} to ${limits.maximum}.`
          : '';
      throw new ProblemError({
        node: node.id,
        port,
        what: `${node.title}: ${port} cannot be ${String(arrived[port])}.${range}`,
        cure: 'Change the value that is wired to it.',
      });
    }
    params[port] = result.data;
  }
  return { in: inputs, params };
}

/**
 * Runs one node once, or several that run together, on what arrived at each. Returns their outputs in order, and for a
 * node with state the new state under `state`.
 */
export function runNodes(
  scope: RunScope,
  nodes: readonly PlannedNode[],
  arrived: readonly Values[],
  state?: unknown,
): Promise<readonly Values[]> {
  const [first] = nodes as [PlannedNode];
  return blame(first, scope.control, async () => {
    const { definition } = first;
    const args = nodes.map((node, i) => argumentsOf(node, arrived[i] as Values));
    const around = surroundings(scope, first);
    if (definition.together) {
      const runs = args.map((arg) => arg.in);
      return definition.together.run({ ...around, params: args[0]?.params, runs });
    }
    if (!definition.run) throw new Error(`${definition.type} cannot run by itself.`);
    const { kinds } = first;
    return [await definition.run({ ...around, ...(args[0] as { in: Values; params: Values }), kinds, state })];
  });
}
