import { registry as program } from '../../../nodes/registry';
import type { Content, Document, Subgraph } from '../../core/document';
import { ProblemError } from '../../core/problem';
import { inputsType, outputsType, registryOf, subgraphType } from '../../core/subgraph';
import { classes } from './classes';
import { lastIds, linkId, withSubgraph } from './export-heads';
import { NodeWriter, type WrittenFlow } from './export-node';
import { groupOf, noteNode } from './export-parts';
import { facesOf, uuidOf } from './faces';
import { fresh } from './fresh';
import { isObject, type Json, type JsonObject } from './json';
import { Linker } from './linker';
import { list, origin } from './origin';
import { Ports } from './ports';
import { isStandard, standardSubgraphs } from './standard';
import { borderIn, borderOut, textOf } from './workflow';

/**
 * A graph as a workflow of ComfyUI. What came from one is as it was there, but for what was changed; what has a counterpart is
 * written as that. Throws a `ProblemError` that names everything else.
 */
export function exportWorkflow(document: Document): JsonObject {
  return new Exporter(document).workflow();
}

class Exporter {
  readonly #document: Document;
  /** Subgraphs of the document that are subgraphs of the workflow, by Weft's type. */
  readonly #flows = new Map<string, WrittenFlow>();
  readonly #ports: Ports;
  readonly #nodes: NodeWriter;

  constructor(document: Document) {
    this.#document = document;
    const byUuid = new Map<string, { subgraph: Subgraph; in: readonly string[]; out: readonly string[] }>();
    for (const subgraph of document.subgraphs ?? []) {
      const type = subgraphType(subgraph.id);
      const standard = standardSubgraphs.get(type);
      if (standard && isStandard(standard, subgraph)) continue;
      const head = isObject(origin(subgraph).head) ? (origin(subgraph).head as JsonObject) : {};
      const uuid = textOf(head.id) || uuidOf(subgraph.id);
      this.#flows.set(type, { subgraph, uuid, head });
      byUuid.set(uuid, { subgraph, ...facesOf(subgraph, head) });
    }
    this.#ports = new Ports(byUuid);
    this.#nodes = new NodeWriter(registryOf(document, program), this.#flows, this.#ports);
  }

