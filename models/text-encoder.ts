import type { TextEncoder } from '../src/core/values';
import type { ClipText } from './clip-text';
import type { Tokenizer } from './tokenizer';

/** Tokenizer and network together: a prompt to its conditioning. */
export function assembleTextEncoder(
  tokenizer: Tokenizer,
  network: ClipText,
  { key, title }: { readonly key: string; readonly title: string },
): TextEncoder {
  return {
    key,
    title,
    width: network.width,
    async encode(device, prompt, embeddings) {
      const byWord = new Map(embeddings.map((embedding) => [embedding.word, embedding]));
      for (const { word, width } of embeddings) {
        if (width !== network.width) {
          throw new Error(
            `The embedding "${word}" has vectors of ${width} numbers, but the text encoder "${title}" works with ` +
              `${network.width}. It was trained for another family of models.`,
          );
        }
      }
      const words = embeddings.map(({ word, width, vectors }) => ({ word, count: vectors.length / width }));
      const { ids, tokens, learned, cut } = tokenizer.encode(prompt, words);
      const vectors = new Map<number, Float32Array>();
      for (const { word, position, count } of learned) {
        const rows = byWord.get(word)?.vectors;
        for (let row = 0; rows && row < count; row += 1) {
          vectors.set(position + row, rows.subarray(row * network.width, (row + 1) * network.width));
        }
      }
      return [
        {
          tokens: await network.encode(device, [ids], [vectors]),
          strip: { chunks: [tokens.map((token) => ({ ...token, weight: 1 }))], cut, unknown: [] },
        },
      ];
    },
  };
}
