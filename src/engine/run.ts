import type { Labelled } from '../core/define-node';
import { itemCount, itemIndex } from '../core/many';
import { type Problem, problemOf } from '../core/problem';
import type { NodeOutputs, OutputCache } from './cache';
import { Cancelled } from './control';
import type { Outcome } from './events';
import { inputsOf, isZone, nodesOf, type Plan, type PlannedInput, type PlannedNode, type Unit } from './plan';
import { gathers, idOf, type Prospect, prospectOf, type Wired, wiredTo } from './prospect';
import { NodeFailure, type RunScope, runNodes, type Values } from './run-node';
import { runZone } from './run-zone';
import { Showcase } from './showcase';
import { summarize } from './summary';

/**
 * Runs a plan: what is in the cache is not run again, what nobody needs is not run at all. A failing node is reported and
 * what depends on it is skipped; the rest still runs. Never throws for anything that a graph can cause.
 */
export async function run(plan: Plan, scope: RunScope, cache: OutputCache): Promise<Outcome> {
  const from = performance.now();
  const execution = new Execution(plan, scope, cache);
  const outcome = await execution.run();
  scope.emit({ type: 'finished', outcome, milliseconds: performance.now() - from });
  return outcome;
}

class Execution {
  readonly #plan: Plan;
  readonly #scope: RunScope;
  readonly #cache: OutputCache;
  readonly #prospects = new Map<string, Prospect>();
  /** Nodes that failed or wait for one that did, with the node to blame. */
  readonly #blocked = new Map<string, string>();
  /** Times and counts by node. */
  readonly #spent = new Map<string, { milliseconds: number; runs: number; expected: number; last?: Values }>();
  readonly #reported = new Set<string>();
  readonly #showcase: Showcase;
  /** How many units still have to read a unit's values. */
  readonly #readers = new Map<string, number>();

  constructor(plan: Plan, scope: RunScope, cache: OutputCache) {
    this.#plan = plan;
    this.#scope = scope;
    this.#cache = cache;
    this.#showcase = new Showcase(scope);
  }

