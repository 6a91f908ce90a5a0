/** What an expression can call. Where all values are numbers `of` works it out; the network of tensors has the same names. */
export interface ExpressionFunction {
  /** How it is written: `mix(a, b, t)`. */
  readonly written: string;
  readonly help: string;
  /** How many values it takes. */
  readonly takes: number | 'two or more';
  of(...values: number[]): number;
}

const one = (name: string, help: string, of: (x: number) => number): ExpressionFunction => ({
  written: `${name}(x)`,
  help,
  takes: 1,
  of,
});

/** Halves go to the even number, as in ONNX and NumPy. */
function roundEven(x: number): number {
  const nearest = Math.round(x);
  return nearest - x === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

function smoothstep(low: number, high: number, x: number): number {
  const t = Math.min(Math.max((x - low) / (high - low), 0), 1);
  return t * t * (3 - 2 * t);
}

const several = (name: string, help: string, of: (...values: number[]) => number): ExpressionFunction => ({
  written: `${name}(a, b, …)`,
  help,
  takes: 'two or more',
  of,
});

/** By name. Those that GLSL has, too, mean the same. */
export const functions = {
  abs: one('abs', 'without its sign', Math.abs),
  sqrt: one('sqrt', 'square root', Math.sqrt),
  exp: one('exp', 'e to the power of x', Math.exp),
  log: one('log', 'natural logarithm', Math.log),
  sin: one('sin', 'sine, in radians', Math.sin),
  cos: one('cos', 'cosine, in radians', Math.cos),
  tanh: one('tanh', 'hyperbolic tangent', Math.tanh),
  sigmoid: one('sigmoid', '1 / (1 + exp(-x))', (x) => 1 / (1 + Math.exp(-x))),
  floor: one('floor', 'whole number below', Math.floor),
  round: one('round', 'nearest whole number, halves to the even one', roundEven),
  mean: one('mean', 'mean of each picture', (x) => x),
  std: one('std', 'standard deviation of each picture', () => 0),
  min: several('min', 'the smallest', Math.min),
  max: several('max', 'the largest', Math.max),
  pow: { written: 'pow(x, y)', help: 'x to the power of y, as x ^ y', takes: 2, of: (x, y) => x ** y },
  clamp: {
    written: 'clamp(x, low, high)',
    help: 'brought between two bounds',
    takes: 3,
    of: (x, low, high) => Math.min(Math.max(x, low), high),
  },
  step: { written: 'step(edge, x)', help: '1 from the edge on, else 0', takes: 2, of: (edge, x) => Number(x >= edge) },
  smoothstep: { written: 'smoothstep(low, high, x)', help: 'from 0 to 1, smoothly', takes: 3, of: smoothstep },
  mix: { written: 'mix(a, b, t)', help: 'a + t * (b - a)', takes: 3, of: (a, b, t) => a + t * (b - a) },
  where: {
    written: 'where(test, yes, no)',
    help: 'yes where the test is not 0',
    takes: 3,
    of: (test, yes, no) => (test === 0 ? no : yes),
  },
} satisfies Record<string, ExpressionFunction>;

export type FunctionName = keyof typeof functions;

/** What people know by another name. */
const otherNames: Readonly<Record<string, FunctionName>> = { clip: 'clamp', lerp: 'mix', power: 'pow' };

export function functionNamed(name: string): FunctionName | undefined {
  if (Object.hasOwn(functions, name)) return name as FunctionName;
  return Object.hasOwn(otherNames, name) ? otherNames[name] : undefined;
}

export const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };
