import type { Axis } from '../../core/define-node';
import type { Device } from '../../core/device';
import { outputSpec } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import { itemCount } from '../../core/many';
import { isZone, nodesOf, type PlannedNode } from '../plan';
import type { Prospect } from '../prospect';
import type { Values } from '../run-node';
import { isTensor } from '../tensor-use';
import { held, type RecordedPort, type RecordedZone, type RecordingIndex, type ValueAddress } from './address';
import { Block, type Blocks } from './blocks';
import { type PlainValue, plainOf } from './plain';
import { replaced } from './replace';

/** One value: on a wire, or an item of a list. */
export interface Part {
  readonly plain: PlainValue<Block>;
  /** The value itself where it is a model, which has no tensors. */
  readonly model?: unknown;
}

/** What one item of a unit made. */
interface Take {
  /** By node and port: for each evaluation the items of the list, or the one value. */
  readonly parts: Map<string, Part[][]>;
  /** Labels of lists, by node and port. */
  readonly labels: Map<string, readonly string[]>;
}

interface Zone {
  readonly members: readonly PlannedNode[];
  readonly grid: readonly Axis[];
}

/** A node as it was when it last ran or was found in the cache. */
interface Place {
  readonly node: PlannedNode;
  readonly grid: readonly Axis[];
  readonly keys: readonly string[];
  /** The zone that it is in. */
  readonly zone: Zone | undefined;
}

const models: ReadonlySet<Kind> = new Set(['unet', 'vae', 'text-encoder', 'controlnet']);

/** Tells the recorder of a run what happens. */
export interface RunRecorder {
  /** A unit will be run or is in the cache: as often as it has keys, and its values have these keys. */
  foreseen(prospect: Prospect): void;
  /** An item of a unit begins to run. */
  begins(prospect: Prospect, item: number): void;
  /** A node made something, which is alive until the promise is kept. */
  made(prospect: Prospect, item: number, node: PlannedNode, outputs: Values): Promise<void> | undefined;
}

/** The values of the last run of one graph. What was in the cache then keeps what was recorded when it was made. */
export class Recording implements RunRecorder {
  readonly #blocks: Blocks;
  readonly #places = new Map<string, Place>();
  readonly #takes = new Map<string, Take>();
  #device: Device | undefined;

  constructor(blocks: Blocks) {
    this.#blocks = blocks;
  }

  /** Another run of the same graph begins. */
  again(device: Device): void {
    this.#device = device;
  }

