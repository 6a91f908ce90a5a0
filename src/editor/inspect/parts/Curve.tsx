import type { KeyboardEvent, PointerEvent } from 'react';
import { inspect as words } from '../../text/inspect';
import { endNumber } from '../numbers';
import { Explorable, Tip } from './Explorable';
import css from './parts.module.css';

interface Props {
  readonly name: string;
  readonly values: readonly number[];
  readonly label: string;
  /** The evaluation that is pointed at, here or in another curve of the same evaluations. */
  readonly at: number | undefined;
  readonly onAt: (at: number | undefined) => void;
}

const [width, height] = [300, 96];

/** How far an arrow key goes. */
const ways: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

/** Numbers over the evaluations, read by pointing at them or with the arrow keys. */
export function Curve({ name, values, label, at, onAt }: Props) {
  const last = values.length - 1;
  const most = Math.max(...values, 0);
  const least = Math.min(...values, 0);
  const x = (i: number) => (last > 0 ? (i / last) * width : width / 2);
  const y = (value: number) => height - 3 - ((value - least) / (most - least || 1)) * (height - 6);
  const points = values.map((value, i) => `${x(i).toFixed(1)} ${y(value).toFixed(1)}`);
  const clamp = (i: number) => Math.min(last, Math.max(0, i));
  const point = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width: wide } = currentTarget.getBoundingClientRect();
    onAt(clamp(Math.round(((clientX - left) / wide) * last)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = ways[event.key];
    const end = { Home: 0, End: last }[event.key];
    if (by === undefined && end === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onAt(end ?? (at === undefined ? 0 : clamp(at + (by ?? 0) * (event.shiftKey ? 8 : 1))));
  };
  const read = at === undefined ? undefined : values[at];
  const [left, top] = at === undefined ? [0, 0] : [(x(at) / width) * 100, (y(read ?? 0) / height) * 100];
  return (
    <figure className={css.curve}>
      <figcaption>
        {name}
        <small>
          {endNumber(values[0] ?? 0)} … {endNumber(values.at(-1) ?? 0)}
        </small>
      </figcaption>
      <Explorable
        className={css.plot}
        label={`${name}. ${words.exploreSteps}`}
        onPoint={point}
        onLeave={() => onAt(undefined)}
        onKeyDown={onKeyDown}
      >
        <svg
          viewBox={`0 0 ${width} ${height}`}
          height={height}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
        >
          <path className={css.zero} d={`M0 ${y(0)}H${width}`} />
          <path className={css.area} d={`M0 ${y(0)}L${points.join('L')}L${width} ${y(0)}Z`} opacity={0.3} />
          <path className={css.line} d={`M${points.join('L')}`} />
        </svg>
        {read !== undefined && at !== undefined && (
          <>
            <i className={css.down} style={{ left: `${left}%` }} />
            <i className={css.dot} style={{ left: `${left}%`, top: `${top}%` }} />
            <Tip left={left} top={top}>
              <span>
                <i>{words.evaluation}</i>
                {at + 1}
              </span>
              <span>
                <i>{name}</i>
                {endNumber(read)}
              </span>
            </Tip>
            <output className={css.hidden}>{words.reads(at + 1, name, endNumber(read))}</output>
          </>
        )}
      </Explorable>
      <p className={css.ends} aria-hidden>
        <span>1</span>
        <span>{values.length}</span>
      </p>
    </figure>
  );
}
