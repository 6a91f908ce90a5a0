import type { Device } from '../../src/core/device';
import type { LessonNeeds } from '../../src/core/lesson';
import { ProblemError } from '../../src/core/problem';
import { planTraining, type SettingsOf, type StepSize, type TrainingWay } from './memory';

/** Pixels of a picture per cell of its latent with all models of Stable Diffusion. */
const CELL = 8;

const bytesInWords = (bytes: number) =>
  bytes < 1e9 ? `${Number((bytes / 1e6).toPrecision(2))} MB` : `${Number((bytes / 1e9).toPrecision(2))} GB`;

/** What is done to take less memory, in words. */
function inWords({ recompute, parts, precision }: TrainingWay): string {
  const again = recompute.includes('block') ? ['computes each block twice'] : [];
  if (recompute.includes('head') && again.length === 0) again.push('computes attention twice');
  return [
    ...(precision === 'float16' ? ['computes in half precision'] : []),
    ...again,
    ...(parts > 1 ? [`takes the pictures of a step in ${parts} parts`] : []),
  ].join(' and ');
}

/**
 * How the steps of a lesson are made so that they fit the device, and what they take. Throws a sentence where none fit, with
 * what would.
 */
export function fitLesson(
  device: Device,
  settingsOf: SettingsOf,
  size: StepSize,
): { readonly way: TrainingWay; readonly needs: LessonNeeds } {
  const { chosen, least, proposal } = planTraining(settingsOf, size, device.limits, { float16: device.float16 });
  if (chosen) return { way: chosen.way, needs: { bytes: chosen.memory.all, how: inWords(chosen.way) } };
  const { all, tensor } = device.limits ?? {};
  const { memory } = least;
  const piece = tensor !== undefined && memory.largest.bytes > tensor;
  const needed = piece
    ? `${memory.largest.what} has ${bytesInWords(memory.largest.bytes)}, and ${device.name} holds ${bytesInWords(tensor)} in one piece`
    : `a step takes at least ${bytesInWords(memory.all)}, and ${device.name} holds ${bytesInWords(all ?? 0)}`;
  const [, height = 0, width = 0] = proposal?.size.shape ?? [];
  throw new ProblemError({
    port: 'latent',
    what: `This does not fit: ${needed}.`,
    cure: proposal
      ? `Pictures of ${width * CELL} × ${height * CELL} would fit, with ${bytesInWords(proposal.plan.memory.all)}.`
      : 'Not even small pictures would fit. Choose a smaller model, or a device with more memory.',
  });
}
