import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { AnyNode } from '../core/define-node';

/** 128 bits of SHA-256 over the parts: two values with one key are the same value. */
export const hashOf = (...parts: readonly unknown[]): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))).subarray(0, 16));

/**
 * Key of what a node makes: its type, version, parameters, the keys of what feeds it and what else it depends on; not its id,
 * title or position. `inputs` are pairs of port name and key.
 */
export const contentKey = (
  definition: AnyNode,
  params: Readonly<Record<string, unknown>>,
  inputs: readonly (readonly [port: string, key: string])[],
  others: readonly unknown[] = [],
): string =>
  hashOf(
    definition.type,
    definition.version,
    params,
    inputs.toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ...(others.length ? [others] : []),
  );

/** A list's items that are plain data are known by what they are, so that a longer list runs only what is new in it. */
export const itemKey = (nodeKey: string, port: string, index: number, value: unknown): string =>
  typeof value === 'object' ? `${nodeKey}.${port}.${index}` : `${typeof value}:${String(value)}`;
