import type { Folder } from '../src/core/define-node';
import { readJson } from './folder-files';

/** Fields of a config that may be missing: exports of some tools come without. */
export async function configOf(folder: Folder, part: string): Promise<Readonly<Record<string, unknown>>> {
  const path = `${part}/config.json`;
  if (!folder.paths.includes(path)) return {};
  const config = await readJson(folder, path);
  return typeof config === 'object' && config !== null ? (config as Record<string, unknown>) : {};
}

export const sizeIn = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
