import type { Subgraph } from '../../core/document';
import { classes } from './classes';
import type { NodeClass } from './node-class';
import type { FlowNode, Socket } from './workflow';

/** A subgraph of a workflow as Weft has it. */
export interface KnownSubgraph {
  readonly subgraph: Pick<Subgraph, 'id'>;
  /** Names of inputs or parameters, and of outputs, by the places of ComfyUI's. */
  readonly in: readonly string[];
  readonly out: readonly string[];
}

/** A name that Weft's ports and parameters may have. */
export function portName(text: string): string {
  const name = text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 48);
  return /^(constructor|prototype)$/.test(name) ? `${name}-` : name;
}

/** Names for all sockets of a side, no two of them equal. */
export function portNames(sockets: readonly Pick<Socket, 'name' | 'type'>[], fallback: string): string[] {
  const taken = new Set<string>();
  return sockets.map(({ name, type }, place) => {
    const plain = portName(name) || portName(type) || fallback;
    const own = taken.has(plain) ? `${plain}-${place}` : plain;
    const free = taken.has(own) ? `${own}-${fallback}` : own;
    taken.add(free);
    return free;
  });
}

/** What stands for the one value that ComfyUI's PrimitiveNode holds. */
export const primitives: Readonly<
  Record<string, { readonly type: string; readonly param: string; readonly out: string }>
> = {
  INT: { type: 'numbers/integer', param: 'value', out: 'integer' },
  FLOAT: { type: 'numbers/number', param: 'value', out: 'number' },
  STRING: { type: 'text/prompt', param: 'text', out: 'text' },
  COMBO: { type: 'text/prompt', param: 'text', out: 'text' },
};

/** What is done with a node of a workflow, by its class. */
export type Role = 'note' | 'reroute' | 'primitive' | 'subgraph' | 'mapped' | 'placeholder';

export class Ports {
  readonly #subgraphs: ReadonlyMap<string, KnownSubgraph>;

  constructor(subgraphs: ReadonlyMap<string, KnownSubgraph>) {
    this.#subgraphs = subgraphs;
  }

  subgraph(type: string): KnownSubgraph | undefined {
    return this.#subgraphs.get(type);
  }

  role({ type, outputs }: FlowNode): Role {
    if (this.#subgraphs.has(type)) return 'subgraph';
    if (type === 'Note' || type === 'MarkdownNote') return 'note';
    if (type === 'Reroute') return 'reroute';
    if (type === 'PrimitiveNode') return primitives[outputs[0]?.type ?? ''] ? 'primitive' : 'placeholder';
    return classes.get(type)?.weft ? 'mapped' : 'placeholder';
  }

  /** The port or parameter at a place of a node's inputs; undefined where Weft has none. */
  into(node: FlowNode, place: number, own: NodeClass | undefined = classes.get(node.type)): string | undefined {
    const input = node.inputs[place];
    switch (this.role(node)) {
      case 'subgraph': {
        const { in: names } = this.#subgraphs.get(node.type) as KnownSubgraph;
        // Instances of newer files list fewer sockets than the subgraph has; their names are the same.
        const named = input && names.indexOf(portName(input.name));
        return names[named !== undefined && named >= 0 ? named : place];
      }
      case 'mapped': {
        const name = input?.name ?? own?.in[place]?.name;
        const { weft } = own as NodeClass;
        if (name === undefined || !weft) return undefined;
        const widget = weft.widgets[input?.widget ?? name] ?? weft.widgets[name];
        return weft.in[name] ?? widget?.port;
      }
      case 'placeholder':
        return portNames(node.inputs, 'in')[place];
      default:
        return undefined;
    }
  }

  out(node: FlowNode, place: number, own: NodeClass | undefined = classes.get(node.type)): string | undefined {
    switch (this.role(node)) {
      case 'subgraph':
        return this.#subgraphs.get(node.type)?.out[place];
      case 'mapped':
        return own?.weft?.out[place];
      case 'primitive':
        return primitives[node.outputs[0]?.type ?? '']?.out;
      case 'placeholder':
        return portNames(node.outputs, 'out')[place];
      default:
        return undefined;
    }
  }
}