  workflow(): JsonObject {
    const { foreign: _, ...own } = origin(this.#document);
    const head: JsonObject = isObject(own.head) ? own.head : { version: 0.4, config: {}, extra: {} };
    const content = this.#content(this.#document, head.version === 1);
    const definitions = [...this.#flows.values()].map((flow) => ({
      parent: origin(flow.subgraph).parent,
      uuid: flow.uuid,
      raw: this.#definition(flow),
    }));
    if (this.#nodes.refused.size > 0)
      throw new ProblemError({
        what: `ComfyUI has nothing for ${sentenceList([...this.#nodes.refused])}.`,
        cure: 'Take these out of the graph, or replace them by nodes that both have, such as KSampler.',
      });
    const before = list(own.definitions).map(textOf);
    const rank = (uuid: string) => (before.includes(uuid) ? before.indexOf(uuid) : before.length);
    definitions.sort((a, b) => rank(a.uuid) - rank(b.uuid));
    for (const { parent, raw } of definitions) {
      const holder = definitions.find(({ uuid }) => uuid === parent)?.raw;
      if (holder && isObject(holder.definitions)) list(holder.definitions.subgraphs);
      if (holder) holder.definitions = withSubgraph(holder.definitions, raw);
    }
    const outer = definitions.filter(({ parent }) => !definitions.some(({ uuid }) => uuid === parent));
    const subgraphs = [...outer.map(({ raw }): Json => raw), ...list(own.unread)].sort(
      (a, b) => rank(isObject(a) ? textOf(a.id) : '') - rank(isObject(b) ? textOf(b.id) : ''),
    );
    return {
      ...head,
      ...lastIds(head, content),
      nodes: content.nodes,
      links: content.links,
      ...((content.groups.length > 0 || Object.hasOwn(head, 'groups')) && { groups: content.groups }),
      ...((subgraphs.length > 0 || isObject(head.definitions)) && {
        definitions: { ...(isObject(head.definitions) ? head.definitions : {}), subgraphs },
      }),
      ...(!Object.hasOwn(head, 'version') && origin(this.#document).head === undefined && { version: 0.4 }),
    };
  }

  #definition({ subgraph, uuid, head }: WrittenFlow): JsonObject {
    const content = this.#content(subgraph, true);
    const faces = facesOf(subgraph, head);
    const { order } = origin(subgraph);
    const [were, are] = [list(isObject(order) ? order.links : []).map(textOf), content.links.map(linkId)];
    const gone = (id: Json) => were.includes(textOf(id)) && !are.includes(textOf(id));
    const sockets = (names: readonly string[], old: readonly Json[], side: 'in' | 'out', slot: 'from' | 'to') =>
      names.map((name, place): Json => {
        const linkIds = content.links
          .filter(
            (link) =>
              isObject(link) &&
              String(slot === 'from' ? link.origin_id : link.target_id) === (side === 'in' ? borderIn : borderOut),
          )
          .filter((link) => isObject(link) && Number(slot === 'from' ? link.origin_slot : link.target_slot) === place)
          .map((link) => (link as JsonObject).id as Json);
        const before = old[place];
        if (isObject(before)) {
          const kept = list(before.linkIds).filter((id) => linkIds.includes(id) || !gone(id));
          const all = [...kept, ...linkIds.filter((id) => !kept.includes(id))];
          return Object.hasOwn(before, 'linkIds') || all.length ? { ...before, linkIds: all } : before;
        }
        return { id: uuidOf(`${uuid} ${side} ${name}`), name, type: this.#nodes.typeOf(subgraph, name, side), linkIds };
      });
    return {
      id: uuid,
      version: 1,
      state: { lastGroupId: 0, lastNodeId: 0, lastLinkId: 0, lastRerouteId: 0 },
      revision: 0,
      config: {},
      inputNode: { id: -10, bounding: [-240, 0, 120, 60] },
      outputNode: { id: -20, bounding: [400, 0, 120, 60] },
      widgets: [],
      ...head,
      name: subgraph.title,
      inputs: sockets(faces.in, list(head.inputs), 'in', 'from'),
      outputs: sockets(faces.out, list(head.outputs), 'out', 'to'),
      nodes: content.nodes,
      links: content.links,
      ...((content.groups.length > 0 || Object.hasOwn(head, 'groups')) && { groups: content.groups }),
      ...lastIds(head, content),
    };
  }

  #content(content: Content, objects: boolean) {
    const own = origin(content);
    const order = isObject(own.order) ? own.order : {};
    const linker = new Linker(this.#ports, list(order.links).map(textOf), objects);
    const rest = list(own.nodes);
    for (const node of content.nodes) {
      if (node.type === inputsType || node.type === outputsType) {
        const subgraph = this.#document.subgraphs?.find(({ nodes }) => nodes === content.nodes);
        const flow = subgraph && this.#flows.get(subgraphType(subgraph.id));
        const faces = flow && facesOf(flow.subgraph, flow.head);
        linker.border(node.id, node.type === inputsType ? borderIn : borderOut, faces ?? { in: [], out: [] });
        continue;
      }
      const placed = this.#nodes.placed(node, content);
      if (placed) linker.place(node.id, placed);
    }
    for (const note of content.notes ?? []) linker.place(note.id, noteNode(note));
    for (const wire of content.wires) {
      const failed = linker.wire(wire, origin(wire));
      if (failed) this.#nodes.refused.add(failed);
    }
    this.#emptyLatents(content, linker);
    const made = linker.finish(rest, list(own.links), list(order.nodes).map(textOf));
    const groups = [...content.frames.map(groupOf), ...list(own.groups)];
    return { ...made, groups };
  }

  /** Weft's Sampler makes its own latent where none is wired; KSampler wants one. */
  #emptyLatents(content: Content, linker: Linker): void {
    for (const node of content.nodes) {
      if (node.type !== 'subgraph/sampler' || content.wires.some(({ to }) => to[0] === node.id && to[1] === 'latent'))
        continue;
      const { width, height } = this.#nodes.full(node);
      const own = classes.get('EmptyLatentImage');
      if (!own) continue;
      const id = `${node.id} empty`;
      const at: [number, number] = [node.at[0] - 340, node.at[1] + 120];
      linker.place(id, fresh(own, { width: width as Json, height: height as Json, count: 1 }, { at }));
      linker.wire({ from: [id, 'latent'], to: [node.id, 'latent'] }, {});
    }
  }
}

const sentenceList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
