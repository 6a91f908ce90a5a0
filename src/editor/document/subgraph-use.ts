import { current, isDraft } from 'immer';
import type { Document, Subgraph } from '../../core/document';
import { ProblemError } from '../../core/problem';
import { subgraphOf, subgraphType } from '../../core/subgraph';
import { recursion } from '../../core/subgraph-check';
import { recipes as words } from '../text/recipes';
import { freeId } from './ids';
import type { Recipe } from './recipe';

/** The subgraphs that nodes stand for, and those inside of these; inner ones first. */
export function subgraphsOf(document: Pick<Document, 'subgraphs'>, nodes: Document['nodes']): Subgraph[] {
  const used = new Set<Subgraph>();
  const walk = (some: Document['nodes'], around: readonly Subgraph[]) => {
    for (const { type } of some) {
      const subgraph = subgraphOf(document, type);
      if (!subgraph || used.has(subgraph) || around.includes(subgraph)) continue;
      walk(subgraph.nodes, [...around, subgraph]);
      used.add(subgraph);
    }
  };
  walk(nodes, []);
  return [...used];
}

/** A graph holds the subgraphs that it uses; the clipboard and the user's own palette hold others. */
export const dropUnused: Recipe = (document) => {
  const now = isDraft(document) ? current(document) : document;
  const used = new Set(subgraphsOf(now, now.nodes));
  if (used.size === now.subgraphs?.length) return;
  if (used.size === 0) delete document.subgraphs;
  else document.subgraphs = now.subgraphs?.filter((subgraph) => used.has(subgraph));
};

export function refuseRecursion({ subgraphs = [] }: Document) {
  const round = recursion(subgraphs);
  if (!round) return;
  const titles = round.map((id) => subgraphs.find((subgraph) => subgraph.id === id)?.title ?? id);
  throw new ProblemError({
    what: words.noLoop.what(String(titles[0]), String(titles.at(-1))),
    cure: words.noLoop.cure,
  });
}

const withoutId = ({ id: _, ...rest }: Subgraph): string => JSON.stringify(rest);

/**
 * Brings subgraphs of another graph into one: where it has the same already, that is taken; else they come under free ids.
 * `typeOf` tells what an instance's type is then.
 */
export function takeSubgraphs(document: Document, subgraphs: readonly Subgraph[]) {
  const now = new Map<string, string>();
  const typeOf = (type: string) => now.get(type) ?? type;
  const all = [...(document.subgraphs ?? [])];
  const known = all.length;
  for (const subgraph of subgraphsOf({ subgraphs: [...subgraphs] }, subgraphs.map(instanceOf))) {
    const nodes = subgraph.nodes.map((node) => (now.has(node.type) ? { ...node, type: typeOf(node.type) } : node));
    const wanted = { ...subgraph, nodes };
    const same = all.find((other) => withoutId(other) === withoutId(wanted));
    const id = same?.id ?? freeId(new Set(all.map((other) => other.id)), subgraph.id);
    now.set(subgraphType(subgraph.id), subgraphType(id));
    if (!same) all.push({ ...wanted, id });
  }
  const recipe: Recipe = (draft) => {
    if (all.length > known) draft.subgraphs = [...(draft.subgraphs ?? []), ...all.slice(known)];
  };
  return { recipe, typeOf };
}

const instanceOf = ({ id }: Subgraph): Document['nodes'][number] => ({
  id,
  type: subgraphType(id),
  version: 1,
  at: [0, 0],
  params: {},
});
