import { registry } from '../../nodes/registry';
import type { Host } from '../../src/core/define-node';
import type { Device } from '../../src/core/device';
import type { Document } from '../../src/core/document';
import { OutputCache } from '../../src/engine/cache';
import { RunControl } from '../../src/engine/control';
import type { RunEvent } from '../../src/engine/events';
import { plan } from '../../src/engine/plan';
import { defaultSettings } from '../../src/engine/recording/address';
import type { Spill } from '../../src/engine/recording/blocks';
import { LivePictures } from '../../src/engine/recording/live-pictures';
import { Recordings } from '../../src/engine/recording/recordings';
import { run } from '../../src/engine/run';
import { TensorUse } from '../../src/engine/tensor-use';
import { median, withParameter } from './loop';

export interface RecordingFigures {
  /** Time of the denoise loop with every value recorded over the time without. */
  readonly recording: number;
  /** With small pictures told while it runs, too, over recording alone. */
  readonly pictures: number;
  /** The most that was held in memory over what may be, where a run has three times that. */
  readonly memory: number;
  /** Bytes that a run has. */
  readonly bytes: number;
}

const steps = 48;

/** What runs share that are measured one after the other. */
export interface Bench {
  readonly device: Device;
  readonly host: Host;
  readonly use: TensorUse;
  readonly cache: OutputCache;
  /** Undefined where a run is not to be recorded. */
  readonly recordings?: Recordings | undefined;
  readonly emit: (event: RunEvent) => void;
  readonly live?: LivePictures | undefined;
}

/** Runs a graph up to the end of its denoise loop; milliseconds that the loop took. */
export async function runLoop(bench: Bench, graph: Document): Promise<number> {
  const { device, host, use, cache, recordings, live } = bench;
  let [began, ended] = [0, 0];
  const emit = (event: RunEvent) => {
    if (event.type === 'started' && event.node === 'start') began = performance.now();
    if (event.type === 'done' && event.node === 'end') ended = performance.now();
    if (event.type === 'failed') throw new Error(event.problem.what);
    bench.emit(event);
  };
  const recorder = recordings?.begin(graph.id, device, live);
  const outcome = await run(
    plan(graph, registry, ['end']),
    { device, host, use, control: new RunControl(), emit, recorder },
    cache,
  );
  if (outcome !== 'done') throw new Error(`The run ended as ${outcome}.`);
  recorder?.settle(new Set(graph.nodes.map(({ id }) => id)));
  return ended - began;
}

/** The template with another seed, in 48 steps. */
export const loopGraph = (template: Document, seed: number): Document =>
  withParameter(withParameter(template, 'noise', 'seed', seed), 'scheduler', 'steps', steps);

/** How a run is recorded: not at all, every value, or every value and small pictures for the page. */
type Way = 'plain' | 'recorded' | 'pictured';

/**
 * A run of 48 steps in each way, one after the other, `times` times with a new seed each. `tell` stands for what takes events
 * to the page.
 */
export async function measureRecording(
  device: Device,
  host: Host,
  template: Document,
  times: number,
  openSpill: (() => Promise<Spill>) | undefined,
  tell: (event: RunEvent) => void,
): Promise<RecordingFigures> {
  const use = new TensorUse(device);
  const cache = new OutputCache(use, { gpu: 2 ** 29, host: 2 ** 29 });
  const recordings = new Recordings(openSpill);
  let most = 0;
  function loop(seed: number, way: Way): Promise<number> {
    const emit = (event: RunEvent) => {
      if (way !== 'plain') most = Math.max(most, recordings.held.memory);
      tell(event);
    };
    const live = way === 'pictured' ? new LivePictures(emit) : undefined;
    const recorded = way === 'plain' ? undefined : recordings;
    return runLoop({ device, host, use, cache, recordings: recorded, emit, live }, loopGraph(template, seed));
  }
  // Once each, so that what is measured is compiled code.
  for (const [i, way] of (['plain', 'recorded', 'pictured'] as const).entries()) await loop(1000 + i, way);
  const ratios: { recording: number; pictures: number }[] = [];
  for (let i = 0; i < times; i++) {
    const plain = await loop(3 * i + 1, 'plain');
    const recorded = await loop(3 * i + 2, 'recorded');
    const pictured = await loop(3 * i + 3, 'pictured');
    ratios.push({ recording: recorded / plain, pictures: pictured / recorded });
  }
  const bytes = recordings.index(template.id).bytes.here;
  const budget = Math.floor(bytes / 3);
  recordings.close(template.id);
  recordings.settings = { ...defaultSettings, memory: budget };
  most = 0;
  await loop(3 * times + 1, 'recorded');
  recordings.close(template.id);
  cache.clear();
  return {
    recording: median(ratios.map(({ recording }) => recording)),
    pictures: median(ratios.map(({ pictures }) => pictures)),
    memory: most / budget,
    bytes,
  };
}
