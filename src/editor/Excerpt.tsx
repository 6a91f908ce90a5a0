import { shortExcerpt } from '../core/excerpt';
import type { Problem } from '../core/problem';
import css from './Excerpt.module.css';

/** The text that a problem is about, with what is to blame underlined. */
export function Excerpt({ of }: { readonly of: NonNullable<Problem['excerpt']> }) {
  const { before, blamed, after } = shortExcerpt(of);
  return (
    <code className={css.excerpt}>
      {before}
      <mark>{blamed}</mark>
      {after}
    </code>
  );
}
