import type { Folder } from '../src/core/define-node';
import type { Tokenizer } from './tokenizer';

/** The embedded folder that `Host.folder` knows by this name: the byte pairs of CLIP's vocabulary. */
export const CLIP_VOCABULARY = 'clip-vocabulary';

const START = '<|startoftext|>';
const END = '<|endoftext|>';
const END_OF_WORD = '</w>';

const known = new Map<string, Promise<Tokenizer>>();

/**
 * CLIP's tokenizer, of 49,408 tokens, for models that come without one. SD 1 fills a chunk with the token of the end, SD 2
 * with token 0, "!". `length` is the number of positions of the text encoder.
 */
export function clipTokenizer(folder: Folder, family: 'sd1' | 'sd2', length: number): Promise<Tokenizer> {
  const name = `${folder.key} ${family} ${length}`;
  const found = known.get(name);
  if (found) return found;
  const made = readMerges(folder).then(async (merges) => {
    // Nodes name the folder wherever they are; who only shows them need not know how words are cut.
    const { createTokenizer } = await import('./tokenizer');
    return createTokenizer(
      {
        vocab: JSON.stringify(vocabularyOf(merges.split('\n'))),
        merges,
        specialTokens: JSON.stringify({ bos_token: START, eos_token: END, pad_token: family === 'sd2' ? '!' : END }),
      },
      { maxLength: length },
    );
  });
  known.set(name, made);
  made.catch(() => known.delete(name));
  return made;
}

async function readMerges(folder: Folder): Promise<string> {
  const source = await folder.open('merges.bin');
  if (!source) throw new Error("CLIP's vocabulary is missing: the app has no file merges.bin.");
  const bytes = Uint8Array.from(source.read(0, source.size));
  // A server may have decompressed it on the way.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

/** Tokens in the order of OpenAI's simple_tokenizer.py: bytes, bytes that end a word, merged pairs, and the two signs. */
export function vocabularyOf(merges: readonly string[]): Record<string, number> {
  const printable = [range(33, 126), range(161, 172), range(174, 255)].flat();
  const others = range(0, 255).filter((byte) => !printable.includes(byte));
  const letters = [...printable, ...others.map((_, i) => 256 + i)].map((code) => String.fromCharCode(code));
  const words = letters.map((letter) => letter + END_OF_WORD);
  const tokens = [...letters, ...words, ...merges.map((pair) => pair.replace(' ', '')), START, END];
  return Object.fromEntries(tokens.map((token, id) => [token, id]));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
