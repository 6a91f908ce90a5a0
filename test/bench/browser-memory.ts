import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** Bytes of memory of their own that the processes of the browser have, which is our child, by their type; Linux only. */
export function browserMemory(): Map<string, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = readOrNothing(`/proc/${name}/stat`);
    parents.set(Number(name), Number(/\) \S (\d+)/.exec(status)?.[1]));
  }
  const belongs = (id: number): boolean => {
    const parent = parents.get(id);
    return parent !== undefined && (parent === process.pid || belongs(parent));
  };
  const memory = new Map<string, number>();
  for (const id of parents.keys()) {
    if (!belongs(id)) continue;
    const type = /--type=([\w-]+)/.exec(readOrNothing(`/proc/${id}/cmdline`))?.[1] ?? 'browser';
    const status = readOrNothing(`/proc/${id}/status`);
    const own = ['RssAnon', 'RssShmem'].map((field) =>
      Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0),
    );
    memory.set(type, (memory.get(type) ?? 0) + 1024 * own.reduce((sum, part) => sum + part, 0));
  }
  return memory;
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // The process ended meanwhile.
  }
}
