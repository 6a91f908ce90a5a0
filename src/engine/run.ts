import type { Axis } from '../core/define-node';
import { itemCount, itemIndex } from '../core/many';
import { ProblemError, problemOf } from '../core/problem';
import type { NodeOutputs, OutputCache } from './cache';
import { hashOf } from './content-key';
import { Cancelled } from './control';
import { alwaysRuns, type Demand, demandFor, isKept, release } from './demand';
import type { Outcome } from './events';
import { listAxis, makesList } from './list-axis';
import { inputsOf, isZone, nodesOf, type Plan, type PlannedNode, type PlannedZone, type Unit } from './plan';
import type { Place } from './profile/profiler';
import { gathers, idOf, type Prospect, prospectOf, type Source, sourceOf } from './prospect';
import type { Resume, ResumePoint } from './resume';
import { NodeFailure, type RunScope, runNodes, type Values } from './run-node';
import { RunStatus } from './run-status';
import { runZone } from './run-zone';
import { Showcase } from './showcase';
import { tasksOf } from './tasks';

/**
 * Runs a plan: what is in the cache is not run again, what nobody needs is not run at all. A failing node is reported and
 * what depends on it is skipped; the rest still runs. Never throws for anything that a graph can cause.
 */
export async function run(plan: Plan, scope: RunScope, cache: OutputCache): Promise<Outcome> {
  const from = performance.now();
  const execution = new Execution(plan, scope, cache);
  const outcome = await execution.run();
  await scope.recorder?.finished();
  scope.emit({ type: 'finished', outcome, milliseconds: performance.now() - from - scope.control.held });
  return outcome;
}

class Execution {
  readonly #plan: Plan;
  readonly #scope: RunScope;
  readonly #cache: OutputCache;
  readonly #prospects = new Map<string, Prospect>();
  readonly #status: RunStatus;
  readonly #showcase: Showcase;

  constructor(plan: Plan, scope: RunScope, cache: OutputCache) {
    this.#plan = plan;
    this.#scope = scope;
    this.#cache = cache;
    this.#status = new RunStatus(scope);
    this.#showcase = new Showcase(scope);
  }

