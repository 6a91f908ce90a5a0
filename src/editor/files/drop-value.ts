import { keepFile } from '../../storage/files';
import type { Point } from '../document/nodes';
import { registry } from '../registry';
import { addNode } from '../state/add-node';
import { type ValueKind, valueIn } from './value-kind';

/** The node that loads a value, and the parameter that takes it. */
const loaders: Readonly<Record<ValueKind, string>> = {
  latent: 'latent/load-latent',
  conditioning: 'text/load-conditioning',
  image: 'image/load-image',
  mask: 'mask/load-mask',
  number: 'numbers/number',
};

/** Adds the node that loads the value a file holds; false where it holds none. */
export async function dropValue(file: File, at: Point): Promise<boolean> {
  const found = await valueIn(file);
  const definition = found && registry.get(loaders[found.kind]);
  if (!definition) return false;
  addNode(definition, at, {
    params: found.kind === 'number' ? { value: found.value ?? 0 } : { file: await keepFile(file, file.name) },
  });
  return true;
}
