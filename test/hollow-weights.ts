import type { Weights } from '../src/onnx/weights';
import recorded from './fixtures/parameter-shapes.json';

/** The shapes of a model's weights without their numbers, for what must not read any. */
export function hollow(name: keyof typeof recorded): Weights {
  const shapes: Record<string, number[]> = recorded[name].parameters;
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
