import type { WireEnd } from '../core/document';
import { ProblemError } from '../core/problem';
import { isZone, type PlannedNode, type PlannedZone } from './plan';
import type { ResumePoint } from './resume';
import { argumentsOf, blame, type RunScope, runNodes, surroundings, type Values } from './run-node';

export type Lookup = (from: WireEnd) => unknown;

/** What a zone tells of its nodes while it runs. */
export interface ZoneReport {
  count(total: number): void;
  begins(node: PlannedNode): void;
  /** A node of the zone finished an evaluation that took so long. */
  evaluated(of: {
    readonly node: PlannedNode;
    readonly milliseconds: number;
    readonly arrived: Values;
    readonly outputs: Values;
    readonly evaluation: number;
  }): Promise<void> | undefined;
  /** An evaluation is over: what reached the end, and the states of the zone's nodes by id. */
  passed(reached: Values, states: ReadonlyMap<string, unknown>): void;
}

const arrivedAt = (node: PlannedNode, lookup: Lookup): Values =>
  Object.fromEntries(
    node.inputs.map(({ port, from, spec }) => {
      const value = lookup(from);
      return [port, spec.gathers ? { axes: [], items: [value] } : value];
    }),
  );

/**
 * Runs a denoise zone: the body once per evaluation, what reached the end fed back to the start. `outside` gives the values
 * of wires that enter the zone, which are constants in it. The outputs are held for the caller, who drops them. `earlier`: the
 * evaluations before are taken from an earlier run.
 */
export async function runZone(
  scope: RunScope,
  zone: PlannedZone,
  outside: Lookup,
  report: ZoneReport,
  earlier?: ResumePoint,
): Promise<Values> {
  const { start, end } = zone;
  const { control, use } = scope;
  const entered = arrivedAt(start, outside);
  const entry = await blame(start, control, () => argumentsOf(start, entered));
  const count = await blame(start, control, () => start.definition.loopStart?.count(entry.in, entry.params) ?? 0);
  report.count(count);
  const inner: ZoneReport = { ...report, count: () => {}, passed: () => {} };
  const states = new Map<string, unknown>();
  const evaluations: Values[] = [];
  try {
    if (earlier) {
      for (const reached of earlier.evaluations) evaluations.push(use.hold(reached));
      for (const [id, state] of earlier.states) states.set(id, use.hold(state));
      await blame(start, control, () => requireSame(zone, earlier, count));
    }
    for (let index = evaluations.length; index < count; index++) {
      await control.gate();
      const reached = await evaluate(index);
      evaluations.push(reached);
      report.passed(reached, states);
    }
    report.begins(end);
    const from = performance.now();
    const outputs = await blame(end, control, async () => {
      const { params } = argumentsOf(
        end,
        arrivedAt(end, (wire) => (zone.members.has(wire[0]) ? undefined : outside(wire))),
      );
      return (await end.definition.loopEnd?.finish({ ...surroundings(scope, end), params, evaluations })) ?? {};
    });
    use.hold(outputs);
    const milliseconds = performance.now() - from;
    await report.evaluated({ node: end, milliseconds, arrived: {}, outputs, evaluation: count - 1 });
    return outputs;
  } finally {
    for (const state of states.values()) use.drop(state);
    for (const reached of evaluations) use.drop(reached);
  }

  /** One pass through the body. Returns what reached the end, held. */
  async function evaluate(index: number): Promise<Values> {
    const made = new Map<string, Values>();
    const lookup: Lookup = (wire) => (zone.members.has(wire[0]) ? made.get(wire[0])?.[wire[1]] : outside(wire));
    try {
      report.begins(start);
      const from = performance.now();
      const outputs = await blame(start, control, async () => {
        const enter = start.definition.loopStart?.enter;
        const previous = evaluations.at(-1);
        return (await enter?.({ ...surroundings(scope, start), ...entry, index, previous })) ?? {};
      });
      made.set(start.id, use.hold(outputs));
      const milliseconds = performance.now() - from;
      await report.evaluated({ node: start, milliseconds, arrived: entered, outputs, evaluation: index });
      for (const part of zone.body)
        if (isZone(part)) made.set(part.end.id, await runZone(scope, part, lookup, inner));
        else await runPart(part, index, lookup, made);
      return use.hold((await blame(end, control, () => argumentsOf(end, arrivedAt(end, lookup)))).in);
    } finally {
      for (const outputs of made.values()) use.drop(outputs);
    }
  }

  async function runPart(
    nodes: readonly PlannedNode[],
    evaluation: number,
    lookup: Lookup,
    made: Map<string, Values>,
  ): Promise<void> {
    const [first] = nodes as [PlannedNode];
    const { initial } = first.definition;
    if (initial && !states.has(first.id)) states.set(first.id, use.hold(initial()));
    for (const node of nodes) report.begins(node);
    const arrived = nodes.map((node) => arrivedAt(node, lookup));
    const from = performance.now();
    const results = await runNodes(scope, nodes, arrived, states.get(first.id));
    const milliseconds = (performance.now() - from) / nodes.length;
    for (const [i, node] of nodes.entries()) {
      let outputs = results[i] ?? {};
      if (initial) {
        const { state, ...rest } = outputs;
        use.hold(state);
        use.drop(states.get(node.id));
        states.set(node.id, state);
        outputs = rest;
      }
      made.set(node.id, use.hold(outputs));
    }
    for (const [i, node] of nodes.entries())
      await report.evaluated({
        node,
        milliseconds,
        arrived: arrived[i] ?? {},
        outputs: made.get(node.id) ?? {},
        evaluation,
      });
  }
}

/** A zone goes on only where it has as many evaluations as it had. */
function requireSame(zone: PlannedZone, from: ResumePoint, count: number): void {
  const cure = 'Run all of it.';
  if (zone.body.some(isZone))
    throw new ProblemError({ what: 'A zone with another zone inside cannot go on from a step.', cure });
  if (from.count !== count)
    throw new ProblemError({
      what: `The earlier run had ${from.count} steps, this one has ${count}: it cannot go on from one of them.`,
      cure: 'Keep the number of steps, or run all of it.',
    });
}
