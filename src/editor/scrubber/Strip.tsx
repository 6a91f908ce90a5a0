import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Picture } from '../../engine/events';
import css from './Scrubber.module.css';

interface Props {
  readonly label: string;
  readonly frames: readonly (Picture | undefined)[];
  readonly count: number;
  readonly step: number | undefined;
  readonly spoken: string;
  readonly onStep: (step: number) => void;
  readonly onLeave: () => void;
}

/** How narrow one picture of the strip becomes: in pixels, and of its height. */
const narrowest = { pixels: 22, share: 0.75 };

/** How far the keys go. */
const far = 5;

/** A film of all steps: a slider that is dragged, clicked or moved by keys. */
export function Strip({ label, frames, count, step, spoken, onStep, onLeave }: Props) {
  const film = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [room, setRoom] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = canvas;
    if (!current) return;
    const observer = new ResizeObserver(() => setRoom({ width: current.clientWidth, height: current.clientHeight }));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (canvas.current && room.width > 0) drawFilm(canvas.current, frames, count, room);
  }, [frames, count, room]);

  const at = step ?? count - 1;
  const move = (to: number) => onStep(Math.min(count - 1, Math.max(0, to)));
  const toPointer = ({ clientX }: PointerEvent<HTMLDivElement>) => {
    const box = film.current?.getBoundingClientRect();
    if (box) move(Math.floor(((clientX - box.left) / box.width) * count));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -far,
      PageUp: far,
      Home: -count,
      End: count,
    };
    const way = by[event.key];
    if (event.key === 'Escape' && step !== undefined) onLeave();
    else if (way === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    else move(at + way);
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = frames.filter(Boolean).length;
  return (
    <div
      ref={film}
      className={css.film}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={at + 1}
      aria-valuetext={spoken}
      data-frames={shown}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        toPointer(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && toPointer(event)}
    >
      <canvas ref={canvas} className={css.pictures} aria-hidden />
      {ticksOf(count, room.width).map((tick) => (
        <i key={tick} className={css.tick} style={{ left: `${((tick - 0.5) / count) * 100}%` }} aria-hidden>
          {tick}
        </i>
      ))}
      {step !== undefined && (
        <span className={css.cursor} style={{ left: `${((step + 0.5) / count) * 100}%` }} aria-hidden>
          <b>{step + 1}</b>
        </span>
      )}
    </div>
  );
}

/** The first, the last, and round numbers between them. */
function ticksOf(count: number, room: number): number[] {
  const most = Math.max(2, Math.min(8, Math.floor(room / 60)));
  const between = [1, 2, 4, 5, 8, 10, 20, 25, 50, 100, 200].find((step) => count / step <= most) ?? count;
  const ticks = Array.from({ length: Math.floor(count / between) }, (_, i) => (i + 1) * between);
  return [...new Set([1, ...ticks.filter((tick) => tick > between / 2 && tick <= count - between / 2), count])];
}

function drawFilm(
  canvas: HTMLCanvasElement,
  frames: readonly (Picture | undefined)[],
  count: number,
  room: { readonly width: number; readonly height: number },
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = globalThis.devicePixelRatio;
  const height = Math.round(room.height * ratio);
  canvas.width = Math.round(room.width * ratio);
  canvas.height = height;
  const least = Math.max(narrowest.pixels, narrowest.share * room.height);
  const cells = Math.min(count, Math.max(1, Math.floor(room.width / least)));
  context.imageSmoothingQuality = 'high';
  const cell = new OffscreenCanvas(1, 1);
  for (let i = 0; i < cells; i++) {
    const frame = frames[Math.floor(((i + 0.5) / cells) * count)];
    if (!frame) continue;
    cell.width = frame.width;
    cell.height = frame.height;
    cell.getContext('2d')?.putImageData(new ImageData(frame.pixels, frame.width, frame.height), 0, 0);
    const left = Math.round((i / cells) * canvas.width);
    const width = Math.round(((i + 1) / cells) * canvas.width) - left - Math.round(ratio);
    // The middle of the picture, as much of it as the cell has room for.
    const scale = Math.max(width / frame.width, height / frame.height);
    const [w, h] = [width / scale, height / scale];
    context.drawImage(cell, (frame.width - w) / 2, (frame.height - h) / 2, w, h, left, 0, width, height);
  }
}
