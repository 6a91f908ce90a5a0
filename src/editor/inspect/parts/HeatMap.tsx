import { type CSSProperties, memo, useMemo } from 'react';
import { inspect as words } from '../../text/inspect';
import { gradientOf, paintMap, type Rgb } from '../color-maps';
import { endNumber } from '../numbers';
import { Pixels } from './Pixels';
import css from './parts.module.css';
import type { Place } from './Stage';

interface Props {
  readonly data: ArrayLike<number>;
  /** Where its numbers begin in `data`. */
  readonly from: number;
  readonly width: number;
  readonly height: number;
  readonly map: readonly Rgb[];
  readonly low: number;
  readonly high: number;
  readonly name: string;
  /** Its statistics in words. */
  readonly label: string;
  /** The number at the place that is pointed at, or what else is worth a glance. */
  readonly value: string;
  readonly place: Place | undefined;
  /** In pixels of the window; as high as it is, where it is left out. */
  readonly tall?: number;
}

/** One channel of a tensor as colours. */
export function HeatMap({ data, from, width, height, map, low, high, name, label, value, place, tall }: Props) {
  const pixels = useMemo(
    () => paintMap(data, map, low, high, from, from + width * height),
    [data, map, low, high, from, width, height],
  );
  return (
    <figure className={css.heat}>
      <div style={tall === undefined ? undefined : ({ '--tall': `${tall}px` } as CSSProperties)}>
        <Still width={width} height={height} pixels={pixels} label={label} />
        {place && (
          <i
            className={css.point}
            style={{ left: `${((place.x + 0.5) / width) * 100}%`, top: `${((place.y + 0.5) / height) * 100}%` }}
          />
        )}
      </div>
      <figcaption>
        {name}
        <b>{value}</b>
      </figcaption>
    </figure>
  );
}

const Still = memo(Pixels);

/** Which colour is which number. */
export function ColorBar({
  map,
  low,
  high,
}: {
  readonly map: readonly Rgb[];
  readonly low: number;
  readonly high: number;
}) {
  const ticks = [0, 1, 2, 3, 4].map((i) => low + ((high - low) * i) / 4);
  return (
    <div className={css.bar} role="img" aria-label={words.bar(endNumber(low), endNumber(high))}>
      <div style={{ background: gradientOf(map) }} />
      <p>
        {ticks.map((tick) => (
          <span key={tick}>{endNumber(Number(tick.toPrecision(2)))}</span>
        ))}
      </p>
    </div>
  );
}
