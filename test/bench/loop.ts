import { registry } from '../../nodes/registry';
import type { Host } from '../../src/core/define-node';
import type { Device } from '../../src/core/device';
import type { Document } from '../../src/core/document';
import { OutputCache } from '../../src/engine/cache';
import { RunControl } from '../../src/engine/control';
import { plan } from '../../src/engine/plan';
import { run } from '../../src/engine/run';
import { TensorUse } from '../../src/engine/tensor-use';

export interface LoopFigures {
  /** Milliseconds from the first evaluation's start to the zone's end, and of that inside `session.run`. */
  readonly loop: number;
  readonly sessions: number;
  /** Milliseconds of the whole run, from prompt to picture. */
  readonly whole: number;
}

const withParameter = (document: Document, id: string, name: string, value: string | number): Document => ({
  ...document,
  nodes: document.nodes.map((node) => (node.id === id ? { ...node, params: { ...node.params, [name]: value } } : node)),
});

/**
 * Runs a text-to-image graph once to warm up, then `times` with a new seed and prompt each, so that nothing but sessions
 * and model handles is reused.
 */
export async function measureLoop(
  device: Device,
  host: Host,
  document: Document,
  times: number,
): Promise<LoopFigures[]> {
  const use = new TensorUse(device);
  const cache = new OutputCache(use, { gpu: 2 ** 29, host: 2 ** 29 });
  const figures: LoopFigures[] = [];
  for (let i = 0; i <= times; i++) {
    const graph = withParameter(
      withParameter(document, 'noise', 'seed', i),
      'prompt',
      'text',
      `a red car on a beach ${i}`,
    );
    let began = { at: 0, spent: 0 };
    let ended = began;
    let whole = 0;
    const now = () => ({ at: performance.now(), spent: device.spent.milliseconds });
    const outcome = await run(
      plan(graph, registry),
      {
        device,
        host,
        use,
        control: new RunControl(),
        emit(event) {
          if (event.type === 'started' && event.node === 'start') began = now();
          if (event.type === 'done' && event.node === 'end') ended = now();
          if (event.type === 'finished') whole = event.milliseconds;
          if (event.type === 'failed') throw new Error(event.problem.what);
        },
      },
      cache,
    );
    if (outcome !== 'done') throw new Error(`The run ended as ${outcome}.`);
    if (i > 0) figures.push({ loop: ended.at - began.at, sessions: ended.spent - began.spent, whole });
  }
  return figures;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
