import { Tokenizer as BytePairTokenizer, Normalizer } from '@huggingface/tokenizers';
import type { Token } from '../src/core/values';
import type { LearnedWord } from '../src/diffusion/prompt/learned-word';

/** What a tokenizer is read from: the two files of older repositories or the one of newer ones. */
export type TokenizerFiles = (
  | { readonly vocab: string; readonly merges: string }
  | { readonly tokenizerJson: string }
) & {
  /** tokenizer_config.json or special_tokens_map.json, where there is one: it names the start, end and padding tokens. */
  readonly specialTokens?: string | undefined;
};

export interface Encoding {
  /** Start, what was read of the text, end, padding: `maxLength` ids. */
  readonly ids: readonly number[];
  /** What was read of the text. A position of a learned word has the word as its text and the end token as its id. */
  readonly tokens: readonly Token[];
  /** Where vectors of learned words go: `count` of them from `ids[position]` on; fewer than it has where it was cut. */
  readonly learned: readonly { readonly word: string; readonly position: number; readonly count: number }[];
  /** The rest of the text, which did not fit; empty when all of it did. */
  readonly cut: string;
}

/** CLIP's tokenizer, as transformers' CLIPTokenizerFast: lower case, byte pairs, no repair of mojibake. */
export interface Tokenizer {
  readonly maxLength: number;
  readonly startId: number;
  readonly endId: number;
  readonly padId: number;
  /** The tokens of a text, however many, without start and end; padding has no name in it. */
  tokenize(text: string): Token[];
  /** A token as the vocabulary spells it, `gorilla</w>`. */
  spelled(id: number): string | undefined;
  /** A chunk as diffusers makes it. */
  encode(text: string, learned?: readonly LearnedWord[]): Encoding;
}

/**
 * Reads a CLIP tokenizer. `maxLength` is the number of positions of the text encoder, 77 for CLIP-L. Throws a sentence
 * when the files are not those of such a tokenizer.
 */
export function createTokenizer(files: TokenizerFiles, { maxLength }: { readonly maxLength: number }): Tokenizer {
  if (!Number.isInteger(maxLength) || maxLength < 3) {
    throw new Error(`A text encoder of ${maxLength} positions has no room for text between start and end.`);
  }
  const { vocab, merges } = 'tokenizerJson' in files ? readTokenizerJson(files.tokenizerJson) : readPair(files);
  const special = readSpecialTokens(files.specialTokens);
  const [startId, endId, padId] = [special.start, special.end, special.pad].map((content) => {
    const id = Object.hasOwn(vocab, content) ? vocab[content] : undefined;
    if (id === undefined)
      throw new Error(`The tokenizer's vocabulary lacks its special token ${JSON.stringify(content)}.`);
    return id;
  }) as [number, number, number];
  const pairs = bytePairs(vocab, merges, special.end);

  const tokenizeAround =
    (specials: Readonly<Record<string, number>>) =>
    (text: string): Token[] =>
      text
        .split(new RegExp(`(${Object.keys(specials).map(literal).join('|')})`, 'u'))
        .flatMap((part, index): Token[] => {
          if (index % 2 === 1) return [{ id: specials[part] as number, text: part }];
          const { ids, tokens } = pairs.encode(part, { add_special_tokens: false });
          return ids.map((id, at) => ({ id, text: tokens[at] as string }));
        });
  const tokenize = tokenizeAround({ [special.start]: startId, [special.end]: endId });
  // transformers takes the padding of SD 2, "!", for padding in the middle of a text too; no other tool does.
  const tokenizePadded = tokenizeAround({ [special.start]: startId, [special.end]: endId, [special.pad]: padId });

  let words: Map<number, string> | undefined;
  return {
    maxLength,
    startId,
    endId,
    padId,
    tokenize,
    spelled(id) {
      words ??= new Map(Object.entries(vocab).map(([word, at]) => [at, word]));
      return words.get(id);
    },
    encode(text, learned = []) {
      const runs = splitLearned(text, learned).map(
        (part): Run =>
          typeof part === 'string'
            ? { tokens: tokenizePadded(part), rest: (tokens) => pairs.decode(tokens.map(({ id }) => id)).trim() }
            : { tokens: repeat(endId, part), word: part.word, rest: () => part.word },
      );
      const { tokens, placed, cut } = keepWhatFits(runs, maxLength - 2);
      const ids = [startId, ...tokens.map(({ id }) => id), endId];
      return { ids: [...ids, ...Array<number>(maxLength - ids.length).fill(padId)], tokens, learned: placed, cut };
    },
  };
}

/** Neighbouring tokens of a prompt: ordinary text, or the positions of one learned word. */
interface Run {
  readonly tokens: readonly Token[];
  readonly word?: string;
  /** The text behind some of its tokens. */
  rest(tokens: Token[]): string;
}

function repeat(id: number, { word, count }: LearnedWord): Token[] {
  return Array.from({ length: count }, () => ({ id, text: word }));
}

/** As many tokens as there is room for, where the learned words among them lie, and the text of the others. */
function keepWhatFits(
  runs: readonly Run[],
  room: number,
): { tokens: Token[]; placed: { word: string; position: number; count: number }[]; cut: string } {
  const tokens: Token[] = [];
  const placed: { word: string; position: number; count: number }[] = [];
  const cut: string[] = [];
  for (const run of runs) {
    const taken = run.tokens.slice(0, room - tokens.length);
    if (run.word !== undefined && taken.length > 0) {
      placed.push({ word: run.word, position: tokens.length + 1, count: taken.length });
    }
    if (taken.length < run.tokens.length) cut.push(run.rest(run.tokens.slice(taken.length)));
    tokens.push(...taken);
  }
  return { tokens, placed, cut: cut.join(' ') };
}

