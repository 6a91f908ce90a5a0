import { smoothed, thinnedOut } from '../state/lesson';
import css from './learning.module.css';

interface Props {
  readonly losses: readonly number[];
  /** Steps of the whole lesson. */
  readonly of: number;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** Steps and losses are written beside it. */
  readonly scales?: boolean;
}

/** Points of a curve that are drawn at most: more than a screen shows. */
const MOST_POINTS = 240;

/** The loss over the steps: each quietly, and their running mean. The right edge is the end of the lesson. */
export function LossCurve({ losses, of, label, width, height, scales }: Props) {
  const steps = Math.max(of, losses.length, 1);
  const [each, mean] = [thinnedOut(losses, MOST_POINTS), thinnedOut(smoothed(losses), MOST_POINTS)];
  const shown = (scales ? each : mean).map(({ value }) => value);
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  const room = Math.max((most - least) * 0.08, 1e-9);
  const x = (step: number) => ((step - 1) / Math.max(steps - 1, 1)) * width;
  const y = (value: number) => height - ((value - least + room) / (most - least + 2 * room)) * height;
  const path = (points: typeof each) =>
    points.map(({ step, value }, i) => `${i ? 'L' : 'M'}${x(step).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  const last = mean.at(-1);
  return (
    <figure className={css.curve}>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {each.length > 0 && <path className={css.each} d={path(each)} />}
        {last && <path className={css.mean} d={path(mean)} />}
        {last && losses.length < steps && (
          <line className={css.now} x1={x(last.step)} x2={x(last.step)} y1={0} y2={height} />
        )}
      </svg>
      {scales && shown.length > 0 && (
        <figcaption>
          <span>{most.toPrecision(2)}</span>
          <span>{least.toPrecision(2)}</span>
          <span>1</span>
          <span>{steps}</span>
        </figcaption>
      )}
    </figure>
  );
}
