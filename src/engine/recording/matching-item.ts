import type { Axis } from '../../core/define-node';

/** The item of a grid that has the labels which an item of another grid has; the first along axes that the other lacks. */
export function matchingItem(wanted: readonly Axis[], grid: readonly Axis[], item: number): number {
  const labels = new Map<string, string | undefined>();
  let rest = item;
  for (const axis of grid.toReversed()) {
    labels.set(axis.id, axis.labels[rest % axis.labels.length]);
    rest = Math.floor(rest / axis.labels.length);
  }
  return wanted.reduce((flat, axis) => {
    const at = axis.labels.indexOf(labels.get(axis.id) ?? '');
    return flat * axis.labels.length + Math.max(0, at);
  }, 0);
}
