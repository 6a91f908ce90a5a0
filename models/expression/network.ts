import type { Device, Tensor } from '../../src/core/device';
import { Graph, type Value } from '../../src/onnx/graph';
import { absolute } from '../../src/onnx/ops/absolute';
import { add } from '../../src/onnx/ops/add';
import { compare } from '../../src/onnx/ops/compare';
import { cosine } from '../../src/onnx/ops/cosine';
import { divide } from '../../src/onnx/ops/divide';
import { exponential } from '../../src/onnx/ops/exponential';
import { floor } from '../../src/onnx/ops/floor';
import { hyperbolicTangent } from '../../src/onnx/ops/hyperbolic-tangent';
import { logarithm } from '../../src/onnx/ops/logarithm';
import { maximum } from '../../src/onnx/ops/maximum';
import { minimum } from '../../src/onnx/ops/minimum';
import { multiply } from '../../src/onnx/ops/multiply';
import { power } from '../../src/onnx/ops/power';
import { reduceMean } from '../../src/onnx/ops/reduce-mean';
import { resize } from '../../src/onnx/ops/resize';
import { round } from '../../src/onnx/ops/round';
import { sigmoid } from '../../src/onnx/ops/sigmoid';
import { sine } from '../../src/onnx/ops/sine';
import { slice } from '../../src/onnx/ops/slice';
import { squareRoot } from '../../src/onnx/ops/square-root';
import { subtract } from '../../src/onnx/ops/subtract';
import { where } from '../../src/onnx/ops/where';
import { compute } from '../arithmetic';
import type { FunctionName } from './functions';
import { type Form, type OperandKind, together } from './kinds';
import { numberOf } from './number';
import { printExpression } from './print';
import { type BinaryOperator, type Expression, ExpressionError, type Span } from './syntax';

/** An input that is no number: `[n, c, h, w]`. */
export interface TensorInput {
  readonly kind: Exclude<OperandKind, 'number'>;
  readonly tensor: Tensor;
}

interface Operand {
  readonly form: Form;
  readonly value: Value;
}

const binary: Readonly<Record<BinaryOperator, (a: Value, b: Value, graph: Graph) => Value>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '^': power,
  '<': (a, b) => compare(a, '<', b),
  '<=': (a, b) => compare(a, '<=', b),
  '>': (a, b) => compare(a, '>', b),
  '>=': (a, b) => compare(a, '>=', b),
  '==': (a, b) => compare(a, '==', b),
  '!=': (a, b, graph) => subtract(graph.constant([1]), compare(a, '==', b)),
};

/** Each picture's mean. */
const mean = (x: Value): Value => (x.dims.length === 4 ? reduceMean(x, [1, 2, 3]) : x);

function smoothstep(low: Value, high: Value, x: Value, graph: Graph): Value {
  const place = divide(subtract(x, low), subtract(high, low));
  const t = minimum(maximum(place, graph.constant([0])), graph.constant([1]));
  return multiply(multiply(t, t), subtract(graph.constant([3]), multiply(graph.constant([2]), t)));
}

type Build = (graph: Graph, ...values: [Value, Value, Value, ...Value[]]) => Value;

const calls: Readonly<Record<FunctionName, Build>> = {
  abs: (_, x) => absolute(x),
  sqrt: (_, x) => squareRoot(x),
  exp: (_, x) => exponential(x),
  log: (_, x) => logarithm(x),
  sin: (_, x) => sine(x),
  cos: (_, x) => cosine(x),
  tanh: (_, x) => hyperbolicTangent(x),
  sigmoid: (_, x) => sigmoid(x),
  floor: (_, x) => floor(x),
  round: (_, x) => round(x),
  mean: (_, x) => mean(x),
  std: (_, x) => {
    const centred = subtract(x, mean(x));
    return squareRoot(mean(multiply(centred, centred)));
  },
  min: (_, ...values) => values.reduce(minimum),
  max: (_, ...values) => values.reduce(maximum),
  pow: (_, x, y) => power(x, y),
  clamp: (_, x, low, high) => minimum(maximum(x, low), high),
  step: (_, edge, x) => compare(x, '>=', edge),
  smoothstep: (graph, low, high, x) => smoothstep(low, high, x, graph),
  mix: (_, a, b, t) => add(a, multiply(t, subtract(b, a))),
  where: (_, test, yes, no) => where(test, yes, no),
};

const pixels = ({ kind }: Form): string => (kind === 'latent' || kind === 'prediction' ? 'cells' : 'px');

/** Brings values of an operator to one size: masks to that of what they go with. The rest must have it already. */
function fitted(operands: readonly Operand[], at: Span): readonly Value[] {
  const forms = operands.map(({ form }) => form);
  const { kind } = forms.reduce((a, b) => together(a, b, at));
  const sized = operands.filter(({ form }) => form.kind !== 'number');
  const like = sized.find(({ form }) => form.kind === kind) ?? sized[0];
  if (!like) return operands.map(({ value }) => value);
  const [, channels, height = 0, width = 0] = like.value.dims;
  const values = operands.map(({ form, value }) => {
    if (form.kind === 'number' || (value.dims[2] === height && value.dims[3] === width)) return value;
    if (form.kind === 'mask' && kind !== 'mask') return resize(value, 'linear', height, width);
    const size = `${value.dims[3]} × ${value.dims[2]}`;
    throw new ExpressionError(
      `One side is ${width} × ${height} ${pixels(like.form)} and the other ${size}; bring them to one size first.`,
      at,
    );
  });
  for (const [i, { dims }] of values.entries()) {
    const { kind: own } = forms[i] as Form;
    if (own === 'number' || own === 'mask' || dims[1] === channels) continue;
    throw new ExpressionError(
      `One side has ${channels} channels and the other ${dims[1]}; they do not go together.`,
      at,
    );
  }
  const batches = new Set(values.flatMap(({ dims }) => (dims.length === 4 && dims[0] !== 1 ? [dims[0]] : [])));
  if (batches.size > 1)
    throw new ExpressionError(
      `One side is a batch of ${[...batches].join(' and the other of ')}; they do not go together.`,
      at,
    );
  return values;
}

