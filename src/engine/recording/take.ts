import type { Kind } from '../../core/kinds';
import type { Picture } from '../events';
import { Block, type Blocks } from './blocks';
import type { PlainValue } from './plain';
import { replaced } from './replace';

/** One value: what is on a wire, or an item of a list. */
export interface Part {
  readonly kind: Kind;
  /** All of it, while it is held whole. */
  plain?: PlainValue<Block> | undefined;
  preview?: Picture | undefined;
  /** The value itself where it is a model, which has no tensors. */
  readonly model?: unknown;
}

/** What a zone needs to be taken up again after an evaluation, with blocks for tensors. */
export interface Passed {
  /** What reached the zone's end. */
  readonly reached: unknown;
  /** The states of its nodes, as pairs of id and state; undefined where they were let go. */
  states?: unknown;
}

/** What one item of a unit made. */
export class Take {
  /** By node and port: for each evaluation the items of a list, or the one value. */
  readonly parts = new Map<string, Part[][]>();
  /** Labels of lists, by node and port. */
  readonly labels = new Map<string, readonly string[]>();
  /** By evaluation; empty outside of zones. */
  readonly passed: Passed[] = [];
  /** How many evaluations there are to be. */
  count = 0;

  /** Every value, with its evaluation. */
  *values(): Generator<{ part: Part; evaluation: number; at: string }> {
    for (const [at, evaluations] of this.parts)
      for (const [evaluation, list] of evaluations.entries()) for (const part of list) yield { part, evaluation, at };
  }

  /** Another take with what this one has of the evaluations before `end`. */
  before(end: number, blocks: Blocks): Take {
    const take = new Take();
    take.count = this.count;
    for (const [at, evaluations] of this.parts)
      if (evaluations.length >= end)
        take.parts.set(
          at,
          evaluations.slice(0, end).map((list) => list.map((part) => ({ ...part }))),
        );
    take.passed.push(...this.passed.slice(0, end).map((passed) => ({ ...passed })));
    for (const block of take.#blocks()) blocks.hold(block);
    return take;
  }

  /** Lets go of the states after all but every so many evaluations; of those that are left of none, also of what was reached. */
  forget(every: number, blocks: Blocks): void {
    for (const [evaluation, passed] of this.passed.entries())
      if (every === 0 || (evaluation + 1) % every !== 0) {
        for (const block of blocksIn(passed.states)) blocks.drop(block);
        passed.states = undefined;
      }
    if (every > 0) return;
    for (const { reached } of this.passed) for (const block of blocksIn(reached)) blocks.drop(block);
    this.passed.length = 0;
  }

  /** Lets go of all. */
  drop(blocks: Blocks): void {
    for (const block of this.#blocks()) blocks.drop(block);
    this.parts.clear();
    this.passed.length = 0;
  }

  *#blocks(): Generator<Block> {
    for (const { part } of this.values()) yield* blocksIn(part.plain);
    for (const { reached, states } of this.passed) {
      yield* blocksIn(reached);
      yield* blocksIn(states);
    }
  }

  /** Every block once. */
  blocks(): Set<Block> {
    return new Set(this.#blocks());
  }
}

/** The blocks of a value, each once. */
export function blocksIn(value: unknown): Set<Block> {
  const found = new Set<Block>();
  replaced(value, (object) => {
    if (!(object instanceof Block)) return undefined;
    found.add(object);
    return object;
  });
  return found;
}
