import type { PortSpec } from '../core/define-node';
import type { Device } from '../core/device';
import type { Document } from '../core/document';
import { portSpec, type Registry } from '../core/graph';
import type { Kind } from '../core/kinds';
import { expandSubgraphs } from './expand';

/** What nodes that load models put out. */
const MODELS = new Set<Kind>(['unet', 'vae', 'text-encoder', 'controlnet', 'lora']);

interface Use {
  /** The nodes that load models, as text. */
  readonly loaders: string;
  /** Keys of the networks that ran since these were so. */
  readonly networks: Set<string>;
}

/**
 * Which networks the open graphs use, so that the sessions of all others are freed. A run says little: what is cached is not
 * run. So a graph uses what it ran since its nodes that load models last changed.
 */
export class SessionUse {
  readonly #graphs = new Map<string, Use>();
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** Runs a graph, and frees the sessions that no graph uses afterwards. */
  async during<T>(document: Document, device: Device, run: () => Promise<T>): Promise<T> {
    const loaders = this.#loaders(document);
    const before = this.#graphs.get(document.id);
    const ran = new Set<string>();
    const use = { loaders, networks: new Set(before?.networks) };
    this.#graphs.set(document.id, use);
    const unwatch = device.watch((key) => ran.add(key));
    try {
      return await run();
    } finally {
      unwatch();
      // Unless the graph was closed meanwhile.
      if (this.#graphs.get(document.id) === use) {
        const earlier = before?.loaders === loaders ? before.networks : [];
        this.#graphs.set(document.id, { loaders, networks: new Set([...earlier, ...ran]) });
      }
      await this.#free(device);
    }
  }

  /** Forgets a graph that was closed. Its sessions are freed, at once or after the run that goes on. */
  async close(graph: string, device: Device): Promise<void> {
    if (this.#graphs.delete(graph)) await this.#free(device);
  }

  #free(device: Device): Promise<void> {
    const uses = [...this.#graphs.values()];
    // A device that was lost has no sessions to free.
    return device.release((key) => uses.some(({ networks }) => networks.has(key))).catch(() => {});
  }

  #loaders(document: Document): string {
    const { nodes } = expandSubgraphs(document, this.#registry).document;
    const loads = (type: string) => {
      const ports: readonly (Kind | PortSpec)[] = Object.values(this.#registry.get(type)?.out ?? {});
      return ports.some((port) => MODELS.has(portSpec(port).kind));
    };
    return JSON.stringify(nodes.filter(({ type }) => loads(type)).map(({ id, type, params }) => [id, type, params]));
  }
}
