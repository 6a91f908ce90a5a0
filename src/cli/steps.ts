import { readFileSync } from 'node:fs';
import { ProblemError } from '../core/problem';
import { readSteps } from '../engine/recording/steps-file';
import type { Resume } from '../engine/resume';

/** `--from-step FILE.safetensors:12`: the zone of the file goes on from its step 12, counted from 1. */
export function resumeFromFile(option: string, zones: readonly string[]): Resume {
  const colon = option.lastIndexOf(':');
  const [path, step] = [option.slice(0, colon), Number(option.slice(colon + 1))];
  if (colon < 1 || !Number.isInteger(step) || step < 2)
    throw new ProblemError({
      what: `--from-step ${option} names no file with a step.`,
      cure: 'Write it as --from-step FILE.safetensors:12; the first step from which a run can go on is 2.',
    });
  const source = readSteps(readFileSync(path));
  const zone = source.zones.find((end) => zones.includes(end));
  if (zone === undefined)
    throw new ProblemError({
      what: `--from-step: ${path} has no zone of this graph.`,
      cure: 'Record the same graph with --record; parameters may differ, node ids may not.',
    });
  return { zone, evaluation: step - 1, source };
}
