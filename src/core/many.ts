import type { Axis } from './define-node';

/** How many items a set of axes spans; 1 for none. */
export const itemCount = (axes: readonly Axis[]): number => axes.reduce((n, axis) => n * axis.labels.length, 1);

/** The axes of several values together: the same axis counts once, different ones make a grid, in order of appearance. */
export function joinAxes(lists: readonly (readonly Axis[])[]): Axis[] {
  const byId = new Map<string, Axis>();
  for (const axes of lists) for (const axis of axes) if (!byId.has(axis.id)) byId.set(axis.id, axis);
  return [...byId.values()];
}

/** Which item of a value with `axes` belongs to item `index` of the grid over `grid`, both row-major. */
export function itemIndex(axes: readonly Axis[], grid: readonly Axis[], index: number): number {
  if (axes.length === 0) return 0;
  const position = new Map<string, number>();
  let rest = index;
  for (const axis of grid.toReversed()) {
    position.set(axis.id, rest % axis.labels.length);
    rest = Math.floor(rest / axis.labels.length);
  }
  return axes.reduce((flat, axis) => flat * axis.labels.length + (position.get(axis.id) ?? 0), 0);
}

/** The labels of one item of a grid: `["CFG 7.5", "seed 42"]`. */
export const itemLabels = (grid: readonly Axis[], index: number): string[] =>
  grid.map((axis) => axis.labels[itemIndex([axis], grid, index)] ?? '');
