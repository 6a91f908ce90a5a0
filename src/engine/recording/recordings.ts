import type { Device } from '../../core/device';
import { defaultSettings, type RecordingIndex, type RecordingSettings } from './address';
import { Blocks, type Spill } from './blocks';
import type { FittedColors } from './fitted-colors';
import { indexOf } from './index-of';
import type { LivePictures } from './live-pictures';
import { Recording, type Shared } from './recording';

/** The recordings of the open graphs, by id of the graph. Together they keep to one budget. */
export class Recordings {
  /** In the order of their last run. */
  readonly #graphs = new Map<string, Recording>();
  readonly blocks: Blocks;
  readonly #colors = new Map<string, FittedColors>();
  #settings = defaultSettings;
  #thinning: Promise<void> | undefined;

  constructor(openSpill?: () => Promise<Spill | undefined>) {
    this.blocks = new Blocks(defaultSettings, openSpill);
  }

  get settings(): RecordingSettings {
    return this.#settings;
  }

  /** How the next run is recorded. A smaller budget counts at once. */
  set settings(settings: RecordingSettings) {
    this.#settings = settings;
    this.blocks.budget = settings;
    this.blocks.makeRoom();
    if (this.blocks.full) void this.#thin();
  }

  /** The recording of a graph that begins to run. */
  begin(graph: string, device: Device, live?: LivePictures): Recording {
    const recording = this.of(graph);
    this.#graphs.delete(graph);
    this.#graphs.set(graph, recording);
    recording.again(device, live);
    return recording;
  }

  /** An empty one for a graph that did not run. */
  of(graph: string): Recording {
    const recordings = this;
    const shared: Shared = {
      blocks: this.blocks,
      colors: this.#colors,
      get settings() {
        return recordings.#settings;
      },
      thin: () => this.#thin(),
    };
    return this.#graphs.get(graph) ?? new Recording(shared);
  }

  /** Bytes that all of them take. */
  get held(): { readonly memory: number; readonly disk: number } {
    const { memory, disk } = this.blocks;
    return { memory, disk };
  }

  index(graph: string): RecordingIndex {
    return indexOf(this.of(graph), { ...this.held, budget: this.#settings.memory + this.#settings.disk });
  }

  close(graph: string): void {
    this.#graphs.get(graph)?.settle(new Set());
    this.#graphs.delete(graph);
  }

  #thin(): Promise<void> {
    this.#thinning ??= this.#letGo().finally(() => {
      this.#thinning = undefined;
    });
    return this.#thinning;
  }

  /** Of the graph that ran longest ago first. */
  async #letGo(): Promise<void> {
    for (const recording of this.#graphs.values())
      while (this.blocks.full && (await recording.thin())) this.blocks.makeRoom();
  }
}
