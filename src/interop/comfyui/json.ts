import { ProblemError } from '../../core/problem';

/** JSON as it may stand in a document. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as it is written where it is no list or object, whose own `toString` a file could have put there. */
export const wordOf = (value: unknown): string => (typeof value === 'object' ? '' : String(value));

/** Marks a whole number that JavaScript's numbers cannot hold, as text that no file has. */
const WIDE = '\u0000integer:';

/** The digits of a number that was too wide. */
export const wideDigits = (value: unknown): string | undefined =>
  typeof value === 'string' && value.startsWith(WIDE) ? value.slice(WIDE.length) : undefined;

/** A whole number written in digits: as a number where that is exact. */
export function integerOf(digits: string): number | string {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : `${WIDE}${BigInt(digits)}`;
}

/** Levels of nesting; what is deeper is no workflow. */
const DEPTH = 48;
const BYTES = 32 * 2 ** 20;

/**
 * Outside of strings: Python writes NaN and Infinity, which become null, and integers of any length. Keys that would reach an
 * object's prototype are dropped.
 */
function tolerated(text: string): string {
  return text.replace(
    /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\b(?:NaN|Infinity)\b|(?<![\d.eE])-?\d{16,}(?![\d.eE])/g,
    (token) => {
      if (token.startsWith('"')) return token;
      if (/N|I/.test(token)) return 'null';
      const wide = integerOf(token);
      return typeof wide === 'number' ? token : JSON.stringify(wide);
    },
  );
}

function refuseDeep(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEPTH)
    throw new ProblemError({ what: `This file nests deeper than ${DEPTH} levels, which no workflow does.` });
  for (const item of Object.values(value)) refuseDeep(item, depth + 1);
}

/** Reads JSON as ComfyUI and its extensions write it. Throws a `ProblemError`. */
export function readJson(text: string): Json {
  if (text.length > BYTES)
    throw new ProblemError({ what: `This file is larger than ${BYTES / 2 ** 20} MB, which no workflow is.` });
  let value: Json;
  try {
    value = JSON.parse(tolerated(text.replace(/^\uFEFF/, '')), (key, item) => (key === '__proto__' ? undefined : item));
  } catch (cause) {
    const why = cause instanceof RangeError ? 'it nests too deep' : (cause as Error).message;
    throw new ProblemError({ what: `This is no workflow: it is not JSON (${why}).` });
  }
  refuseDeep(value, 0);
  return value;
}

/** The text of a file, wide integers as digits again. */
export const writeJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, undefined, indent).replace(/"\\u0000integer:(-?\d+)"/g, '$1');

export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson((a as JsonObject)[key], (b as JsonObject)[key]))
  );
}
