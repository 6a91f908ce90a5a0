import { z } from 'zod';
import { defineNode, type Host } from '../../src/core/define-node';
import type { Device } from '../../src/core/device';
import { type Document, emptyDocument } from '../../src/core/document';
import { OutputCache } from '../../src/engine/cache';
import { RunControl } from '../../src/engine/control';
import { plan } from '../../src/engine/plan';
import { run } from '../../src/engine/run';
import { TensorUse } from '../../src/engine/tensor-use';

const pass = defineNode({
  type: 'bench/pass',
  version: 1,
  title: 'Pass',
  help: 'Hands on what it gets.',
  icon: 'arrow-right',
  params: z.object({ seed: z.int().default(0) }),
  in: { a: { kind: 'number', optional: true }, b: { kind: 'number', optional: true } },
  out: { number: 'number' },
  run: ({ in: { a = 0 } }) => ({ number: a }),
});

/** A graph of `count` nodes, each fed by the one before it and one further back. */
function graph(count: number, seed: number): Document {
  const id = (i: number) => `n${i}`;
  const nodes = Array.from({ length: count }, (_, i) => ({
    id: id(i),
    type: pass.type,
    version: 1,
    at: [0, 0] as [number, number],
    params: { seed },
  }));
  const wires = nodes.flatMap((_, i) => {
    const from = (j: number, port: string): Document['wires'] =>
      j >= 0 ? [{ from: [id(j), 'number'], to: [id(i), port] }] : [];
    return [...from(i - 1, 'a'), ...from(i - 1 - (i % 37), 'b')];
  });
  return { ...emptyDocument('bench', 'No-ops'), nodes, wires };
}

/** Milliseconds to plan and run `count` nodes that do nothing, on a cache that has none of them. */
export async function measureNoOps(count: number, seed: number): Promise<number> {
  const document = graph(count, seed);
  const registry = new Map([[pass.type, pass]]);
  const device = {} as Device;
  const use = new TensorUse(device);
  const from = performance.now();
  await run(
    plan(document, registry),
    { device, host: {} as Host, use, control: new RunControl(), emit: () => {} },
    new OutputCache(use, { gpu: 0, host: 2 ** 28 }),
  );
  return performance.now() - from;
}
