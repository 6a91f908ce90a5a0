import { graphOf, upstream } from '../../core/graph';
import { topologicalOrder } from '../../core/order';
import { zoneBodies } from '../../core/zones';
import type { RunEvent } from '../../engine/events';
import type { EngineApi } from '../../engine/worker-api';
import { registry } from '../registry';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let cancelled = false;
function picture(size: number, t: number) {
  const pixels = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const i = (y * size + x) * 4;
      const r = Math.hypot(x - size / 2, y - size * 0.55) / size;
      const n = (1 - t) * 200 * (Math.random() - 0.5);
      pixels.set(
        [(r < 0.3 ? 235 : 130 + (60 * y) / size) + n, (r < 0.3 ? 120 : 170) + n, (r < 0.3 ? 50 : 210) + n, 255],
        i,
      );
    }
  return { width: size, height: size, pixels };
}
export const fakeEngine: EngineApi = {
  start: async () => ({ kind: 'wasm', name: 'WebAssembly, 4 threads', reason: 'This browser has no WebGPU.' }),
  async run(document, _targets, onEvent) {
    cancelled = false;
    const began = performance.now();
    const graph = graphOf(document);
    const shows = document.nodes.filter((n) => registry.get(n.type)?.shows).map((n) => n.id);
    const needed = upstream(graph, shows);
    const { order } = topologicalOrder(needed, (id) => (graph.into.get(id) ?? []).map((w) => w.from[0]));
    const { bodies } = zoneBodies(graph, registry);
    const body = bodies[0];
    const emit = (e: RunEvent) => onEvent(e);
    emit({ type: 'planned', nodes: order });
    const inZone = new Set(body ? [body.zone.start, body.zone.end, ...body.inside] : []);
    let zoneDone = false;
    for (const id of order) {
      if (cancelled) break;
      const node = graph.nodes.get(id);
      if (inZone.has(id)) {
        if (zoneDone) continue;
        zoneDone = true;
        for (const z of inZone) emit({ type: 'started', node: z });
        for (let i = 1; i <= 25 && !cancelled; i++) {
          for (const z of inZone) emit({ type: 'progress', node: z, done: i, of: 25 });
          for (const s of shows) emit({ type: 'shown', node: s, axes: [], pictures: [picture(128, i / 25)] });
          await wait(120);
        }
        if (!cancelled)
          for (const z of inZone)
            emit({ type: 'done', node: z, milliseconds: 47 * Math.random(), runs: 25, cached: false });
        continue;
      }
      emit({ type: 'started', node: id });
      await wait(60);
      if (node?.params.text === 'fail') {
        emit({
          type: 'failed',
          node: id,
          problem: { node: id, what: 'The prompt is the word fail.', cure: 'Write something else.' },
        });
        emit({ type: 'finished', outcome: 'failed', milliseconds: performance.now() - began });
        return 'failed';
      }
      emit({
        type: 'done',
        node: id,
        milliseconds: 38,
        runs: 1,
        cached: node?.type.startsWith('text/prompt') ?? false,
      });
    }
    const outcome = cancelled ? 'cancelled' : 'done';
    emit({ type: 'finished', outcome, milliseconds: performance.now() - began });
    return outcome;
  },
  pause() {},
  resume() {},
  cancel() {
    cancelled = true;
  },
};
