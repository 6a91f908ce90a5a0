import type { Parameter } from '../../core/parameters';

/** How much one notch of dragging changes a number: what the definition says, else a two-hundredth of its range. */
export function notch({ kind, step, minimum, maximum }: Parameter): number {
  if (step !== undefined) return step;
  if (kind === 'integer') return 1;
  const range = minimum === undefined || maximum === undefined ? 20 : maximum - minimum;
  return 10 ** Math.round(Math.log10(range / 200));
}

/** The nearest value that the parameter allows, without the dust of binary fractions. */
export function allowed({ kind, minimum = -Infinity, maximum = Infinity }: Parameter, value: number): number {
  const rounded = kind === 'integer' ? Math.round(value) : Number(value.toPrecision(12));
  return Math.min(maximum, Math.max(minimum, rounded));
}

/** The value after a drag of `pixels`, by notches of 4 px; `fine` (Shift) divides the notch by ten. */
export function dragged(parameter: Parameter, start: number, pixels: number, fine: boolean): number {
  const size = notch(parameter) / (fine && parameter.kind !== 'integer' ? 10 : 1);
  const slow = fine && parameter.kind === 'integer' ? 16 : 4;
  const value = start + Math.trunc(pixels / slow) * size;
  return allowed(parameter, Math.round(value / size) * size);
}
