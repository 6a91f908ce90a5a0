import { inspect as words } from '../../text/inspect';
import type { Plain } from './view-props';

export type Entry = Plain<'conditioning'>['entries'][number];

/** A row of a conditioning's tensor that stands for something of the prompt. */
export interface Row {
  readonly row: number;
  readonly name: string;
}

/** The rows of `[1, 77k, d]` with their tokens: start, words and end of each chunk, without the padding behind. */
export function rowsOf({ tokens, strip }: Pick<Entry, 'tokens' | 'strip'>): Row[] {
  const count = tokens.dims[1] ?? 0;
  const length = count / (strip.chunks.length || 1);
  return strip.chunks.flatMap((chunk, c) =>
    [
      words.begin,
      ...chunk.map(({ text, learned }) => (learned ? `${learned.word} ${learned.row + 1}` : text.replace('</w>', ''))),
      words.end,
    ].map((name, i) => ({ row: c * length + i, name })),
  );
}

/** Those rows of a tensor `[1, rows, width]` one after the other. */
export function takenRows(data: Float32Array, width: number, rows: readonly Row[]): Float32Array {
  const taken = new Float32Array(rows.length * width);
  for (const [i, { row }] of rows.entries()) taken.set(data.subarray(row * width, (row + 1) * width), i * width);
  return taken;
}
