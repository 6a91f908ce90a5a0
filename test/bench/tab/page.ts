import type { RunAnswer, RunOrder } from './worker';

declare global {
  var runLoopInTab: (order: Omit<RunOrder, 'models'>) => Promise<RunAnswer>;
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Called by main.ts from outside of the page. */
globalThis.runLoopInTab = (order) =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.failure ? reject(new Error(data.failure)) : resolve(data));
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ ...order, models: new URL('/models/', location.href).href } satisfies RunOrder);
  });
