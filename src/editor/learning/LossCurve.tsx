import { type PointerEvent, useState } from 'react';
import { smoothed, thinnedOut } from '../state/lesson';
import { learning } from '../text/learning';
import css from './learning.module.css';

interface Props {
  readonly losses: readonly number[];
  /** Steps of the whole lesson. */
  readonly of: number;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** Steps and losses are written beside it, and each can be read off. */
  readonly scales?: boolean;
}

/** Points of a curve that are drawn at most: more than a screen shows. */
const MOST_POINTS = 240;
/** No loss is below it. */
const LEAST = 1e-9;

/**
 * The loss over the steps: each quietly, and their running mean. The right edge is the end of the lesson; upwards it counts by
 * its logarithm, since it falls fast at first and slowly for long.
 */
export function LossCurve({ losses, of, label, width, height, scales }: Props) {
  const [pointed, setPointed] = useState<number>();
  const steps = Math.max(of, losses.length, 1);
  const means = smoothed(losses);
  const [each, mean] = [thinnedOut(losses, MOST_POINTS), thinnedOut(means, MOST_POINTS)];
  const shown = (scales ? each : mean).map(({ value }) => Math.max(value, LEAST));
  const [least, most] = [Math.log(Math.min(...shown)), Math.log(Math.max(...shown))];
  const room = Math.max((most - least) * 0.08, 1e-6);
  const x = (step: number) => ((step - 1) / Math.max(steps - 1, 1)) * width;
  const y = (value: number) =>
    height - ((Math.log(Math.max(value, LEAST)) - least + room) / (most - least + 2 * room)) * height;
  const path = (points: typeof each) =>
    points.map(({ step, value }, i) => `${i ? 'L' : 'M'}${x(step).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  const last = mean.at(-1);
  const point = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width: wide } = currentTarget.getBoundingClientRect();
    const step = Math.round(((clientX - left) / wide) * (steps - 1)) + 1;
    setPointed(step >= 1 && step <= losses.length ? step : undefined);
  };
  const read = scales && pointed !== undefined ? means[pointed - 1] : undefined;
  return (
    <figure className={css.curve}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        onPointerMove={scales ? point : undefined}
        onPointerLeave={scales ? () => setPointed(undefined) : undefined}
      >
        {each.length > 0 && <path className={css.each} d={path(each)} />}
        {last && <path className={css.mean} d={path(mean)} />}
        {last && losses.length < steps && (
          <line className={css.now} x1={x(last.step)} x2={x(last.step)} y1={0} y2={height} />
        )}
        {read !== undefined && pointed !== undefined && (
          <line className={css.pointed} x1={x(pointed)} x2={x(pointed)} y1={0} y2={height} />
        )}
      </svg>
      {scales && shown.length > 0 && (
        <figcaption>
          <span>{Math.exp(most).toPrecision(2)}</span>
          <span>{Math.exp(least).toPrecision(2)}</span>
          <span>1</span>
          <span>{steps}</span>
          {read !== undefined && pointed !== undefined && <span>{learning.lossAt(pointed, read.toPrecision(3))}</span>}
        </figcaption>
      )}
    </figure>
  );
}
