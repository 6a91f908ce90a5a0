import { sep } from 'node:path';
import type { Plugin } from 'vite';
import { isSyntax, type SyntaxNode } from './syntax.ts';

/** Fields of node definitions that only people read. */
const words = new Set(['help', 'formula', 'symbols', 'description', 'icon']);

/** What is written out; what stands for it under a name stays. */
const written = new Set(['Literal', 'TemplateLiteral', 'ObjectExpression']);

/** The places of all values that are words: `help: '…'` in a definition or port, `.describe('…')` of a parameter. */
function* wordsIn(syntax: SyntaxNode): Generator<SyntaxNode> {
  const { key, value, callee, arguments: given } = syntax as unknown as Record<string, unknown>;
  const field = (key as { name?: string } | undefined)?.name ?? '';
  const method = (callee as { property?: { name?: string } } | undefined)?.property?.name;
  const [text] = [
    syntax.type === 'Property' && words.has(field) && value,
    syntax.type === 'CallExpression' && method === 'describe' && Array.isArray(given) && given[0],
  ].filter(isSyntax);
  if (text && written.has(text.type)) {
    yield text;
    return;
  }
  for (const child of Object.values(syntax).flat()) if (isSyntax(child)) yield* wordsIn(child);
}

/** Takes the help out of the definitions in `folder`: the worker runs nodes and explains none. */
export function withoutNodeHelp(folder: string): Plugin {
  return {
    name: 'weft:without-node-help',
    enforce: 'post',
    transform(code, id) {
      if (!id.startsWith(folder + sep) || !id.endsWith('.ts')) return undefined;
      let rest = code;
      const found = [...wordsIn(this.parse(code) as unknown as SyntaxNode)].sort((a, b) => b.start - a.start);
      // From the end on, so that places before stay where they are.
      for (const { start, end } of found) rest = `${rest.slice(0, start)}""${rest.slice(end)}`;
      return { code: rest, map: null };
    },
  };
}