class Emitter {
  readonly #graph: Graph;
  readonly #tensors: Readonly<Record<string, Operand>>;
  readonly #scalars: ReadonlyMap<Expression, Value>;

  constructor(graph: Graph, tensors: Readonly<Record<string, Operand>>, scalars: ReadonlyMap<Expression, Value>) {
    this.#graph = graph;
    this.#tensors = tensors;
    this.#scalars = scalars;
  }

  emit(part: Expression): Operand {
    const scalar = this.#scalars.get(part);
    if (scalar) return { form: { kind: 'number', each: false }, value: scalar };
    switch (part.type) {
      case 'number':
        throw new Error('A number is a scalar.');
      case 'name':
        return this.#tensors[part.name] as Operand;
      case 'negative': {
        const { form, value } = this.emit(part.of);
        return { form, value: multiply(value, this.#graph.constant([-1])) };
      }
      case 'channel': {
        const { value } = this.emit(part.of);
        return { form: { kind: 'mask', each: false }, value: channelOf(value, part) };
      }
      case 'binary': {
        const operands = [this.emit(part.left), this.emit(part.right)] as const;
        const [a, b] = fitted(operands, part.at) as [Value, Value];
        return {
          form: together(operands[0].form, operands[1].form, part.at),
          value: binary[part.operator](a, b, this.#graph),
        };
      }
      case 'call': {
        const operands = part.values.map((value) => this.emit(value));
        const values = fitted(operands, part.at) as [Value, Value, Value];
        const value = calls[part.name as FunctionName](this.#graph, ...values);
        const whole = operands.map(({ form }) => form).reduce((a, b) => together(a, b, part.at));
        const each = part.name === 'mean' || part.name === 'std';
        return { form: each ? { kind: 'number', each: true } : whole, value };
      }
    }
  }
}

function channelOf(value: Value, { channel, at }: Extract<Expression, { type: 'channel' }>): Value {
  const [, channels = 0] = value.dims;
  const index = /\d/.test(channel) ? Number(channel) : 'rgb'.indexOf(channel);
  if (index >= channels)
    throw new ExpressionError(`There is no channel ${channel}: here are ${channels}, counted from 0.`, at);
  return slice(value, 1, index, index + 1);
}

/** The largest parts of an expression that are numbers, with what they come to. */
function scalarsIn(expression: Expression, numbers: Readonly<Record<string, number>>): Map<Expression, number> {
  const found = new Map<Expression, number>();
  const visit = (part: Expression): void => {
    const value = numberOf(part, numbers);
    if (value !== undefined) found.set(part, value);
    else if (part.type === 'binary') [part.left, part.right].forEach(visit);
    else if (part.type === 'call') part.values.forEach(visit);
    else if (part.type === 'negative' || part.type === 'channel') visit(part.of);
  };
  visit(expression);
  return found;
}

/**
 * Runs an expression as one network; numbers in it are worked out before and fed, so that one session serves all of them.
 * Returns a tensor `[n, c, h, w]`, or `[n, 1, 1, 1]` where it comes to a number for each picture.
 */
export async function runExpression(
  device: Device,
  expression: Expression,
  numbers: Readonly<Record<string, number>>,
  tensors: Readonly<Record<string, TensorInput>>,
): Promise<Tensor> {
  const scalars = [...scalarsIn(expression, numbers)];
  const fed = scalars.map(([, value]) => device.tensor(Float32Array.of(value), [1]));
  const feeds: Record<string, Tensor> = Object.fromEntries(fed.map((tensor, i) => [`number_${i}`, tensor]));
  for (const [name, { tensor }] of Object.entries(tensors)) feeds[`input_${name}`] = tensor;
  const kinds = Object.entries(tensors).map(([name, { kind }]) => `${name} ${kind}`);
  const key = `expression ${printExpression(expression)} of ${kinds.join(', ')} with ${Object.keys(numbers).join()}`;
  const build = (inputs: Readonly<Record<string, Value>>, graph: Graph): Value => {
    const named = Object.entries(tensors).map(([name, { kind }]): [string, Operand] => [
      name,
      { form: { kind, each: false }, value: inputs[`input_${name}`] as Value },
    ]);
    const given = new Map(scalars.map(([part], i) => [part, inputs[`number_${i}`] as Value]));
    return new Emitter(graph, Object.fromEntries(named), given).emit(expression).value;
  };
  try {
    // Once without a device, so that what does not fit is told before anything runs.
    const trial = new Graph();
    build(Object.fromEntries(Object.entries(feeds).map(([name, { dims }]) => [name, trial.input(name, dims)])), trial);
    return await compute(device, key, feeds, build);
  } finally {
    for (const tensor of fed) device.dispose(tensor);
  }
}
