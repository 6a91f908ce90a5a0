import type { LoopFigures, PictureFigures } from './loop';
import type { RecordingFigures } from './recording';
import type { TrainingFigures } from './training';

export interface WasmAnswer {
  readonly name: string;
  /** Of a page just opened: with loading the model, and with the model there. */
  readonly first: PictureFigures[];
  readonly figures: LoopFigures[];
  readonly recording: RecordingFigures;
  readonly training: readonly TrainingFigures[];
}

/** Called by wasm.ts from outside of the page. */
declare global {
  var measureLoopOnWasm: (times: number) => Promise<WasmAnswer>;
  var measureTrainingOnWasm: (times: number) => Promise<Pick<WasmAnswer, 'name' | 'training'>>;
}

const inWorker = (times: number, only: 'training' | undefined): Promise<WasmAnswer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./wasm-loop.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }) => (data.failure ? reject(new Error(data.failure)) : resolve(data));
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ models: new URL('/models/', location.href).href, times, only });
  });

globalThis.measureLoopOnWasm = (times) => inWorker(times, undefined);
globalThis.measureTrainingOnWasm = (times) => inWorker(times, 'training');
