/** A piece of a model card. */
export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'picture'; readonly words: string; readonly file: string }
  | { readonly type: 'table'; readonly rows: readonly (readonly string[])[] };

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

const isRule = (line: string): boolean => /^[|:\s-]+$/.test(line);

/**
 * Parts a card in Markdown into tables, pictures and what a note's Markdown can say. Lines that are broken for the
 * source only become one; comments, which scripts find their places by, are not shown.
 */
export function cardParts(markdown: string): Part[] {
  const shown = markdown.replaceAll('\r\n', '\n').replace(/<!--.*?-->/gs, '');
  const joined = shown.replace(/([^\n|])\n +(?=\S)/g, '$1 ');
  return joined.split(/\n{2,}/).flatMap((block): Part[] => {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0) return [];
    if (lines.every((line) => line.startsWith('|')))
      return [{ type: 'table', rows: lines.filter((line) => !isRule(line)).map(cellsOf) }];
    const picture = /^!\[([^\]]*)\]\(([^)\s]+)\)$/.exec(block.trim());
    if (picture) return [{ type: 'picture', words: picture[1] ?? '', file: picture[2] ?? '' }];
    // A list and a heading keep their lines.
    const text = /^([-*] |\d+\. |#|>|```)/.test(block) ? lines.join('\n') : lines.join(' ');
    return [{ type: 'text', text }];
  });
}
