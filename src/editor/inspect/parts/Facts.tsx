import { useEffect, useState } from 'react';
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
export function WholeFacts({ statistics, of: data }: { readonly statistics: Statistics; readonly of?: Float32Array }) {
  const hash = useHash(data);
  const { mean, std, min, max, nan, infinite } = statistics;
  return (
    <Facts
      of={[
        [words.mean, shortNumber(mean)],
        [words.std, shortNumber(std)],
        [`${words.least}, ${words.most}`, `${shortNumber(min)}, ${shortNumber(max)}`],
        [words.bad, `${nan}, ${infinite}`],
        ...(hash ? ([[words.hash, hash]] as const) : []),
      ]}
    />
  );
}

/** The first digits of the hash of numbers as they lie in a file: little-endian float32. */
function useHash(data: Float32Array | undefined): string | undefined {
  const [made, setMade] = useState<{ readonly of: Float32Array; readonly hash: string }>();
  useEffect(() => {
    if (!data) return;
    let gone = false;
    crypto.subtle.digest('SHA-256', Float32Array.from(data)).then((digest) => {
      const bytes = [...new Uint8Array(digest, 0, 4)];
      if (!gone) setMade({ of: data, hash: bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('') });
    });
    return () => {
      gone = true;
    };
  }, [data]);
  return made && made.of === data ? made.hash : undefined;
}
