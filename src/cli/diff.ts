import {
  type ContentChanges,
  compareDocuments,
  countChanges,
  type FieldChange,
  type PartChanges,
} from '../core/compare';
import type { Wire } from '../core/document';
import { readGraph } from './graph-file';

/** A value on one line, short enough to be read. */
function valueWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

const fieldLine = ({ name, before, after }: FieldChange, indent: string): string =>
  `${indent}~ ${name}: ${valueWords(before)} → ${valueWords(after)}`;

const wireWords = ({ from, to }: Wire): string => `${from.join('.')} → ${to.join('.')}`;

function partLines<T extends { readonly id: string }>(
  what: string,
  { added, removed, changed }: PartChanges<T>,
  indent: string,
  words: (part: T) => string,
): string[] {
  return [
    ...removed.map((part) => `${indent}- ${what} ${words(part)}`),
    ...added.map((part) => `${indent}+ ${what} ${words(part)}`),
    ...changed.flatMap(({ after, fields }) => [
      `${indent}~ ${what} ${words(after)}`,
      ...fields.map((field) => fieldLine(field, `${indent}    `)),
    ]),
  ];
}

function contentLines({ nodes, zones, frames, notes, wires }: ContentChanges, indent = ''): string[] {
  const id = (part: { readonly id: string }) => part.id;
  return [
    ...partLines('node', nodes, indent, (node) => `${node.id} (${node.type})`),
    ...wires.removed.map((wire) => `${indent}- wire ${wireWords(wire)}`),
    ...wires.added.map((wire) => `${indent}+ wire ${wireWords(wire)}`),
    ...wires.rerouted.map((wire) => `${indent}~ wire ${wireWords(wire)} takes another way`),
    ...partLines('zone', zones, indent, id),
    ...partLines('frame', frames, indent, id),
    ...partLines('note', notes, indent, id),
  ];
}

/** Says how one graph differs from another; status 0 when they are the same and 1 when not, as diff does. */
export function diffGraphs(before: string, after: string, json: boolean): number {
  const changes = compareDocuments(readGraph(before), readGraph(after));
  const differ = countChanges(changes) > 0;
  if (json) process.stdout.write(`${JSON.stringify({ same: !differ, changes }, undefined, 2)}\n`);
  else if (!differ) process.stdout.write('The graphs are the same.\n');
  else {
    const { subgraphs } = changes;
    const lines = [
      ...changes.fields.map((field) => fieldLine(field, '')),
      ...contentLines(changes),
      ...subgraphs.removed.map(({ id }) => `- subgraph ${id}`),
      ...subgraphs.added.map(({ id }) => `+ subgraph ${id}`),
      ...subgraphs.changed.flatMap((inside) => [
        `~ subgraph ${inside.id}`,
        ...inside.fields.map((field) => fieldLine(field, '    ')),
        ...contentLines(inside, '    '),
      ]),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return differ ? 1 : 0;
}
