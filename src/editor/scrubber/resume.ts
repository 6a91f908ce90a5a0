import type { RecordedZone } from '../../engine/recording/address';
import { queueFrom } from '../engine/queue';
import { showStep } from './steps';

/** Runs the graph as it is now, the zone from a step of the last run on. */
export function resumeFrom({ end }: RecordedZone, evaluation: number): void {
  showStep(undefined);
  queueFrom({ zone: end, evaluation });
}
