import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { elements } from '../../src/onnx/shapes';

export default defineNode({
  type: 'conditioning/zero-out',
  version: 1,
  title: 'Zero out prompt',
  help: 'Zeros in place of the words: not an empty prompt, but none at all. Some models were trained with it.',
  alsoCalled: 'ConditioningZeroOut',
  icon: 'eraser',
  params: z.object({}),
  in: { conditioning: { kind: 'conditioning', help: 'The prompt whose length and areas are kept.' } },
  out: { conditioning: { kind: 'conditioning', help: 'As many vectors, all zero.' } },
  run: ({ in: { conditioning }, device }) => ({
    conditioning: conditioning.map((entry) => {
      const { dims } = entry.tokens;
      return { ...entry, tokens: device.tensor(new Float32Array(elements(dims)), dims) };
    }),
  }),
});
