import { createElement, type ReactNode } from 'react';
import type { AnyNode } from '../../core/define-node';
import { inputSpec } from '../../core/graph';
import { kindColor } from '../canvas/SocketShape';
import { portWords } from '../words';
import { type Markup, parseFormula } from './formula';
import css from './Help.module.css';

/** A formula's markup as MathML elements; what is wired or set is underlined in the colour of its socket. */
function draw(math: Markup, definition: AnyNode, key = 0): ReactNode {
  if ('of' in math) {
    return createElement(math.tag, { key }, ...math.of.map((part, i) => draw(part, definition, i)));
  }
  const kind = math.tag === 'mi' ? inputSpec(definition, math.text)?.kind : undefined;
  const style = kind && { textDecorationColor: kindColor(kind) };
  return createElement(math.tag, { key, className: kind && css.named, style }, math.text);
}

/** The formula as markup; as it is written where it cannot be read, which a test finds before anybody else does. */
function drawn(definition: AnyNode, formula: string): ReactNode {
  try {
    return draw(parseFormula(formula), definition);
  } catch {
    return createElement('mtext', {}, formula);
  }
}

/** `u_1` as it stands in a sentence: u₁. */
const indexed = (name: string): string =>
  name.replace(/_(\d)/, (_, digit: string) => String.fromCharCode(0x2080 + Number(digit))).replace(/_(\p{L})/u, '$1');

/** A node's formula, and what its letters stand for. */
export function Formula({ definition }: { readonly definition: AnyNode }) {
  if (!definition.formula) return null;
  const symbols = Object.entries(definition.symbols ?? {});
  return (
    <figure className={css.formula}>
      {createElement(
        'math',
        { display: 'block', 'aria-label': definition.formula },
        drawn(definition, definition.formula),
      )}
      {symbols.length > 0 && (
        <figcaption>
          {symbols.map(([letter, meaning]) => (
            <span key={letter}>
              <i>{indexed(letter)}</i> {portWords(meaning)}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  );
}
