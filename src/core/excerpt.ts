import type { Problem } from './problem';

/** Letters to either side of what is to blame that are shown with it. */
const around = 40;

/** What is to blame in a text, with some of what stands before and behind it, on one line. */
export function shortExcerpt({ text, start, end }: NonNullable<Problem['excerpt']>) {
  const from = start > around + 1 ? start - around : 0;
  const to = text.length - end > around + 1 ? end + around : text.length;
  const line = (part: string) => part.replaceAll(/\s/g, ' ');
  return {
    before: `${from > 0 ? '…' : ''}${line(text.slice(from, start))}`,
    // Behind the end of the text something is missing.
    blamed: line(text.slice(start, end)) || ' ',
    after: `${line(text.slice(end, to))}${to < text.length ? '…' : ''}`,
  };
}
