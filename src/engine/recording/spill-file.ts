import type { Spill } from './blocks';

const folderName = 'recordings';

/** A file of the private file system for blocks. Workers alone have it. */
export async function openSpillFile(): Promise<Spill> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(folderName, { create: true });
  const name = crypto.randomUUID();
  const file = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
  await removeOthers(folder, name);
  return new SpillFile(file);
}

/** Files of tabs that were closed. One that another tab has open cannot be removed. */
async function removeOthers(folder: FileSystemDirectoryHandle, own: string): Promise<void> {
  const others: string[] = [];
  for await (const name of folder.keys()) if (name !== own) others.push(name);
  await Promise.allSettled(others.map((name) => folder.removeEntry(name)));
}

class SpillFile implements Spill {
  readonly #file: FileSystemSyncAccessHandle;
  /** Gaps in the file, by where they begin, in order. */
  #gaps: { from: number; to: number }[] = [];
  #end = 0;
  #bytes = 0;

  constructor(file: FileSystemSyncAccessHandle) {
    this.#file = file;
  }

  get bytes(): number {
    return this.#bytes;
  }

  write(data: Float32Array, most: number): number | undefined {
    const size = data.byteLength;
    if (this.#bytes + size > most) return undefined;
    const gap = this.#gaps.find(({ from, to }) => to - from >= size);
    const at = gap?.from ?? this.#end;
    if (!gap && at + size > most) return undefined;
    try {
      if (this.#file.write(data as Float32Array<ArrayBuffer>, { at }) < size) return undefined;
    } catch {
      // The disk is full, or the browser gives this site no more of it.
      return undefined;
    }
    if (!gap) this.#end += size;
    else if (gap.to - gap.from === size) this.#gaps.splice(this.#gaps.indexOf(gap), 1);
    else gap.from += size;
    this.#bytes += size;
    return at;
  }

  read(place: number, elements: number): Float32Array {
    const data = new Float32Array(elements);
    this.#file.read(data, { at: place });
    return data;
  }

  free(place: number, elements: number): void {
    const to = place + 4 * elements;
    this.#bytes -= to - place;
    const next = this.#gaps.findIndex(({ from }) => from > place);
    this.#gaps.splice(next < 0 ? this.#gaps.length : next, 0, { from: place, to });
    const joined: { from: number; to: number }[] = [];
    for (const gap of this.#gaps) {
      const last = joined.at(-1);
      if (last && last.to === gap.from) last.to = gap.to;
      else joined.push(gap);
    }
    if (joined.at(-1)?.to === this.#end) {
      this.#end = joined.pop()?.from ?? 0;
      this.#file.truncate(this.#end);
    }
    this.#gaps = joined;
  }
}
