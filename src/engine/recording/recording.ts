import type { Axis } from '../../core/define-node';
import type { Device, Tensor } from '../../core/device';
import { outputSpec } from '../../core/graph';
import type { Kind, KindValues } from '../../core/kinds';
import type { Picture } from '../events';
import { isZone, nodesOf, type PlannedNode } from '../plan';
import type { Prospect } from '../prospect';
import type { ResumePoint, ResumeSource } from '../resume';
import type { Values } from '../run-node';
import type { PictureAddress, RecordingSettings, ValueAddress } from './address';
import { inBlocks, readPlain } from './block-values';
import type { Block, Blocks } from './blocks';
import { expectedBy } from './expected';
import type { FittedColors } from './fitted-colors';
import { learnColors } from './learn-colors';
import type { LivePictures } from './live-pictures';
import { matchingItem } from './matching-item';
import { kindsOf, type Place, picturedIn } from './place';
import { type PlainValue, plainOf } from './plain';
import { pointAfter } from './point-after';
import { type Colors, differenceOf, previewOf } from './projection';
import type { RunRecorder } from './run-recorder';
import { blocksIn, type Part, Take } from './take';
import { Thinning } from './thinning';

/** What all recordings share. */
export interface Shared {
  readonly blocks: Blocks;
  readonly settings: RecordingSettings;
  /** By key of the autoencoder. */
  readonly colors: Map<string, FittedColors>;
  /** Makes room where there is none, by letting go of what is worth least. */
  thin(): Promise<void>;
}

const models: ReadonlySet<Kind> = new Set(['unet', 'vae', 'text-encoder', 'controlnet']);

/** A small picture has at most so many cells on a side. */
const small = 64;

