import { z } from 'zod';
import { functions } from '../../models/expression/functions';
import { formOf, type OperandKind, operandKinds } from '../../models/expression/kinds';
import type { TensorInput } from '../../models/expression/network';
import { numberOf } from '../../models/expression/number';
import { namesIn, parseExpression } from '../../models/expression/parse';
import { blamed, problemOfExpression } from '../../models/expression/problem';
import { type Expression, limits } from '../../models/expression/syntax';
import { defineNode } from '../../src/core/define-node';
import type { Tensor } from '../../src/core/device';
import type { Kind } from '../../src/core/kinds';
import { ProblemError } from '../../src/core/problem';
import type { Latent, Prediction } from '../../src/core/values';

const [first, ...others] = operandKinds;
const input = {
  kind: first,
  also: others,
  optional: true,
  help: 'A value that the expression calls by this name.',
} as const;
const names = ['a', 'b', 'c', 'd', 's', 't', 'x', 'y', 'mask'] as const;
const written = Object.values(functions).map(({ written }) => written);

const usual = 'mix(a, b, 0.5)';
const textIn = (params: Readonly<Record<string, unknown>>): string => String(params.expression ?? usual);
const read = (text: string): Expression => blamed(text, () => parseExpression(text, names));

/** What comes out, by kinds of what comes in. A whole number is a number. */
function resultKind(text: string, expression: Expression, wired: Readonly<Record<string, Kind>>): OperandKind {
  const kindOf = (name: string): OperandKind => {
    const kind = wired[name];
    return operandKinds.find((operand) => operand === kind) ?? 'number';
  };
  return blamed(text, () => formOf(expression, kindOf).kind);
}

export default defineNode({
  type: 'numbers/expression',
  version: 1,
  title: 'Expression',
  help: 'Your own arithmetic with numbers, images, masks, latents and predictions; a number goes with everything, and so does a mask, which is brought to the size of the rest.',
  alsoCalled: 'Math expression',
  icon: 'math-function',
  params: z.object({
    expression: z
      .string()
      .max(limits.text)
      .default(usual)
      .meta({
        widget: 'expression',
        fixed: true,
        description: `Signs + - * / ^, comparisons such as <, brackets, pi, e, a channel as in a.r or a[0], and ${written.join(', ')}.`,
      }),
  }),
  in: { a: input, b: input, c: input, d: input, s: input, t: input, x: input, y: input, mask: input },
  out: { result: { kind: first, also: others, help: 'What the expression comes to.' } },
  varies: {
    needs(params) {
      try {
        return namesIn(parseExpression(textIn(params), names));
      } catch {
        return []; // What is wrong with it is told where it is run, and in its field.
      }
    },
    kinds(params, wired) {
      const text = textIn(params);
      const expression = read(text);
      // Until all is wired that it names, what it comes to is open.
      const open = namesIn(expression).some((name) => wired[name] === undefined);
      return open ? {} : { result: resultKind(text, expression, wired) };
    },
  },
  async run({ in: inputs, params: { expression: text }, kinds, device }) {
    const expression = read(text);
    const numbers: Record<string, number> = {};
    const tensors: Record<string, TensorInput> = {};
    const values = namesIn(expression).map((name) => ({ name, value: inputs[name as keyof typeof inputs] }));
    for (const { name, value } of values)
      if (typeof value === 'number') numbers[name] = value;
      else if (value) tensors[name] = { kind: kinds[name] as TensorInput['kind'], tensor: value.tensor };

    const alone = numberOf(expression, numbers);
    if (alone !== undefined) return { result: finite(alone) };

    const kind = resultKind(text, expression, kinds);
    // Fetched when a graph has one, as the operators are.
    const { runExpression } = await import('../../models/expression/network');
    const made = await runExpression(device, expression, numbers, tensors).catch((thrown) => {
      throw problemOfExpression(text, thrown);
    });
    if (kind === 'number') return { result: finite(await oneNumber(made)) };
    if (kind === 'prediction') return { result: { tensor: made, type: predictionType(made) } };
    const generator = values.map(({ value }) => (value as Latent | undefined)?.generator).find(Boolean);
    return { result: { tensor: made, ...(kind === 'latent' && generator && { generator }) } };

    async function oneNumber(tensor: Tensor): Promise<number> {
      const data = await device.read(tensor);
      device.dispose(tensor);
      if (data.length > 1)
        throw new ProblemError({
          port: 'expression',
          what: `This comes to a number for each of ${data.length} pictures, and a number is one.`,
          cure: 'Take one picture of the batch, with Batch pick.',
        });
      return data[0] ?? Number.NaN;
    }

    function predictionType(tensor: Tensor) {
      const types = new Set(values.flatMap(({ value }) => (value as Prediction | undefined)?.type ?? []));
      const [type, other] = types;
      if (type !== undefined && other === undefined) return type;
      device.dispose(tensor);
      throw new ProblemError({
        port: 'expression',
        what: `One prediction is ${type}, another ${other}.`,
        cure: 'Take all from the same UNet.',
      });
    }
  },
});

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  const what = Number.isNaN(value) ? 'no number, as a root of something below 0 does' : 'something infinitely large';
  throw new ProblemError({
    port: 'expression',
    what: `This comes to ${what}.`,
    cure: 'Look at what is divided by, and at roots and logarithms.',
  });
}
