import { type ContentChanges, compareDocuments, type DocumentChanges, type FieldChange } from '../../core/compare';
import type { Document, Wire, WireEnd } from '../../core/document';
import type { Difference } from '../library/paint-graph';
import { definitionsOf } from '../registry';
import { versions as words } from '../text/versions';
import { portWords } from '../words';

/** A line of the list of differences. */
export interface DifferenceLine {
  readonly key: string;
  readonly is: Difference;
  readonly title: string;
  readonly details: readonly string[];
}

/** Two states of a graph laid over each other. */
export interface Overlaid {
  /** The later state, with what was only in the earlier one. */
  readonly document: Document;
  readonly differs: (part: 'node' | 'wire', id: string) => Difference | undefined;
  readonly lines: readonly DifferenceLine[];
}

const wireKey = ({ from, to }: Wire): string => [...from, ...to].join(' ');

function valueWords(value: unknown): string {
  if (value === undefined || value === '') return words.nothing;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

const detailOf = ({ of, name, before, after }: FieldChange): string =>
  words.value(
    of === 'parameter' ? portWords(name) : (words.fields[name] ?? portWords(name)),
    valueWords(before),
    valueWords(after),
  );

function linesOf(
  { nodes, wires, frames, notes, zones }: ContentChanges,
  nodeTitle: (id: string) => string,
  prefix: string,
): DifferenceLine[] {
  const end = ([node, port]: WireEnd) => `${nodeTitle(node)} ${portWords(port)}`;
  const wireTitle = ({ from, to }: Wire) => words.wire(end(from), end(to));
  const named = (what: string, title: string) => (title ? `${what}: ${title}` : what);
  const parts = (
    [
      ['node', nodes, (part: { id: string }) => nodeTitle(part.id)],
      ['frame', frames, (part: { title?: string }) => part.title ?? ''],
      ['note', notes, (part: { text?: string }) => part.text?.split('\n')[0] ?? ''],
      ['zone', zones, () => ''],
    ] as const
  ).flatMap(([kind, { added, removed, changed }, title]) => {
    const line = (is: Difference, part: object & { readonly id: string }, details: readonly string[] = []) => ({
      key: `${prefix} ${is} ${kind} ${part.id}`,
      is,
      title: named(words.part[kind], (title as (part: object) => string)(part)),
      details,
    });
    return [
      ...added.map((part) => line('added', part)),
      ...removed.map((part) => line('removed', part)),
      ...changed.map(({ after, fields }) => line('changed', after, fields.map(detailOf))),
    ];
  });
  const wire = (is: Difference, one: Wire, details: readonly string[] = []): DifferenceLine => ({
    key: `${prefix} ${is} wire ${wireKey(one)}`,
    is,
    title: named(words.part.wire, wireTitle(one)),
    details,
  });
  return [
    ...parts,
    ...wires.added.map((one) => wire('added', one)),
    ...wires.removed.map((one) => wire('removed', one)),
    ...wires.rerouted.map((one) => wire('changed', one, [words.rerouted])),
  ];
}

function allLines(changes: DocumentChanges, before: Document, after: Document): DifferenceLine[] {
  const titlesIn = (...contents: readonly Pick<Document, 'nodes'>[]) => {
    const definitions = [definitionsOf(before), definitionsOf(after)];
    const titles = new Map(
      contents.flatMap(({ nodes }) =>
        nodes.map(({ id, type, title }) => {
          const definition = definitions[1]?.get(type) ?? definitions[0]?.get(type);
          return [id, title ?? definition?.title ?? type] as const;
        }),
      ),
    );
    return (id: string) => titles.get(id) ?? id;
  };
  const { fields, subgraphs } = changes;
  const subgraph = (is: Difference, id: string, title: string, details: readonly string[] = []): DifferenceLine => ({
    key: `${is} subgraph ${id}`,
    is,
    title: `${words.part.subgraph}: ${title}`,
    details,
  });
  return [
    ...fields.map(
      (field): DifferenceLine => ({ key: 'name', is: 'changed', title: words.graphName, details: [detailOf(field)] }),
    ),
    ...linesOf(changes, titlesIn(before, after), ''),
    ...subgraphs.added.map(({ id, title }) => subgraph('added', id, title)),
    ...subgraphs.removed.map(({ id, title }) => subgraph('removed', id, title)),
    ...subgraphs.changed.flatMap((inside) => [
      ...(inside.fields.length
        ? [subgraph('changed', inside.id, inside.after.title, inside.fields.map(detailOf))]
        : []),
      ...linesOf(inside, titlesIn(inside.before, inside.after), inside.id).map((line) => ({
        ...line,
        title: words.inside(inside.after.title, line.title),
      })),
    ]),
  ];
}

/** Lays the earlier state of a graph over a later one, with what differs marked and listed. */
export function overlay(before: Document, after: Document): Overlaid {
  const changes = compareDocuments(before, after);
  const marks = new Map<string, Difference>();
  for (const is of ['added', 'removed'] as const) {
    for (const { id } of changes.nodes[is]) marks.set(`node ${id}`, is);
    for (const one of changes.wires[is]) marks.set(`wire ${wireKey(one)}`, is);
  }
  for (const { id } of changes.nodes.changed) marks.set(`node ${id}`, 'changed');
  for (const one of changes.wires.rerouted) marks.set(`wire ${wireKey(one)}`, 'changed');
  // A subgraph that was changed shows at its instances.
  for (const { id } of changes.subgraphs.changed)
    for (const node of after.nodes)
      if (node.type === `subgraph/${id}` && !marks.has(`node ${node.id}`)) marks.set(`node ${node.id}`, 'changed');
  const document = {
    ...after,
    nodes: [...after.nodes, ...changes.nodes.removed],
    wires: [...after.wires, ...changes.wires.removed],
  };
  return {
    document,
    differs: (part, id) => marks.get(`${part} ${id}`),
    lines: allLines(changes, before, after),
  };
}
