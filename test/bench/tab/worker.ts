import template from '../../../graphs/text-to-image.weft.json?raw';
import { parseDocument } from '../../../src/core/document';
import { OutputCache } from '../../../src/engine/cache';
import { createWebDevice } from '../../../src/engine/device/web';
import { defaultSettings } from '../../../src/engine/recording/address';
import { Recordings } from '../../../src/engine/recording/recordings';
import { openSpillFile } from '../../../src/engine/recording/spill-file';
import { TensorUse } from '../../../src/engine/tensor-use';
import { webHost } from '../../../src/engine/web-host';
import { withParameter } from '../loop';
import { type Bench, loopGraph, runLoop } from '../recording';

export interface RunOrder {
  readonly models: string;
  readonly seed: number;
  readonly steps: number;
  /** Pictures at once: values of a run are as many times as large. */
  readonly count: number;
  /** Bytes of memory that a recording may take; undefined for a run that is not recorded. */
  readonly budget: number | undefined;
}

export interface RunAnswer {
  readonly milliseconds: number;
  /** Bytes of values that the recording holds: in memory, and in all. */
  readonly held: number;
  readonly recorded: number;
}

/** What the last run left, which stays until the next one. */
let letGo = () => {};

let bench: Promise<Omit<Bench, 'recordings' | 'emit'>> | undefined;

async function open(models: string) {
  const nothing = { problem: { what: 'There are no models here but the built-in one.' } };
  const page = {
    file: async () => undefined,
    model: async () => nothing,
    embeddings: async () => [],
    save: async () => {},
  };
  const device = await createWebDevice({ prefer: 'wasm' });
  const use = new TensorUse(device);
  return {
    device,
    host: webHost({ models, page, document: '' }),
    use,
    // No more than what a run needs itself, so that memory is that of the run and of its recording.
    cache: new OutputCache(use, { gpu: 0, host: 2 ** 20 }),
  };
}

addEventListener('message', async ({ data: { models, seed, steps, count, budget } }: MessageEvent<RunOrder>) => {
  try {
    letGo();
    bench ??= open(models);
    const recordings = budget === undefined ? undefined : new Recordings(openSpillFile);
    if (recordings && budget !== undefined) recordings.settings = { ...defaultSettings, memory: budget };
    const document = parseDocument(template);
    const graph = withParameter(
      withParameter(loopGraph(document, seed), 'scheduler', 'steps', steps),
      'noise',
      'count',
      count,
    );
    const milliseconds = await runLoop({ ...(await bench), recordings, emit: () => {} }, graph);
    const bytes = recordings?.index(graph.id).bytes;
    const answer: RunAnswer = { milliseconds, held: recordings?.held.memory ?? 0, recorded: bytes?.here ?? 0 };
    letGo = () => recordings?.close(graph.id);
    postMessage(answer);
  } catch (thrown) {
    postMessage({ failure: String(thrown) });
  }
});
