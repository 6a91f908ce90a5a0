import { readFile } from 'node:fs/promises';
import type { ReadReference } from './pictures';

/** Reads a file under test/reference from disk. */
export const readReference: ReadReference = (path) =>
  readFile(new URL(`reference/${path}`, import.meta.url)).catch(() => undefined);
