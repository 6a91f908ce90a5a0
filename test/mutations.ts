/** Changes of JSON and of bytes that a reader is likely to break on; the same ones for the same numbers. */

/** Whole numbers from 0 to below `below`. */
export type Roll = (below: number) => number;

/** mulberry32. */
export function rollsOf(seed: number): Roll {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export const pick = <T>(roll: Roll, from: readonly T[]): T => from[roll(from.length)] as T;

/** Stand for what no value in memory can be; `textOf` writes them out. */
const marks = { prototype: '%%prototype%%', number: '%%number%%', deep: '%%deep%%' };
const numbers = ['1e999', '-1e999', '123456789012345678901234567890', '-0', '1e-400', 'NaN', '00', '.5', '0x10'];

const poisons: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  0.5,
  1e308,
  2 ** 53,
  '',
  'x',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  '\u0000',
  '\ud800',
  '<script>',
  [],
  {},
  [[[[]]]],
  [null, 1, 'a'],
  { [marks.prototype]: { polluted: 1 } },
  { constructor: { prototype: { polluted: 1 } } },
  { toString: 1, valueOf: 1, hasOwnProperty: 1, length: -1 },
  marks.number,
  marks.deep,
];

type Holder = Record<string, unknown>;

/** Every place of a value in what holds it. */
function placesOf(value: unknown, found: [Holder, string][] = []): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Holder, key]);
    placesOf((value as Holder)[key], found);
  }
  return found;
}

/** One to three places changed: another type, gone, doubled, named otherwise, or changed for each other. */
function changedJson(value: unknown, roll: Roll): unknown {
  const next = structuredClone(value);
  for (let count = 1 + roll(3); count > 0; count--) {
    const places = placesOf(next);
    if (places.length === 0) return pick(roll, poisons);
    const [holder, key] = pick(roll, places);
    const [other, otherKey] = pick(roll, places);
    const kind = roll(10);
    if (kind < 5) holder[key] = structuredClone(pick(roll, poisons));
    else if (kind === 5 && !Array.isArray(holder)) delete holder[key];
    else if (kind === 6 && Array.isArray(holder))
      holder.splice(Number(key), roll(2), structuredClone(holder[Number(key)]));
    else if (kind === 7 && !Array.isArray(holder))
      holder[pick(roll, [marks.prototype, 'constructor', 'id', 'x', '', '0'])] = holder[key];
    else if (kind === 8) holder[key] = structuredClone(other[otherKey]);
    else if (typeof holder[key] === 'number') holder[key] = (holder[key] as number) * pick(roll, [-1, 0.5, 1e6, 1e300]);
    else if (typeof holder[key] === 'string') holder[key] = `${holder[key]}${pick(roll, ['', '!', '\n', '/', '0'])}`;
  }
  return next;
}

/** The JSON of a value that was changed somewhere, as text with whatever no value in memory can be. */
export function mutatedJson(value: unknown, roll: Roll): string {
  const depth = pick(roll, [20, 70, 500, 20_000]);
  return JSON.stringify(changedJson(value, roll))
    .replaceAll(`"${marks.number}"`, () => pick(roll, numbers))
    .replaceAll(`"${marks.deep}"`, () => (roll(2) ? '['.repeat(depth) + ']'.repeat(depth) : '{"a":'.repeat(depth)))
    .replaceAll(marks.prototype, '__proto__');
}

const lengths = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x00010000];

/** One to four changes: bytes, a length in four of them, a part put in, cut out, doubled, moved, or the end cut off. */
export function mutatedBytes(file: Uint8Array, roll: Roll): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer> = file.slice();
  for (let count = 1 + roll(4); count > 0; count--) {
    const at = roll(bytes.length + 1);
    const length = Math.min(bytes.length - at, 1 + roll(roll(4) ? 12 : 400));
    const part = bytes.slice(at, at + length);
    const kind = roll(9);
    if (kind < 3) bytes[at] = roll(256);
    else if (kind === 3) bytes[at] = (bytes[at] ?? 0) ^ (1 << roll(8));
    else if (kind === 4 && at + 4 <= bytes.length)
      new DataView(bytes.buffer).setUint32(at, pick(roll, lengths), roll(2) === 1);
    else if (kind === 5) bytes = spliced(bytes, at, length, new Uint8Array());
    else if (kind === 6) bytes = spliced(bytes, at, 0, part);
    else if (kind === 7) bytes = spliced(bytes, roll(bytes.length + 1), 0, part);
    else if (kind === 8 && roll(3) === 0) bytes = bytes.slice(0, at);
  }
  return bytes;
}

function spliced(bytes: Uint8Array, at: number, count: number, by: Uint8Array): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(bytes.length - count + by.length);
  made.set(bytes.subarray(0, at));
  made.set(by, at);
  made.set(bytes.subarray(at + count), at + by.length);
  return made;
}
