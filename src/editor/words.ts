import type { Parameter } from '../core/parameters';
import { common } from './text/common';

/** Numbers and durations as the interface writes them: with a unit, a true minus and no more digits than they are worth. */

const minus = (text: string): string => text.replace('-', '−');

/** A number as its field shows it: up to six significant digits. */
export const numberWords = (value: number): string => minus(String(Number(value.toPrecision(6))));

/** "0.4 ms", "38 ms", "4.6 s", "1 min 12 s". */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 0.05) return '< 0.1 ms';
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds) % 60} s`;
}

/** For screen readers: "0.4 milliseconds". */
export const spokenDuration = (milliseconds: number): string => common.spokenUnits(durationWords(milliseconds));

/** "38 s", "1 min 12 s": whole seconds, for what is left of a run. */
export const leftWords = (milliseconds: number): string =>
  durationWords(Math.max(1000, Math.ceil(milliseconds / 1000) * 1000)).replace('.0', '');

/** "scale · 0 to 100", as the head of a parameter's help. */
export function parameterTitle({ name, minimum, maximum, unit }: Parameter): string {
  const range =
    minimum !== undefined && maximum !== undefined && common.range(numberWords(minimum), numberWords(maximum));
  return [portWords(name), range && [range, unit].filter(Boolean).join(' ')].filter(Boolean).join(' · ');
}

/** "textEncoder" as a person says it: "text encoder". */
export const portWords = (name: string): string =>
  name.replace(/([a-z0-9])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`);

/** The first sentence of a text, and the rest if there is one. */
export function sentences(text: string): readonly [first: string, rest?: string] {
  const end = text.indexOf('. ');
  return end < 0 ? [text] : [text.slice(0, end + 1), text.slice(end + 2)];
}
