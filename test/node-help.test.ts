import { expect, test } from 'vitest';
import { registry } from '../nodes/registry';
import { portSpec } from '../src/core/graph';
import { parametersOf } from '../src/core/parameters';

/** A capital, a quotation or the name of a program that has none at the start; a full stop at the end. */
const sentence = /^(?:[\p{Lu}"“’\d]|diffusers ).*[.)\]]$/su;

test.each([...registry.values()].map((node) => [node.type, node] as const))(
  '%s says in sentences what it does, what it takes and gives, and what can be set',
  (_type, node) => {
    const parts = {
      node: node.help,
      ...Object.fromEntries(
        Object.entries(node.in).map(([port, spec]) => [`in ${port}`, portSpec(spec as never).help]),
      ),
      ...Object.fromEntries(
        Object.entries(node.out).map(([port, spec]) => [`out ${port}`, portSpec(spec as never).help]),
      ),
      ...Object.fromEntries(parametersOf(node).map(({ name, help }) => [`parameter ${name}`, help])),
    };
    const without = Object.entries(parts).filter(([, help]) => !help || !sentence.test(help));
    expect(without).toEqual([]);
  },
);
