/** Bytes that the cells of sweeps may have. */
export const cellBudget = 256 * 2 ** 20;

interface Entry {
  readonly name: string;
  readonly size: number;
  /** When it was written; milliseconds. */
  readonly changed: number;
}

/** The oldest entries, without which a notebook is within its budget. */
export function outdated(entries: readonly Entry[], budget: number): string[] {
  let bytes = 0;
  const newestFirst = entries.toSorted((a, b) => b.changed - a.changed);
  return newestFirst.flatMap(({ name, size }) => {
    bytes += size;
    return bytes > budget ? [name] : [];
  });
}
