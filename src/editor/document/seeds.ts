import type { Document, DocumentNode } from '../../core/document';
import { graphOf, type Registry, upstream } from '../../core/graph';
import { parametersOf } from '../../core/parameters';
import { nodeOf, type Recipe } from './recipe';

/** What becomes of a seed before each run. Without one it is fixed. */
export type Roll = NonNullable<DocumentNode['rolls']>[string];

/** Seeds up to here are JSON numbers; beyond, JSON loses digits and they are text. */
const largestNumber = BigInt(Number.MAX_SAFE_INTEGER);
/** How many seeds there are. */
export const seedCount = 1n << 64n;

/** A seed as documents keep it. */
export const storedSeed = (seed: bigint): string | number => (seed <= largestNumber ? Number(seed) : String(seed));

/** What is stored as a seed, as a number; 0 where a file holds something else. */
const seedOf = (value: unknown): bigint => {
  const digits = String(value ?? 0);
  return /^\d{1,20}$/.test(digits) ? BigInt(digits) : 0n;
};

export const setRoll =
  (id: string, name: string, roll: Roll | undefined): Recipe =>
  (document) => {
    const node = nodeOf(document, id);
    if (!node) return;
    const { [name]: _, ...others } = node.rolls ?? {};
    if (roll) node.rolls = { ...others, [name]: roll };
    else if (Object.keys(others).length) node.rolls = others;
    else delete node.rolls;
  };

/** The seed for the next run. `random` is below 2^32; more digits than that nobody types from a picture. */
export function rolled(seed: bigint, roll: Roll, random: number): bigint {
  if (roll === 'random') return BigInt(random);
  return (seed + (roll === 'increment' ? 1n : seedCount - 1n)) % seedCount;
}

export interface Seed {
  readonly node: string;
  readonly name: string;
  readonly value: string;
}

/**
 * The seeds of these nodes that are rolled before a run: those that are not fixed, or with `all` every one; not those that
 * arrive by wire.
 */
function rolling(document: Document, registry: Registry, ids: ReadonlySet<string>, all: Roll | undefined) {
  const wired = new Set(document.wires.map(({ to }) => to.join(' ')));
  return document.nodes.flatMap((node) => {
    const definition = ids.has(node.id) ? registry.get(node.type) : undefined;
    return (definition ? parametersOf(definition) : []).flatMap(({ name, widget, default: usual }) => {
      const roll = widget === 'seed' && all ? all : node.rolls?.[name];
      return roll && !wired.has(`${node.id} ${name}`) ? [{ node, name, roll, value: node.params[name] ?? usual }] : [];
    });
  });
}

/**
 * Rolls the seeds of these nodes that are not fixed, before a run: the seed on screen is the one of the picture. `all` is
 * what becomes of every seed, whatever is set for it.
 */
export const rollSeeds =
  (registry: Registry, ids: ReadonlySet<string>, random: () => number, all?: Roll): Recipe =>
  (document) => {
    for (const { node, name, roll, value } of rolling(document, registry, ids, all))
      node.params[name] = storedSeed(rolled(seedOf(value), roll, random()));
  };

/** The seeds that `rollSeeds` rolls, as they are. */
export const rolledSeeds = (document: Document, registry: Registry, ids: ReadonlySet<string>, all?: Roll): Seed[] =>
  rolling(document, registry, ids, all).map(({ node, name, value }) => ({ node: node.id, name, value: String(value) }));

/** Gives a graph seeds and leaves what becomes of them before the next run. */
export const setSeeds =
  (seeds: readonly Seed[]): Recipe =>
  (document) => {
    for (const { node: id, name, value } of seeds) {
      const node = nodeOf(document, id);
      const stored = storedSeed(seedOf(value));
      if (node && node.params[name] !== stored) node.params[name] = stored;
    }
  };

/** The seeds that a node's pictures come from. One that arrives by wire is the node's before it. */
export function seedsOf(document: Document, registry: Registry, id: string): Seed[] {
  const before = upstream(graphOf(document), [id]);
  const wired = new Set(document.wires.map(({ to }) => to.join(' ')));
  return document.nodes.flatMap((node) => {
    const definition = before.has(node.id) ? registry.get(node.type) : undefined;
    if (!definition) return [];
    return parametersOf(definition)
      .filter(({ name, widget }) => widget === 'seed' && !wired.has(`${node.id} ${name}`))
      .map(({ name, default: usual }) => ({ node: node.id, name, value: String(node.params[name] ?? usual) }));
  });
}

/** Gives a graph the seeds of a picture and keeps them: they are fixed from then on. */
export const takeSeeds =
  (seeds: readonly Seed[]): Recipe =>
  (document) => {
    setSeeds(seeds)(document);
    for (const { node, name } of seeds) setRoll(node, name, undefined)(document);
  };

/** Whether a graph would make a picture from other seeds the next time. */
export const wouldReseed = (document: Document, seeds: readonly Seed[]): boolean =>
  seeds.some(({ node: id, name, value }) => {
    const node = nodeOf(document, id);
    return node && (node.rolls?.[name] !== undefined || String(node.params[name]) !== value);
  });
