import { describe, expect, test } from 'vitest';
import { planTraining, type StepSize, trainingMemory } from '../models/training/memory';
import { fullSizeWord } from './full-size-word';
import { hollow } from './hollow-weights';

const word = fullSizeWord(hollow);
const size: StepSize = { batch: 2, shape: [4, 32, 32] };
const unlimited = { convolutionsTwice: false };

describe('the memory of a step of training Stable Diffusion 1.5', () => {
  const need = (recompute: ('block' | 'head')[], precision: 'float32' | 'float16' = 'float32') =>
    trainingMemory({ ...word(size), recompute, precision });

  test('shrinks with what is computed again and in half precision, and weights count as the device holds them', () => {
    const whole = need([]);
    expect(need(['head']).activations).toBeLessThan(whole.activations * 0.7);
    expect(need(['block']).activations).toBeLessThan(whole.activations * 0.5);
    expect(need(['block', 'head']).activations).toBeLessThan(need(['block']).activations * 0.7);
    expect(need([], 'float16').weights * 2).toBe(whole.weights);
    expect(need([], 'float16').activations).toBeLessThan(whole.activations * 0.6);
    expect(trainingMemory(word(size), 1, { convolutionsTwice: true }).weights).toBeGreaterThan(whole.weights);
    expect(whole.all).toBe(whole.weights + whole.activations + whole.optimizer);
  });
});

describe('a plan for training', () => {
  const whole = planTraining(word, size).least.memory;
  const within = (all: number) => planTraining(word, size, { ...unlimited, all });

  test('keeps everything where there is room, and computes again what it must, the cheapest first', () => {
    expect(within(whole.all).chosen?.way).toEqual({ recompute: [], parts: 1, precision: 'float32' });
    expect(within(whole.all - 1).chosen?.way).toEqual({ recompute: ['head'], parts: 1, precision: 'float32' });
    const tight = within(whole.weights + whole.activations * 0.16).chosen;
    expect(tight?.way.recompute).toContain('block');
    expect(tight?.memory.all).toBeLessThan(whole.weights + whole.activations * 0.16);
  });

  test('takes half precision last, and only where the device has it', () => {
    const limits = { ...unlimited, all: whole.weights };
    expect(planTraining(word, size, limits).chosen).toBeUndefined();
    expect(planTraining(word, size, limits, { float16: true }).chosen?.way.precision).toBe('float16');
  });

  test('proposes smaller pictures where nothing fits, and none where not even the weights do', () => {
    const { least } = within(whole.weights);
    const { chosen, proposal } = within(least.memory.all - 1);
    expect(chosen).toBeUndefined();
    expect(proposal?.size).toEqual({ batch: 2, shape: [4, 24, 24] });
    expect(proposal?.plan.memory.all).toBeLessThan(least.memory.all);
    expect(within(whole.weights - 1).proposal).toBeUndefined();
  });
});
