import type { Axis, Labelled } from '../core/define-node';
import type { Problem } from '../core/problem';
import type { PlannedNode } from './plan';
import type { Prospect } from './prospect';

export const makesList = (node: PlannedNode): boolean =>
  Object.values(node.definition.out).some(
    (port) => typeof port === 'object' && (port as { lists?: boolean }).lists === true,
  );

/** The axis that a list adds to what follows: its labels, which must be the same for every item. */
export function listAxis(node: PlannedNode, prospect: Prospect): Axis | (Problem & { readonly node: string }) {
  const lists = prospect.values.flatMap((outputs) =>
    Object.values(outputs ?? {}).filter((value): value is Labelled<unknown>[] => Array.isArray(value)),
  );
  const [labels = [], ...others] = lists.map((list) => list.map((entry) => entry.label));
  if (labels.length && others.every((other) => other.join('\n') === labels.join('\n')))
    return { id: node.id, title: node.title, labels, ...plainValues(prospect) };
  return {
    node: node.id,
    what: labels.length ? `${node.title} makes lists that do not go together.` : `${node.title} makes an empty list.`,
    cure: labels.length ? 'Its lists must have the same labels for every item.' : 'Give it at least one value.',
  };
}

type Plain = string | number | boolean;

/** The values of lists of plain data, by port, where they are the same for every item. */
function plainValues({ values: [outputs = {}, ...others] }: Prospect): Pick<Axis, 'values'> {
  if (others.length) return {};
  const lists = Object.entries(outputs).flatMap(([port, list]) => {
    const values = Array.isArray(list) ? list.map((entry: Labelled<unknown>) => entry.value) : [];
    const plain = values.filter((value): value is Plain => ['string', 'number', 'boolean'].includes(typeof value));
    return plain.length === values.length ? [[port, plain] as const] : [];
  });
  return lists.length ? { values: Object.fromEntries(lists) } : {};
}
