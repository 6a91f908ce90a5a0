import type { Device } from '../../core/device';
import { Blocks } from './blocks';
import { Recording } from './recording';

/** The recordings of the open graphs, by id of the graph. */
export class Recordings {
  readonly #blocks = new Blocks();
  readonly #graphs = new Map<string, Recording>();

  /** The recording of a graph that begins to run. */
  begin(graph: string, device: Device): Recording {
    const recording = this.of(graph);
    this.#graphs.set(graph, recording);
    recording.again(device);
    return recording;
  }

  /** An empty one for a graph that did not run. */
  of(graph: string): Recording {
    return this.#graphs.get(graph) ?? new Recording(this.#blocks);
  }

  close(graph: string): void {
    this.#graphs.get(graph)?.close();
    this.#graphs.delete(graph);
  }
}
