import { beforeAll, describe, expect, test } from 'vitest';
import expression from '../nodes/numbers/expression';
import type { Device, Tensor } from '../src/core/device';
import type { Kind } from '../src/core/kinds';
import { createNodeDevice } from '../src/engine/device/node';
import { expectClose } from './closeness';
import recorded from './fixtures/expressions.json';

interface Plain {
  readonly dims: readonly number[];
  readonly data: readonly number[];
}
const values = recorded.values as Readonly<Record<string, Plain>>;

let device: Device;
beforeAll(async () => {
  device = await createNodeDevice();
});

/** Kinds by the names that reference/make_expressions.py gave: "other latent". */
function kindOf(name: string): Kind {
  const kind = (['latent', 'prediction', 'image', 'mask'] as const).find((word) => name.includes(word));
  return kind ?? 'number';
}

function recordedValue(name: string): unknown {
  const { dims, data } = values[name] as Plain;
  if (dims.length === 0) return data[0];
  const tensor = device.tensor(Float32Array.from(data), dims);
  return kindOf(name) === 'prediction' ? { tensor, type: 'epsilon' } : { tensor };
}

async function evaluate(text: string, wired: Readonly<Record<string, string>>): Promise<unknown> {
  const entries = Object.entries(wired);
  const made = await expression.run?.({
    in: Object.fromEntries(entries.map(([port, name]) => [port, recordedValue(name)])),
    kinds: Object.fromEntries(entries.map(([port, name]) => [port, kindOf(name)])),
    params: { expression: text },
    device,
  } as never);
  return (made as { readonly result: unknown }).result;
}

describe('an expression comes to what numpy makes of it:', () => {
  for (const { expression: text, wired, kind, result } of recorded.cases) {
    const named = wired as unknown as Readonly<Record<string, string>>;
    test(`${text} with ${Object.values(named).join(', ') || 'numbers'}`, async () => {
      const kinds = Object.fromEntries(Object.entries(named).map(([port, name]) => [port, kindOf(name)]));
      expect(expression.varies?.kinds({ expression: text }, kinds)).toEqual({ result: kind });
      const made = await evaluate(text, named);
      if (kind === 'number') return expectClose([made as number], result.data, 1e-5);
      const { tensor } = made as { readonly tensor: Tensor };
      expect(tensor.dims).toEqual(result.dims);
      expectClose(await device.read(tensor), result.data, 1e-5);
    });
  }
});

test('a prediction stays of its type', async () => {
  expect(await evaluate('2 * a', { a: 'prediction' })).toMatchObject({ type: 'epsilon' });
});

describe('what does not fit is refused in a sentence that points at the place:', () => {
  test.each([
    ['1 + a * b', { a: 'latent', b: 'image' }, 'Latents and images do not go together here', '*'],
    [
      'a + mix(mask, b, 0.5)',
      { a: 'image', mask: 'mask', b: 'large mask' },
      'One side is 6 × 4 px and the other 16 × 12',
      'mix',
    ],
    ['a[7]', { a: 'latent' }, 'There is no channel 7: here are 4, counted from 0', '[7]'],
    ['a.r', { a: 'latent' }, 'Only images have a channel called r', '.r'],
  ])('%s', async (text, wired, message, under) => {
    const { problem } = await evaluate(text, wired as never).then(
      () => {
        throw new Error('It was not refused.');
      },
      (thrown) => thrown as { problem: { what: string; excerpt: { start: number; end: number } } },
    );
    expect(problem.what).toContain(message);
    expect(text.slice(problem.excerpt.start, problem.excerpt.end)).toBe(under);
  });

  test('1 / 0', async () => {
    await expect(evaluate('1 / 0', {})).rejects.toThrow('This comes to something infinitely large.');
  });

  test('a number for each of several pictures', async () => {
    await expect(evaluate('mean(a)', { a: 'latents' })).rejects.toThrow('a number for each of 2 pictures');
  });
});
