import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Folder } from '../core/define-node';
import type { HashedModel } from '../core/model-reference';
import { ProblemError } from '../core/problem';
import { modelChoices } from '../storage/models/choices';
import { modelHash } from '../storage/models/model-hash';
import { filesOf, modelFile, modelFolder } from './model-folder';

/** Hashes that were made before, beside the models. A file that changed has another size or time and is hashed again. */
const rememberedIn = '.weft-hashes.json';
const remembered = z.record(z.string(), z.object({ size: z.number(), modified: z.number(), sha256: z.string() }));

const readAtOnce = 8 * 2 ** 20;

function sha256Of(file: string): string {
  const hash = createHash('sha256');
  const piece = new Uint8Array(readAtOnce);
  const descriptor = openSync(file, 'r');
  try {
    for (let count = readSync(descriptor, piece); count > 0; count = readSync(descriptor, piece))
      hash.update(piece.subarray(0, count));
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}

/** The hashes of the files in a folder; each is made when it is asked for first, and remembered beside them. */
export class Hashes {
  readonly #folder: string;
  readonly #known: z.output<typeof remembered>;

  constructor(folder: string) {
    this.#folder = folder;
    this.#known = this.#remembered();
  }

  of(name: string): string {
    const file = path.join(this.#folder, name);
    const { size, mtimeMs: modified } = statSync(file);
    const known = this.#known[name];
    if (known?.size === size && known.modified === modified) return known.sha256;
    const sha256 = sha256Of(file);
    this.#known[name] = { size, modified, sha256 };
    try {
      writeFileSync(path.join(this.#folder, rememberedIn), `${JSON.stringify(this.#known, undefined, 1)}\n`);
    } catch {
      // A folder that cannot be written to is hashed anew the next time.
    }
    return sha256;
  }

  #remembered() {
    try {
      return remembered.parse(JSON.parse(readFileSync(path.join(this.#folder, rememberedIn), 'utf8')));
    } catch {
      return {};
    }
  }
}

/** Folders in which a model may begin, of the files below a folder: each folder that has files, and those above it. */
const foldersIn = (files: readonly { readonly path: string }[]): string[] => [
  ...new Set(
    files.flatMap(({ path: name }) => {
      const parts = name.split('/').slice(0, -1);
      return ['', ...parts.map((_, i) => `${parts.slice(0, i + 1).join('/')}/`)];
    }),
  ),
];

/** What ends in these may be a model of one file. */
export const isSingleFile = (file: string): boolean => /\.(safetensors|ckpt|pt|pth|bin)$/i.test(file);

/**
 * Finds the model that a graph names by its hash, under whatever name it has below `folder`. Only files of the right
 * size are read, those of the right name first. What is returned throws a sentence when there is none.
 */
export function searchModels(folder: string | undefined): (reference: HashedModel) => Folder {
  let files: readonly { readonly path: string; readonly size: number }[] | undefined;
  let hashes: Hashes | undefined;
  return (reference) => {
    const { hash, name, size, source } = reference;
    const from = source === undefined ? '' : ` It came from ${source}.`;
    if (folder === undefined)
      throw new ProblemError({
        what: `The graph needs the model ${name} (${hash.slice(0, 19)}…).${from}`,
        cure: 'Give the folder that holds it with --models, or another model with --model.',
      });
    const root = path.resolve(folder);
    if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
      throw new ProblemError({
        what: `There is no folder ${folder}.`,
        cure: 'Give the folder of your models with --models.',
      });
    files ??= filesOf(root).map((file) => ({ path: file, size: statSync(path.join(root, file)).size }));
    hashes ??= new Hashes(root);
    const known = hashes;
    const nameFirst = (a: string, b: string) => Number(b.includes(name)) - Number(a.includes(name));
    const single = files
      .filter((file) => isSingleFile(file.path) && file.size === (size ?? file.size))
      .sort((a, b) => nameFirst(a.path, b.path))
      .find((file) => `sha256:${known.of(file.path)}` === hash);
    if (single) return modelFile(path.join(root, single.path));
    for (const begin of foldersIn(files).sort(nameFirst)) {
      const below = files.flatMap((file) =>
        file.path.startsWith(begin) ? [{ path: file.path.slice(begin.length), size: file.size }] : [],
      );
      for (const choice of modelChoices(below)) {
        if (choice.what !== 'folder' || choice.size !== (size ?? choice.size)) continue;
        const listed = choice.files.map((file) => ({ path: file.path, sha256: known.of(begin + file.path) }));
        if (modelHash(listed) === hash)
          return modelFolder(
            path.join(root, begin),
            listed.map((file) => file.path),
          );
      }
    }
    throw new ProblemError({
      what: `No file or folder in ${folder} is the model ${name} (${hash.slice(0, 19)}…).${from}`,
      cure: 'Put it there under any name, or give another model with --model.',
    });
  };
}
