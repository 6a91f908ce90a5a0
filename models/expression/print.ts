import { binding } from './parse';
import { comparisons, type Expression } from './syntax';

/** How tightly what is written binds: a bracket is never needed around 5. */
function tightness(expression: Expression): number {
  if (expression.type === 'binary') return binding[expression.operator];
  return expression.type === 'negative' ? 3.5 : 5;
}

/** An expression as text, with as few brackets as it takes to be read as the same. */
export function printExpression(expression: Expression): string {
  const within = (part: Expression, least: number): string => {
    const text = printExpression(part);
    return tightness(part) < least ? `(${text})` : text;
  };
  switch (expression.type) {
    case 'number':
      return String(expression.value);
    case 'name':
      return expression.name;
    case 'negative':
      return `-${within(expression.of, 4)}`;
    case 'channel': {
      const { of, channel } = expression;
      const inside = of.type === 'number' ? `(${of.value})` : within(of, 5);
      return `${inside}${/\d/.test(channel) ? `[${channel}]` : `.${channel}`}`;
    }
    case 'call':
      return `${expression.name}(${expression.values.map(printExpression).join(', ')})`;
    case 'binary': {
      const { operator, left, right } = expression;
      const tight = binding[operator];
      const compares = (comparisons as readonly string[]).includes(operator);
      const first = within(left, operator === '^' || compares ? tight + 1 : tight);
      return `${first} ${operator} ${within(right, operator === '^' ? 3.5 : tight + 1)}`;
    }
  }
}
