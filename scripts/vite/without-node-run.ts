import { sep } from 'node:path';
import type { Plugin } from 'vite';
import { isSyntax, type SyntaxNode } from './syntax.ts';

const functions = new Set(['FunctionExpression', 'ArrowFunctionExpression']);

/** What only the engine asks for. */
const names = new Set(['run', 'foreseeMemory']);

/** The places of all functions with these names, and the names. */
function* runsIn(syntax: SyntaxNode): Generator<SyntaxNode & { readonly name: string }> {
  const { key, value } = syntax as unknown as Record<string, unknown>;
  const { name } = (key ?? {}) as { readonly name?: string };
  if (syntax.type === 'Property' && name && names.has(name) && isSyntax(value) && functions.has(value.type))
    yield { ...syntax, name };
  else for (const child of Object.values(syntax).flat()) if (isSyntax(child)) yield* runsIn(child);
}

/** Takes what the definitions in `folder` compute out of them, and with it all that only that needs: the page explains nodes and runs none. */
export function withoutNodeRun(folder: string): Plugin {
  return {
    name: 'weft:without-node-run',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      if (!id.startsWith(folder + sep) || !id.endsWith('.ts')) return undefined;
      let rest = code;
      const found = [...runsIn(this.parse(code) as unknown as SyntaxNode)].sort((a, b) => b.start - a.start);
      // From the end on, so that places before stay where they are.
      for (const { start, end, name } of found) rest = `${rest.slice(0, start)}${name}() {}${rest.slice(end)}`;
      return { code: rest, map: null };
    },
  };
}
