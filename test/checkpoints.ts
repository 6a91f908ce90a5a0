import { expect, test } from 'vitest';
import type { Folder, Host } from '../src/core/define-node';
import type { Device } from '../src/core/device';
import type { Document } from '../src/core/document';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors } from '../src/formats/safetensors';
import { type Checkpoint, checkpoints, folderOf, safetensorsOf, tensorsOf, vocabularyFolder } from './checkpoint-files';
import { expectClose } from './closeness';
import { type Case, graphOf } from './picture-graphs';
import { decibels, type ReadReference, referenceHost, runGraph } from './pictures';

/** Largest difference of the latent after all steps, as a part of its range: random weights let rounding grow. */
const LATENT_TOLERANCE = 1e-3;
/** Peak signal to noise ratio of the picture, in decibels. */
const PICTURE_FIDELITY = 50;

/** A host whose models are `folders`, by name. */
export async function checkpointHost(read: ReadReference, folders: Readonly<Record<string, Folder>>): Promise<Host> {
  const all: Readonly<Record<string, Folder>> = { ...folders, 'clip-vocabulary': await vocabularyFolder(read) };
  return {
    ...referenceHost(read),
    async folder(reference) {
      const folder = all[String(reference)];
      if (!folder) throw new Error(`There is no model ${reference}.`);
      return folder;
    },
  };
}

const files = new Map<string, Folder>();

/** The single file of a checkpoint, as a folder with one file. */
export function singleFile(name: string): Folder {
  const made = files.get(name);
  if (made) return made;
  const bytes = safetensorsOf(tensorsOf(checkpoints[name] as Checkpoint));
  const folder = folderOf(name, { 'model.safetensors': bytes });
  files.set(name, folder);
  return folder;
}

export const graphOfCheckpoint = (name: string): Document => {
  const { case: settings } = checkpoints[name] as Checkpoint;
  return graphOf({ ...settings, model: name } as unknown as Case, settings.inpaint === true);
};

/** Whether a graph makes the latent and the picture that diffusers' pipeline makes with the checkpoint `name`. */
export async function expectPicture(
  device: Device,
  read: ReadReference,
  name: string,
  host: Host,
  document = graphOfCheckpoint(name),
): Promise<void> {
  const { made, problems, outcome } = await runGraph(device, document, read, host);
  expect(problems).toEqual([]);
  expect(outcome).toBe('done');
  const file = openSafetensors(bytesInMemory((await read('checkpoints/checkpoints.safetensors')) as Uint8Array));
  expect(decibels(made.get('decode') ?? [], file.read(`${name}.image`))).toBeGreaterThan(PICTURE_FIDELITY);
  expectClose(made.get('end') ?? [], file.read(`${name}.latent`), LATENT_TOLERANCE);
}

/** Single files on a device: the pictures that diffusers makes with them. */
export function testCheckpoints(
  makeDevice: () => Promise<Device>,
  read: ReadReference,
  names: readonly string[],
): void {
  // Made in a test and not before all: a software adapter may take longer than hooks are given.
  let device: Promise<Device> | undefined;

  test.each(names)(
    'a single file makes the latent and the picture of diffusers: %s',
    { timeout: 300_000 },
    async (name) => {
      device ??= makeDevice();
      const made = await device;
      await expectPicture(made, read, name, await checkpointHost(read, { [name]: singleFile(name) }));
      await made.release();
    },
  );
}
