import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineNode } from './define-node';
import { asModelReference, modelName, modelReference } from './model-reference';
import { parametersOf } from './parameters';

const hash = `sha256:${'0123456789abcdef'.repeat(4)}`;
const node = defineNode({
  type: 'models/example',
  version: 1,
  title: 'Example',
  help: 'Example.',
  icon: 'box',
  params: z.object({
    model: modelReference({ accepts: ['checkpoint', 'onnx'], description: 'A model.' }).default('tiny'),
  }),
  in: {},
  out: { name: 'text' },
  run: ({ params }) => ({ name: modelName(params.model) }),
});

describe('a parameter that names a model', () => {
  it('tells its widget what models it takes', () => {
    expect(parametersOf(node)).toMatchObject([
      {
        name: 'model',
        kind: 'text',
        default: 'tiny',
        widget: 'model',
        accepts: ['checkpoint', 'onnx'],
        help: 'A model.',
      },
    ]);
  });

  it('is a name, or a hash with a name and where the model came from', () => {
    const source = 'https://huggingface.co/a/b/resolve/main/c.safetensors';
    for (const model of ['tiny', 'models/a.safetensors', { hash, name: 'a' }, { hash, name: 'a', size: 7, source }]) {
      expect(node.params.parse({ model })).toEqual({ model });
      expect(asModelReference(model)).toEqual(model);
    }
  });

  it('is refused when it is neither, with the reason', () => {
    for (const [model, sentence] of [
      [7, 'Choose a model'],
      [{ hash: 'sha256:12', name: 'a' }, '64 hexadecimal digits'],
      [{ hash, name: '' }, 'Too small'],
      [{ hash, name: 'a', source: 'javascript:alert(1)' }, 'Invalid URL'],
      [{ hash, name: 'a', other: 1 }, 'Unrecognized key'],
    ] as const) {
      expect(() => node.params.parse({ model })).toThrow(sentence);
      expect(asModelReference(model)).toBeUndefined();
    }
  });
});
