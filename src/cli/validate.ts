import { registry } from '../../nodes/registry';
import { plan } from '../engine/plan';
import { readGraph } from './graph-file';
import { sentence } from './words';

/** Says what is wrong with a graph; status 0 when nothing is. Every node is looked at, wanted or not. */
export function validateGraph(file: string, json: boolean): number {
  const document = readGraph(file);
  const { problems } = plan(
    document,
    registry,
    document.nodes.map((node) => node.id),
  );
  if (json) process.stdout.write(`${JSON.stringify({ valid: problems.length === 0, problems }, undefined, 2)}\n`);
  else if (problems.length) for (const problem of problems) process.stderr.write(`${sentence(problem)}\n`);
  else
    process.stdout.write(`${file} is a valid graph: ${document.nodes.length} nodes, ${document.wires.length} wires.\n`);
  return problems.length ? 1 : 0;
}
