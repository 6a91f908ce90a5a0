import type { AnyNode } from '../../core/define-node';
import { type Parameter, parametersOf } from '../../core/parameters';
import type { ModelEntry } from '../../storage/models/model-entry';
import { definitions } from '../palette/definitions';

/** The parameter by which a node takes models of a kind. */
const takes = (definition: AnyNode, kind: ModelEntry['kind']): Parameter | undefined =>
  kind === 'unsupported'
    ? undefined
    : parametersOf(definition).find(({ widget, accepts }) => widget === 'model' && accepts?.includes(kind));

/** The node that loads models of a kind, and its parameter that names the model: the one that is made for the kind first. */
export function loaderFor(kind: ModelEntry['kind']): { definition: AnyNode; parameter: string } | undefined {
  const found = definitions.flatMap((definition) => {
    const parameter = takes(definition, kind);
    return parameter ? [{ definition, parameter }] : [];
  });
  const [best] = found.sort((a, b) => rank(a.parameter, kind) - rank(b.parameter, kind));
  return best && { definition: best.definition, parameter: best.parameter.name };
}

/** How far from the first a kind stands among those that a parameter takes. */
const rank = ({ accepts = [] }: Parameter, kind: ModelEntry['kind']): number =>
  (accepts as readonly string[]).indexOf(kind);
