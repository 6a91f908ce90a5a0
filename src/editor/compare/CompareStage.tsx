import { IconArrowsHorizontal } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react';
import type { Picture } from '../../engine/events';
import controls from '../controls.module.css';
import { Pixels } from '../inspect/parts/Pixels';
import { compare as words } from '../text/compare';
import css from './Compare.module.css';

export type Way = 'beside' | 'slider' | 'blink' | 'difference';

interface Shown {
  readonly title: string;
  readonly picture: Picture;
}

interface Props {
  readonly way: Way;
  readonly a: Shown;
  readonly b: Shown;
  readonly difference: { readonly picture: Picture; readonly label: string } | undefined;
}

/** Small pictures are drawn pixel by pixel. */
const smooth = ({ width }: Picture) => width > 256;

const ratio = ({ width, height }: Picture) => ({ ['--ratio' as string]: String(width / height) });

const named = ({ title, picture }: Shown) => words.pictureOf(title, `${picture.width} × ${picture.height}`);

/** The two pictures in one of the ways to look at them. */
export function CompareStage({ way, a, b, difference }: Props) {
  if (way === 'slider') return <Slid a={a} b={b} />;
  if (way === 'blink') return <Blinking a={a} b={b} />;
  if (way === 'difference' && difference)
    return (
      <div className={css.stage} style={ratio(difference.picture)}>
        <Pixels {...difference.picture} label={difference.label} smooth={smooth(difference.picture)} />
      </div>
    );
  return (
    <div className={css.beside}>
      {[a, b].map((one) => (
        <div key={one.title} className={css.stage}>
          <Pixels {...one.picture} label={named(one)} smooth={smooth(one.picture)} />
          <span className={css.label} aria-hidden>
            {one.title}
          </span>
        </div>
      ))}
    </div>
  );
}

const clamp = (value: number) => Math.min(100, Math.max(0, value));

function Slid({ a, b }: Pick<Props, 'a' | 'b'>) {
  const [at, setAt] = useState(50);
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons === 0 && event.type === 'pointermove') return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setAt(clamp(((event.clientX - left) / width) * 100));
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    const end = { Home: 0, End: 100 }[event.key];
    if (by === undefined && end === undefined) return;
    event.preventDefault();
    setAt((now) => clamp(end ?? now + (by ?? 0)));
  };
  return (
    <div className={`${css.stage} ${css.slid}`} style={ratio(a.picture)} onPointerDown={move} onPointerMove={move}>
      <Pixels {...a.picture} label={named(a)} smooth={smooth(a.picture)} />
      <div className={css.over} style={{ clipPath: `inset(0 0 0 ${at}%)` }}>
        <Pixels {...b.picture} label={named(b)} smooth={smooth(b.picture)} />
      </div>
      <span className={css.label} aria-hidden>
        {a.title}
      </span>
      <span className={css.label} data-right="" aria-hidden>
        {b.title}
      </span>
      <i className={css.divider} style={{ left: `${at}%` }} />
      <div
        className={css.grip}
        style={{ left: `${at}%` }}
        role="slider"
        tabIndex={0}
        aria-label={words.divider}
        aria-valuenow={Math.round(at)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={words.dividerAt(Math.round(at))}
        onKeyDown={onKeyDown}
      >
        <IconArrowsHorizontal size={16} stroke={1.8} aria-hidden />
      </div>
    </div>
  );
}

/** Half a period, in milliseconds: slow enough to be no flicker (WCAG 2.3.1 allows three flashes a second). */
const half = 500;

function Blinking({ a, b }: Pick<Props, 'a' | 'b'>) {
  const [second, setSecond] = useState(false);
  const [going, go] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(() => setSecond((now) => !now), half);
    return () => clearInterval(timer);
  }, [going]);
  const now = second ? b : a;
  return (
    <>
      <div className={css.stage} style={ratio(a.picture)}>
        <Pixels {...now.picture} label={named(now)} smooth={smooth(now.picture)} />
        <span className={css.label} data-right={second ? '' : undefined} aria-hidden>
          {now.title}
        </span>
      </div>
      <div className={css.amplify}>
        <button type="button" className={controls.button} onClick={() => go(!going)}>
          {going ? words.blinkPause : words.blinkGo}
        </button>
        {!going && (
          <button type="button" className={controls.button} onClick={() => setSecond(!second)}>
            {words.blinkShows(now.title)}
          </button>
        )}
      </div>
    </>
  );
}
