import { endNumber } from '../numbers';
import css from './parts.module.css';

interface Props {
  readonly name: string;
  readonly values: readonly number[];
  readonly label: string;
  /** The one that is looked at. */
  readonly at?: number | undefined;
}

const [width, height] = [300, 96];

/** Numbers over the evaluations. */
export function Curve({ name, values, label, at }: Props) {
  const most = Math.max(...values, 0);
  const least = Math.min(...values, 0);
  const x = (i: number) => (values.length > 1 ? (i / (values.length - 1)) * width : width / 2);
  const y = (value: number) => height - 3 - ((value - least) / (most - least || 1)) * (height - 6);
  const points = values.map((value, i) => `${x(i).toFixed(1)} ${y(value).toFixed(1)}`);
  return (
    <figure className={css.curve}>
      <figcaption>
        {name}
        <small>
          {endNumber(values[0] ?? 0)} … {endNumber(values.at(-1) ?? 0)}
        </small>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} height={height} preserveAspectRatio="none" role="img" aria-label={label}>
        <path className={css.zero} d={`M0 ${y(0)}H${width}`} />
        <path className={css.area} d={`M0 ${y(0)}L${points.join('L')}L${width} ${y(0)}Z`} opacity={0.3} />
        <path className={css.line} d={`M${points.join('L')}`} />
        {at !== undefined && <path className={css.mark} d={`M${x(at)} 0V${height}`} />}
      </svg>
      <p className={css.ends} aria-hidden>
        <span>1</span>
        <span>{values.length}</span>
      </p>
    </figure>
  );
}
