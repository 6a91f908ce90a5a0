import type { Axis, Gathered } from '../core/define-node';
import { itemCount } from '../core/many';
import type { Image } from '../core/values';
import type { Picture } from './events';
import { batchAxis, picturesOf } from './picture';
import type { PlannedNode } from './plan';
import { argumentsOf, type RunScope, type Values } from './run-node';

/** The pictures of one item, over axes of their own: a batch, or a list that the node gathers. */
interface Arrived {
  readonly axes: readonly Axis[];
  readonly pictures: readonly Picture[];
}

/** Collects what arrives at nodes that show pictures, or see them. */
export class Showcase {
  readonly #scope: RunScope;
  readonly #items = new Map<string, Map<number, Arrived>>();
  /** How each node that plays its pictures does so. */
  readonly #plays = new Map<string, Values>();

  constructor(scope: RunScope) {
    this.#scope = scope;
  }

  /**
   * Takes what one item of `grid` shows, and tells it where there are others. Without a grid it is one of many evaluations of
   * a zone and is shown at once.
   */
  async add(node: PlannedNode, arrived: Values, item: number, grid?: readonly Axis[]): Promise<void> {
    const port = node.definition.shows ?? node.definition.sees;
    const image = port === undefined ? undefined : (arrived[port] as Image | Gathered<Image> | undefined);
    if (!image) return;
    const items = this.#items.get(node.id) ?? new Map<number, Arrived>();
    this.#items.set(node.id, items);
    const shown = await this.#picturesIn(image);
    items.set(item, shown);
    if (node.definition.plays) this.#plays.set(node.id, argumentsOf(node, arrived).params);
    const { axes, pictures } = shown;
    if (!grid) this.#scope.emit({ type: 'shown', node: node.id, axes, pictures });
    else if (itemCount(grid) > 1)
      this.#scope.emit({
        type: 'cell',
        node: node.id,
        axes: pictures.length > 1 ? [...grid, ...axes] : grid,
        at: item * pictures.length,
        pictures,
      });
  }

  async #picturesIn(image: Image | Gathered<Image>): Promise<Arrived> {
    if ('tensor' in image) {
      const pictures = await picturesOf(this.#scope.device, image.tensor);
      return { axes: [batchAxis(pictures.length)], pictures };
    }
    const batches = await Promise.all(image.items.map(({ tensor }) => picturesOf(this.#scope.device, tensor)));
    const count = Math.max(...batches.map((batch) => batch.length));
    return { axes: count > 1 ? [...image.axes, batchAxis(count)] : image.axes, pictures: batches.flat() };
  }

  finish(nodes: readonly PlannedNode[], grid: readonly Axis[]): void {
    for (const { id, definition } of nodes) {
      const items = this.#items.get(id);
      if (!items) continue;
      const all = [...items.entries()].toSorted(([a], [b]) => a - b).map(([, arrived]) => arrived);
      const most = all.reduce((longest, arrived) =>
        arrived.pictures.length > longest.pictures.length ? arrived : longest,
      );
      const axes = most.pictures.length > 1 ? [...grid, ...most.axes] : grid;
      const plays = definition.plays?.(this.#plays.get(id) ?? {});
      const pictures = all.flatMap((arrived) => arrived.pictures);
      this.#scope.emit({ type: 'shown', node: id, axes, pictures, ...(plays && { plays }) });
    }
  }
}
