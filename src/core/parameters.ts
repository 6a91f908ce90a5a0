import { z } from 'zod';
import type { AnyNode, ParameterMeta } from './define-node';
import type { Kind } from './kinds';

/** A parameter as its widget, its socket and its documentation see it; all derived from the zod schema. */
export interface Parameter extends ParameterMeta {
  readonly name: string;
  /** The kind of its socket when it is exposed. */
  readonly kind: Kind;
  readonly help?: string;
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly options?: readonly string[];
}

interface JsonSchema extends ParameterMeta {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

const socketOf = (schema: JsonSchema): Kind => {
  const type = schema.type ?? schema.anyOf?.[0]?.type;
  if (type === 'integer' || type === 'number' || type === 'boolean') return type;
  return 'text';
};

const defaultOf = (node: AnyNode, name: string): unknown =>
  (node.params.shape as Record<string, z.ZodType>)[name]?.safeParse(undefined).data;

const known = new WeakMap<AnyNode, readonly Parameter[]>();

/** The JSON Schema of a node's parameters, as files store them. */
export const parameterSchema = (node: AnyNode): Record<string, unknown> =>
  z.toJSONSchema(node.params, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;

/** A node's parameters in the order of their declaration. */
export function parametersOf(node: AnyNode): readonly Parameter[] {
  let list = known.get(node);
  if (!list) {
    const properties = (parameterSchema(node).properties ?? {}) as Record<string, JsonSchema>;
    list = Object.entries(properties).map(([name, schema]) => ({
      name,
      kind: socketOf(schema),
      // A default behind a transform (seeds) is not in the JSON Schema of what files store.
      default: schema.default ?? defaultOf(node, name),
      ...(schema.description !== undefined && { help: schema.description }),
      ...(schema.minimum !== undefined && schema.minimum > Number.MIN_SAFE_INTEGER && { minimum: schema.minimum }),
      ...(schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER && { maximum: schema.maximum }),
      ...(schema.enum && { options: schema.enum }),
      ...(schema.widget && { widget: schema.widget }),
      ...(schema.accept && { accept: schema.accept }),
      ...(schema.textsInto && { textsInto: schema.textsInto }),
      ...(schema.accepts && { accepts: schema.accepts }),
      ...(schema.step !== undefined && { step: schema.step }),
      ...(schema.unit && { unit: schema.unit }),
      ...(schema.advanced && { advanced: true }),
      ...(schema.fixed && { fixed: true }),
      ...(schema.labels && { labels: schema.labels }),
      ...(schema.applies && { applies: schema.applies }),
    }));
    known.set(node, list);
  }
  return list;
}
