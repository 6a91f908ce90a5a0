import type { KeyboardEvent, PointerEvent } from 'react';
import { inspect as words } from '../../text/inspect';
import { Explorable, Tip } from './Explorable';
import { Pixels } from './Pixels';
import css from './parts.module.css';

/** A place of a picture, in its own pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly width: number;
  readonly height: number;
  /** RGBA; may be of a finer size than the places that can be pointed at. */
  readonly picture: {
    readonly width: number;
    readonly height: number;
    readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  };
  readonly label: string;
  readonly smooth?: boolean;
  /** How much larger than the room it is drawn. */
  readonly zoom?: number;
  readonly place: Place | undefined;
  readonly onPlace: (place: Place | undefined) => void;
  /** What there is to read at a place. */
  readonly read: (place: Place) => readonly { readonly name: string; readonly value: string }[];
}

const clamp = (value: number, end: number) => Math.min(end - 1, Math.max(0, value));

const ways: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A picture whose numbers are read by pointing at it, or with the arrow keys. */
export function Stage({ width, height, picture, label, smooth, zoom = 1, place, onPlace, read }: Props) {
  const point = ({ clientX, clientY, currentTarget }: PointerEvent) => {
    const box = currentTarget.getBoundingClientRect();
    const x = clamp(Math.floor(((clientX - box.left) / box.width) * width), width);
    const y = clamp(Math.floor(((clientY - box.top) / box.height) * height), height);
    if (x !== place?.x || y !== place.y) onPlace({ x, y });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const by = event.shiftKey ? 8 : 1;
    const from = place ?? { x: width >> 1, y: height >> 1 };
    onPlace(place ? { x: clamp(from.x + by * way[0], width), y: clamp(from.y + by * way[1], height) } : from);
  };
  const [left, top] = place ? [((place.x + 0.5) / width) * 100, ((place.y + 0.5) / height) * 100] : [0, 0];
  const lines = place && read(place);
  return (
    <div className={css.stage}>
      <div className={zoom > 1 ? css.scroll : undefined}>
        <Explorable
          className={css.plane}
          style={zoom > 1 ? { width: `${zoom * 100}%` } : undefined}
          label={`${label}. ${words.explore}`}
          onPoint={point}
          onLeave={() => onPlace(undefined)}
          onKeyDown={onKeyDown}
        >
          <Pixels {...picture} smooth={smooth} />
          {place && (
            <>
              <i className={css.across} style={{ top: `${top}%` }} />
              <i className={css.down} style={{ left: `${left}%` }} />
              <i className={css.point} style={{ left: `${left}%`, top: `${top}%` }} />
            </>
          )}
        </Explorable>
      </div>
      {place && zoom === 1 && (
        <Tip left={left} top={top}>
          <i>{words.at(place.x, place.y)}</i>
          {lines?.map(({ name, value }) => (
            <span key={name}>
              <i>{name}</i>
              {value}
            </span>
          ))}
        </Tip>
      )}
      <output className={css.hidden}>
        {place &&
          [words.at(place.x, place.y), ...(lines ?? []).map(({ name, value }) => `${name} ${value}`)].join('; ')}
      </output>
    </div>
  );
}
