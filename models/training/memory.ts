import type { DeviceLimits } from '../../src/core/device';
import { footprintOf } from '../../src/onnx/footprint';
import { Graph, type Recomputable } from '../../src/onnx/graph';
import { bytesOf } from '../../src/onnx/shapes';
import { buildGradients, type GradientSettings, gradientOptions } from './gradient-graph';

/** What a step of training takes, in bytes, as far as one can tell before it is made. */
export interface TrainingMemory {
  /** The frozen model's weights, those that the backward pass has turned around, and what the device holds twice. */
  readonly weights: number;
  /** The most that inputs, gradients and all between them have at one time. */
  readonly activations: number;
  /** What the optimizer remembers of what is trained. */
  readonly optimizer: number;
  /** The most at any time of a step. */
  readonly all: number;
  /** The largest tensor, and what it is for people. */
  readonly largest: { readonly bytes: number; readonly what: string };
}

/** The size of a step: pictures at once, and `[c, h, w]` of a latent. */
export interface StepSize {
  readonly batch: number;
  readonly shape: readonly [number, number, number];
}

/** How a step is made. None of this changes what it computes, save for rounding. */
export interface TrainingWay {
  readonly recompute: readonly Recomputable[];
  /** Into how many equal batches, one after the other, the pictures are divided. */
  readonly parts: number;
  readonly precision: 'float32' | 'float16';
}

export interface TrainingPlan {
  readonly way: TrainingWay;
  readonly memory: TrainingMemory;
}

/** Builds the settings for a batch of a size. */
export type SettingsOf = (size: StepSize) => GradientSettings;

export type Budget = Pick<DeviceLimits, 'all' | 'tensor' | 'convolutionsTwice'>;

const NO_LIMITS: Budget = { convolutionsTwice: false };
const NO_TENSOR = { bytes: 0, what: '' };

/**
 * Predicts the peak memory of a step: builds the graph of loss and gradients, without reading a weight, and follows what is
 * alive from node to node. `parts` gradients are held until the optimizer has made their mean.
 */
export function trainingMemory(settings: GradientSettings, parts = 1, limits: Budget = NO_LIMITS): TrainingMemory {
  const graph = new Graph(gradientOptions(settings));
  buildGradients(graph, settings);
  const { weights, convolutions, activations, largest } = footprintOf(graph);
  const trained = settings.parameters.reduce((sum, { dims }) => sum + bytesOf({ type: 'float32', dims }), 0);
  const held = weights + (limits.convolutionsTwice ? convolutions : 0);
  // Running means of the gradient and its square, and the gradients of the parts before the last one.
  const beside = (2 + parts - 1) * trained;
  // Parameters and both means, as they were and as they will be, and the gradients.
  const updating = (6 + parts) * trained;
  return {
    weights: held,
    activations,
    optimizer: 2 * trained,
    all: held + Math.max(activations + beside, updating),
    largest,
  };
}

const fits = ({ all, largest }: TrainingMemory, limits: Budget) =>
  all <= (limits.all ?? Number.POSITIVE_INFINITY) && largest.bytes <= (limits.tensor ?? Number.POSITIVE_INFINITY);

/** From the fastest to the one that takes least: heads cost 3 % more arithmetic, blocks 30 %. */
function waysFor(batch: number, precisions: readonly TrainingWay['precision'][]): TrainingWay[] {
  const divisions = Array.from({ length: batch }, (_, i) => i + 1).filter((parts) => batch % parts === 0);
  const cheap: (readonly Recomputable[])[] = [[], ['head']];
  const costly: (readonly Recomputable[])[] = [['block'], ['block', 'head']];
  return precisions.flatMap((precision) =>
    [cheap, costly].flatMap((choices) =>
      divisions.flatMap((parts) => choices.map((recompute) => ({ recompute, parts, precision }))),
    ),
  );
}

function planFor(settingsOf: SettingsOf, { batch, shape }: StepSize, way: TrainingWay, limits: Budget): TrainingPlan {
  const { recompute, parts, precision } = way;
  const settings = { ...settingsOf({ batch: batch / parts, shape }), recompute, precision };
  return { way, memory: trainingMemory(settings, parts, limits) };
}

/** How a step can be made on a device, or what would have to be smaller. */
export interface TrainingChoice {
  /** The fastest way that fits; undefined where none does. */
  readonly chosen?: TrainingPlan;
  /** The way that takes least: the chosen one, or the one that misses by least. */
  readonly least: TrainingPlan;
  /** Where none fits: the largest pictures for which one does, undefined where not even small ones do. */
  readonly proposal?: { readonly size: StepSize; readonly plan: TrainingPlan };
}

/**
 * Chooses what the backward pass computes again and into how many batches the pictures are divided, so that a step fits
 * within `limits`. Where nothing does, proposes smaller pictures. `float16` is whether half precision may be chosen, too.
 */
export function planTraining(
  settingsOf: SettingsOf,
  size: StepSize,
  limits: Budget = NO_LIMITS,
  { float16 = false }: { readonly float16?: boolean } = {},
): TrainingChoice {
  const ways = (batch: number) => waysFor(batch, float16 ? ['float32', 'float16'] : ['float32']);
  let least: TrainingPlan | undefined;
  const tooHeavy = new Set<TrainingWay['precision']>();
  for (const way of ways(size.batch)) {
    if (tooHeavy.has(way.precision)) continue;
    const plan = planFor(settingsOf, size, way, limits);
    // Weights stay the same in whatever way.
    if (!fits({ ...plan.memory, all: plan.memory.weights, largest: NO_TENSOR }, limits)) tooHeavy.add(way.precision);
    if (fits(plan.memory, limits)) return { chosen: plan, least: plan };
    if (!least || plan.memory.all < least.memory.all) least = plan;
  }
  if (!least) throw new Error(`A step needs at least one picture, not ${size.batch}.`);
  const proposal = tooHeavy.has(least.way.precision) ? undefined : smaller(settingsOf, size, least.way, limits);
  return { least, ...(proposal && { proposal }) };
}

/** Parts of a picture's sides that are tried, in eighths. */
const EIGHTHS = [7, 6, 5, 4, 3, 2] as const;
/** Sides of latents that a UNet of four levels halves evenly. */
const EVEN = 8;

function smaller(
  settingsOf: SettingsOf,
  { batch, shape: [channels, height, width] }: StepSize,
  way: TrainingWay,
  limits: Budget,
): TrainingChoice['proposal'] {
  for (const eighths of EIGHTHS) {
    const side = (length: number) => Math.floor((length * eighths) / 8 / EVEN) * EVEN;
    const size: StepSize = { batch, shape: [channels, side(height), side(width)] };
    if (size.shape[1] === 0 || size.shape[2] === 0) return undefined;
    const plan = planFor(settingsOf, size, way, limits);
    if (fits(plan.memory, limits)) return { size, plan };
  }
  return undefined;
}