  /** What is of no node among `nodes` (by id) and of no run any more is let go. */
  settle(nodes: ReadonlySet<string>): void {
    for (const id of [...this.#places.keys()]) if (!nodes.has(id)) this.#places.delete(id);
    const keys = new Set([...this.#places.values()].flatMap(({ keys }) => keys));
    for (const [key, take] of [...this.#takes])
      if (!keys.has(key)) {
        this.#drop(take);
        this.#takes.delete(key);
      }
  }

  close(): void {
    this.settle(new Set());
  }

  foreseen(prospect: Prospect): void {
    const { unit, grid, keys } = prospect;
    const members = nodesOf(unit);
    const zone = isZone(unit) ? { members, grid } : undefined;
    for (const node of members) this.#places.set(node.id, { node, grid, keys, zone });
  }

  begins(prospect: Prospect, item: number): void {
    const key = prospect.keys[item] as string;
    const earlier = this.#takes.get(key);
    if (earlier) this.#drop(earlier);
    this.#takes.set(key, { parts: new Map(), labels: new Map() });
  }

  made(prospect: Prospect, item: number, node: PlannedNode, outputs: Values): Promise<void> | undefined {
    const take = this.#takes.get(prospect.keys[item] as string);
    const device = this.#device;
    if (!take || !device) return undefined;
    for (const [port, value] of Object.entries(outputs)) {
      const spec = outputSpec(node.definition, port);
      if (!spec) continue;
      const at = `${node.id} ${port}`;
      const kind = kindOf(node, port, spec.kind);
      const parts = take.parts.get(at) ?? [];
      take.parts.set(at, parts);
      if (spec.lists) {
        const list = value as readonly { readonly label: string; readonly value: unknown }[];
        take.labels.set(
          at,
          list.map(({ label }) => label),
        );
        parts.push(list.map((entry) => this.#keep(device, kind, entry.value)));
      } else parts.push([this.#keep(device, kind, value)]);
    }
    return undefined;
  }

  #keep(device: Device, kind: Kind, value: unknown): Part {
    const own = new Map<object, Block>();
    const plain = replaced(plainOf(kind, value), (object) => {
      if (!isTensor(object)) return undefined;
      const block = own.get(object) ?? this.#blocks.take(device, object);
      own.set(object, block);
      return block;
    }) as PlainValue<Block>;
    return { plain, ...(models.has(kind) && { model: value }) };
  }

  #drop({ parts }: Take): void {
    for (const evaluations of parts.values())
      for (const list of evaluations)
        for (const { plain } of list) for (const block of blocksIn(plain)) this.#blocks.drop(block);
    parts.clear();
  }

  async valueOf(address: ValueAddress): Promise<PlainValue | undefined> {
    const part = this.part(address);
    if (!part) return undefined;
    const data = new Map<Block, unknown>();
    for (const block of blocksIn(part.plain)) {
      const tensor = await this.#blocks.read(block);
      if (!tensor) return undefined;
      data.set(block, tensor);
    }
    return replaced(part.plain, (object) => (object instanceof Block ? data.get(object) : undefined)) as PlainValue;
  }

  part({ node, port, item, evaluation }: ValueAddress): Part | undefined {
    const place = this.#places.get(node);
    if (!place) return undefined;
    const at = `${node} ${port}`;
    const length = this.#listAxis(place, at)?.labels.length ?? 1;
    const key = place.keys[Math.floor(item / length)];
    const evaluations = key === undefined ? undefined : this.#takes.get(key)?.parts.get(at);
    // What is made once is the same at every evaluation.
    const parts = evaluations?.length === 1 ? evaluations[0] : evaluations?.at(evaluation ?? -1);
    return parts?.[item % length];
  }

  /** The nodes as they were planned, by id. */
  get nodes(): ReadonlyMap<string, { readonly node: PlannedNode }> {
    return this.#places;
  }

  #listAxis({ node, keys }: Place, at: string): Axis | undefined {
    for (const key of keys) {
      const labels = this.#takes.get(key)?.labels.get(at);
      if (labels) return { id: node.id, title: node.title, labels };
    }
    return undefined;
  }

  index(): RecordingIndex {
    const ports = [...this.#places.values()].flatMap((place) =>
      Object.keys(place.node.definition.out).flatMap((port) => this.#portOf(place, port)),
    );
    const zones = [...this.#places.values()].flatMap(({ node, zone }) =>
      zone?.members[0] === node ? [this.#zoneOf(zone)] : [],
    );
    const memory = this.#blocks.memory;
    return { ports, zones, bytes: { memory, disk: 0, budget: 0 }, sentences: [] };
  }

  #portOf(place: Place, port: string): RecordedPort[] {
    const at = `${place.node.id} ${port}`;
    const spec = outputSpec(place.node.definition, port);
    const takes = place.keys.map((key) => this.#takes.get(key)?.parts.get(at) ?? []);
    const evaluations = Math.max(0, ...takes.map((parts) => parts.length));
    if (!spec || evaluations === 0) return [];
    const own = this.#listAxis(place, at);
    const axes = own ? [...place.grid, own] : place.grid;
    const length = own?.labels.length ?? 1;
    const state = new Uint8Array(itemCount(axes) * evaluations);
    for (const [item, parts] of takes.entries())
      for (const [evaluation, list] of parts.entries())
        for (const i of list.keys()) state[(item * length + i) * evaluations + evaluation] = held.whole;
    const kind = kindOf(place.node, port, spec.kind);
    return [{ node: place.node.id, port, kind, axes, evaluations, held: state }];
  }

  #zoneOf({ members, grid }: Zone): RecordedZone {
    const [start] = members as [PlannedNode];
    const end = members.at(-1) as PlannedNode;
    return {
      start: start.id,
      end: end.id,
      members: members.map(({ id }) => id),
      axes: grid,
      count: 0,
      pictured: undefined,
      resumable: [],
    };
  }
}

/** The kind of what comes out of a node, which may depend on what is wired to it. */
const kindOf = (node: PlannedNode, port: string, declared: Kind): Kind =>
  node.definition.varies?.kinds(node.params, node.kinds)[port] ?? declared;

export function blocksIn(value: unknown): Set<Block> {
  const found = new Set<Block>();
  replaced(value, (object) => {
    if (!(object instanceof Block)) return undefined;
    found.add(object);
    return object;
  });
  return found;
}
