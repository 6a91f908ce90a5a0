import { ProblemError } from '../../src/core/problem';
import type { Trainable } from './parts';

/** What byte pairs end in that end a word. */
const WORD_END = '</w>';

/** A caption as training feeds it: the vectors of its tokens, and where the learned word's stand instead. */
export interface Caption {
  /** `[length, width]`, zero where the word stands. */
  readonly embeddings: Float32Array<ArrayBuffer>;
  /** `[length, count]`, one where a vector stands. */
  readonly places: Float32Array<ArrayBuffer>;
}

/** Reads a caption with a word of `count` vectors in it; an empty word is in none. Throws a sentence where the word is missing. */
export function readCaption(model: Trainable, caption: string, word: string, count: number): Caption {
  const { tokenizer, length, width, text } = model;
  const learned = word === '' ? [] : [{ word, count }];
  const { tokens, learned: found } = tokenizer.encode(caption, learned);
  if (word !== '' && found.length === 0) {
    throw new ProblemError({
      port: 'captions',
      what: `The caption "${caption}" does not have the word ${word} in it, or it is too long for it.`,
      cure: `Write ${word} where the caption names what is to be learned.`,
    });
  }
  const places = new Float32Array(length * count);
  const nothing = new Float32Array(width);
  const vectors = new Map<number, Float32Array>();
  for (const { position, count: rows } of found) {
    for (let row = 0; row < rows; row++) {
      places[(position + row) * count + row] = 1;
      vectors.set(position + row, nothing);
    }
  }
  const ids = [tokenizer.startId, ...tokens.map(({ id }) => id), tokenizer.endId];
  const padded = [...ids, ...Array<number>(length - ids.length).fill(tokenizer.padId)];
  return { embeddings: text.lookUp(padded, vectors), places };
}

/** The vectors of some words, one after the other and from the front again until there are `count`: a start for a new word. */
export function startVectors(model: Trainable, words: string, count: number): Float32Array<ArrayBuffer> {
  const { tokenizer, length, width, text } = model;
  const ids = tokenizer.encode(words).tokens.map(({ id }) => id);
  if (ids.length === 0) {
    throw new ProblemError({
      port: 'start',
      what: 'A new word starts from a known one, and none is given.',
      cure: 'Write a word that is near to what is to be learned, such as "painting".',
    });
  }
  const chunk = Array.from({ length }, (_, i) => ids[i % ids.length] ?? tokenizer.endId);
  return text.lookUp(chunk, new Map()).slice(0, count * width);
}

/** What is to be known of a start for a new word, in sentences: pieces of words that mean little alone, and vectors that do not suffice. */
export function remarksOnStart({ tokenizer }: Pick<Trainable, 'tokenizer'>, words: string, count: number): string[] {
  const { tokens } = tokenizer.encode(words);
  const read: string[][] = [[]];
  for (const { text } of tokens) {
    read.at(-1)?.push(text.replace(WORD_END, ''));
    if (text.endsWith(WORD_END)) read.push([]);
  }
  const broken = read.filter((pieces) => pieces.length > 1);
  const unknown = broken.map(
    (pieces) => `The model knows no word “${pieces.join('')}”: it reads it as ${pieces.join(' · ')}.`,
  );
  const [has, needs] = [count === 1 ? 'one vector' : `${count} vectors`, tokens.length];
  const short =
    needs > count
      ? [`The word has ${has}: of its start, ${needs} tokens, it takes the first ${count === 1 ? 'one' : count}.`]
      : [];
  return [...unknown, ...short];
}
