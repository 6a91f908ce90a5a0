import type { Loading } from './evaluation';

export type Source = 'file' | 'private file system' | 'range requests';

export interface Task {
  readonly source: Source;
  readonly prefer: 'webgpu' | 'wasm';
  /** Whether to wait for one evaluation, or only until the network could run. */
  readonly evaluates: boolean;
}

/** What the worker tells: the last weight was read, the network can run, all evaluations ended. */
export type Answer =
  | { readonly device: string; readonly copied?: number }
  | { readonly loading: Loading }
  | { readonly seconds: readonly number[]; readonly prediction: Float32Array }
  | { readonly failure: string };

declare global {
  var startFullSize: (task: Task) => void;
  var fullSizeAnswers: Answer[];
}

globalThis.fullSizeAnswers = [];

/** Called by browser.ts from outside of the page, which then looks at `fullSizeAnswers`. */
globalThis.startFullSize = (task) => {
  const file = document.querySelector('input')?.files?.[0];
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => fullSizeAnswers.push(data);
  worker.onerror = ({ message }) => fullSizeAnswers.push({ failure: message });
  const models = new URL('/models/', location.href).href;
  worker.postMessage({ task, file, models, url: new URL('/checkpoint.safetensors', location.href).href });
};
