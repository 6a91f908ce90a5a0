import type { Wire } from '../../core/document';
import { isObject, type Json, type JsonObject } from './json';
import type { NodeClass } from './node-class';
import type { Ports } from './ports';
import { type FlowNode, nodeOf, readLink, textOf } from './workflow';

/** A node on its way into a workflow. */
export interface Placed {
  readonly raw: JsonObject;
  /** Its class, where it is one that Weft maps. */
  readonly own: NodeClass | undefined;
}

interface Part extends Placed {
  readonly flow: FlowNode;
  /** As the file writes it: a number or text. */
  readonly id: Json;
  /** Sockets that were added for wires. */
  readonly inputs: Json[];
}

interface Made {
  readonly id: Json;
  readonly from: Json;
  readonly fromSlot: number;
  readonly to: Json;
  readonly toSlot: number;
  readonly raw: Json;
  /** It is in the file as it was: nodes name it as they did. */
  readonly same: boolean;
}

interface Faces {
  readonly in: readonly string[];
  readonly out: readonly string[];
}

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);

/** Gives nodes and links their ids, and wires them the way ComfyUI writes it: in a list, and at both ends. */
export class Linker {
  readonly #ports: Ports;
  /** Ids of the links that the file had. */
  readonly #known: readonly string[];
  readonly #wasThere: ReadonlySet<string>;
  /** Links as objects, as in version 1.0 and in subgraphs. */
  readonly #objects: boolean;
  readonly #parts = new Map<string, Part>();
  readonly #borders = new Map<string, { readonly id: string; readonly faces: Faces }>();
  readonly #reroutes = new Map<string, JsonObject>();
  readonly #links = new Map<string, Made>();
  readonly #waiting: { readonly key: string; readonly placed: Placed }[] = [];
  readonly #used = new Set<string>();

  constructor(ports: Ports, known: readonly string[], objects: boolean) {
    this.#ports = ports;
    this.#known = known;
    this.#wasThere = new Set(known);
    this.#objects = objects;
  }

  border(key: string, id: string, faces: Faces): void {
    this.#borders.set(key, { id, faces });
  }

  place(key: string, placed: Placed): void {
    const id = placed.raw.id;
    if ((typeof id === 'number' || typeof id === 'string') && !this.#used.has(String(id))) this.#add(key, placed, id);
    else this.#waiting.push({ key, placed });
  }

  #add(key: string, placed: Placed, id: Json): void {
    const raw: JsonObject = placed.raw.id === id ? placed.raw : { ...placed.raw, id };
    const flow = nodeOf(raw);
    if (!flow) throw new Error('A node without a class cannot be written.');
    this.#used.add(String(id));
    this.#parts.set(key, { raw, own: placed.own, flow, id, inputs: [...list(raw.inputs)] });
  }

  /** New ids come after all that the file had, or that its nodes have now. */
  #settle(): void {
    let next = this.#last([...this.#used]) + 1;
    for (const { key, placed } of this.#waiting.splice(0)) this.#add(key, placed, next++);
  }