/** A pattern that matches a text as it is. */
const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/**
 * Parts of a text: strings, and the learned words between them, found without regard to case, longest first, and not
 * inside other words.
 */
function splitLearned(text: string, learned: readonly LearnedWord[]): (string | LearnedWord)[] {
  const words = learned.filter(({ word }) => word !== '').sort((a, b) => b.word.length - a.word.length);
  if (words.length === 0) return [text];
  const alternatives = words.map(({ word }) => {
    const before = /^[\p{L}\p{N}]/u.test(word) ? '(?<![\\p{L}\\p{N}])' : '';
    const after = /[\p{L}\p{N}]$/u.test(word) ? '(?![\\p{L}\\p{N}])' : '';
    return `(${before}${literal(word)}${after})`;
  });
  const parts: (string | LearnedWord)[] = [];
  let end = 0;
  for (const match of text.matchAll(new RegExp(alternatives.join('|'), 'giu'))) {
    const found = words[match.slice(1).findIndex((group) => group !== undefined)] as LearnedWord;
    parts.push(text.slice(end, match.index), found);
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

/**
 * Unicode NFC, white space to one space, lower case. Rust lowers code point by code point and does not count U+FEFF as
 * white space; JavaScript's toLowerCase knows a final sigma and its \s includes U+FEFF.
 */
class ClipNormalizer extends Normalizer {
  override normalize(text: string): string {
    const spaced = text.normalize('NFC').replace(/(?:[^\S\uFEFF]|\u0085)+/gu, ' ');
    return Array.from(spaced, (character) => character.toLowerCase()).join('');
  }
}

/** CLIP's pieces, a contraction, a run of letters, one digit or a run of anything else, in byte pairs. */
function bytePairs(vocab: Record<string, number>, merges: [string, string][], unknown: string): BytePairTokenizer {
  const pieces = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|(?:[^\\s\\p{L}\\p{N}]|\\uFEFF)+";
  const tokenizer = new BytePairTokenizer(
    {
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Split', pattern: { Regex: pieces }, behavior: 'Removed', invert: true },
          { type: 'ByteLevel', add_prefix_space: false, use_regex: false },
        ],
      },
      model: { type: 'BPE', vocab, merges, unk_token: unknown, end_of_word_suffix: '</w>' },
      post_processor: null,
      decoder: { type: 'ByteLevel' },
    },
    { clean_up_tokenization_spaces: false },
  );
  tokenizer.normalizer = new ClipNormalizer({ type: 'NFC' });
  return tokenizer;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The tokenizer's ${file} is not JSON.`);
  }
}

function readPair({ vocab, merges }: { readonly vocab: string; readonly merges: string }): BytePairs {
  const lines = merges.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#version'));
  return check(
    parse(vocab, 'vocab.json'),
    lines.map((line) => line.split(' ')),
    'vocab.json',
    'merges.txt',
  );
}

function readTokenizerJson(text: string): BytePairs {
  const file = parse(text, 'tokenizer.json');
  const model = isObject(file) ? file.model : undefined;
  if (!isObject(file) || !isObject(model) || model.end_of_word_suffix !== '</w>' || !Array.isArray(model.merges)) {
    throw new Error(
      'The tokenizer.json is not that of a CLIP text encoder: it has no byte pairs that end words in </w>.',
    );
  }
  const added = Array.isArray(file.added_tokens) ? file.added_tokens.filter(isObject) : [];
  const vocab = isObject(model.vocab)
    ? { ...model.vocab, ...Object.fromEntries(added.map(({ content, id }) => [content, id])) }
    : model.vocab;
  const merges = model.merges.map((merge: unknown) => (typeof merge === 'string' ? merge.split(' ') : merge));
  return check(vocab, merges, 'tokenizer.json', 'tokenizer.json');
}

interface BytePairs {
  readonly vocab: Record<string, number>;
  readonly merges: [string, string][];
}

function check(vocab: unknown, merges: unknown[], vocabFile: string, mergesFile: string): BytePairs {
  if (!isObject(vocab)) throw new Error(`The vocabulary in the tokenizer's ${vocabFile} is not a JSON object.`);
  const taken = new Set<unknown>();
  for (const [token, id] of Object.entries(vocab)) {
    if (!Number.isInteger(id) || (id as number) < 0 || (id as number) > 0xffffff || taken.has(id)) {
      throw new Error(`The token ${JSON.stringify(token)} in the tokenizer's ${vocabFile} has no id of its own.`);
    }
    taken.add(id);
  }
  for (const [index, merge] of merges.entries()) {
    if (!Array.isArray(merge) || merge.length !== 2 || !Object.hasOwn(vocab, `${merge[0]}${merge[1]}`)) {
      throw new Error(
        `Merge ${index + 1} in the tokenizer's ${mergesFile} does not join two pieces into a token of the vocabulary.`,
      );
    }
  }
  return { vocab: vocab as Record<string, number>, merges: merges as [string, string][] };
}

/** The names of the special tokens: CLIP's own, unless a file says otherwise. */
function readSpecialTokens(text: string | undefined): { start: string; end: string; pad: string } {
  const map = text === undefined ? {} : parse(text, 'special_tokens_map.json');
  if (!isObject(map)) throw new Error("The tokenizer's special_tokens_map.json is not a JSON object.");
  const named = (key: string, otherwise: string): string => {
    const value = isObject(map[key]) ? map[key].content : map[key];
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  const end = named('eos_token', '<|endoftext|>');
  return { start: named('bos_token', '<|startoftext|>'), end, pad: named('pad_token', end) };
}
