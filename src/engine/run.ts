import type { Axis, Labelled } from '../core/define-node';
import { itemCount, itemIndex } from '../core/many';
import { type Problem, ProblemError, problemOf } from '../core/problem';
import type { NodeOutputs, OutputCache } from './cache';
import { hashOf } from './content-key';
import { Cancelled } from './control';
import { alwaysRuns, type Demand, demandFor, isKept, release } from './demand';
import type { Outcome } from './events';
import { inputsOf, isZone, nodesOf, type Plan, type PlannedNode, type PlannedZone, type Unit } from './plan';
import type { Place } from './profile/profiler';
import { gathers, idOf, type Prospect, prospectOf, type Source, sourceOf } from './prospect';
import type { Resume, ResumePoint } from './resume';
import { NodeFailure, type RunScope, runNodes, type Values } from './run-node';
import { runZone } from './run-zone';
import { Showcase } from './showcase';
import { summarize } from './summary';
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
  /** Nodes that failed or wait for one that did, with the node to blame. */
  readonly #blocked = new Map<string, string>();
  /** Times and counts of the nodes that run now; `earlier` counts what an earlier run made of a zone that goes on. */
  readonly #spent = new Map<
    string,
    { milliseconds: number; runs: number; expected: number; earlier: number; last?: Values }
  >();
  readonly #reported = new Set<string>();
  readonly #showcase: Showcase;

  constructor(plan: Plan, scope: RunScope, cache: OutputCache) {
    this.#plan = plan;
    this.#scope = scope;
    this.#cache = cache;
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
    for (const problem of this.#plan.problems) {
      if (problem.node !== undefined) this.#blocked.set(problem.node, problem.node);
      emit({ type: 'failed', node: problem.node ?? '', problem });
    }
    try {
      const units: Prospect[] = [];
      for (const unit of this.#plan.units) {
        const prospect = this.#foresee(unit);
        if (!prospect) continue;
        units.push(prospect);
        // The items of a list must be known before what follows it can be.
        if (isZone(unit) || !makesList(unit)) continue;
        await this.#compute(units, [prospect]);
        this.#takeLabels(unit, prospect);
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
    return this.#blocked.size ? 'failed' : 'done';
  }

  /** Works out how often a unit runs and under which keys; undefined when something that it needs failed. */
  #foresee(unit: Unit): Prospect | undefined {
    const sources: Source[] = [];
    for (const input of inputsOf(unit)) {
      const [from] = input.from;
      const prospect = this.#prospects.get(from);
      const culprit = this.#culprit(from) ?? (prospect ? undefined : from);
      if (culprit !== undefined) {
        this.#block(unit, culprit);
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
      this.#fail(unit, { node: idOf(unit), ...problemOf(thrown) });
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

  /** The node to blame for one that failed or waits for one that did. */
  #culprit(id: string): string | undefined {
    return this.#blocked.size > 0 ? this.#blocked.get(id) : undefined;
  }

  #fail(unit: Unit, problem: Problem & { readonly node: string }): void {
    this.#scope.profiler?.broken();
    this.#scope.emit({ type: 'failed', node: problem.node, problem });
    this.#reported.add(problem.node);
    this.#block(unit, problem.node);
  }

  #block(unit: Unit, culprit: string): void {
    for (const node of nodesOf(unit)) {
      this.#blocked.set(node.id, culprit);
      if (node.id !== culprit) this.#scope.emit({ type: 'skipped', node: node.id, because: culprit });
    }
  }

  /**
   * Makes the values of `wanted`, and of what they need among `units` where the cache does not have it. `last`: whatever
   * does not run now does not run at all, and is told to be cached.
   */
  async #compute(units: readonly Prospect[], wanted: readonly Prospect[], last = false): Promise<void> {
    const demands = await demandFor(units, wanted, this.#cache, this.#scope);
    if (last) {
      const running = new Set(demands.map(({ prospect }) => prospect));
      for (const prospect of units)
        if (!running.has(prospect)) for (const node of nodesOf(prospect.unit)) this.#reportCached(node);
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
    if (this.#culprit(prospect.id) !== undefined) return;
    const blocked = sources.map(({ input }) => this.#culprit(input.from[0])).find(Boolean);
    if (blocked !== undefined) {
      this.#block(unit, blocked);
      return;
    }
    for (const node of nodesOf(unit))
      if (!this.#spent.has(node.id))
        this.#spent.set(node.id, { milliseconds: 0, runs: 0, expected: items.length, earlier: 0 });
    try {
      await this.#scope.control.gate();
      const outputs = await this.#runItem(prospect, item, items.length);
      prospect.values[item] = outputs;
      const key = prospect.keys[item] as string;
      if (!alwaysRuns(unit)) this.#cache.set(key, outputs);
      if (isKept(prospect)) await this.#scope.kept?.set(key, outputs, [...prospect.ports]);
    } catch (thrown) {
      if (!(thrown instanceof NodeFailure)) throw thrown;
      this.#fail(unit, thrown.problem);
    }
  }

  /** All items of a unit were run, or something kept them from it. */
  #finish({ prospect }: Demand): void {
    const { unit, sources } = prospect;
    const blocked = this.#culprit(prospect.id) !== undefined;
    for (const node of nodesOf(unit)) {
      const { milliseconds = 0, runs = 0, last = {} } = this.#spent.get(node.id) ?? {};
      this.#spent.delete(node.id);
      if (blocked) continue;
      const outputs = summarize(node.definition, last);
      this.#reported.add(node.id);
      this.#scope.emit({ type: 'done', node: node.id, milliseconds, runs, cached: false, outputs });
    }
    if (!blocked) this.#showcase.finish(nodesOf(unit), prospect.grid);
    for (const source of sources) release(source.prospect, this.#scope.use);
  }

  async #runItem(prospect: Prospect, item: number, of: number): Promise<NodeOutputs> {
    const { unit, sources, grid } = prospect;
    const { use } = this.#scope;
    const { recorder, resume } = this.#scope;
    if (!isZone(unit)) {
      recorder?.begins(prospect, item);
      const arrived: Record<string, unknown> = {};
      for (const { input, wired } of sources) {
        const { axes } = wired;
        arrived[input.port] = gathers(unit, input)
          ? { axes, items: Array.from({ length: itemCount(axes) }, (_, i) => wired.value(i)) }
          : wired.value(itemIndex(axes, grid, item));
      }
      this.#begins(unit);
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
          for (const node of nodesOf(unit)) {
            const spent = this.#spent.get(node.id);
            if (!spent) continue;
            spent.expected = node === unit.end ? of : of * total;
            if (node !== unit.end) spent.earlier += from?.evaluations.length ?? 0;
          }
        },
        begins: (node) => this.#begins(node),
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

  #begins(node: PlannedNode): void {
    this.#scope.profiler?.begins(node.id);
    const spent = this.#spent.get(node.id);
    if (spent?.runs === 0) this.#scope.emit({ type: 'started', node: node.id });
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
    const spent = this.#spent.get(node.id);
    if (spent) {
      spent.milliseconds += milliseconds;
      spent.runs += 1;
      spent.last = outputs;
      if (spent.expected > 1)
        this.#scope.emit({
          type: 'progress',
          node: node.id,
          done: spent.earlier + spent.runs,
          of: spent.expected,
          milliseconds: spent.milliseconds,
        });
    }
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

  /** The axis that a list adds to what follows: its labels, which must be the same for every item. */
  #takeLabels(node: PlannedNode, prospect: Prospect): void {
    const lists = prospect.values.flatMap((outputs) =>
      Object.values(outputs ?? {}).filter((value): value is Labelled<unknown>[] => Array.isArray(value)),
    );
    const [labels = [], ...others] = lists.map((list) => list.map((entry) => entry.label));
    if (labels.length && others.every((other) => other.join('\n') === labels.join('\n')))
      prospect.own = { id: node.id, title: node.title, labels, ...plainValues(prospect) };
    else if (!this.#blocked.has(node.id))
      this.#fail(node, {
        node: node.id,
        what: labels.length
          ? `${node.title} makes lists that do not go together.`
          : `${node.title} makes an empty list.`,
        cure: labels.length ? 'Its lists must have the same labels for every item.' : 'Give it at least one value.',
      });
  }

  #reportCached(node: PlannedNode): void {
    if (this.#reported.has(node.id) || this.#blocked.has(node.id)) return;
    this.#scope.emit({ type: 'done', node: node.id, milliseconds: 0, runs: 0, cached: true });
  }
}

/** Where a node ran. The end of a zone runs after all of its evaluations. */
const placeOf = (unit: Unit, node: PlannedNode, item: number, evaluation: number): Place => {
  if (!isZone(unit)) return { item };
  return { item, zone: unit.start.id, ...(node !== unit.end && { evaluation }) };
};

type Plain = string | number | boolean;

/** The values of lists of plain data, by port, where they are the same for every item. */
function plainValues({ values: [outputs = {}, ...others] }: Prospect): Pick<Axis, 'values'> {
  if (others.length) return {};
  const lists = Object.entries(outputs).flatMap(([port, list]) => {
    const values = Array.isArray(list) ? list.map((entry: Labelled<unknown>) => entry.value) : [];
    const plain = values.filter((value): value is Plain => ['string', 'number', 'boolean'].includes(typeof value));
    return plain.length === values.length ? [[port, plain] as const] : [];
  });
  return lists.length ? { values: Object.fromEntries(lists) } : {};
}

const makesList = (node: PlannedNode): boolean =>
  Object.values(node.definition.out).some(
    (port) => typeof port === 'object' && (port as { lists?: boolean }).lists === true,
  );
