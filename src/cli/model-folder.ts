import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Folder } from '../core/define-node';
import { openFileBytes } from '../formats/bytes.node';

/** A folder on the disk as a model; `paths` are the files that belong to it, by default all. */
export function modelFolder(folder: string, paths: readonly string[] = filesOf(folder)): Folder {
  return {
    key: keyOf(paths.map((name) => path.join(folder, name))),
    title: path.basename(folder) === 'model' ? path.basename(path.dirname(folder)) : path.basename(folder),
    paths,
    open: async (name) => (paths.includes(name) ? openFileBytes(path.join(folder, name)) : undefined),
  };
}

/** A file on the disk as a model. */
export function modelFile(file: string): Folder {
  const name = path.basename(file);
  return {
    key: keyOf([file]),
    title: path.parse(file).name,
    paths: [name],
    open: async (asked) => (asked === name ? openFileBytes(file) : undefined),
  };
}

/** All files below a folder, relative with forward slashes. A link to a file is a file: Hugging Face's cache is made of them. */
export function filesOf(folder: string): string[] {
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
