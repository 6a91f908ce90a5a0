import type { Axis } from '../../core/define-node';
import type { Document, DocumentNode, WireEnd } from '../../core/document';
import type { Registry } from '../../core/graph';
import { itemIndex } from '../../core/many';
import { parametersOf } from '../../core/parameters';
import { nodeOf, type Recipe } from './recipe';
import { setRoll } from './seeds';

/** Nodes that send one value of a kind, the parameter that holds it and the port that it leaves by. */
const single: Readonly<Record<string, readonly [type: string, parameter: string, port: string]>> = {
  number: ['numbers/number', 'value', 'number'],
  integer: ['numbers/integer', 'value', 'integer'],
  text: ['text/prompt', 'text', 'text'],
};

type Value = DocumentNode['params'][string];

/** The value of a list at its item, by the port that it left by. */
const valuesAt = (axis: Axis, item: number): ReadonlyMap<string, Value> =>
  new Map(Object.entries(axis.values ?? {}).map(([port, values]) => [port, values[item] as Value]));

/** Whether a graph can be made that has the values of one item in place of these lists. */
export const canTakeCell = (document: Document, axes: readonly Axis[]): boolean =>
  axes.some(({ id, values }) => values !== undefined && nodeOf(document, id) !== undefined);

/**
 * The values of one picture of a grid in place of the lists that they came from: parameters are set, other inputs get a node
 * that sends the value. Lists that then feed nothing are taken out.
 */
export const takeCell =
  (registry: Registry, axes: readonly Axis[], index: number): Recipe =>
  (document) => {
    for (const axis of axes) {
      const list = nodeOf(document, axis.id);
      const definition = registry.get(list?.type ?? '');
      if (!list || !definition || !axis.values) continue;
      const values = valuesAt(axis, itemIndex([axis], axes, index));
      // The node that sends a value goes where the list was.
      let sender: WireEnd | undefined;
      for (const wire of document.wires.filter(({ from }) => from[0] === axis.id)) {
        const value = values.get(wire.from[1]);
        const target = nodeOf(document, wire.to[0]);
        if (value === undefined || !target) continue;
        const parameter = isParameter(registry, target, wire.to[1]);
        if (parameter) {
          target.params[wire.to[1]] = value;
          setRoll(target.id, wire.to[1], undefined)(document);
          document.wires = document.wires.filter((other) => other !== wire);
          continue;
        }
        const [type, name, port] = single[kindOf(value)] ?? [];
        const version = type === undefined ? undefined : registry.get(type)?.version;
        if (type === undefined || name === undefined || port === undefined || version === undefined) continue;
        sender ??= [freeNodeId(document, `${axis.id}-value`), port];
        if (!nodeOf(document, sender[0]))
          document.nodes.push({
            id: sender[0],
            type,
            version,
            at: [...list.at],
            ...(list.title !== undefined && { title: list.title }),
            params: { [name]: value },
          });
        wire.from = sender;
      }
      if (!document.wires.some(({ from }) => from[0] === axis.id))
        document.nodes = document.nodes.filter(({ id }) => id !== axis.id);
    }
  };

function isParameter(registry: Registry, node: DocumentNode, port: string): boolean {
  const definition = registry.get(node.type);
  return !!definition && !(port in definition.in) && parametersOf(definition).some(({ name }) => name === port);
}

function kindOf(value: Value): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'string' ? 'text' : '';
}

function freeNodeId(document: Document, wanted: string): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? wanted : `${wanted}-${n}`;
    if (!nodeOf(document, id)) return id;
  }
}

/** The axes whose values are seeds somewhere. */
export const seedAxes = (document: Document, registry: Registry, axes: readonly Axis[]): readonly Axis[] =>
  axes.filter(({ id }) =>
    document.wires.some(({ from, to }) => {
      const definition = from[0] === id ? registry.get(nodeOf(document, to[0])?.type ?? '') : undefined;
      return definition && parametersOf(definition).some(({ name, widget }) => name === to[1] && widget === 'seed');
    }),
  );
