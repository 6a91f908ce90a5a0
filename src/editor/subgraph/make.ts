import { produce } from 'immer';
import { allOf, type Recipe } from '../document/recipe';
import { expandInstance } from '../document/subgraph-expand';
import { makeSubgraph } from '../document/subgraph-make';
import { notify } from '../notify';
import { registry } from '../registry';
import { selectedParts, selectNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { common } from '../text/common';
import { subgraphPanel } from '../text/subgraph-panel';

const refuse = (title: string, text: string) => notify({ tone: 'warning', title, text });

/** Puts a subgraph in the place of what is selected. */
export function makeOfSelection() {
  const made = makeSubgraph(currentDocument(), registry, selectedParts());
  if ('refusal' in made) return refuse(subgraphPanel.notMade, made.refusal);
  edit(subgraphPanel.make, made.recipe);
  selectNodes([made.id]);
}

/** Puts what is inside of instances in their place, as one step of undo. */
export function expandInstances(ids: readonly string[]) {
  const recipes: Recipe[] = [];
  const inside: string[] = [];
  let document = currentDocument();
  for (const id of ids) {
    const expansion = expandInstance(document, id);
    if ('refusal' in expansion) return refuse(subgraphPanel.notExpanded, expansion.refusal);
    recipes.push(expansion.recipe);
    inside.push(...expansion.ids);
    document = produce(document, expansion.recipe);
  }
  edit(subgraphPanel.expand(common.subgraphs(ids.length)), allOf(...recipes));
  selectNodes(inside);
}
