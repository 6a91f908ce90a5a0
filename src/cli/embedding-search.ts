import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { identify } from '../../models/model-kind';
import { embeddingName, mentions, type NamedEmbedding } from '../core/named-embedding';
import { openFileBytes } from '../formats/bytes.node';
import { openTensorFile } from '../formats/tensor-file';
import { filesOf } from './model-folder';
import { Hashes, isSingleFile } from './model-search';

/** Learned words are small; larger files of the same name need not be hashed. */
const LARGEST_EMBEDDING = 64 * 2 ** 20;

/** The embeddings that prompts of a graph, as it is saved, name: of those below `models`, and of those that come with us. */
export function embeddingsNamed(options: {
  readonly document: string;
  readonly models?: string | undefined;
  /** The folder of this program. */
  readonly program: string;
}): NamedEmbedding[] {
  const { document, models, program } = options;
  const own = embeddedWords(program).filter(({ name }) => mentions(document, name));
  return models === undefined ? own : [...own, ...embeddingsBelow(path.resolve(models), document)];
}

function embeddingsBelow(root: string, document: string): NamedEmbedding[] {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) return [];
  const hashes = new Hashes(root);
  return filesOf(root).flatMap((file) => {
    const { base } = path.parse(file);
    const name = embeddingName(base);
    const { size } = statSync(path.join(root, file));
    if (!isSingleFile(base) || size > LARGEST_EMBEDDING || !mentions(document, name)) return [];
    if (!isEmbedding(path.join(root, file))) return [];
    const hash = `sha256:${hashes.of(file)}`;
    return [{ name, reference: { hash, name: base, size }, key: hash }];
  });
}

function isEmbedding(file: string): boolean {
  try {
    return identify(openTensorFile(openFileBytes(file)).tensors).kind === 'embedding';
  } catch {
    return false; // Something else that has the name by chance.
  }
}

/** The learned words that come with the embedded models, by the reports beside them. */
function embeddedWords(program: string): NamedEmbedding[] {
  const models = path.join(program, 'models');
  const folders = existsSync(models) ? readdirSync(models, { withFileTypes: true }) : [];
  return folders.flatMap(({ name: model }) => {
    const folder = path.join(models, model, 'fine-tunes');
    const reports = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
    return reports.flatMap((file) => {
      const { kind } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { kind?: unknown };
      const { name } = path.parse(file);
      const reference = `${model}/${name}`;
      return kind === 'embedding' ? [{ name, reference, key: reference }] : [];
    });
  });
}
