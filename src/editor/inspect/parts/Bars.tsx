import { shortNumber } from '../numbers';
import css from './parts.module.css';

interface Props {
  readonly of: readonly { readonly name: string; readonly value: number }[];
  /** The value of a full bar; the largest of them where left out. */
  readonly most?: number;
}

/** Numbers as bars, with their names and values in text. */
export function Bars({ of, most = Math.max(...of.map(({ value }) => Math.abs(value))) }: Props) {
  return (
    <dl className={css.bars}>
      {of.map(({ name, value }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one word may stand twice
        <div key={i}>
          <dt>{name}</dt>
          <dd>
            <i style={{ width: `${100 * Math.min(1, Math.abs(value) / (most || 1))}%` }} />
            {shortNumber(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
