import type { Device, Network, Tensor, Tensors } from '../../src/core/device';
import { ADAM, type AdamSettings, adamStep } from '../../src/onnx/adam';
import { ZERO_INPUT } from '../../src/onnx/gradient';
import { defineNetwork } from '../../src/onnx/network';
import { add } from '../../src/onnx/ops/add';
import { multiply } from '../../src/onnx/ops/multiply';
import { outputOf } from '../outputs';
import { buildGradients, type GradientSettings, gradientOptions, lossScale } from './gradient-graph';

export interface TrainerSettings extends GradientSettings {
  /** Content key of the loss, with all its shapes. */
  readonly key: string;
  readonly adam?: AdamSettings;
}

/** The parameters, what the optimizer remembers of each, and how many steps were made: all that is needed to go on. */
export interface TrainerState {
  readonly steps: number;
  readonly parameters: readonly Float32Array[];
  readonly means: readonly Float32Array[];
  readonly squares: readonly Float32Array[];
}

/** Before the first step. */
export const untrained = (parameters: readonly Float32Array[]): TrainerState => ({
  steps: 0,
  parameters,
  means: parameters.map(({ length }) => new Float32Array(length)),
  squares: parameters.map(({ length }) => new Float32Array(length)),
});

const MEMORY = ['parameter', 'mean', 'square'] as const;
type Held = Record<(typeof MEMORY)[number], Tensor>;

/**
 * Trains inputs of a network by AdamW. One network computes the loss and its gradient, another makes the step. Parameters and
 * the optimizer's memory stay on the device from one to the next, so only the loss comes back.
 */
export class Trainer {
  #steps: number;
  #held: readonly Held[];
  readonly #backward: Network;

  constructor(
    readonly device: Device,
    readonly settings: TrainerSettings,
    start: TrainerState,
  ) {
    const { key, parameters, recompute = [] } = settings;
    this.#steps = start.steps;
    this.#held = parameters.map(({ dims }, i) => {
      const tensor = (all: readonly Float32Array[]) => device.tensor(Float32Array.from(all[i] ?? []), dims);
      return { parameter: tensor(start.parameters), mean: tensor(start.means), square: tensor(start.squares) };
    });
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

  /**
   * One step with the mean gradient of `batches`, each of which feeds the loss's other inputs and is computed after the one
   * before it. Resolves with the mean loss. The tensors of the batches stay the caller's.
   */
  async step(batches: readonly Tensors[], rate: number): Promise<number> {
    const { device } = this;
    const { parameters, recompute = [] } = this.settings;
    const zero = recompute.length > 0 ? { [ZERO_INPUT]: device.tensor(Float32Array.of(0), [1]) } : {};
    const trained = Object.fromEntries(parameters.map(({ name }, i) => [name, this.#heldAt(i).parameter]));
    const results: Record<string, Tensor>[] = [];
    try {
      let loss = 0;
      for (const batch of batches) {
        const result = await device.run(this.#backward, { ...batch, ...trained, ...zero });
        results.push(result);
        loss += ((await device.read(outputOf(result, 'loss')))[0] ?? Number.NaN) / batches.length;
      }
      if (!Number.isFinite(loss)) {
        throw new Error(
          `The loss of step ${this.#steps + 1} is not a number. Training went too far: choose a lower learning rate.`,
        );
      }
      await this.#update(results, rate);
      return loss;
    } finally {
      for (const result of [...results, zero]) for (const tensor of Object.values(result)) device.dispose(tensor);
    }
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
    return { steps: this.#steps, parameters, means, squares };
  }

  dispose(): void {
    for (const held of this.#held) for (const what of MEMORY) this.device.dispose(held[what]);
  }

  async #update(results: readonly Record<string, Tensor>[], rate: number): Promise<void> {
    const { device } = this;
    const { beta1, beta2 } = this.settings.adam ?? ADAM;
    const step = this.#steps + 1;
    const number = (value: number) => device.tensor(Float32Array.of(value), [1]);
    const numbers = {
      rate: number(rate),
      correction1: number(1 - beta1 ** step),
      correction2: number(1 - beta2 ** step),
    };
    const feeds: Record<string, Tensor> = { ...numbers };
    for (const [i, held] of this.#held.entries()) {
      for (const what of MEMORY) feeds[`${what}_${i}`] = held[what];
      for (const [j, result] of results.entries()) feeds[`gradient_${i}_${j}`] = outputOf(result, `gradient_${i}`);
    }
    try {
      const next = await device.run(this.#optimizer(results.length), feeds);
      this.dispose();
      this.#held = this.#held.map((_, i) => {
        const at = (what: string) => outputOf(next, `next_${what}_${i}`);
        return { parameter: at('parameter'), mean: at('mean'), square: at('square') };
      });
      this.#steps = step;
    } finally {
      for (const tensor of Object.values(numbers)) device.dispose(tensor);
    }
  }

  #optimizer(batches: number): Network {
    const { parameters, adam = ADAM } = this.settings;
    const shapes = parameters.map(({ dims }) => dims.join('x')).join(' ');
    const scale = lossScale(this.settings);
    return defineNetwork(`adam ${Object.values(adam).join(' ')} of ${batches} by ${scale} for ${shapes}`, (graph) => {
      const number = (name: string) => graph.input(name, [1]);
      const step = { rate: number('rate'), correction1: number('correction1'), correction2: number('correction2') };
      for (const [i, { dims }] of parameters.entries()) {
        const input = (name: string) => graph.input(name, dims);
        const given = Array.from({ length: batches }, (_, j) => input(`gradient_${i}_${j}`));
        const gradient = multiply(given.reduce(add), graph.constant([1 / (batches * scale)]));
        const now = {
          gradient,
          parameter: input(`parameter_${i}`),
          mean: input(`mean_${i}`),
          square: input(`square_${i}`),
        };
        for (const [what, value] of Object.entries(adamStep(now, step, adam))) graph.output(`next_${what}_${i}`, value);
      }
    });
  }

  #heldAt(i: number): Held {
    const held = this.#held[i];
    if (!held) throw new Error(`There is no parameter ${i}.`);
    return held;
  }

  async #read(what: (typeof MEMORY)[number]): Promise<Float32Array[]> {
    const all: Float32Array[] = [];
    // What a device reads may be shared with it, and the tensor is freed at the next step.
    for (const held of this.#held) all.push(Float32Array.from(await this.device.read(held[what])));
    return all;
  }
}
