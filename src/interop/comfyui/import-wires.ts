import { limits, type Wire } from '../../core/document';
import type { NodeReader } from './import-node';
import { middleOf } from './import-parts';
import type { Bridge } from './node-class';
import type { Ports } from './ports';
import { borderIn, borderOut, type Definition, type Flow, type FlowNode, type Link } from './workflow';

/** The border of a subgraph while its inside is read. */
export interface Border {
  readonly in: readonly string[];
  readonly out: readonly string[];
  readonly inputs: Definition['inputs'];
}

/** An input of a subgraph that sets one widget inside, which its instances have as a parameter. */
interface PromotedParam {
  readonly name: string;
  readonly of: [string, string];
  readonly bridge: Bridge | undefined;
}

/** Reads the links of a workflow or subgraph into wires; reroutes become points on them. */
export class WireReader {
  readonly #ports: Ports;
  readonly #nodes: NodeReader;
  readonly #flow: Flow;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #byId: ReadonlyMap<string, FlowNode>;
  readonly #incoming: ReadonlyMap<string, Link>;

  /** `ids`: what the nodes that were read are called in the graph. */
  constructor(
    ports: Ports,
    nodes: NodeReader,
    flow: Flow,
    ids: ReadonlyMap<string, string>,
    byId: ReadonlyMap<string, FlowNode>,
  ) {
    this.#ports = ports;
    this.#nodes = nodes;
    this.#flow = flow;
    this.#ids = ids;
    this.#byId = byId;
    this.#incoming = incomingOf(flow);
  }

  /** The wires; `used` and `passed` are the ids of the links and reroutes that went into them. */
  read(border: Border | undefined) {
    const wires: Wire[] = [];
    const used = new Set<string>();
    const passed = new Set<string>();
    const params: PromotedParam[] = [];
    const fed = new Set<string>();
    const borderLinks = new Map<number, Link[]>();
    for (const link of this.#flow.links)
      if (border && link.from === borderIn)
        borderLinks.set(link.fromSlot, [...(borderLinks.get(link.fromSlot) ?? []), link]);
    /** Inputs of a subgraph that set one widget inside are parameters of its instances. */
    const promoted = new Map<Link, string>();
    for (const [place, links] of borderLinks) {
      const [link] = links;
      const target = link && this.#byId.get(link.to);
      const name = border?.in[place];
      if (!link || links.length > 1 || !target || name === undefined) continue;
      const port = this.#ports.into(target, link.toSlot);
      const id = this.#ids.get(link.to);
      const bridge = this.#nodes.widgetAt(target, port);
      if (port === undefined || id === undefined || !bridge) continue;
      promoted.set(link, name);
      params.push({ name, of: [id, port], bridge: bridge === true ? undefined : bridge });
    }
    for (const link of this.#flow.links) {
      if (promoted.has(link)) continue;
      const target = this.#byId.get(link.to);
      if (target && this.#ports.role(target) === 'reroute') continue;
      const to = this.#ids.get(link.to);
      const port = link.to === borderOut ? border?.out[link.toSlot] : target && this.#ports.into(target, link.toSlot);
      if (to === undefined || port === undefined || this.#incoming.get(`${link.to} ${link.toSlot}`) !== link) continue;
      const way = this.#trace(link);
      const source = this.#byId.get(way.first.from);
      const from = this.#ids.get(way.first.from);
      const out =
        way.first.from === borderIn
          ? border?.in[way.first.fromSlot]
          : source && this.#ports.out(source, way.first.fromSlot);
      const end = `${to} ${port}`;
      if (from === undefined || out === undefined || fed.has(end)) continue;
      fed.add(end);
      const via = way.reroutes.flatMap(({ raw }) => middleOf(raw) ?? []).slice(0, limits.reroutes);
      for (const { id } of way.links) used.add(id);
      for (const { id } of way.reroutes) passed.add(id);
      wires.push({
        from: [from, out],
        to: [to, port],
        ...(via.length && { via }),
        foreign: {
          comfyui: {
            links: way.links.map(({ raw }) => raw),
            ...(way.reroutes.length && { reroutes: way.reroutes.map(({ raw }) => raw) }),
          },
        },
      });
    }
    return { wires, params, used, passed };
  }

  /** Back through reroutes to where a link begins. */
  #trace(last: Link) {
    const links = [last];
    const reroutes: FlowNode[] = [];
    let first = last;
    for (
      let node = this.#byId.get(first.from);
      node && this.#ports.role(node) === 'reroute';
      node = this.#byId.get(first.from)
    ) {
      const before = this.#incoming.get(`${node.id} 0`);
      if (!before || reroutes.includes(node)) break;
      reroutes.unshift(node);
      links.unshift(before);
      first = before;
    }
    return { first, links, reroutes };
  }
}

/** The link that each input takes, by node and place: the one that the node itself names, or the first. */
function incomingOf(flow: Flow): Map<string, Link> {
  const named = new Set(
    flow.nodes.flatMap(({ id, inputs }) => inputs.map(({ link }, place) => `${id} ${place} ${link ?? ''}`)),
  );
  const incoming = new Map<string, Link>();
  for (const link of flow.links) {
    const key = `${link.to} ${link.toSlot}`;
    if (!incoming.has(key) || named.has(`${key} ${link.id}`)) incoming.set(key, link);
  }
  return incoming;
}
