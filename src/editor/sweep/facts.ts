import type { Axis } from '../../core/define-node';
import type { Document } from '../../core/document';
import { graphOf, upstream } from '../../core/graph';
import { parametersOf } from '../../core/parameters';
import { modelsBehind } from '../history/describe';
import { definitionsOf } from '../registry';
import { sweep } from '../text/sweep';

/** What tells most of how a picture came about: sampler, steps and model, where no list gives them. */
export function factsOf(document: Document, id: string, axes: readonly Axis[]): [name: string, value: string][] {
  const registry = definitionsOf(document);
  const before = upstream(graphOf(document), [id]);
  const listed = new Set(
    document.wires.filter(({ from }) => axes.some((axis) => axis.id === from[0])).map(({ to }) => to.join(' ')),
  );
  const facts: [string, string][] = [];
  for (const node of document.nodes) {
    const definition = before.has(node.id) ? registry.get(node.type) : undefined;
    for (const { name, labels, default: usual } of definition ? parametersOf(definition) : []) {
      if ((name !== 'sampler' && name !== 'steps') || listed.has(`${node.id} ${name}`)) continue;
      const value = String(node.params[name] ?? usual);
      if (!facts.some(([known]) => known === name)) facts.push([name, labels?.[value] ?? value]);
    }
  }
  const [model] = modelsBehind(document, registry, [id]);
  if (model) facts.push([sweep.model, typeof model === 'string' ? model : model.name]);
  return facts;
}
