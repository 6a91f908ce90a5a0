import { produce } from 'immer';
import type { Axis } from '../../core/define-node';
import type { Document } from '../../core/document';
import { itemLabels } from '../../core/many';
import { canTakeCell, takeCell } from '../document/cell';
import { openTemplate } from '../files/session';
import { definitionsOf } from '../registry';
import { sweep } from '../text/sweep';

/** What a graph is called that makes one picture of another: "CFG sweep, CFG 7.5, Seed 43". */
const labelled = (axes: readonly Axis[], index: number): string =>
  itemLabels(axes, index)
    .map((label, i) => `${axes[i]?.title ?? ''} ${label}`.trim())
    .join(', ');

/** Opens a graph that makes this one picture in a tab of its own. */
export function openCell(from: Document, axes: readonly Axis[], index: number): void {
  const { view: _, ...one } = produce(from, takeCell(definitionsOf(from), axes, index));
  openTemplate({ ...one, name: sweep.named(from.name, labelled(axes, index)).slice(0, 200) });
}

export { canTakeCell, labelled };
