import { readFileSync, statSync } from 'node:fs';
import { registry } from '../../nodes/registry';
import { type Document, type DocumentNode, limits, parseDocument } from '../core/document';
import { migrateNodes } from '../core/migrate';
import { type Parameter, parametersOf } from '../core/parameters';
import { ProblemError } from '../core/problem';
import { registryOf } from '../core/subgraph';

/** Reads a graph file and brings its nodes to the versions of this program. */
export function readGraph(file: string): Document {
  let text: string;
  try {
    if (statSync(file).size > 4 * limits.bytes) throw new Error('it is too large for a graph');
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ProblemError({ what: `${file} cannot be read: ${(cause as Error).message}.` });
  }
  try {
    return migrateNodes(parseDocument(text), registry).document;
  } catch (cause) {
    throw cause instanceof ProblemError
      ? new ProblemError({ ...cause.problem, what: `${file}: ${cause.problem.what}` })
      : cause;
  }
}

/** Splits `NODE.NAME=REST`. */
export function splitAssignment(option: string, text: string): { node: string; name: string; rest: string } {
  const match = /^([^=]+)\.([^.=]+)=(.*)$/s.exec(text);
  if (!match) throw new ProblemError({ what: `--${option} ${text} is not of the form NODE.NAME=VALUE.` });
  const [, node = '', name = '', rest = ''] = match;
  return { node, name, rest };
}

/**
 * The document with parameters changed as `--set NODE.PARAM=VALUE` says. A wire into the parameter is cut. Several values,
 * `1,2,3` or as a JSON array, become a list: everything that follows runs once for each.
 */
export function withParameters(document: Document, assignments: readonly string[]): Document {
  const definitions = registryOf(document, registry);
  let changed = document;
  for (const assignment of assignments) {
    const { node: id, name, rest } = splitAssignment('set', assignment);
    const node = changed.nodes.find((n) => n.id === id);
    if (!node)
      throw new ProblemError({
        what: `--set ${assignment}: the graph has no node "${id}".`,
        cure: `It has ${changed.nodes.map((n) => n.id).join(', ')}.`,
      });
    const definition = definitions.get(node.type);
    const parameter = definition && parametersOf(definition).find((p) => p.name === name);
    if (definition && !parameter)
      throw new ProblemError({
        what: `--set ${assignment}: ${definition.title} has no parameter "${name}".`,
        cure: `It has ${
          parametersOf(definition)
            .map((p) => p.name)
            .join(', ') || 'none'
        }.`,
      });
    const several = parameter && severalIn(parameter, rest);
    const wires = changed.wires.filter(({ to }) => to[0] !== id || to[1] !== name);
    if (several) {
      const list = listNode(
        parameter,
        several,
        `${node.title ?? definition?.title ?? id} ${name}`,
        `set-${id}-${name}`,
      );
      const before = changed.nodes.filter((n) => n.id !== list.id);
      const wire = { from: [list.id, list.port] as [string, string], to: [id, name] as [string, string] };
      changed = { ...changed, nodes: [...before, list.node], wires: [...wires, wire] };
    } else {
      const params = { ...node.params, [name]: parameter ? oneValue(parameter, rest) : rest };
      changed = { ...changed, nodes: changed.nodes.map((n) => (n === node ? { ...n, params } : n)), wires };
    }
  }
  return changed;
}

const isNumeric = ({ kind }: Parameter): boolean => kind === 'number' || kind === 'integer';

/** One value, as a file stores it. */
function oneValue(parameter: Parameter, text: string): string | number | boolean {
  // A seed beyond 2^53 stays text, as it does in files.
  const large = parameter.widget === 'seed' && !Number.isSafeInteger(Number(text));
  if (isNumeric(parameter) && text.trim() !== '' && !large) return Number(text);
  if (parameter.kind === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

/** The values of a list. In words a comma is a comma, so several texts are a JSON array. */
function severalIn(parameter: Parameter, text: string): string[] | undefined {
  if (/^\s*\[.*\]\s*$/s.test(text))
    try {
      const values: unknown = JSON.parse(text);
      if (Array.isArray(values) && values.length && values.every((value) => typeof value !== 'object'))
        return values.map(String);
    } catch {
      // Not a list; prompts may begin with a bracket.
    }
  return (isNumeric(parameter) || parameter.options) && text.includes(',')
    ? text.split(',').map((value) => value.trim())
    : undefined;
}

/** A node that sends these values, each in turn. */
function listNode(parameter: Parameter, values: readonly string[], title: string, id: string) {
  const node = (type: string, params: DocumentNode['params']): DocumentNode => ({
    id,
    type,
    version: registry.get(type)?.version ?? 1,
    at: [0, 0],
    title,
    params,
  });
  if (!isNumeric(parameter))
    return {
      id,
      port: 'texts',
      node: node('lists/text-list', { lines: values.map((v) => v.replaceAll('\n', ' ')).join('\n') }),
    };
  const whole = parameter.kind === 'integer';
  return {
    id,
    port: whole ? 'integers' : 'numbers',
    node: node(whole ? 'lists/integer-list' : 'lists/number-list', { values: values.join(', ') }),
  };
}

/** The document with every parameter that takes a checkpoint set to a model, in its subgraphs too. */
export function withModel(document: Document, model: string): Document {
  const definitions = registryOf(document, registry);
  const inContent = <T extends Pick<Document, 'nodes'>>(content: T): T => ({
    ...content,
    nodes: content.nodes.map((node) => {
      const definition = definitions.get(node.type);
      const models = definition
        ? parametersOf(definition).filter((p) => p.widget === 'model' && p.accepts?.includes('checkpoint'))
        : [];
      return models.length
        ? { ...node, params: { ...node.params, ...Object.fromEntries(models.map((p) => [p.name, model])) } }
        : node;
    }),
  });
  return { ...inContent(document), ...(document.subgraphs && { subgraphs: document.subgraphs.map(inContent) }) };
}
