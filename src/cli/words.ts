import { shortExcerpt } from '../core/excerpt';
import type { Problem } from '../core/problem';

/** A problem as a line: where, what, what to do; below it the text that is to blame, with signs under the place. */
export function sentence({ node, what, cure, excerpt }: Problem): string {
  const line = `${node === undefined ? '' : `${node}: `}${what}${cure ? ` ${cure}` : ''}`;
  if (!excerpt) return line;
  const { before, blamed, after } = shortExcerpt(excerpt);
  return `${line}\n  ${before}${blamed}${after}\n  ${' '.repeat(before.length)}${'^'.repeat(blamed.length)}`;
}

/** "0.42 s", "12 s", "380 ms". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`;
}
