import type { LessonNeeds } from '../../core/lesson';
import type { Picture, RunEvent } from '../../engine/events';

/** What a node that learns told of a lesson, as far as it is. */
export interface Lesson {
  readonly needs?: LessonNeeds;
  /** Of each step. */
  readonly losses: readonly number[];
  readonly samples: readonly { readonly step: number; readonly picture: Picture }[];
  /** How far it is could not be kept. */
  readonly unkept?: true;
}

/** The most pictures of a lesson that are kept; of more, every second one goes. */
const MOST_SAMPLES = 24;

const empty: Lesson = { losses: [], samples: [] };

/** A lesson with what is new of it. One that begins anew, or from an earlier step, leaves behind what came later. */
export function withNews(before: Lesson = empty, news: Extract<RunEvent, { type: 'lesson' }>): Lesson {
  const { needs, losses, sample, unkept } = news;
  const { unkept: _, ...begun } = before;
  // What it needs is told first, by each run anew.
  const next = { ...(needs ? begun : before), ...(needs && { needs }), ...(unkept && { unkept }) };
  if (losses) {
    const { at, values } = losses;
    const step = at + values.length;
    return {
      ...next,
      losses: [...before.losses.slice(0, at), ...values],
      samples: before.samples.filter((one) => one.step <= step),
    };
  }
  if (!sample) return next;
  const samples = [...before.samples.filter(({ step }) => step < sample.step), sample];
  return { ...next, samples: samples.length > MOST_SAMPLES ? thinned(samples) : samples };
}

/** The first and the last stay. */
const thinned = <T>(all: readonly T[]): T[] => all.filter((_, i) => i % 2 === 0 || i === all.length - 1);

/** Over how many steps the loss is averaged for the eye: each sees other pictures under other noise. */
const SMOOTH = 0.04;

/**
 * The losses with what jumps from step to step taken out: a running mean without its bias towards the start. Steps without a
 * loss, whose numbers were too large for half precision, leave it as it was.
 */
export function smoothed(losses: readonly number[]): number[] {
  const keep = 1 - Math.max(SMOOTH, 1 / (losses.length / 8 + 1));
  let [sum, weight] = [0, 0];
  return losses.map((loss) => {
    if (!Number.isFinite(loss)) return sum / (weight || 1);
    sum = keep * sum + loss;
    weight = keep * weight + 1;
    return sum / weight;
  });
}

/** At most so many of a row's numbers, each the mean of its part, with the step in the middle of the part. */
export function thinnedOut(
  values: readonly number[],
  most: number,
): { readonly step: number; readonly value: number }[] {
  const width = Math.max(1, Math.ceil(values.length / most));
  const points = Array.from({ length: Math.ceil(values.length / width) }, (_, part) => {
    const of = values.slice(part * width, (part + 1) * width).filter(Number.isFinite);
    return {
      step: Math.min(part * width + (width + 1) / 2, values.length),
      value: of.reduce((sum, value) => sum + value, 0) / of.length,
    };
  });
  return points.filter(({ value }) => Number.isFinite(value));
}
