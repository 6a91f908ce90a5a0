import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Profile } from '../../engine/profile/profile';
import controls from '../controls.module.css';
import { useUi } from '../state/use';
import { profile as words } from '../text/profile';
import { chartHeight, colorOf, draw, measures, rowTop, type Window } from './draw';
import css from './Profile.module.css';
import { type Bar, barAt, networkName, rowsOf } from './rows';

/** The least that is seen, in milliseconds. */
const finest = 0.02;

interface Props {
  readonly profile: Profile;
  readonly titleOf: (node: string) => string;
}

/** Bars over time: steps, nodes, networks, what was read back, and memory below. */
export function Chart({ profile, titleOf }: Props) {
  const rows = useMemo(() => rowsOf(profile), [profile]);
  const all: Window = { from: 0, to: Math.max(profile.milliseconds, finest) };
  const [seen, setSeen] = useState(all);
  const [selected, setSelected] = useState<Bar>();
  const [hovered, setHovered] = useState<Bar>();
  const [width, setWidth] = useState(0);
  const canvas = useRef<HTMLCanvasElement>(null);
  // Another theme is drawn in other colours.
  useUi((state) => state.theme);

  const name = (bar: Bar): string => {
    if (bar.kind === 'step') return words.step(bar.name);
    return bar.kind === 'node' ? titleOf(bar.name) : bar.kind === 'read' ? bar.name : networkName(bar.name);
  };

  useLayoutEffect(() => {
    const box = canvas.current?.parentElement;
    if (!box) return;
    const watch = new ResizeObserver(() => setWidth(box.clientWidth));
    watch.observe(box);
    setWidth(box.clientWidth);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    if (canvas.current && width > 0)
      draw(canvas.current, width, { profile, rows, window: seen, selected, hovered, titleOf: name });
  });
  const show = (from: number, span: number) => {
    const wide = Math.min(all.to, Math.max(finest, span));
    const start = Math.max(0, Math.min(all.to - wide, from));
    setSeen({ from: start, to: start + wide });
  };
  /** Zooms by a factor; what is at `at` stays where it is. */
  const zoom = (factor: number, at = (seen.from + seen.to) / 2) =>
    show(at - (at - seen.from) * factor, (seen.to - seen.from) * factor);
  const fill = (bar: Bar) => show(bar.begin - bar.milliseconds * 0.02, bar.milliseconds * 1.04);

  const timeAt = (x: number) => seen.from + (x / width) * (seen.to - seen.from);
  const under = ({ offsetX, offsetY }: MouseEvent): Bar | undefined => {
    const row = rows.findIndex((_, i) => offsetY >= rowTop(i) && offsetY < rowTop(i) + measures.row);
    const bar = row < 0 ? undefined : barAt(rows[row] ?? [], timeAt(offsetX));
    if (!bar) return undefined;
    const near = (2 / width) * (seen.to - seen.from);
    const at = timeAt(offsetX);
    return at >= bar.begin - near && at <= bar.begin + bar.milliseconds + near ? bar : undefined;
  };

  const select = (bar: Bar | undefined) => {
    if (!bar) return;
    setSelected(bar);
    if (bar.begin < seen.from || bar.begin + bar.milliseconds > seen.to)
      show(bar.begin + bar.milliseconds / 2 - (seen.to - seen.from) / 2, seen.to - seen.from);
  };
  const walk = (key: string): Bar | undefined => {
    const row = selected ? rows.findIndex((bars) => bars.includes(selected)) : -1;
    const bars = rows[row];
    if (!selected || !bars) return rows.find((one) => one.length > 0)?.[0];
    const place = bars.indexOf(selected);
    if (key === 'ArrowLeft') return bars[place - 1];
    if (key === 'ArrowRight') return bars[place + 1];
    const others = key === 'ArrowUp' ? rows.slice(0, row).toReversed() : rows.slice(row + 1);
    const next = others.find((one) => one.length > 0);
    return next && barAt(next, selected.begin + selected.milliseconds / 2);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith('Arrow')) select(walk(event.key));
    else if (event.key === '+' || event.key === '=') zoom(0.5, selected && selected.begin + selected.milliseconds / 2);
    else if (event.key === '-') zoom(2);
    else if (event.key === '0') setSeen(all);
    else if (event.key === 'Enter' && selected) fill(selected);
    else return;
    event.preventDefault();
  };

  // React listens to the wheel passively, which would scroll the window too.
  const onWheel = useRef<(event: WheelEvent) => void>(undefined);
  onWheel.current = (event) => {
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      show(seen.from + ((event.deltaX || event.deltaY) / width) * (seen.to - seen.from), seen.to - seen.from);
    else zoom(1.0015 ** event.deltaY, timeAt(event.offsetX));
    event.preventDefault();
  };
  useEffect(() => {
    const own = canvas.current;
    const listen = (event: WheelEvent) => onWheel.current?.(event);
    own?.addEventListener('wheel', listen, { passive: false });
    return () => own?.removeEventListener('wheel', listen);
  }, []);

  const told = hovered ?? selected;
  const most = profile.memory.reduce((peak, { bytes }) => Math.max(peak, bytes), 0);
  const kinds = ['step', 'node', 'session', 'load', 'read'] as const;
  return (
    <div className={css.chart}>
      <div className={css.legend}>
        {kinds.map((kind) => (
          <span key={kind}>
            <i style={{ background: colorOf(kind) }} />
            {words.kinds[kind]}
          </span>
        ))}
        <span className={css.grow} />
        <button type="button" className={css.icon} aria-label={words.larger} onClick={() => zoom(0.5)}>
          <IconZoomIn size={16} stroke={1.6} aria-hidden />
        </button>
        <button type="button" className={css.icon} aria-label={words.smaller} onClick={() => zoom(2)}>
          <IconZoomOut size={16} stroke={1.6} aria-hidden />
        </button>
        <button type="button" className={controls.button} onClick={() => setSeen(all)}>
          {words.whole}
        </button>
      </div>
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows go through its bars
        tabIndex={0}
        className={css.stage}
        aria-label={words.chart}
        aria-describedby="profile-keys"
        onKeyDown={onKeyDown}
      >
        <canvas
          ref={canvas}
          style={{ height: chartHeight(rows.length) }}
          onPointerMove={(event) => {
            if (event.buttons & 1)
              show(seen.from - (event.movementX / width) * (seen.to - seen.from), seen.to - seen.from);
            else setHovered(under(event.nativeEvent));
          }}
          onPointerLeave={() => setHovered(undefined)}
          onClick={(event) => setSelected(under(event.nativeEvent))}
          onDoubleClick={(event) => {
            const bar = under(event.nativeEvent);
            if (bar) fill(bar);
          }}
        />
      </div>
      <p id="profile-keys" className={css.hidden}>
        {words.chartKeys}
      </p>
      <p className={css.told} role="status">
        {told
          ? [
              words.bar(
                told.kind === 'step' ? undefined : words.kinds[told.kind],
                name(told),
                told.milliseconds,
                told.milliseconds / profile.milliseconds,
              ),
              told.kind !== 'node' && told.node && words.forNode(titleOf(told.node)),
              told.bytes !== undefined && words.takes(told.bytes),
            ]
              .filter(Boolean)
              .join(', ')
          : words.memory(most)}
      </p>
    </div>
  );
}
