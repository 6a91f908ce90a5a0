const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

const stepOf = (bytes: number): number =>
  bytes < 999.5 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes * 1.0005) / 3));

const inStep = (bytes: number, step: number): string => {
  const value = bytes / 1000 ** step;
  return step > 1 && value < 99.95 ? value.toFixed(1) : String(Math.round(value));
};

/** "812 kB", "41.0 MB", "2.1 GB": decimal units, as disks and hubs count. */
export function sizeWords(bytes: number): string {
  const step = stepOf(bytes);
  return `${inStep(bytes, step)} ${units[step]}`;
}

/** "26.1 of 41.0 MB": both in the unit of the larger. */
export function ofWords(done: number, total: number | undefined): string {
  if (total === undefined) return sizeWords(done);
  const step = stepOf(total);
  return `${inStep(done, step)} of ${inStep(total, step)} ${units[step]}`;
}

/** The beginning of a hash, for people to tell models apart. */
export const shortHash = (hash: string): string => hash.replace(/^sha256:/, '').slice(0, 10);
