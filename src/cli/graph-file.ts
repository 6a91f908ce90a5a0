import { readFileSync, statSync } from 'node:fs';
import { registry } from '../../nodes/registry';
import { type Document, limits, parseDocument } from '../core/document';
import { migrateNodes } from '../core/migrate';
import { parametersOf } from '../core/parameters';
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

/** The document with parameters changed as `--set NODE.PARAM=VALUE` says. A wire into the parameter is cut. */
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
    const numeric = parameter?.kind === 'number' || parameter?.kind === 'integer';
    // A seed beyond 2^53 stays text, as it does in files.
    const value =
      numeric && rest.trim() !== '' && (parameter.widget !== 'seed' || Number.isSafeInteger(Number(rest)))
        ? Number(rest)
        : parameter?.kind === 'boolean' && /^(true|false)$/.test(rest)
          ? rest === 'true'
          : rest;
    changed = {
      ...changed,
      nodes: changed.nodes.map((n) => (n === node ? { ...n, params: { ...n.params, [name]: value } } : n)),
      wires: changed.wires.filter(({ to }) => to[0] !== id || to[1] !== name),
    };
  }
  return changed;
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