  #last(ids: readonly string[]): number {
    return ids.reduce((last, id) => (/^\d{1,15}$/.test(id) ? Math.max(last, Number(id)) : last), 0);
  }

  /** Adds a wire. Returns what has no counterpart, in words, where one end has none. */
  wire(wire: Pick<Wire, 'from' | 'to'>, origin: JsonObject): string | undefined {
    this.#settle();
    const from = this.#start(wire.from);
    const to = this.#end(wire.to);
    // A node that has no counterpart was named already.
    if (from === 'none' || to === 'none') return undefined;
    if (!from) return `the output ${wire.from[1]} of “${this.#title(wire.from[0])}”`;
    if (!to) return `the input ${wire.to[1]} of “${this.#title(wire.to[0])}”`;
    const reroutes = list(origin.reroutes).filter(isObject);
    const links = list(origin.links);
    const whole = links.length === reroutes.length + 1;
    const way = whole ? reroutes : [];
    let [at, slot, type] = [from.id, from.slot, from.type];
    for (const [index, reroute] of [...way, undefined].entries()) {
      const next = reroute ? { id: reroute.id as Json, slot: 0 } : to;
      if (reroute) this.#reroutes.set(textOf(reroute.id), reroute);
      this.#link(whole ? links[index] : undefined, { from: at, fromSlot: slot, to: next.id, toSlot: next.slot }, type);
      [at, slot, type] = [next.id, 0, type];
    }
    return undefined;
  }

  #title(key: string): string {
    const { raw } = this.#parts.get(key) ?? {};
    return textOf(raw?.title) || textOf(raw?.type) || key;
  }

  #link(raw: Json | undefined, ends: Pick<Made, 'from' | 'fromSlot' | 'to' | 'toSlot'>, type: string): void {
    const old = raw === undefined ? undefined : readLink(raw);
    const same =
      old !== undefined &&
      old.from === String(ends.from) &&
      old.to === String(ends.to) &&
      old.fromSlot === ends.fromSlot &&
      old.toSlot === ends.toSlot;
    if (old && same && raw !== undefined) {
      const id = isObject(raw) ? (raw.id as Json) : (list(raw)[0] as Json);
      if (!this.#links.has(old.id)) this.#links.set(old.id, { ...ends, id, raw, same });
      return;
    }
    const id = this.#last([...this.#known, ...this.#links.keys()]) + 1;
    const made: Json = this.#objects
      ? {
          id,
          origin_id: ends.from,
          origin_slot: ends.fromSlot,
          target_id: ends.to,
          target_slot: ends.toSlot,
          type,
        }
      : [id, ends.from, ends.fromSlot, ends.to, ends.toSlot, type];
    this.#links.set(String(id), { ...ends, id, raw: made, same: false });
  }

  #start([key, port]: Wire['from']): { id: Json; slot: number; type: string } | 'none' | undefined {
    const border = this.#borders.get(key);
    if (border) {
      const slot = border.faces.in.indexOf(port);
      return slot < 0 ? undefined : { id: Number(border.id), slot, type: '*' };
    }
    const part = this.#parts.get(key);
    if (!part) return 'none';
    const { flow, own } = part;
    const count = Math.max(flow.outputs.length, own?.weft?.out.length ?? 0);
    for (let slot = 0; slot < count; slot++)
      if (this.#ports.out(flow, slot, own) === port)
        return { id: part.id, slot, type: flow.outputs[slot]?.type ?? own?.out[slot]?.type ?? '*' };
    return undefined;
  }

  #end([key, port]: Wire['to']): { id: Json; slot: number } | 'none' | undefined {
    const border = this.#borders.get(key);
    if (border) {
      const slot = border.faces.out.indexOf(port);
      return slot < 0 ? undefined : { id: Number(border.id), slot };
    }
    const part = this.#parts.get(key);
    if (!part) return 'none';
    const flow = nodeOf({ ...part.raw, inputs: part.inputs }) ?? part.flow;
    const places = flow.inputs.map((_, slot) => slot);
    const known = places.find((slot) => this.#ports.into(flow, slot, part.own) === port);
    if (known !== undefined) return { id: part.id, slot: known };
    const { own } = part;
    const input = own?.in.find(({ name }) => own.weft?.in[name] === port);
    const widget = own?.widgets.find(({ name }) => own.weft?.widgets[name]?.port === port);
    const face = this.#ports.subgraph(flow.type)?.in.indexOf(port) ?? -1;
    if (input) part.inputs.push({ name: input.name, type: input.type, link: null });
    else if (widget)
      part.inputs.push({ name: widget.name, type: widget.type, link: null, widget: { name: widget.name } });
    else if (face >= 0) part.inputs.push({ name: port, type: '*', link: null });
    else return undefined;
    return { id: part.id, slot: part.inputs.length - 1 };
  }

  /** All nodes and links, in the order that the file had them, new ones last. */
  finish(rest: readonly Json[], loose: readonly Json[], order: readonly string[]) {
    this.#settle();
    const fed = new Set([...this.#links.values()].map(({ to, toSlot }) => `${to} ${toSlot}`));
    const unread: Json[] = [];
    for (const raw of loose) {
      const link = readLink(raw);
      if (!link || this.#links.has(link.id)) {
        if (!link) unread.push(raw);
        continue;
      }
      const taken = fed.has(`${link.to} ${link.toSlot}`) && this.#changed(link.to, link.toSlot);
      if (taken) continue;
      const id = isObject(raw) ? (raw.id as Json) : (list(raw)[0] as Json);
      this.#links.set(link.id, { ...link, id, raw, same: true });
    }
    const nodes = [
      ...[...this.#parts.values()].map((part) => this.#wired(part.raw, part.inputs)),
      ...[...this.#reroutes.values()].map((raw) => this.#wired(raw, list(raw.inputs))),
      ...rest
        .filter((raw) => isObject(raw) && !this.#reroutes.has(textOf(raw.id)))
        .map((raw) => this.#wired(raw as JsonObject, list((raw as JsonObject).inputs))),
    ];
    const rank = (ids: readonly string[]) => {
      const places = new Map<string, number>();
      for (const [place, id] of ids.entries()) if (!places.has(id)) places.set(id, place);
      return (id: string) => places.get(id) ?? ids.length;
    };
    const [nodeRank, linkRank] = [rank(order), rank(this.#known)];
    const links = [...this.#links.values()].sort((a, b) => linkRank(String(a.id)) - linkRank(String(b.id)));
    return {
      nodes: nodes.sort((a, b) => nodeRank(textOf(a.id)) - nodeRank(textOf(b.id))) as Json[],
      links: [...links.map(({ raw }) => raw), ...unread],
      lastNode: this.#last(nodes.map(({ id }) => textOf(id)).filter((id) => !order.includes(id))),
      lastLink: this.#last([...this.#links.keys()].filter((id) => !this.#wasThere.has(id))),
    };
  }

  /** Whether a link that is new ends at an input. */
  #changed(to: string, slot: number): boolean {
    return [...this.#links.values()].some((made) => !made.same && String(made.to) === to && made.toSlot === slot);
  }

  /** A node whose sockets name the links that there are. Links that the file never had stay named as they were. */
  #wired(raw: JsonObject, inputs: readonly Json[]): JsonObject {
    const id = textOf(raw.id);
    const links = this.#byEnd();
    const gone = (link: unknown) => this.#wasThere.has(textOf(link)) && !this.#links.has(textOf(link));
    const nextInputs = inputs.map((input, slot): Json => {
      if (!isObject(input)) return input;
      const made = links.into.get(`${id} ${slot}`);
      if (made?.some(({ same }) => same)) return input;
      if (made?.[0]) return { ...input, link: made[0].id };
      return input.link !== null &&
        input.link !== undefined &&
        (gone(input.link) || this.#links.has(textOf(input.link)))
        ? { ...input, link: null }
        : input;
    });
    const nextOutputs = list(raw.outputs).map((output, slot): Json => {
      if (!isObject(output)) return output;
      const made = links.outOf.get(`${id} ${slot}`) ?? [];
      const before = list(output.links);
      const kept = before.filter((link) => !gone(link) && !this.#elsewhere(textOf(link), id, slot));
      const added = made.filter(({ same, id: own }) => !same && !kept.includes(own)).map(({ id: own }) => own);
      if (added.length === 0 && kept.length === before.length) return output;
      return { ...output, links: [...kept, ...added] };
    });
    return {
      ...raw,
      ...((nextInputs.length > 0 || Array.isArray(raw.inputs)) && { inputs: nextInputs }),
      ...(Array.isArray(raw.outputs) && { outputs: nextOutputs }),
    };
  }

  /** Whether a link of this id begins at another socket now. */
  #elsewhere(link: string, id: string, slot: number): boolean {
    const made = this.#links.get(link);
    return made !== undefined && !made.same && (String(made.from) !== id || made.fromSlot !== slot);
  }

  #ends: { into: Map<string, Made[]>; outOf: Map<string, Made[]> } | undefined;

  #byEnd() {
    if (this.#ends) return this.#ends;
    const ends = { into: new Map<string, Made[]>(), outOf: new Map<string, Made[]>() };
    for (const made of this.#links.values()) {
      const [into, outOf] = [`${made.to} ${made.toSlot}`, `${made.from} ${made.fromSlot}`];
      ends.into.set(into, [...(ends.into.get(into) ?? []), made]);
      ends.outOf.set(outOf, [...(ends.outOf.get(outOf) ?? []), made]);
    }
    this.#ends = ends;
    return ends;
  }
}
