import type { RunAnswer, RunOrder } from './worker';

declare global {
  var runLoopInTab: (order: Omit<RunOrder, 'models'>) => Promise<RunAnswer>;
  /** Bytes of the page and its workers: scripts, their numbers and the memory of WebAssembly, when what nobody holds is gone. */
  var memoryOfTab: () => Promise<number>;
}

interface Measures {
  measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Called by main.ts from outside of the page, as is the other. */
globalThis.runLoopInTab = (order) =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.failure ? reject(new Error(data.failure)) : resolve(data));
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ ...order, models: new URL('/models/', location.href).href } satisfies RunOrder);
  });

globalThis.memoryOfTab = async () =>
  (await (performance as unknown as Measures).measureUserAgentSpecificMemory()).bytes;
