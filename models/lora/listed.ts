/** More than these are counted. */
const MOST = 20;

/** Names from a file for a sentence, which may be many and long. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST).map((name) => (name.length > 120 ? `${name.slice(0, 119)}…` : name));
  const rest = names.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