/** The values of the last run of one graph. What was in the cache then keeps what was recorded when it was made. */
export class Recording implements RunRecorder, ResumeSource {
  readonly #shared: Shared;
  readonly #places = new Map<string, Place>();
  readonly #takes = new Map<string, Take>();
  /** The places as they were before the run that goes on. */
  #earlier: ReadonlyMap<string, Place> = new Map();
  /** Small pictures that wait for their numbers. */
  readonly #pending = new Set<Promise<void>>();
  readonly #thinning: Thinning;
  #device: Device | undefined;
  #live: LivePictures | undefined;
  #vae: string | undefined;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.#thinning = new Thinning(shared);
  }

  /** Another run of the same graph begins. */
  again(device: Device, live?: LivePictures): void {
    this.#device = device;
    this.#live = live;
    this.#earlier = new Map(this.#places);
    this.#thinning.none();
  }

  /** To be called after a run: what is of no node among `nodes` and of no run any more is let go. */
  settle(nodes: ReadonlySet<string>): void {
    this.#earlier = new Map();
    for (const id of [...this.#places.keys()]) if (!nodes.has(id)) this.#places.delete(id);
    const keys = new Set([...this.#places.values()].flatMap((place) => place.keys));
    for (const [key, take] of [...this.#takes])
      if (!keys.has(key)) {
        take.drop(this.#shared.blocks);
        this.#takes.delete(key);
      }
  }

  foreseen({ unit, grid, keys }: Prospect): void {
    const members = nodesOf(unit);
    const zone = isZone(unit) ? { members, grid, pictured: picturedIn(members) } : undefined;
    for (const node of members) this.#places.set(node.id, { node, grid, keys, zone, kinds: kindsOf(node) });
  }

  begins({ keys }: Prospect, item: number, from?: ResumePoint): void {
    const key = keys[item] as string;
    const earlier = this.#takes.get(key);
    const before = from && this.#takes.get(from.key);
    const take = before && from ? before.before(from.evaluations.length, this.#shared.blocks) : new Take();
    earlier?.drop(this.#shared.blocks);
    this.#takes.set(key, take);
  }

  counted({ keys }: Prospect, item: number, count: number): void {
    const take = this.#takes.get(keys[item] as string);
    if (take) take.count = count;
  }

  made(
    { unit, keys }: Prospect,
    item: number,
    node: PlannedNode,
    outputs: Values,
    arrived: Values,
  ): Promise<void> | undefined {
    const take = this.#takes.get(keys[item] as string);
    const place = this.#places.get(node.id);
    const device = this.#device;
    if (!take || !place || !device) return undefined;
    const end = isZone(unit) ? unit.end : undefined;
    for (const port in outputs) {
      const kind = place.kinds[port];
      if (!kind) continue;
      const at = `${node.id} ${port}`;
      const parts = take.parts.get(at) ?? [];
      take.parts.set(at, parts);
      const evaluation = parts.length;
      // What comes out of the zone is held like what is outside.
      const whole = this.#thinning.wholeAt(evaluation, take.count, end !== undefined && node !== end);
      const value = outputs[port];
      if (Array.isArray(value) && outputSpec(node.definition, port)?.lists) {
        take.labels.set(
          at,
          value.map(({ label }) => label),
        );
        parts.push(value.map((entry) => this.#keep(device, kind, entry.value, whole)));
      } else {
        const part = this.#keep(device, kind, value, whole);
        parts.push([part]);
        const pictured = place.zone?.pictured;
        if (this.#live && end && pictured?.[0] === node.id && pictured[1] === port)
          this.#later(this.#picture(part, { zone: end.id, item, evaluation, of: take.count }));
      }
    }
    this.#learn(place, arrived, outputs);
    return this.#shared.blocks.room() ?? (this.#shared.blocks.full ? this.#shared.thin() : undefined);
  }

  passed({ keys }: Prospect, item: number, reached: Values, states: ReadonlyMap<string, unknown>): void {
    const take = this.#takes.get(keys[item] as string);
    const device = this.#device;
    const { every } = this.#thinning;
    if (!take || !device || every === 0) return;
    const keeps = (take.passed.length + 1) % every === 0;
    take.passed.push({
      reached: inBlocks(this.#shared.blocks, device, reached),
      ...(keeps && { states: inBlocks(this.#shared.blocks, device, [...states]) }),
    });
  }

  async finished(): Promise<void> {
    await this.#shared.blocks.arrived();
    await Promise.all(this.#pending);
    this.#live?.flush();
  }

  #keep(device: Device, kind: Kind, value: unknown, whole: boolean): Part {
    if (kind === 'vae') this.#vae = (value as { readonly key: string }).key;
    const part: Part = {
      kind,
      plain: inBlocks(this.#shared.blocks, device, plainOf(kind, value)) as PlainValue<Block>,
      ...(models.has(kind) && { model: value }),
    };
    if (!whole) this.#later(this.#shrink(part));
    return part;
  }

  /** Leaves of a value only its small picture, where it has tensors. */
  async #shrink(part: Part): Promise<void> {
    const { plain } = part;
    const blocks = blocksIn(plain);
    if (!plain || blocks.size === 0) return;
    const value =
      part.preview || part.kind === 'conditioning' ? undefined : await readPlain(this.#shared.blocks, plain);
    if (part.plain !== plain) return;
    part.plain = undefined;
    if (value) part.preview = previewOf(value, this.colors, small);
    for (const block of blocks) this.#shared.blocks.drop(block);
  }

  async #picture(part: Part, of: { zone: string; item: number; evaluation: number; of: number }): Promise<void> {
    const value = part.plain && (await readPlain(this.#shared.blocks, part.plain));
    const picture = value ? previewOf(value, this.colors, small) : part.preview;
    if (picture) this.#live?.add({ ...of, picture });
  }

  #later(work: Promise<void>): void {
    const pending = work.finally(() => this.#pending.delete(pending));
    this.#pending.add(pending);
  }

  /** What an autoencoder made of a latent tells the colours of latents. */
  #learn({ node }: Place, { vae, latent }: Values, { image }: Values): void {
    if (vae === undefined || latent === undefined || image === undefined) return;
    const port = node.inputs.find((input) => input.port === 'vae');
    const device = this.#device;
    if (port?.spec.kind !== 'vae' || !device) return;
    const decoder = vae as KindValues['vae'];
    this.#vae = decoder.key;
    const tensors = [latent, image].map((value) => (value as { readonly tensor: Tensor }).tensor) as [Tensor, Tensor];
    this.#later(learnColors(this.#shared, device, decoder, ...tensors));
  }

  /** Holds less: half as many evaluations, in the end none, and at last nothing. False when there is nothing left to let go of. */
  async thin(): Promise<boolean> {
    if (!this.#thinning.more()) return false;
    for (const take of this.#takes.values()) {
      for (const { part, evaluation, at } of take.values()) {
        const place = this.#places.get(at.slice(0, at.indexOf(' ')));
        const inside = place?.zone !== undefined && place.node !== place.zone.members.at(-1);
        if (!this.#thinning.wholeAt(evaluation, take.count, inside)) await this.#shrink(part);
      }
      take.forget(this.#thinning.every, this.#shared.blocks);
    }
    return true;
  }

  get thinned(): boolean {
    return this.#thinning.some;
  }

  /** Every so many evaluations are held whole. */
  get every(): number {
    return this.#thinning.every;
  }

  get colors(): Colors | undefined {
    return this.#vae === undefined ? undefined : this.#shared.colors.get(this.#vae)?.colors;
  }

  /** The nodes as they were planned, by id. */
  get places(): ReadonlyMap<string, Place> {
    return this.#places;
  }

  take(key: string): Take | undefined {
    return this.#takes.get(key);
  }

  get takes(): Iterable<Take> {
    return this.#takes.values();
  }

  /** The axis that a list adds to what comes out of an output. */
  listAxis({ node, keys }: Place, port: string): Axis | undefined {
    for (const key of keys) {
      const labels = this.#takes.get(key)?.labels.get(`${node.id} ${port}`);
      if (labels) return { id: node.id, title: node.title, labels };
    }
    return undefined;
  }

  part({ node, port, item, evaluation }: ValueAddress): Part | undefined {
    const place = this.#places.get(node);
    if (!place) return undefined;
    const length = this.listAxis(place, port)?.labels.length ?? 1;
    const key = place.keys[Math.floor(item / length)];
    const evaluations = key === undefined ? undefined : this.#takes.get(key)?.parts.get(`${node} ${port}`);
    const parts = evaluations?.length === 1 ? evaluations[0] : evaluations?.at(evaluation ?? -1);
    return parts?.[item % length];
  }

  async valueOf(address: ValueAddress): Promise<PlainValue | undefined> {
    const part = this.part(address);
    return part?.plain && readPlain(this.#shared.blocks, part.plain);
  }

  /** A small picture of a value: of a prediction the picture that it expects at the end. */
  async previewOf(address: PictureAddress, most: number): Promise<Picture | undefined> {
    const value = await this.valueOf(address);
    if (!value) return address.minus ? undefined : this.part(address)?.preview;
    const other = address.minus && (await this.valueOf({ ...address, ...address.minus }));
    if (address.minus) return other && differenceOf(value, other, this.colors, most);
    return previewOf((await this.#expected(address, value)) ?? value, this.colors, most);
  }

  /** What a prediction of a zone says about the end, by the step that it was made for. */
  async #expected(address: ValueAddress, value: PlainValue): Promise<PlainValue | undefined> {
    const [start] = this.#places.get(address.node)?.zone?.members ?? [];
    if (value.kind !== 'prediction' || !start) return undefined;
    const at = (port: string) => this.valueOf({ ...address, node: start.id, port });
    const [x, step] = [await at('latent'), await at('step')];
    if (x?.kind !== 'latent' || step?.kind !== 'step') return undefined;
    const latent = expectedBy(value, x.tensor, step.context.step);
    return latent && { kind: 'latent', tensor: latent };
  }

  keyBefore(zone: string, grid: readonly Axis[], item: number): string | undefined {
    const place = this.#earlier.get(zone);
    return place?.keys[matchingItem(place.grid, grid, item)];
  }

  async pointBefore(
    zone: string,
    grid: readonly Axis[],
    item: number,
    evaluation: number,
    device: Device,
  ): Promise<ResumePoint | undefined> {
    const key = this.keyBefore(zone, grid, item);
    const take = key === undefined ? undefined : this.#takes.get(key);
    const point = take && (await pointAfter(this.#shared.blocks, take, evaluation, device));
    return point && key !== undefined ? { key, ...point } : undefined;
  }
}
