import { bounded, type WeightedText } from './weighted-text';

/**
 * A sign of the syntax or a run of ordinary text: an escaped sign, an opening bracket, `:1.2)`, a closing bracket, text.
 * Where AUTOMATIC1111 takes any run of digits and dots for a number and then fails, this takes numbers only.
 */
const SIGNS = /\\[()[\]\\]?|[([]|:\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*\)|[)\]]|[^\\()[\]:]+|:/gu;

const ROUND = 1.1;
const SQUARE = 1 / 1.1;

const BREAK = /(?<![\p{L}\p{N}_])BREAK(?![\p{L}\p{N}_])/gu;

/** Ends a chunk. One whose weight brackets have changed is text, as it is for AUTOMATIC1111. */
export const endsChunk = ({ text, weight }: WeightedText): boolean => text === 'BREAK' && weight === -1;

/**
 * Weights in AUTOMATIC1111's syntax: `(x)` counts 1.1 times, `[x]` 1/1.1 times, `(x:1.3)` 1.3 times, and nested weights
 * multiply. A bracket that is not closed reaches to the end, a stray closing one is text; `\(` is a bracket and no sign.
 * `BREAK` comes as a piece of its own, see `endsChunk`. Neighbours of equal weight are one piece.
 */
export function parseA1111Weights(prompt: string): WeightedText[] {
  const pieces: { text: string; weight: number }[] = [];
  const round: number[] = [];
  const square: number[] = [];
  const multiply = (from: number | undefined, factor: number) => {
    for (let i = from ?? 0; i < pieces.length; i += 1) {
      const piece = pieces[i] as { weight: number };
      piece.weight = bounded(piece.weight * factor);
    }
  };
  for (const { 0: sign, 1: number } of prompt.matchAll(SIGNS)) {
    if (sign.startsWith('\\')) pieces.push({ text: sign.slice(1), weight: 1 });
    else if (sign === '(') round.push(pieces.length);
    else if (sign === '[') square.push(pieces.length);
    else if (number !== undefined && round.length) multiply(round.pop(), Number(number));
    else if (sign === ')' && round.length) multiply(round.pop(), ROUND);
    else if (sign === ']' && square.length) multiply(square.pop(), SQUARE);
    else pieces.push(...splitAtBreaks(sign));
  }
  for (const from of round) multiply(from, ROUND);
  for (const from of square) multiply(from, SQUARE);
  return merged(pieces);
}

/** Text and the breaks in it; white space around a break belongs to it. */
function splitAtBreaks(text: string): { text: string; weight: number }[] {
  const parts = text.split(BREAK);
  return parts.flatMap((part, index) => {
    const begun = index > 0 ? part.trimStart() : part;
    const piece = { text: index < parts.length - 1 ? begun.trimEnd() : begun, weight: 1 };
    return index > 0 ? [{ text: 'BREAK', weight: -1 }, piece] : [piece];
  });
}

function merged(pieces: readonly WeightedText[]): WeightedText[] {
  const runs: { texts: string[]; weight: number }[] = [];
  for (const { text, weight } of pieces) {
    const last = runs.at(-1);
    if (last?.weight === weight) last.texts.push(text);
    else runs.push({ texts: [text], weight });
  }
  return runs.length ? runs.map(({ texts, weight }) => ({ text: texts.join(''), weight })) : [{ text: '', weight: 1 }];
}
