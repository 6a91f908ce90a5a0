import { bytesInMemory } from '../../src/formats/bytes';
import { openSafetensors, type SafetensorsTensor, writeSafetensors } from '../../src/formats/safetensors';
import type { TrainerState } from './trainer';

const PARTS = ['parameters', 'means', 'squares'] as const;

/** How far a training is, as a safetensors file. */
export function writeTrainerState(state: TrainerState): Uint8Array<ArrayBuffer> {
  const tensors: Record<string, SafetensorsTensor> = {};
  for (const part of PARTS) {
    for (const [i, data] of state[part].entries()) tensors[`${part}.${i}`] = { shape: [data.length], data };
  }
  return writeSafetensors(tensors, { steps: String(state.steps), count: String(state.parameters.length) });
}

/** What `writeTrainerState` wrote; undefined for anything else, which then starts anew. */
export function trainerStateFrom(bytes: Uint8Array<ArrayBuffer>): TrainerState | undefined {
  try {
    const file = openSafetensors(bytesInMemory(bytes));
    const count = Number(file.metadata.count);
    const steps = Number(file.metadata.steps);
    if (!Number.isInteger(steps) || steps < 0) return undefined;
    const read = (part: string) => Array.from({ length: count }, (_, i) => file.read(`${part}.${i}`).slice());
    return { steps, parameters: read('parameters'), means: read('means'), squares: read('squares') };
  } catch {
    return undefined;
  }
}
