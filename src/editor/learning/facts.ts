import type { Lesson } from '../state/lesson';
import { smoothed } from '../state/lesson';
import type { NodeRun } from '../state/run-store';

/** How a lesson stands, in numbers. */
export interface LessonFacts {
  readonly step: number;
  /** Steps in all. */
  readonly of: number;
  /** Over the last steps, once there are some. */
  readonly loss?: number | undefined;
  /** Milliseconds a step, and until the end, while it goes on. */
  readonly each?: number | undefined;
  readonly left?: number | undefined;
}

/** `of` is what the node is set to, where its run does not say. */
export function factsOf(lesson: Lesson | undefined, run: NodeRun | undefined, of: number): LessonFacts {
  const losses = lesson?.losses ?? [];
  const loss = smoothed(losses).at(-1);
  if (run?.state !== 'running' || run.done === undefined || run.of === undefined)
    return { step: losses.length, of: Math.max(of, losses.length), loss };
  const { done, of: all, each } = run;
  return { step: done, of: all, loss, each, left: each && each * (all - done) };
}
