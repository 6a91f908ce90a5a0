import type { Kind } from '../../src/core/kinds';
import { constants } from './functions';
import { type Expression, ExpressionError, type Span } from './syntax';

/** What an expression computes with. */
export const operandKinds = ['number', 'image', 'mask', 'latent', 'prediction'] as const satisfies readonly Kind[];

export type OperandKind = (typeof operandKinds)[number];

/** What a part of an expression comes to. A number `each` is one for each picture of a batch, worked out by the device. */
export interface Form {
  readonly kind: OperandKind;
  readonly each: boolean;
}

const plural: Readonly<Record<OperandKind, string>> = {
  number: 'numbers',
  image: 'images',
  mask: 'masks',
  latent: 'latents',
  prediction: 'predictions',
};

/**
 * What two values come to together. A number goes with everything, and so does a mask, which is brought to the size of the
 * other; a latent and a prediction make a latent. What else differs does not go together.
 */
export function together(a: Form, b: Form, at: Span): Form {
  if (a.kind === 'number' && b.kind === 'number') return { kind: 'number', each: a.each || b.each };
  if (a.kind === b.kind || b.kind === 'number') return { kind: a.kind, each: false };
  if (a.kind === 'number') return { kind: b.kind, each: false };
  if (a.kind === 'mask') return b;
  if (b.kind === 'mask') return a;
  const kinds = [a.kind, b.kind];
  if (kinds.includes('latent') && kinds.includes('prediction')) return { kind: 'latent', each: false };
  const cure = kinds.includes('latent') ? '; encode the image or decode the latent first' : '';
  throw new ExpressionError(
    `${plural[a.kind]} and ${plural[b.kind]} do not go together here${cure}.`.replace(/^./, (c) => c.toUpperCase()),
    at,
  );
}

/** What an expression comes to, given the kinds of its inputs. Throws an `ExpressionError` where values do not go together. */
export function formOf(expression: Expression, kindOf: (input: string) => OperandKind): Form {
  const visit = (part: Expression): Form => {
    switch (part.type) {
      case 'number':
        return { kind: 'number', each: false };
      case 'name':
        return { kind: Object.hasOwn(constants, part.name) ? 'number' : kindOf(part.name), each: false };
      case 'negative':
        return visit(part.of);
      case 'binary':
        return together(visit(part.left), visit(part.right), part.at);
      case 'channel':
        return channelForm(visit(part.of), part);
      case 'call': {
        const forms = part.values.map(visit);
        const [first] = forms as [Form];
        if (part.name === 'mean' || part.name === 'std')
          return { kind: 'number', each: first.each || first.kind !== 'number' };
        return forms.reduce((all, form) => together(all, form, part.at));
      }
    }
  };
  return visit(expression);
}

/** One channel is as a mask. */
function channelForm({ kind }: Form, { channel, at }: Extract<Expression, { type: 'channel' }>): Form {
  if (kind === 'number') throw new ExpressionError('A number has no channels.', at);
  if (kind !== 'image' && !/\d/.test(channel))
    throw new ExpressionError(
      `Only images have a channel called ${channel}; write [0] for the first of ${plural[kind]}.`,
      at,
    );
  return { kind: 'mask', each: false };
}
