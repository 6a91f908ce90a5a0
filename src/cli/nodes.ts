import { registry } from '../../nodes/registry';
import type { Ports } from '../core/define-node';
import { portSpec } from '../core/graph';
import { parameterSchema } from '../core/parameters';

const describePorts = (ports: Ports) =>
  Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, portSpec(port)]));

/** Prints every node: a line each, or all there is to know as JSON. */
export function listNodes(json: boolean): number {
  const nodes = [...registry.values()];
  if (json) {
    const described = nodes.map((node) => ({
      type: node.type,
      version: node.version,
      title: node.title,
      help: node.help,
      ...(node.formula && { formula: node.formula }),
      in: describePorts(node.in),
      out: describePorts(node.out),
      params: parameterSchema(node),
    }));
    process.stdout.write(`${JSON.stringify(described, undefined, 2)}\n`);
    return 0;
  }
  const width = Math.max(...nodes.map((node) => node.type.length));
  for (const node of nodes) process.stdout.write(`${node.type.padEnd(width)}  ${node.help}\n`);
  return 0;
}