  async run(): Promise<Outcome> {
    const { emit } = this.#scope;
    emit({ type: 'planned', nodes: this.#plan.units.flatMap((unit) => nodesOf(unit).map((node) => node.id)) });
    for (const problem of this.#plan.problems) {
      if (problem.node !== undefined) this.#blocked.set(problem.node, problem.node);
      emit({ type: 'failed', node: problem.node ?? '', problem });
    }
    try {
      const units: Unit[] = [];
      for (const unit of this.#plan.units) {
        if (!this.#foresee(unit)) continue;
        units.push(unit);
        // The items of a list must be known before what follows it can be.
        if (isZone(unit) || !makesList(unit)) continue;
        await this.#compute(units, [unit]);
        this.#takeLabels(unit);
      }
      await this.#compute(
        units,
        units.filter((unit) => nodesOf(unit).some((node) => this.#plan.targets.has(node.id))),
      );
      for (const unit of units) for (const node of nodesOf(unit)) this.#reportCached(node);
    } catch (thrown) {
      if (thrown instanceof Cancelled) return 'cancelled';
      throw thrown;
    } finally {
      for (const { values } of this.#prospects.values())
        for (const outputs of values) if (outputs) this.#scope.use.drop(outputs);
    }
    return this.#blocked.size ? 'failed' : 'done';
  }

  #wired = (input: PlannedInput): Wired => {
    const source = this.#prospects.get(input.from[0]);
    if (!source) throw new Error(`${input.from[0]} was not planned before what depends on it.`);
    return wiredTo(source, input.from[1]);
  };

  /** Works out how often a unit runs and under which keys. False when something that it needs failed. */
  #foresee(unit: Unit): boolean {
    const culprit = inputsOf(unit)
      .map(
        (input) => this.#blocked.get(input.from[0]) ?? (this.#prospects.has(input.from[0]) ? undefined : input.from[0]),
      )
      .find(Boolean);
    if (culprit !== undefined) {
      this.#block(unit, culprit);
      return false;
    }
    try {
      this.#prospects.set(idOf(unit), prospectOf(unit, this.#wired, this.#plan.targets));
      return true;
    } catch (thrown) {
      this.#fail(unit, { node: idOf(unit), ...problemOf(thrown) });
      return false;
    }
  }

  #fail(unit: Unit, problem: Problem & { readonly node: string }): void {
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

  /** Makes the values of `wanted`, and of what they need among `units` where the cache does not have it. */
  async #compute(units: readonly Unit[], wanted: readonly Unit[]): Promise<void> {
    const demand = this.#demand(units, wanted);
    for (const unit of units) {
      const items = demand.get(idOf(unit));
      if (!items) continue;
      const prospect = this.#prospects.get(idOf(unit)) as Prospect;
      const blocked = inputsOf(unit)
        .map((input) => this.#blocked.get(input.from[0]))
        .find(Boolean);
      if (blocked !== undefined) this.#block(unit, blocked);
      else await this.#runItems(prospect, items);
      for (const input of inputsOf(unit)) this.#release(input.from[0]);
    }
  }

  /** Goes backwards from what is wanted to the items that have to be run, and takes what the cache has. */
  #demand(units: readonly Unit[], wanted: readonly Unit[]): Map<string, number[]> {
    const asked = new Map<string, Set<number>>();
    const demand = new Map<string, number[]>();
    for (const unit of wanted) {
      const prospect = this.#prospects.get(idOf(unit));
      if (prospect) asked.set(prospect.id, new Set(prospect.keys.keys()));
    }
    for (const unit of units.toReversed()) {
      const prospect = this.#prospects.get(idOf(unit)) as Prospect;
      const items = [...(asked.get(prospect.id) ?? [])].filter((item) => {
        if (prospect.values[item]) return false;
        if (alwaysRuns(unit)) return true;
        const cached = this.#cache.get(prospect.keys[item] as string);
        if (cached) prospect.values[item] = this.#scope.use.hold(cached);
        return !cached;
      });
      if (!items.length) continue;
      demand.set(
        prospect.id,
        items.toSorted((a, b) => a - b),
      );
      for (const input of inputsOf(unit)) {
        const { axes, sourceItem } = this.#wired(input);
        const needed = asked.get(input.from[0]) ?? new Set<number>();
        asked.set(input.from[0], needed);
        this.#readers.set(input.from[0], (this.#readers.get(input.from[0]) ?? 0) + 1);
        if (gathers(unit, input)) for (let i = 0; i < itemCount(axes); i++) needed.add(sourceItem(i));
        else for (const item of items) needed.add(sourceItem(itemIndex(axes, prospect.grid, item)));
      }
    }
    return demand;
  }

  /** Values whose last reader is done are let go; the cache keeps what its budget allows. Lists are small and stay. */
  #release(id: string): void {
    const left = (this.#readers.get(id) ?? 0) - 1;
    this.#readers.set(id, left);
    const prospect = this.#prospects.get(id);
    if (left > 0 || !prospect || prospect.own) return;
    for (const [item, outputs] of prospect.values.entries()) {
      if (outputs) this.#scope.use.drop(outputs);
      prospect.values[item] = undefined;
    }
  }

  async #runItems(prospect: Prospect, items: readonly number[]): Promise<void> {
    const { unit } = prospect;
    for (const node of nodesOf(unit)) this.#spent.set(node.id, { milliseconds: 0, runs: 0, expected: items.length });
    try {
      for (const item of items) {
        await this.#scope.control.gate();
        const outputs = await this.#runItem(prospect, item, items.length);
        prospect.values[item] = outputs;
        if (!alwaysRuns(unit)) this.#cache.set(prospect.keys[item] as string, outputs);
      }
    } catch (thrown) {
      if (!(thrown instanceof NodeFailure)) throw thrown;
      this.#fail(unit, thrown.problem);
      return;
    }
    for (const node of nodesOf(unit)) {
      const { milliseconds = 0, runs = 0, last = {} } = this.#spent.get(node.id) ?? {};
      const outputs = summarize(node.definition, last);
      this.#reported.add(node.id);
      this.#scope.emit({ type: 'done', node: node.id, milliseconds, runs, cached: false, outputs });
    }
    this.#showcase.finish(nodesOf(unit), prospect.grid);
  }

  async #runItem(prospect: Prospect, item: number, of: number): Promise<NodeOutputs> {
    const { unit, grid } = prospect;
    const { use } = this.#scope;
    if (!isZone(unit)) {
      const arrived = Object.fromEntries(
        unit.inputs.map((input): [string, unknown] => {
          const { axes, value } = this.#wired(input);
          if (!gathers(unit, input)) return [input.port, value(itemIndex(axes, grid, item))];
          return [input.port, { axes, items: Array.from({ length: itemCount(axes) }, (_, i) => value(i)) }];
        }),
      );
      this.#begins(unit);
      const from = performance.now();
      const [result = {}] = await runNodes(this.#scope, [unit], [arrived], unit.definition.initial?.());
      const { state: _, ...outputs } = result;
      const made = use.hold(unit.definition.initial ? outputs : result);
      await this.#evaluated(unit, performance.now() - from, arrived, made, item, 0, false);
      return made;
    }
    const sources = new Map(inputsOf(unit).map((input) => [input.from.join(' '), this.#wired(input)]));
    return runZone(
      this.#scope,
      unit,
      (wire) => {
        const wired = sources.get(wire.join(' '));
        return wired?.value(itemIndex(wired.axes, grid, item));
      },
      {
        count: (total) => {
          for (const node of nodesOf(unit)) {
            const spent = this.#spent.get(node.id);
            if (spent) spent.expected = node === unit.end ? of : of * total;
          }
        },
        begins: (node) => this.#begins(node),
        evaluated: ({ node, milliseconds, arrived, outputs, evaluation }) =>
          this.#evaluated(node, milliseconds, arrived, outputs, item, evaluation, true),
      },
    );
  }

  #begins(node: PlannedNode): void {
    const spent = this.#spent.get(node.id);
    if (spent?.runs === 0) this.#scope.emit({ type: 'started', node: node.id });
  }

  #evaluated(
    node: PlannedNode,
    milliseconds: number,
    arrived: Values,
    outputs: Values,
    item: number,
    evaluation: number,
    live: boolean,
  ): Promise<void> | undefined {
    const spent = this.#spent.get(node.id);
    if (spent) {
      spent.milliseconds += milliseconds;
      spent.runs += 1;
      spent.last = outputs;
      if (spent.expected > 1)
        this.#scope.emit({ type: 'progress', node: node.id, done: spent.runs, of: spent.expected });
    }
    const { observe } = this.#scope;
    if (!observe && !node.definition.shows) return undefined;
    return (async () => {
      if (observe)
        for (const [port, value] of Object.entries(outputs))
          await observe({ node: node.id, port, value, item, evaluation });
      await this.#showcase.add(node, arrived, item, live);
    })();
  }

  /** The axis that a list adds to what follows: its labels, which must be the same for every item. */
  #takeLabels(node: PlannedNode): void {
    const prospect = this.#prospects.get(node.id) as Prospect;
    const lists = prospect.values.flatMap((outputs) =>
      Object.values(outputs ?? {}).filter((value): value is Labelled<unknown>[] => Array.isArray(value)),
    );
    const [labels = [], ...others] = lists.map((list) => list.map((entry) => entry.label));
    if (labels.length && others.every((other) => other.join('\n') === labels.join('\n')))
      prospect.own = { id: node.id, title: node.title, labels };
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

const makesList = (node: PlannedNode): boolean =>
  Object.values(node.definition.out).some(
    (port) => typeof port === 'object' && (port as { lists?: boolean }).lists === true,
  );

/** Saving a file changes the world, and a picture that is looked at is shown after every run. */
const alwaysRuns = (unit: Unit): boolean =>
  !isZone(unit) && (unit.definition.effect === true || unit.definition.shows !== undefined);
