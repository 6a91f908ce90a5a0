import type { PromptToken } from '../../core/values';
import { type LearnedWord, learnedTokens } from './learned-word';
import type { Vocabulary } from './vocabulary';
import type { WeightedText } from './weighted-text';

const MARK = 'embedding:';

/** Shorter groups of tokens are not torn apart at the end of a chunk. */
const LARGE = 8;

/**
 * Pieces of a prompt to chunks of at most `room` tokens, as ComfyUI lays them out: each stretch between embeddings is
 * tokenised as one group, and each `embedding:name` is a group. A name ends at white space; commas after it are text. An
 * unknown one is left out and told in `unknown`.
 */
export function chunkComfy(
  pieces: readonly WeightedText[],
  learned: readonly LearnedWord[],
  vocabulary: Vocabulary,
  room: number,
): { chunks: PromptToken[][]; unknown: string[] } {
  const chunks: PromptToken[][] = [];
  const unknown: string[] = [];
  let chunk: PromptToken[] = [];
  const add = (group: readonly PromptToken[]) => {
    let rest = group;
    while (rest.length > room - chunk.length) {
      const fitting = group.length >= Math.min(LARGE, room + 1) ? room - chunk.length : 0;
      chunks.push([...chunk, ...rest.slice(0, fitting)]);
      rest = rest.slice(fitting);
      chunk = [];
    }
    chunk.push(...rest);
  };
  const addText = (text: string, weight: number) =>
    add(vocabulary.tokenize(text).map((token) => ({ ...token, weight })));
  for (const { text, weight } of pieces) {
    for (const word of splitAtEmbeddings(text)) {
      const [name, ...others] = word.startsWith(MARK) ? word.slice(MARK.length).trim().split(/\s+/u) : [];
      if (!name) {
        addText(word, weight);
        continue;
      }
      const { found, bare, after } = lookUp(name, learned);
      if (found) add(learnedTokens(found, vocabulary.endId, weight));
      else unknown.push(bare);
      addText([after, ...others].join(' '), weight);
    }
  }
  return { chunks: [...chunks, chunk], unknown };
}

/** Only white space before it makes a mark one. */
function splitAtEmbeddings(text: string): string[] {
  const [first = '', ...others] = text.split(/[ \n]embedding:/u);
  return [first, ...others.map((rest) => MARK + rest)];
}

function lookUp(name: string, learned: readonly LearnedWord[]): { found?: LearnedWord; bare: string; after: string } {
  const find = (wanted: string) => learned.find(({ word }) => plainName(word) === plainName(wanted));
  const whole = find(name);
  if (whole) return { found: whole, bare: name, after: '' };
  let end = name.length;
  while (name[end - 1] === ',') end -= 1;
  const bare = name.slice(0, end);
  const found = find(bare);
  return { ...(found && { found }), bare, after: name.slice(end) };
}

/** File names may end in what embeddings are saved as, and not all disks tell capitals apart. */
const plainName = (word: string): string => word.toLowerCase().replace(/\.(?:safetensors|pt|bin)$/u, '');
