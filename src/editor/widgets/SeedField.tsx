import { IconDice5 } from '@tabler/icons-react';
import type { FieldProps } from './field';
import { useGesture } from './gesture';
import css from './widgets.module.css';

/** Seeds up to here are JSON numbers; beyond, JSON loses digits and they are text. */
const largestNumber = BigInt(Number.MAX_SAFE_INTEGER);
const largestSeed = (1n << 64n) - 1n;

const stored = (seed: bigint): string | number => (seed <= largestNumber ? Number(seed) : String(seed));

/** Where the random numbers start. The die rolls a new one, before the run, so that the picture's seed is the one shown. */
export function SeedField({ value, label, place, onChange }: FieldProps) {
  const gesture = useGesture();
  const roll = () => onChange(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
  return (
    <div className={`${css.field} nodrag`}>
      {place === 'node' && <span>{label}</span>}
      <input
        className={`${css.line} ${css.digits}`}
        aria-label={label}
        inputMode="numeric"
        data-stop
        tabIndex={place === 'node' ? -1 : 0}
        value={String(value ?? '')}
        onFocus={gesture.begin}
        onChange={(event) => {
          const digits = event.currentTarget.value.replaceAll(/\D/g, '');
          const seed = BigInt(digits || '0');
          onChange(stored(seed > largestSeed ? largestSeed : seed), gesture.id());
        }}
      />
      <button
        type="button"
        className={css.inside}
        aria-label={`Roll a new ${label}`}
        data-stop
        tabIndex={place === 'node' ? -1 : 0}
        onClick={roll}
      >
        <IconDice5 size={13} stroke={1.6} aria-hidden />
      </button>
    </div>
  );
}
