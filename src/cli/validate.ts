import { registry } from '../../nodes/registry';
import { isInactive } from '../engine/active';
import { findProblems } from '../engine/problems/find-problems';
import { readGraph } from './graph-file';
import { sentence } from './words';

/** Says all that is wrong with a graph; status 0 when nothing is. Every node is looked at, wanted or not. */
export function validateGraph(file: string, json: boolean): number {
  const document = readGraph(file);
  const targets = document.nodes.filter((node) => !isInactive(node)).map((node) => node.id);
  const { found } = findProblems(document, registry, { targets });
  const problems = found.filter(({ hint }) => !hint);
  const hints = found.filter(({ hint }) => hint);
  if (json)
    process.stdout.write(`${JSON.stringify({ valid: problems.length === 0, problems, hints }, undefined, 2)}\n`);
  else {
    for (const problem of problems) process.stderr.write(`${sentence(problem)}\n`);
    for (const hint of hints) process.stderr.write(`Hint: ${sentence(hint)}\n`);
    if (problems.length === 0)
      process.stdout.write(
        `${file} is a valid graph: ${document.nodes.length} nodes, ${document.wires.length} wires.\n`,
      );
  }
  return problems.length ? 1 : 0;
}
