import { bytesInMemory } from '../../src/formats/bytes';
import { openSafetensors, type SafetensorsTensor, writeSafetensors } from '../../src/formats/safetensors';
import type { LessonState } from './lesson';

const PARTS = ['parameters', 'means', 'squares', 'averages'] as const;

/** How far a lesson is, as a safetensors file. */
export function writeLessonState(state: LessonState): Uint8Array<ArrayBuffer> {
  const tensors: Record<string, SafetensorsTensor> = {};
  for (const part of PARTS) {
    for (const [i, data] of state[part].entries()) tensors[`${part}.${i}`] = { shape: [data.length], data };
  }
  if (state.losses.length) tensors.losses = { shape: [state.losses.length], data: Float32Array.from(state.losses) };
  return writeSafetensors(tensors, {
    steps: String(state.steps),
    count: String(state.parameters.length),
    averages: String(state.averages.length),
    ...(state.scale && {
      skipped: String(state.skipped),
      scale: String(state.scale.scale),
      good: String(state.scale.good),
    }),
  });
}

/** What `writeLessonState` wrote; undefined for anything else, which then starts anew. */
export function lessonStateFrom(bytes: Uint8Array<ArrayBuffer>): LessonState | undefined {
  try {
    const file = openSafetensors(bytesInMemory(bytes));
    const [count, averages] = [Number(file.metadata.count), Number(file.metadata.averages)];
    const steps = Number(file.metadata.steps);
    if (!Number.isInteger(steps) || steps < 0 || !Number.isInteger(averages)) return undefined;
    const read = (part: string, length = count) => Array.from({ length }, (_, i) => file.read(`${part}.${i}`).slice());
    const { skipped = 0, scale, good } = file.metadata;
    return {
      steps,
      skipped: Number(skipped),
      ...(scale !== undefined && { scale: { scale: Number(scale), good: Number(good) } }),
      parameters: read('parameters'),
      means: read('means'),
      squares: read('squares'),
      averages: read('averages', averages),
      losses: steps > 0 ? [...file.read('losses')] : [],
    };
  } catch {
    return undefined;
  }
}
