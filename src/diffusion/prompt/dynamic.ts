import { ProblemError } from '../../core/problem';
import type { MersenneTwister } from '../random/mersenne-twister';

/**
 * Prompts with choices in them, as AUTOMATIC1111's dynamic prompts write them (adieyal/dynamicprompts, SYNTAX.md):
 * `{a|b}` one of several, `{2$$a|b|c}` two of them in any order, `{1-2$$ and $$a|b}` one or two with a word between,
 * `{3::a|b}` the first three times as often, `__name__` a line of a list, `#` a remark up to the end of the line.
 */
type Part =
  | { readonly text: string }
  | { readonly list: string }
  | {
      readonly options: readonly Option[];
      /** How many of the options are taken. */
      readonly least: number;
      readonly most: number;
      readonly between: string;
    };

interface Option {
  readonly weight: number;
  readonly parts: readonly Part[];
}

/** Lines by the name of their list. */
export type WordLists = ReadonlyMap<string, readonly Option[]>;

/** A prompt without choices, and which of them led to it. */
export interface Chosen {
  readonly text: string;
  readonly choices: readonly string[];
}

/** Lists in lists in lists: so deep, and one that names itself is found. */
const deepest = 32;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Up to the end, or inside of braces up to what ends an option. */
  parts(inside: boolean): Part[] {
    const parts: Part[] = [];
    let plain = '';
    const flush = () => {
      if (plain) parts.push({ text: plain });
      plain = '';
    };
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at] as string;
      if (inside && (sign === '|' || sign === '}')) break;
      const list = /^__([\w*/-]*[A-Za-z0-9*/-])__/.exec(this.#text.slice(this.#at));
      if (sign === '{' || list) flush();
      if (sign === '{') parts.push(this.#choice());
      else if (list) {
        parts.push({ list: list[1] as string });
        this.#at += list[0].length;
      } else if (sign === '\\' && /[{}|\\]/.test(this.#text[this.#at + 1] ?? '')) {
        // The backslash of \( is for whoever reads weights.
        plain += this.#text[this.#at + 1];
        this.#at += 2;
      } else {
        plain += sign;
        this.#at += 1;
      }
    }
    flush();
    return parts;
  }

  #choice(): Part {
    const from = this.#at;
    this.#at += 1;
    const bounds = /^\s*(?:(\d+)|(\d*)-(\d*))\s*\$\$(?:([^{}|]*?)\$\$)?/.exec(this.#text.slice(this.#at));
    if (bounds) this.#at += bounds[0].length;
    const options: Option[] = [];
    do {
      const weight = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*::/.exec(this.#text.slice(this.#at));
      if (weight) this.#at += weight[0].length;
      options.push({ weight: weight ? Number(weight[1]) : 1, parts: trimmed(this.parts(true)) });
      if (this.#at >= this.#text.length)
        throw new ProblemError({
          what: `The choice that begins with “${this.#text.slice(from, from + 20)}” has no end.`,
          cure: 'Close it with }, or write \\{ for a brace.',
        });
      this.#at += 1;
    } while (this.#text[this.#at - 1] === '|');
    const [, exactly, low, high, between = ','] = bounds ?? [];
    const usual = bounds ? 1 : undefined;
    const least = Number(exactly ?? (low || usual || 1));
    const most = Number(exactly ?? (bounds ? high || options.length : 1));
    return { options, least, most: Math.min(most, options.length), between };
  }
}

/** Blanks around an option are no part of it. */
function trimmed(parts: readonly Part[]): Part[] {
  return parts.flatMap((part, i): Part[] => {
    if (!('text' in part)) return [part];
    let { text } = part;
    if (i === 0) text = text.trimStart();
    if (i === parts.length - 1) text = text.trimEnd();
    return text ? [{ text }] : [];
  });
}

const readOption = (line: string): Option => {
  const weight = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*::/.exec(line);
  const parts = trimmed(new Reader(weight ? line.slice(weight[0].length) : line).parts(false));
  return { weight: weight ? Number(weight[1]) : 1, parts };
};

const withoutRemarks = (text: string): string => text.replaceAll(/#.*$/gm, '');

/** Lists that are written below each other: a line `name: one | two | three` for each. */
export function readLists(text: string): WordLists {
  const lists = new Map<string, readonly Option[]>();
  for (const line of withoutRemarks(text).split('\n')) {
    if (!line.trim()) continue;
    const [, name, words] = /^\s*_*([\w/-]*[A-Za-z0-9/-])_*\s*:(?!:)(.*)$/.exec(line) ?? [];
    if (name === undefined || words === undefined)
      throw new ProblemError({
        port: 'lists',
        what: `“${line.trim().slice(0, 40)}” is not a list.`,
        cure: 'Write a name, a colon and words with | between them: color: red | green | blue',
      });
    lists.set(name, splitOptions(words).map(readOption));
  }
  return lists;
}

/** At the strokes that are in no braces. */
function splitOptions(words: string): string[] {
  const options = [''];
  let depth = 0;
  for (const sign of words) {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (sign === '|' && depth === 0) options.push('');
    else options[options.length - 1] += sign;
  }
  return options.map((option) => option.trim()).filter(Boolean);
}

/** A template with its lists, ready to be gone through. */
export class DynamicPrompt {
  readonly #parts: readonly Part[];
  readonly #lists: WordLists;

  constructor(template: string, lists: WordLists) {
    this.#parts = trimmed(new Reader(withoutRemarks(template)).parts(false));
    this.#lists = lists;
  }

  /** Every prompt that it stands for, the last choice changing fastest. */
  all(): Iterable<Chosen> {
    return this.#allOf(this.#parts, 0);
  }

  /** One prompt, with as many draws as there are choices on the way. */
  random(twister: MersenneTwister): Chosen {
    return this.#randomOf(this.#parts, twister, 0);
  }

  #optionsOf(name: string, depth: number): readonly Option[] {
    if (depth > deepest)
      throw new ProblemError({
        port: 'lists',
        what: `The list ${name} leads to itself.`,
        cure: 'Take that out of it.',
      });
    const pattern = new RegExp(
      `^${name
        .split('*')
        .map((part) => part.replaceAll(/[/-]/g, '\\$&'))
        .join('.*')}$`,
    );
    const options = [...this.#lists].flatMap(([other, words]) => (pattern.test(other) ? words : []));
    if (options.length === 0)
      throw new ProblemError({
        port: 'lists',
        what: `There is no list called ${name}.`,
        cure: `Write it: ${name.replaceAll('*', '')}: one | two`,
      });
    return options;
  }

  *#allOf([part, ...rest]: readonly Part[], depth: number): Iterable<Chosen> {
    if (!part) {
      yield { text: '', choices: [] };
      return;
    }
    for (const head of this.#allOfPart(part, depth))
      for (const tail of this.#allOf(rest, depth))
        yield { text: head.text + tail.text, choices: [...head.choices, ...tail.choices] };
  }

  *#allOfPart(part: Part, depth: number): Iterable<Chosen> {
    if ('text' in part) yield { text: part.text, choices: [] };
    else if ('list' in part)
      for (const { parts } of this.#optionsOf(part.list, depth))
        for (const { text } of this.#allOf(parts, depth + 1)) yield { text, choices: [text] };
    else
      for (let size = part.least; size <= part.most; size++)
        for (const taken of arrangements(part.options, size))
          for (const texts of this.#allTexts(taken, depth)) {
            const text = texts.join(part.between);
            yield { text, choices: [text] };
          }
  }

  *#allTexts([first, ...others]: readonly Option[], depth: number): Iterable<readonly string[]> {
    if (!first) {
      yield [];
      return;
    }
    for (const { text } of this.#allOf(first.parts, depth + 1))
      for (const rest of this.#allTexts(others, depth)) yield [text, ...rest];
  }

  #randomOf(parts: readonly Part[], twister: MersenneTwister, depth: number): Chosen {
    const chosen = parts.map((part): Chosen => {
      if ('text' in part) return { text: part.text, choices: [] };
      const options = 'list' in part ? this.#optionsOf(part.list, depth) : part.options;
      const [least, most, between] = 'list' in part ? [1, 1, ''] : [part.least, part.most, part.between];
      const size = least + Math.floor(share(twister) * (most - least + 1));
      const text = drawn(options, size, twister)
        .map((option) => this.#randomOf(option.parts, twister, depth + 1).text)
        .join(between);
      return { text, choices: [text] };
    });
    return { text: chosen.map(({ text }) => text).join(''), choices: chosen.flatMap(({ choices }) => choices) };
  }
}

/** 0 to 1, without 1. */
const share = (twister: MersenneTwister): number => twister.word() / 2 ** 32;

/** So many different options by their weights, in the order in which they were drawn. */
function drawn(options: readonly Option[], size: number, twister: MersenneTwister): Option[] {
  const left = [...options];
  const taken: Option[] = [];
  while (taken.length < size && left.length > 0) {
    let at = share(twister) * left.reduce((sum, { weight }) => sum + weight, 0);
    let index = 0;
    while (index < left.length - 1 && at >= (left[index]?.weight ?? 0)) {
      at -= left[index]?.weight ?? 0;
      index += 1;
    }
    taken.push(...left.splice(index, 1));
  }
  return taken;
}

/** So many of the options in every order. */
function* arrangements(options: readonly Option[], size: number): Iterable<readonly Option[]> {
  if (size === 0) yield [];
  else
    for (const [i, option] of options.entries())
      for (const rest of arrangements(options.toSpliced(i, 1), size - 1)) yield [option, ...rest];
}
