import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Folder, Host, SavedFile } from '../core/define-node';
import { ProblemError } from '../core/problem';
import { openFileBytes } from '../formats/bytes.node';
import { decodePng } from '../formats/png';

/** The world of a graph in the terminal: files are looked up beside the graph, then in the current folder. */
export interface TerminalHost extends Host {
  /** Paths of the files that were saved. */
  readonly saved: readonly string[];
}

export function terminalHost(options: {
  /** Folder of the graph file. */
  readonly beside: string;
  readonly out: string;
  readonly document: string;
  /** The folder of this program, which holds the embedded models. */
  readonly program: string;
}): TerminalHost {
  const saved: string[] = [];
  const find = (reference: string): string | undefined =>
    [path.resolve(options.beside, reference), path.resolve(reference)].find((file) => existsSync(file));
  return {
    document: options.document,
    saved,
    async open(reference) {
      const file = find(reference);
      if (file === undefined || !statSync(file).isFile())
        throw new ProblemError({
          what: `There is no file ${reference}.`,
          cure: 'Give its path with --set, relative to the graph.',
        });
      return openFileBytes(file);
    },
    async folder(reference) {
      const embedded = path.join(options.program, 'models', reference, 'model');
      const folder = /^[a-z0-9-]+$/.test(reference) && existsSync(embedded) ? embedded : find(reference);
      if (folder === undefined || !statSync(folder).isDirectory())
        throw new ProblemError({
          what: `There is no model folder ${reference}.`,
          cure: 'Give the path of a diffusers folder with --model.',
        });
      return modelFolder(folder);
    },
    async decodeImage(bytes) {
      if (bytes[0] !== 0x89)
        throw new ProblemError({
          what: 'The terminal reads PNG pictures only; this is another format.',
          cure: 'Convert it to PNG.',
        });
      return decodePng(bytes);
    },
    async save({ name, bytes }: SavedFile) {
      mkdirSync(options.out, { recursive: true });
      let file = path.join(options.out, name);
      const { name: stem, ext } = path.parse(name);
      for (let n = 2; saved.includes(file); n++) file = path.join(options.out, `${stem}-${n}${ext}`);
      writeFileSync(file, bytes);
      saved.push(file);
    },
  };
}

function modelFolder(folder: string): Folder {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) hash.update(`${file} ${statSync(file).size} ${statSync(file).mtimeMs}\n`);
  }
  return {
    key: hash.digest('hex').slice(0, 32),
    title: path.basename(folder) === 'model' ? path.basename(path.dirname(folder)) : path.basename(folder),
    async open(name) {
      const file = path.join(folder, name);
      return existsSync(file) ? openFileBytes(file) : undefined;
    },
  };
}
