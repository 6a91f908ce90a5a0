import type { NoiseSchedule } from '../../core/sampler-table';
import type { Conditioning } from '../../core/values';
import { comfyuiTable } from '../ladders/comfyui';

/**
 * Whether an entry counts at a noise level: its range goes along the timesteps of the training, from noise (0) to picture (1),
 * as ComfyUI's `percent_to_sigma` has it.
 */
export function countsAt(range: Conditioning[number]['range'], sigma: number, schedule: NoiseSchedule): boolean {
  if (!range) return true;
  const { sigmas, sigmaAt } = comfyuiTable(schedule);
  const at = (share: number) => {
    if (share <= 0) return Number.POSITIVE_INFINITY;
    return share >= 1 ? 0 : sigmaAt((1 - share) * (sigmas.length - 1));
  };
  return sigma <= at(range.start) && sigma >= at(range.end);
}
