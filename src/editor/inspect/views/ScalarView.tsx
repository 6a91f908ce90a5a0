import { inspect as words } from '../../text/inspect';
import { numberWords } from '../../words';
import type { Plain, ViewProps } from './view-props';
import css from './views.module.css';

/** A number, a yes or no, or words. */
export default function ScalarView({ value: plain }: ViewProps<Plain<'text' | 'number' | 'integer' | 'boolean'>>) {
  const { value } = plain;
  if (typeof value === 'string')
    return (
      <div className={css.view}>
        <p className={css.words}>{value || words.none}</p>
        <p className={css.note}>{words.characters([...value].length)}</p>
      </div>
    );
  const said = typeof value === 'boolean' ? (value ? words.yes : words.no) : exactly(value);
  return <p className={css.number}>{said}</p>;
}

/** All digits that a number has, where six do not say it. */
const exactly = (value: number): string =>
  Number(value.toPrecision(6)) === value ? numberWords(value) : String(value).replace('-', '−');
