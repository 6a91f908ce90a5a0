import type { Device, Network, Tensor, Tensors } from '../../src/core/device';
import { ADAM, type AdamSettings, adamStep } from '../../src/onnx/adam';
import { ZERO_INPUT } from '../../src/onnx/gradient';
import { defineNetwork } from '../../src/onnx/network';
import { add } from '../../src/onnx/ops/add';
import { multiply } from '../../src/onnx/ops/multiply';
import { outputOf } from '../outputs';
import {
  buildGradients,
  type GradientSettings,
  gradientOptions,
  isScaled,
  SCALE_INPUT,
  sizesOf,
  sum,
  TRAINED,
} from './gradient-graph';
import { LOSS_SCALE, type LossScale, type LossScaleSettings, nextScale } from './loss-scale';

export interface TrainerSettings extends GradientSettings {
  /** Content key of the loss, with all its shapes. */
  readonly key: string;
  readonly adam?: AdamSettings;
  /** For half precision. */
  readonly scaling?: LossScaleSettings;
}

/** The parameters, what the optimizer remembers of each, and how many steps were made: all that is needed to go on. */
export interface TrainerState {
  readonly steps: number;
  /** How many of the steps changed nothing, since a derivative was too large for half precision. */
  readonly skipped: number;
  /** In half precision. */
  readonly scale?: LossScale | undefined;
  readonly parameters: readonly Float32Array[];
  readonly means: readonly Float32Array[];
  readonly squares: readonly Float32Array[];
}

/** Before the first step. */
export const untrained = (parameters: readonly Float32Array[]): TrainerState => ({
  steps: 0,
  skipped: 0,
  parameters,
  means: parameters.map(({ length }) => new Float32Array(length)),
  squares: parameters.map(({ length }) => new Float32Array(length)),
});

const MEMORY = ['parameter', 'mean', 'square'] as const;
type Memory = (typeof MEMORY)[number];
/** Of all parameters, one after the other. */
type Held = Readonly<Record<Memory, Tensor>>;

/** Steps in a row that are skipped before it is said that nothing comes of it: then the scale is 2^-14 of what it was. */
const MOST_SKIPPED = 14;

/**
 * Trains inputs of a network by AdamW. One network computes the loss and its gradient, another makes the step. Parameters and
 * the optimizer's memory stay on the device from one to the next, so only the loss comes back.
 */
export class Trainer {
  #steps: number;
  #skipped: number;
  #skippedLast = 0;
  #scale: LossScale | undefined;
  #held: Held;
  readonly #sizes: readonly number[];
  readonly #backward: Network;

