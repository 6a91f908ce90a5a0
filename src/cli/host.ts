import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Folder, Host, SavedFile } from '../core/define-node';
import { type ModelReference, modelName } from '../core/model-reference';
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
  const find = (reference: ModelReference): string | undefined =>
    typeof reference === 'string'
      ? [path.resolve(options.beside, reference), path.resolve(reference)].find((file) => existsSync(file))
      : undefined;
  return {
    document: options.document,
    saved,
    async open(reference) {
      const file = find(reference);
      if (file === undefined || !statSync(file).isFile())
        throw new ProblemError({
          what: `There is no file ${modelName(reference)}.`,
          cure: 'Give its path with --set, relative to the graph.',
        });
      return openFileBytes(file);
    },
    async folder(reference) {
      const embedded =
        typeof reference === 'string' && /^[a-z0-9-]+$/.test(reference)
          ? path.join(options.program, 'models', reference, 'model')
          : undefined;
      const folder = embedded !== undefined && existsSync(embedded) ? embedded : find(reference);
      if (folder === undefined)
        throw new ProblemError({
          what: `There is no model ${modelName(reference)}.`,
          cure: 'Give the path of a model file or of a diffusers folder with --model.',
        });
      return statSync(folder).isDirectory() ? modelFolder(folder) : modelFile(folder);
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
  const paths = filesOf(folder);
  return {
    key: keyOf(paths.map((name) => path.join(folder, name))),
    title: path.basename(folder) === 'model' ? path.basename(path.dirname(folder)) : path.basename(folder),
    paths,
    open: async (name) => (paths.includes(name) ? openFileBytes(path.join(folder, name)) : undefined),
  };
}

function modelFile(file: string): Folder {
  const name = path.basename(file);
  return {
    key: keyOf([file]),
    title: path.parse(file).name,
    paths: [name],
    open: async (asked) => (asked === name ? openFileBytes(file) : undefined),
  };
}

/** All files below a folder, relative with forward slashes. A link to a file is a file: Hugging Face's cache is made of them. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
    .map((file) => path.relative(folder, file).split(path.sep).join('/'))
    .sort();
}

/** Of where files are, how large they are and when they changed: reading gigabytes for a key would take a minute. */
function keyOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file} ${statSync(file).size} ${statSync(file).mtimeMs}\n`);
  return hash.digest('hex').slice(0, 32);
}
