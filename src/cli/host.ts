import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Host, SavedFile } from '../core/define-node';
import { ProblemError } from '../core/problem';
import { openFileBytes } from '../formats/bytes.node';
import { decodePng } from '../formats/png';
import { embeddingsNamed } from './embedding-search';
import { modelFile, modelFolder } from './model-folder';
import { searchModels } from './model-search';
import { terminalNotebook } from './notebook';

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
  /** Where models are looked for that a graph names by their hash. */
  readonly models?: string | undefined;
}): TerminalHost {
  const saved: string[] = [];
  const embeddings = embeddingsNamed(options);
  const search = searchModels(options.models);
  const find = (reference: string): string | undefined => {
    const places = [path.resolve(options.beside, reference), path.resolve(reference)];
    const [, model, name] = /^([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(reference) ?? [];
    // A ControlNet is a folder; beside it lies a picture of what it does.
    const fineTunes = path.join(options.program, 'models', model ?? '', 'fine-tunes');
    const files = [`${name}.safetensors`, name ?? '', `${name}.png`].map((file) => path.join(fineTunes, file));
    if (name) places.push(...files);
    return places.find((file) => existsSync(file));
  };
  return {
    document: options.document,
    notebook: terminalNotebook(),
    embeddings,
    saved,
    async open(reference) {
      if (typeof reference !== 'string') {
        const { paths, open } = search(reference);
        const bytes = paths.length === 1 ? await open(paths[0] ?? '') : undefined;
        if (bytes) return bytes;
        throw new ProblemError({ what: `${reference.name} is a folder; one file is needed here.` });
      }
      const file = find(reference);
      if (file === undefined || !statSync(file).isFile())
        throw new ProblemError({
          what: `There is no file ${reference}.`,
          cure: 'Give its path with --set, relative to the graph.',
        });
      return openFileBytes(file);
    },
    async folder(reference) {
      if (typeof reference !== 'string') return search(reference);
      const embedded = path.join(options.program, 'models', reference, 'model');
      const folder = /^[a-z0-9-]+$/.test(reference) && existsSync(embedded) ? embedded : find(reference);
      if (folder === undefined)
        throw new ProblemError({
          what: reference === '' ? 'No model is chosen.' : `There is no model ${reference}.`,
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
