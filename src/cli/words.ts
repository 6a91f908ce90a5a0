import type { Problem } from '../core/problem';

/** A problem as a line: where, what, what to do. */
export function sentence({ node, what, cure }: Problem): string {
  return `${node === undefined ? '' : `${node}: `}${what}${cure ? ` ${cure}` : ''}`;
}

/** "0.42 s", "12 s", "380 ms". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`;
}
