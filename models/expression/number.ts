import { constants, type FunctionName, functions } from './functions';
import type { BinaryOperator, Expression } from './syntax';

const operators: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
};

/** What an expression of numbers comes to; undefined where it needs something that is no number. */
export function numberOf(expression: Expression, inputs: Readonly<Record<string, number>>): number | undefined {
  switch (expression.type) {
    case 'number':
      return expression.value;
    case 'name':
      return Object.hasOwn(constants, expression.name) ? constants[expression.name] : inputs[expression.name];
    case 'channel':
      return undefined;
    case 'negative': {
      const value = numberOf(expression.of, inputs);
      return value === undefined ? undefined : -value;
    }
    case 'binary': {
      const [a, b] = [numberOf(expression.left, inputs), numberOf(expression.right, inputs)];
      return a === undefined || b === undefined ? undefined : operators[expression.operator](a, b);
    }
    case 'call': {
      const values = expression.values.flatMap((value) => numberOf(value, inputs) ?? []);
      const of: (...all: number[]) => number = functions[expression.name as FunctionName].of;
      return values.length === expression.values.length ? of(...values) : undefined;
    }
  }
}
