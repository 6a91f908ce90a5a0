import { bounded, type WeightedText } from './weighted-text';

/** A stretch of the prompt, with the weight of the brackets around it. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  /** Nothing in it is a sign any more. */
  readonly settled?: boolean;
}

/** What Python's float() reads, less what is not finite and underscores between digits. */
const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/iu;

/**
 * Weights in ComfyUI's syntax: `(x)` counts 1.1 times what is around it, `(x:1.3)` counts 1.3 whatever is around it.
 * Only round brackets that pair up are signs; `\(` is a bracket and no sign.
 */
export function parseComfyWeights(prompt: string): WeightedText[] {
  const pieces: WeightedText[] = [];
  const brackets = bracketsOf(prompt);
  const left: Stretch[] = [{ from: 0, to: prompt.length, weight: 1 }];
  for (let next = left.pop(); next; next = left.pop()) {
    if (next.settled) pieces.push({ text: unescaped(prompt.slice(next.from, next.to)), weight: next.weight });
    else left.push(...outermost(prompt, brackets, next).reverse());
  }
  return pieces;
}

/** 1 where a bracket opens, -1 where one closes, 0 at any other letter and at escaped brackets. */
const bracketsOf = (prompt: string): Int8Array =>
  Int8Array.from(prompt.split(''), (letter, i) => {
    if ((letter !== '(' && letter !== ')') || prompt[i - 1] === '\\') return 0;
    return letter === '(' ? 1 : -1;
  });

const unescaped = (text: string): string => text.replace(/\\([()])/gu, '$1');

/**
 * The outermost pairs of brackets in a stretch, without the brackets, and what lies between them. A closing bracket without
 * an opening one makes the next opening one its partner, so neither is a sign: as in ComfyUI, which counts them.
 */
function outermost(prompt: string, brackets: Int8Array, { from, to, weight }: Stretch): Stretch[] {
  const parts: Stretch[] = [];
  let depth = 0;
  let begin = from;
  const end = (at: number) => {
    if (at > begin) parts.push(inside(prompt, brackets, { from: begin, to: at, weight }));
    begin = at;
  };
  for (let at = from; at < to; at += 1) {
    const sign = brackets[at] as number;
    if (sign === 0) continue;
    if (sign === 1 && depth === 0) end(at);
    depth += sign;
    if (sign === -1 && depth === 0) end(at + 1);
  }
  end(to);
  return parts;
}

/** A part that brackets enclose becomes what is inside of them, with its own weight; any other part is settled. */
function inside(prompt: string, brackets: Int8Array, part: Stretch): Stretch {
  const { from, to, weight } = part;
  if (to - from < 2 || brackets[from] !== 1 || brackets[to - 1] !== -1) return { ...part, settled: true };
  const colon = prompt.lastIndexOf(':', to - 2);
  if (colon > from + 1) {
    const number = prompt.slice(colon + 1, to - 1);
    if (NUMBER.test(number) && Number.isFinite(Number(number))) {
      return { from: from + 1, to: colon, weight: bounded(Number(number)) };
    }
  }
  return { from: from + 1, to: to - 1, weight: bounded(weight * 1.1) };
}
