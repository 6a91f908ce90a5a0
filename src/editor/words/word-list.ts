import { knownWords } from '../text/known-words';
/** What the built-in model knows, as `models/tiny/words.json` lists it. */
export interface WordList {
  readonly objects: readonly { readonly name: string; readonly aliases: readonly string[] }[];
  readonly colors: readonly string[];
  readonly places: readonly string[];
  readonly styles: readonly string[];
  readonly relations: readonly string[];
  /** What it draws unasked now and then. */
  readonly extras: readonly string[];
  /** Words that fine-tunes add. */
  readonly learned: readonly { readonly word: string; readonly meaning: string; readonly kind: string }[];
  /** Every single word that it was trained on. */
  readonly seen: readonly string[];
}

/** A word or a few that the user can put into a prompt. */
export interface Entry {
  readonly text: string;
  /** Other names of the same thing. */
  readonly aliases: readonly string[];
  /** Why one would want it, where the word alone does not tell. */
  readonly help?: string;
}

export interface Group {
  readonly title: string;
  /** Stands behind a comma, as it did in training: "a fox, park, pixel art". */
  readonly tag: boolean;
  readonly entries: readonly Entry[];
}

const plain = (words: readonly string[], help?: string): Entry[] =>
  words.map((text) => ({ text, aliases: [], ...(help !== undefined && { help }) }));

/** The words in groups, without empty ones. */
export function groupsOf(list: WordList): Group[] {
  const unasked = knownWords.unaskedHelp;
  const groups: Group[] = [
    {
      title: knownWords.groups.objects,
      tag: false,
      entries: list.objects.map(({ name, aliases }) => ({ text: name, aliases })),
    },
    { title: knownWords.groups.colors, tag: false, entries: plain(list.colors) },
    { title: knownWords.groups.places, tag: true, entries: plain(list.places) },
    { title: knownWords.groups.styles, tag: true, entries: plain(list.styles) },
    { title: knownWords.groups.relations, tag: false, entries: plain(list.relations) },
    { title: knownWords.groups.unasked, tag: true, entries: plain(list.extras, unasked) },
    {
      title: knownWords.groups.learned,
      tag: false,
      entries: list.learned.map(({ word, meaning, kind }) => ({
        text: word,
        aliases: [],
        help: `${knownWords.means(meaning)} ${kind === 'lora' ? knownWords.loraNeeds : knownWords.embeddingNeeds}`,
      })),
    },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}

/** What of the groups has `query` in it. An object that is found by another name is offered under that name. */
export function found(groups: readonly Group[], query: string): Group[] {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return [...groups];
  const has = (text: string) => text.toLowerCase().includes(wanted);
  return groups
    .map((group) => ({
      ...group,
      entries: group.entries.flatMap((entry): Entry[] => {
        if (has(entry.text)) return [entry];
        const alias = entry.aliases.find(has);
        return alias === undefined ? [] : [{ ...entry, text: alias, aliases: [entry.text] }];
      }),
    }))
    .filter(({ entries }) => entries.length > 0);
}

/** Whether a text has a word, or another name of the same thing, as a word or words of its own. */
export function stands(text: string, { text: word, aliases }: Entry): boolean {
  const spaced = ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return [word, ...aliases].some((name) => spaced.includes(` ${name.toLowerCase()} `));
}

export interface Unknown {
  readonly word: string;
  /** Where it begins and ends in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Words in letters, as CLIP's tokenizer takes them; tags, names of embeddings and the ends of "it's" are none. */
const pieces = /<[^<>\n]*>|embedding:[^\s,()]+|['’](?:s|t|re|ve|m|ll|d)(?!\p{L})|\p{L}+/giu;

/** The words of a prompt that are not among `seen` (in lower case), in order. Signs of prompt syntax are no words. */
export function unknownWords(text: string, seen: ReadonlySet<string>): Unknown[] {
  return [...text.matchAll(pieces)].flatMap(({ 0: word, index }) => {
    if (!/^\p{L}+$/u.test(word) || word === 'BREAK' || seen.has(word.toLowerCase())) return [];
    return [{ word, start: index, end: index + word.length }];
  });
}

/** The single words, in lower case, that the model was trained on, with the `more` that this graph teaches it. */
export const seenWords = (list: WordList, more: readonly string[]): ReadonlySet<string> =>
  new Set([...list.seen, ...[...list.learned.map(({ word }) => word), ...more].flatMap(lettersOf)]);

const lettersOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];

/** Puts a word in place of a selection, apart from its neighbours; `caret` is behind it. */
export function withWord(
  text: string,
  [start, end]: readonly [start: number, end: number],
  { word, tag }: { readonly word: string; readonly tag: boolean },
): { text: string; caret: number } {
  const before = tag ? text.slice(0, start).trimEnd() : text.slice(0, start);
  const after = text.slice(end);
  const glue = tag ? (before === '' ? '' : before.endsWith(',') ? ' ' : ', ') : /(^|[\s([])$/u.test(before) ? '' : ' ';
  const begun = before + glue + word;
  const goesOn = tag ? /^\s*[\p{L}\p{N}]/u : /^[^\s,.;:)\]]/u;
  const rest = goesOn.test(after) ? `${tag ? ', ' : ' '}${after.trimStart()}` : after;
  return { text: begun + rest, caret: begun.length };
}
