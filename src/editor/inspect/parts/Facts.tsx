import { inspect as words } from '../../text/inspect';
import { shortNumber } from '../numbers';
import type { Statistics } from '../statistics';
import css from './parts.module.css';

/** Names with values. */
export function Facts({ of }: { readonly of: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className={css.facts}>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What a tensor as a whole says of itself. */
export function WholeFacts({ statistics }: { readonly statistics: Statistics }) {
  const { mean, std, min, max, nan, infinite } = statistics;
  return (
    <Facts
      of={[
        [words.mean, shortNumber(mean)],
        [words.std, shortNumber(std)],
        [`${words.least}, ${words.most}`, `${shortNumber(min)}, ${shortNumber(max)}`],
        [words.bad, `${nan}, ${infinite}`],
      ]}
    />
  );
}