  async run(): Promise<Outcome> {
    const { emit } = this.#scope;
    const ids = (unit: Unit) => nodesOf(unit).map(({ id }) => id);
    emit({
      type: 'planned',
      nodes: this.#plan.units.flatMap(ids),
      loops: this.#plan.units.filter(isZone).flatMap(ids),
    });
    for (const problem of this.#plan.problems) this.#status.refused(problem);
    try {
      const units: Prospect[] = [];
      for (const unit of this.#plan.units) {
        const prospect = this.#foresee(unit);
        if (!prospect) continue;
        units.push(prospect);
        // The items of a list must be known before what follows it can be.
        if (isZone(unit) || !makesList(unit)) continue;
        await this.#compute(units, [prospect]);
        const axis = listAxis(unit, prospect);
        if ('labels' in axis) prospect.own = axis;
        else if (this.#status.culprit(unit.id) === undefined) this.#status.fail(unit, axis);
      }
      await this.#compute(
        units,
        units.filter(({ unit }) => nodesOf(unit).some((node) => this.#plan.targets.has(node.id))),
        true,
      );
    } catch (thrown) {
      if (thrown instanceof Cancelled) return 'cancelled';
      throw thrown;
    } finally {
      for (const { values } of this.#prospects.values())
        for (const outputs of values) if (outputs) this.#scope.use.drop(outputs);
    }
    return this.#status.failed ? 'failed' : 'done';
  }

  /** Works out how often a unit runs and under which keys; undefined when something that it needs failed. */
  #foresee(unit: Unit): Prospect | undefined {
    const sources: Source[] = [];
    for (const input of inputsOf(unit)) {
      const [from] = input.from;
      const prospect = this.#prospects.get(from);
      const culprit = this.#status.culprit(from) ?? (prospect ? undefined : from);
      if (culprit !== undefined) {
        this.#status.block(unit, culprit);
        return undefined;
      }
      if (!prospect) continue;
      prospect.ports.add(input.from[1]);
      sources.push(sourceOf(input, prospect));
    }
    try {
      const prospect = this.#resumed(prospectOf(unit, sources, this.#plan.targets, this.#scope.host));
      this.#prospects.set(prospect.id, prospect);
      this.#scope.recorder?.foreseen(prospect);
      return prospect;
    } catch (thrown) {
      this.#status.fail(unit, { node: idOf(unit), ...problemOf(thrown) });
      return undefined;
    }
  }

  /** What goes on from values of an earlier run depends on those, too. */
  #resumed(prospect: Prospect): Prospect {
    const { resume } = this.#scope;
    if (resume?.zone !== prospect.id || !isZone(prospect.unit)) return prospect;
    const keys = prospect.keys.map((key, item) => {
      const from = resume.source.keyBefore(resume.zone, prospect.grid, item);
      return from === key ? key : hashOf(key, 'resumed', from, resume.evaluation);
    });
    return { ...prospect, keys };
  }

  /**
   * Makes the values of `wanted`, and of what they need among `units` where the cache does not have it. `last`: whatever
   * does not run now does not run at all, and is told to be cached.
   */
  async #compute(units: readonly Prospect[], wanted: readonly Prospect[], last = false): Promise<void> {
    const demands = await demandFor(units, wanted, this.#cache, this.#scope);
    if (last) {
      const running = new Set(demands.map(({ prospect }) => prospect));
      for (const prospect of units) if (!running.has(prospect)) this.#status.skip(prospect.unit);
    }
    const left = new Map(demands.map((demand) => [demand, demand.items.length]));
    for (const { demand, item } of tasksOf(demands)) {
      await this.#runTask(demand, item);
      const more = (left.get(demand) ?? 0) - 1;
      left.set(demand, more);
      if (more === 0) this.#finish(demand);
    }
  }

  async #runTask({ prospect, items }: Demand, item: number): Promise<void> {
    const { unit, sources } = prospect;
    if (this.#status.culprit(prospect.id) !== undefined) return;
    const blocked = sources.map(({ input }) => this.#status.culprit(input.from[0])).find(Boolean);
    if (blocked !== undefined) {
      this.#status.block(unit, blocked);
      return;
    }
    this.#status.expect(unit, items.length);
    try {
      await this.#scope.control.gate();
      const outputs = await this.#runItem(prospect, item, items.length);
      prospect.values[item] = outputs;
      const key = prospect.keys[item] as string;
      if (!alwaysRuns(unit)) this.#cache.set(key, outputs);
      if (isKept(prospect)) await this.#scope.kept?.set(key, outputs, [...prospect.ports]);
    } catch (thrown) {
      if (!(thrown instanceof NodeFailure)) throw thrown;
      this.#status.fail(unit, thrown.problem);
    }
  }

  /** All items of a unit were run, or something kept them from it. */
  #finish({ prospect }: Demand): void {
    const { unit, sources } = prospect;
    if (this.#status.finish(unit)) this.#showcase.finish(nodesOf(unit), prospect.grid);
    for (const source of sources) release(source.prospect, this.#scope.use);
  }

  async #runItem(prospect: Prospect, item: number, of: number): Promise<NodeOutputs> {
    const { unit, sources, grid } = prospect;
    const { use, recorder, resume } = this.#scope;
    if (!isZone(unit)) {
      recorder?.begins(prospect, item);
      const arrived: Record<string, unknown> = {};
      for (const { input, wired } of sources) {
        const { axes } = wired;
        arrived[input.port] = gathers(unit, input)
          ? { axes, items: Array.from({ length: itemCount(axes) }, (_, i) => wired.value(i)) }
          : wired.value(itemIndex(axes, grid, item));
      }
      this.#status.begin(unit);
      const from = performance.now();
      const [result = {}] = await runNodes(this.#scope, [unit], [arrived], unit.definition.initial?.());
      const { state: _, ...outputs } = result;
      const made = use.hold(unit.definition.initial ? outputs : result);
      await this.#evaluated(prospect, unit, performance.now() - from, arrived, made, item, 0, grid);
      return made;
    }
    const from = resume?.zone === prospect.id ? await this.#resumePoint(prospect, unit, item, resume) : undefined;
    recorder?.begins(prospect, item, from);
    const entering = new Map(sources.map(({ input, wired }) => [input.from.join(' '), wired]));
    return runZone(
      this.#scope,
      unit,
      (wire) => {
        const wired = entering.get(wire.join(' '));
        return wired?.value(itemIndex(wired.axes, grid, item));
      },
      {
        count: (total) => {
          recorder?.counted(prospect, item, total);
          this.#status.expectLoops(unit, of, total, from?.evaluations.length ?? 0);
        },
        begins: (node) => this.#status.begin(node),
        evaluated: ({ node, milliseconds, arrived, outputs, evaluation }) =>
          this.#evaluated(prospect, node, milliseconds, arrived, outputs, item, evaluation),
        passed: (reached, states) => recorder?.passed(prospect, item, reached, states),
      },
      from,
    );
  }

  async #resumePoint(
    { grid }: Prospect,
    { start }: PlannedZone,
    item: number,
    { zone, evaluation, source }: Resume,
  ): Promise<ResumePoint> {
    const point = await source.pointBefore(zone, grid, item, evaluation, this.#scope.device);
    if (point) return point;
    const what = `Step ${evaluation + 1} of the earlier run is not held, so nothing can go on from there.`;
    throw new NodeFailure(start, new ProblemError({ what, cure: 'Choose another step, or run all of it.' }));
  }

  #evaluated(
    prospect: Prospect,
    node: PlannedNode,
    milliseconds: number,
    arrived: Values,
    outputs: Values,
    item: number,
    evaluation: number,
    /** Of the items, outside of zones. */
    grid?: readonly Axis[],
  ): Promise<void> | undefined {
    this.#status.evaluated(node, milliseconds, outputs);
    const { observe, recorder, profiler } = this.#scope;
    const { shows, sees } = node.definition;
    profiler?.ended(node.id, milliseconds, placeOf(prospect.unit, node, item, evaluation));
    const recorded = recorder?.made(prospect, item, node, outputs, arrived);
    if (!recorded && !observe && !shows && !sees) return undefined;
    return (async () => {
      await recorded;
      if (observe)
        for (const [port, value] of Object.entries(outputs))
          await observe({ node: node.id, port, value, item, evaluation });
      await this.#showcase.add(node, arrived, item, grid);
    })();
  }
}

/** Where a node ran. The end of a zone runs after all of its evaluations. */
const placeOf = (unit: Unit, node: PlannedNode, item: number, evaluation: number): Place => {
  if (!isZone(unit)) return { item };
  return { item, zone: unit.start.id, ...(node !== unit.end && { evaluation }) };
};
