import type { Weights } from '../src/onnx/weights';
import recorded from './fixtures/parameter-shapes.json';

/** Weights of given shapes without numbers, for what must not read any. */
export function hollowOf(shapes: Readonly<Record<string, readonly number[]>>): Weights {
  const refuse = () => {
    throw new Error('A network must be built, and what it needs foreseen, without reading its weights.');
  };
  return {
    names: Object.keys(shapes),
    shape: (key) => shapes[key],
    dtype: () => 'F16',
    read: refuse,
    readRows: refuse,
  };
}

/** The weights of a model whose shapes are recorded. */
export const hollow = (name: keyof typeof recorded): Weights => hollowOf(recorded[name].parameters);
