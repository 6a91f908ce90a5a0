import { memo, useMemo } from 'react';
import { inspect as words } from '../../text/inspect';
import { endNumber, shortNumber } from '../numbers';
import { histogramOf, type Statistics } from '../statistics';
import css from './parts.module.css';

interface Props {
  readonly data: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
  readonly name: string;
  readonly statistics: Statistics;
}

const bins = 48;
const [width, height] = [192, 64];

/** How often which numbers occur, with the mean as a line, and what they say of themselves. */
export const Histogram = memo(function Histogram({ data, from, to, low, high, name, statistics }: Props) {
  const line = useMemo(() => {
    const counts = histogramOf(data, { bins, low, high }, from, to);
    const most = Math.max(1, ...counts);
    // The root, because a picture's background would leave nothing to see of all else.
    const points = counts.map((count, i) => {
      const x = ((i + 0.5) / bins) * width;
      return `${x.toFixed(1)} ${(height - Math.sqrt(count / most) * (height - 2)).toFixed(1)}`;
    });
    return `M0 ${height}L${points.join('L')}L${width} ${height}`;
  }, [data, from, to, low, high]);
  const at = (value: number) => ((value - low) / (high - low || 1)) * width;
  const { mean, std, min, max } = statistics;
  return (
    <div className={css.histogram}>
      <h3>
        {name}
        <small>
          {endNumber(low)} … {endNumber(high)}
        </small>
      </h3>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        height={height}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.histogram(name, endNumber(low), endNumber(high), shortNumber(mean))}
      >
        <path className={css.area} d={`${line}Z`} />
        <path className={css.line} d={line} />
        {low < 0 && high > 0 && <path className={css.zero} d={`M${at(0)} 0V${height}`} />}
        {Number.isFinite(mean) && <path className={css.mark} d={`M${at(mean)} 0V${height}`} />}
      </svg>
      <dl className={css.stats}>
        <dt>{words.mean}</dt>
        <dd>{shortNumber(mean)}</dd>
        <dt>{words.std}</dt>
        <dd>{shortNumber(std)}</dd>
        <dt>{words.least}</dt>
        <dd>{shortNumber(min)}</dd>
        <dt>{words.most}</dt>
        <dd>{shortNumber(max)}</dd>
      </dl>
    </div>
  );
});
