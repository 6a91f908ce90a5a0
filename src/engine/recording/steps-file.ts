import { z } from 'zod';
import type { Axis } from '../../core/define-node';
import type { Device } from '../../core/device';
import { ProblemError } from '../../core/problem';
import { bytesInMemory } from '../../formats/bytes';
import { openSafetensors, type SafetensorsFile, writeSafetensors } from '../../formats/safetensors';
import { hashOf } from '../content-key';
import type { ResumePoint, ResumeSource } from '../resume';
import type { Values } from '../run-node';
import { Block, type Blocks } from './blocks';
import { matchingItem } from './matching-item';
import type { Recording } from './recording';
import { replaced } from './replace';

const axis = z.object({ id: z.string(), title: z.string(), labels: z.array(z.string()) });
const schema = z.object({
  version: z.literal(1),
  zones: z.array(
    z.object({
      end: z.string(),
      axes: z.array(axis),
      items: z.array(
        z.object({
          count: z.int(),
          /** Values of the engine with `{ "tensor": name }` for tensors. */
          passed: z.array(z.object({ reached: z.unknown(), states: z.unknown().optional() })),
        }),
      ),
    }),
  ),
});

/**
 * What the zones of a run need to be taken up again at any of their steps, as a safetensors file: what reached the end of each
 * step, and what nodes remember, which is described in its metadata under `weft.steps`.
 */
export async function writeSteps(recording: Recording, blocks: Blocks): Promise<Uint8Array<ArrayBuffer>> {
  const names = new Map<Block, string>();
  const named = (value: unknown) =>
    replaced(value, (object) => {
      if (!(object instanceof Block)) return undefined;
      const name = names.get(object) ?? `tensor ${names.size}`;
      names.set(object, name);
      return { tensor: name };
    });
  const zones = [...recording.places.values()].flatMap(({ node, zone, keys }) => {
    if (!zone || zone.members.at(-1) !== node) return [];
    const items = keys.map((key) => {
      const { count = 0, passed = [] } = recording.take(key) ?? {};
      return {
        count,
        passed: passed.map(({ reached, states }) => ({ reached: named(reached), states: named(states) })),
      };
    });
    return [{ end: node.id, axes: zone.grid, items }];
  });
  const tensors: Record<string, { shape: readonly number[]; data: Float32Array }> = {};
  for (const [block, name] of names) {
    const tensor = await blocks.read(block);
    if (tensor) tensors[name] = { shape: tensor.dims, data: tensor.data };
  }
  return writeSafetensors(tensors, { 'weft.steps': JSON.stringify({ version: 1, zones }) });
}

/** A file of `writeSteps`. Throws a sentence where it is none. */
export function readSteps(bytes: Uint8Array): StepsFile {
  const file = openSafetensors(bytesInMemory(bytes));
  const parsed = schema.safeParse(JSON.parse(file.metadata['weft.steps'] ?? 'null'));
  if (parsed.success) return new StepsFile(file, parsed.data, hashOf([...bytes.subarray(0, 4096)], bytes.length));
  throw new ProblemError({
    what: 'This file does not hold the steps of a run.',
    cure: 'Write one with weft run --record FILE.safetensors.',
  });
}

class StepsFile implements ResumeSource {
  readonly #file: SafetensorsFile;
  readonly #zones: z.output<typeof schema>['zones'];
  readonly #key: string;

  constructor(file: SafetensorsFile, { zones }: z.output<typeof schema>, key: string) {
    this.#file = file;
    this.#zones = zones;
    this.#key = key;
  }

  /** The nodes that end zones. */
  get zones(): readonly string[] {
    return this.#zones.map(({ end }) => end);
  }

  keyBefore(zone: string, grid: readonly Axis[], item: number): string | undefined {
    const found = this.#zones.find(({ end }) => end === zone);
    return found && `${this.#key} ${zone} ${matchingItem(found.axes, grid, item)}`;
  }

  async pointBefore(
    zone: string,
    grid: readonly Axis[],
    item: number,
    evaluation: number,
    device: Device,
  ): Promise<ResumePoint | undefined> {
    const found = this.#zones.find(({ end }) => end === zone);
    const { passed = [], count = 0 } = found?.items[matchingItem(found.axes, grid, item)] ?? {};
    const last = passed[evaluation - 1];
    const key = this.keyBefore(zone, grid, item);
    if (key === undefined || !Array.isArray(last?.states)) return undefined;
    const made = new Map<string, unknown>();
    const tensors = (value: unknown) =>
      replaced(value, (object) => {
        const { tensor: name } = object as { readonly tensor?: unknown };
        if (typeof name !== 'string') return undefined;
        const data = this.#file.read(name) as Float32Array<ArrayBuffer>;
        const tensor = made.get(name) ?? device.tensor(data, this.#file.tensors.get(name)?.shape ?? []);
        made.set(name, tensor);
        return tensor;
      });
    const evaluations = passed.slice(0, evaluation).map(({ reached }) => tensors(reached) as Values);
    return { key, count, evaluations, states: new Map(tensors(last.states) as [string, unknown][]) };
  }
}