  constructor(
    readonly device: Device,
    readonly settings: TrainerSettings,
    start: TrainerState,
  ) {
    const { key, recompute = [] } = settings;
    this.#steps = start.steps;
    this.#skipped = start.skipped;
    if (isScaled(settings)) this.#scale = start.scale ?? { scale: this.#scaling.start, good: 0 };
    this.#sizes = sizesOf(settings);
    this.#held = {
      parameter: this.#joined(start.parameters),
      mean: this.#joined(start.means),
      square: this.#joined(start.squares),
    };
    this.#backward = defineNetwork(
      [`gradient of ${key}`, ...recompute].join(' '),
      (graph) => buildGradients(graph, settings),
      gradientOptions(settings),
    );
  }

  /** How many steps were made. */
  get steps(): number {
    return this.#steps;
  }

  get #scaling(): LossScaleSettings {
    return this.settings.scaling ?? LOSS_SCALE;
  }

  /**
   * One step with the mean gradient of `batches`, each of which feeds the loss's other inputs and is computed after the one
   * before it. Resolves with the mean loss. The tensors of the batches stay the caller's. In half precision a step with a
   * derivative that is no number changes nothing but the scale of the loss, and its loss may be no number.
   */
  async step(batches: readonly Tensors[], rate: number): Promise<number> {
    const { device } = this;
    const { recompute = [] } = this.settings;
    const scale = this.#scale;
    const number = (value: number) => device.tensor(Float32Array.of(value), [1]);
    const numbers = {
      ...(recompute.length > 0 && { [ZERO_INPUT]: number(0) }),
      ...(scale && { [SCALE_INPUT]: number(scale.scale) }),
    };
    const trained = { [TRAINED]: this.#held.parameter };
    const results: Record<string, Tensor>[] = [];
    const numberOf = async (result: Record<string, Tensor>, name: string) =>
      (await device.read(outputOf(result, name)))[0] ?? Number.NaN;
    try {
      let [loss, sound] = [0, 0];
      for (const batch of batches) {
        const result = await device.run(this.#backward, { ...batch, ...trained, ...numbers });
        results.push(result);
        loss += (await numberOf(result, 'loss')) / batches.length;
        if (scale) sound += await numberOf(result, 'sound');
      }
      const went = Number.isFinite(loss) && Number.isFinite(sound);
      if (went) await this.#update(results, rate);
      else this.#skip();
      if (scale) this.#scale = nextScale(scale, went, this.#scaling);
      return loss;
    } finally {
      for (const result of [...results, numbers]) for (const tensor of Object.values(result)) device.dispose(tensor);
    }
  }

  /** Makes nothing of a step. Throws a sentence where another one would not be better. */
  #skip(): void {
    this.#skippedLast += 1;
    if (this.#scale && this.#skippedLast <= MOST_SKIPPED) {
      this.#steps += 1;
      this.#skipped += 1;
      return;
    }
    throw new Error(
      `The loss of step ${this.#steps + 1} is not a number. Training went too far: choose a lower learning rate.`,
    );
  }

  /** The parameters now, in the order of the settings. */
  parameters(): Promise<Float32Array[]> {
    return this.#read('parameter');
  }

  async state(): Promise<TrainerState> {
    const [parameters, means, squares] = [
      await this.#read('parameter'),
      await this.#read('mean'),
      await this.#read('square'),
    ];
    return { steps: this.#steps, skipped: this.#skipped, scale: this.#scale, parameters, means, squares };
  }

  dispose(): void {
    for (const what of MEMORY) this.device.dispose(this.#held[what]);
  }

  async #update(results: readonly Record<string, Tensor>[], rate: number): Promise<void> {
    const { device } = this;
    const { beta1, beta2 } = this.settings.adam ?? ADAM;
    // torch's optimizers count the steps that they make.
    const step = this.#steps - this.#skipped + 1;
    const number = (value: number) => device.tensor(Float32Array.of(value), [1]);
    const numbers = {
      rate: number(rate),
      correction1: number(1 - beta1 ** step),
      correction2: number(1 - beta2 ** step),
      ...(this.#scale && { unscale: number(1 / (results.length * this.#scale.scale)) }),
    };
    const feeds: Record<string, Tensor> = { ...numbers, ...this.#held };
    for (const [i, result] of results.entries()) feeds[`gradient_${i}`] = outputOf(result, 'gradient');
    try {
      const next = await device.run(this.#optimizer(results.length), feeds);
      this.dispose();
      const at = (what: Memory) => outputOf(next, `next_${what}`);
      this.#held = { parameter: at('parameter'), mean: at('mean'), square: at('square') };
      this.#steps += 1;
      this.#skippedLast = 0;
    } finally {
      for (const tensor of Object.values(numbers)) device.dispose(tensor);
    }
  }

  #optimizer(batches: number): Network {
    const { adam = ADAM } = this.settings;
    const dims = [sum(this.#sizes)];
    const scaled = this.#scale !== undefined;
    const what = `${batches}${scaled ? ' with a scale' : ''}`;
    return defineNetwork(`adam ${Object.values(adam).join(' ')} of ${what} for ${dims}`, (graph) => {
      const number = (name: string) => graph.input(name, [1]);
      const step = { rate: number('rate'), correction1: number('correction1'), correction2: number('correction2') };
      const input = (name: string) => graph.input(name, dims);
      const given = Array.from({ length: batches }, (_, i) => input(`gradient_${i}`));
      const gradient = multiply(given.reduce(add), scaled ? number('unscale') : graph.constant([1 / batches]));
      const now = { gradient, parameter: input('parameter'), mean: input('mean'), square: input('square') };
      for (const [what, value] of Object.entries(adamStep(now, step, adam))) graph.output(`next_${what}`, value);
    });
  }

  #joined(parts: readonly Float32Array[]): Tensor {
    const all = new Float32Array(sum(this.#sizes));
    let begin = 0;
    for (const [i, size] of this.#sizes.entries()) {
      all.set(parts[i] ?? [], begin);
      begin += size;
    }
    return this.device.tensor(all, [all.length]);
  }

  async #read(what: Memory): Promise<Float32Array[]> {
    const all = await this.device.read(this.#held[what]);
    let begin = 0;
    return this.#sizes.map((size) => {
      begin += size;
      // What a device reads may be shared with it, and the tensor is freed at the next step.
      return all.slice(begin - size, begin);
    });
  }
}
