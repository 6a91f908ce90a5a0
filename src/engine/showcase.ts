import type { Axis } from '../core/define-node';
import type { Image } from '../core/values';
import type { Picture } from './events';
import { batchAxis, picturesOf } from './picture';
import type { PlannedNode } from './plan';
import type { RunScope, Values } from './run-node';

/** Collects what arrives at nodes that show pictures, or see them. */
export class Showcase {
  readonly #scope: RunScope;
  readonly #pictures = new Map<string, Map<number, Picture[]>>();

  constructor(scope: RunScope) {
    this.#scope = scope;
  }

  /** Takes the picture of one item. `live`: it is one of many evaluations of a zone and is shown at once. */
  async add(node: PlannedNode, arrived: Values, item: number, live: boolean): Promise<void> {
    const port = node.definition.shows ?? node.definition.sees;
    const image = port === undefined ? undefined : (arrived[port] as Image | undefined);
    if (!image) return;
    const items = this.#pictures.get(node.id) ?? new Map<number, Picture[]>();
    this.#pictures.set(node.id, items);
    const pictures = await picturesOf(this.#scope.device, image.tensor);
    items.set(item, pictures);
    if (live) this.#scope.emit({ type: 'shown', node: node.id, axes: [batchAxis(pictures.length)], pictures });
  }

  finish(nodes: readonly PlannedNode[], grid: readonly Axis[]): void {
    for (const { id } of nodes) {
      const items = this.#pictures.get(id);
      if (!items) continue;
      const batches = [...items.entries()].toSorted(([a], [b]) => a - b).map(([, pictures]) => pictures);
      const count = Math.max(...batches.map((batch) => batch.length));
      const axes = count > 1 ? [...grid, batchAxis(count)] : grid;
      this.#scope.emit({ type: 'shown', node: id, axes, pictures: batches.flat() });
    }
  }
}
