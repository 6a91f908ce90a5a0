import type { PromptToken, Token } from '../../core/values';
import { endsChunk } from './a1111-weights';
import { type LearnedWord, learnedTokens } from './learned-word';
import type { Vocabulary } from './vocabulary';
import type { WeightedText } from './weighted-text';

/** How far back from the end of a chunk AUTOMATIC1111 looks for a comma, by default. */
const BACKTRACK = 20;

const isComma = (token: Token): boolean => token.text === ',</w>';

/**
 * Pieces of a prompt to chunks of at most `room` tokens, as AUTOMATIC1111 lays them out: each piece is tokenised by itself;
 * where a chunk is full, what follows a comma among its last 20 tokens moves to the next one; a break ends a chunk. A
 * learned word is found by the tokens of its name, the longest first, and is not torn apart unless no chunk could hold it.
 */
export function chunkA1111(
  pieces: readonly WeightedText[],
  learned: readonly LearnedWord[],
  vocabulary: Vocabulary,
  room: number,
): PromptToken[][] {
  const chunks: PromptToken[][] = [];
  const names = namesByFirstToken(learned, vocabulary);
  let chunk: PromptToken[] = [];
  let comma = -1;
  const next = (carried: PromptToken[] = []) => {
    chunks.push(chunk);
    chunk = carried;
    comma = -1;
  };
  for (const piece of pieces) {
    if (endsChunk(piece)) {
      next();
      continue;
    }
    const tokens = vocabulary.tokenize(piece.text);
    for (let position = 0; position < tokens.length; ) {
      const token = tokens[position] as Token;
      if (isComma(token)) comma = chunk.length;
      else if (chunk.length === room && comma >= 0 && room - comma <= BACKTRACK) next(chunk.splice(comma + 1));
      if (chunk.length === room) next();
      const name = names.get(token.id)?.find(({ ids }) => ids.every((id, i) => tokens[position + i]?.id === id));
      if (!name) {
        chunk.push({ ...token, weight: piece.weight });
        position += 1;
        continue;
      }
      if (chunk.length + name.word.count > room && chunk.length > 0) next();
      for (const vector of learnedTokens(name.word, vocabulary.endId, piece.weight)) {
        if (chunk.length === room) next();
        chunk.push(vector);
      }
      position += name.ids.length;
    }
  }
  if (chunk.length || !chunks.length) next();
  return chunks;
}

interface Name {
  readonly word: LearnedWord;
  readonly ids: readonly number[];
}

function namesByFirstToken(learned: readonly LearnedWord[], { tokenize }: Vocabulary): Map<number, Name[]> {
  const names = learned
    .map((word) => ({ word, ids: tokenize(word.word).map(({ id }) => id) }))
    .sort((a, b) => b.ids.length - a.ids.length);
  const byFirst = new Map<number, Name[]>();
  for (const name of names) {
    const [first] = name.ids;
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), name]);
  }
  return byFirst;
}
