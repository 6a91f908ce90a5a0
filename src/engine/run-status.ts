import type { Problem } from '../core/problem';
import { isZone, nodesOf, type PlannedNode, type Unit } from './plan';
import { idOf } from './prospect';
import type { RunScope, Values } from './run-node';
import { summarize } from './summary';

/** Of a node that runs now. */
interface Spent {
  milliseconds: number;
  /** Evaluations that were made, and how many there will be. */
  runs: number;
  expected: number;
  /** What an earlier run made of a zone that goes on. */
  earlier: number;
  last?: Values;
}

/** How every node stands in one run, and who is to blame where it cannot run. Whatever changes is told as an event. */
export class RunStatus {
  readonly #scope: Pick<RunScope, 'emit' | 'profiler'>;
  /** Nodes that failed or wait for one that did, with the node to blame. */
  readonly #blocked = new Map<string, string>();
  readonly #spent = new Map<string, Spent>();
  /** Nodes that were told to have ended. */
  readonly #reported = new Set<string>();

  constructor(scope: Pick<RunScope, 'emit' | 'profiler'>) {
    this.#scope = scope;
  }

  get failed(): boolean {
    return this.#blocked.size > 0;
  }

  /** A problem from before the run. */
  refused(problem: Problem): void {
    if (problem.node !== undefined) this.#blocked.set(problem.node, problem.node);
    this.#scope.emit({ type: 'failed', node: problem.node ?? '', problem });
  }

  /** The node to blame for one that failed or waits for one that did. */
  culprit(id: string): string | undefined {
    return this.#blocked.size > 0 ? this.#blocked.get(id) : undefined;
  }

  fail(unit: Unit, problem: Problem & { readonly node: string }): void {
    this.#scope.profiler?.broken();
    this.#scope.emit({ type: 'failed', node: problem.node, problem });
    this.#reported.add(problem.node);
    this.block(unit, problem.node);
  }

  block(unit: Unit, culprit: string): void {
    for (const node of nodesOf(unit)) {
      this.#blocked.set(node.id, culprit);
      if (node.id !== culprit) this.#scope.emit({ type: 'skipped', node: node.id, because: culprit });
    }
  }

  /** A unit runs for so many items, of which this may be the first. */
  expect(unit: Unit, items: number): void {
    for (const { id } of nodesOf(unit))
      if (!this.#spent.has(id)) this.#spent.set(id, { milliseconds: 0, runs: 0, expected: items, earlier: 0 });
  }

  /** A zone evaluates its nodes so often for each of so many items, `earlier` times of which are done. The end runs once for each. */
  expectLoops(unit: Unit, items: number, evaluations: number, earlier: number): void {
    for (const node of nodesOf(unit)) {
      const spent = this.#spent.get(node.id);
      if (!spent) continue;
      const ends = isZone(unit) && node === unit.end;
      spent.expected = ends ? items : items * evaluations;
      if (!ends) spent.earlier += earlier;
    }
  }

  begin({ id }: PlannedNode): void {
    this.#scope.profiler?.begins(id);
    if (this.#spent.get(id)?.runs === 0) this.#scope.emit({ type: 'started', node: id });
  }

  evaluated({ id }: PlannedNode, milliseconds: number, outputs: Values): void {
    const spent = this.#spent.get(id);
    if (!spent) return;
    spent.milliseconds += milliseconds;
    spent.runs += 1;
    spent.last = outputs;
    if (spent.expected <= 1) return;
    const done = spent.earlier + spent.runs;
    this.#scope.emit({ type: 'progress', node: id, done, of: spent.expected, milliseconds: spent.milliseconds });
  }

  /** All items of a unit were run, or something kept them from it; whether they were run. */
  finish(unit: Unit): boolean {
    const blocked = this.culprit(idOf(unit)) !== undefined;
    for (const node of nodesOf(unit)) {
      const { milliseconds = 0, runs = 0, last = {} } = this.#spent.get(node.id) ?? {};
      this.#spent.delete(node.id);
      if (blocked) continue;
      const outputs = summarize(node.definition, last);
      this.#reported.add(node.id);
      this.#scope.emit({ type: 'done', node: node.id, milliseconds, runs, cached: false, outputs });
    }
    return !blocked;
  }

  /** A unit does not run at all; what of it did not run before is told to be cached. */
  skip(unit: Unit): void {
    for (const { id } of nodesOf(unit))
      if (!this.#reported.has(id) && !this.#blocked.has(id))
        this.#scope.emit({ type: 'done', node: id, milliseconds: 0, runs: 0, cached: true });
  }
}
