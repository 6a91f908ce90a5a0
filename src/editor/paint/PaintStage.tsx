import {
  type KeyboardEvent,
  type PointerEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { paint } from '../text/paint';
import { type Area, type Bitmap, laidOn, wholeOf } from './bitmap';
import css from './PaintDialog.module.css';
import type { PaintSession, Settings, Touch } from './session';

export interface StageHandle {
  /** Shows what changed in an area of the picture. */
  draw(area: Area): void;
  zoomBy(factor: number): void;
  fit(): void;
}

interface Props {
  readonly ref: Ref<StageHandle>;
  readonly session: PaintSession;
  readonly backdrop: Bitmap | undefined;
  readonly settings: Settings;
  readonly shown: number;
  readonly onZoom: (zoom: number) => void;
  readonly onGesture: () => void;
}

/** Where the picture's corner is in the stage, in CSS pixels, and how large a pixel of it is. */
interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const scales = [0.05, 32] as const;
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Puts pixels on a canvas; only those of an area. */
function show(canvas: HTMLCanvasElement | null, { width, height, data }: Bitmap, area?: Area) {
  const { left, top, right, bottom } = area ?? wholeOf({ width, height });
  if (right > left && bottom > top)
    canvas
      ?.getContext('2d')
      ?.putImageData(new ImageData(data, width, height), 0, 0, left, top, right - left, bottom - top);
}

/** The picture on what lies under it, to paint on, to zoom and to move. */
export function PaintStage({ ref, session, backdrop, settings, shown, onZoom, onGesture }: Props) {
  const { picture } = session;
  const stage = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLCanvasElement>(null);
  const below = useRef<HTMLCanvasElement>(null);
  const nib = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View>({ x: 0, y: 0, scale: 1 });
  /** Fingers, pens and mice on the stage, in CSS pixels of it. */
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const drawing = useRef<number | undefined>(undefined);
  const space = useRef(false);
  /** The keyboard's brush: where it is, and whether it draws. */
  const [pen, setPen] = useState<{ x: number; y: number; down: boolean }>();

  const draw = (area: Area) => show(layer.current, picture, area);
  const fitIn = () => {
    const { clientWidth, clientHeight } = stage.current as HTMLDivElement;
    const room = Math.min((clientWidth - 32) / picture.width, (clientHeight - 32) / picture.height);
    const scale = Math.min(8, Math.max(scales[0], room));
    const [width, height] = [picture.width * scale, picture.height * scale];
    setView({ x: (clientWidth - width) / 2, y: (clientHeight - height) / 2, scale });
  };
  /** Keeps what is at `x` and `y` of the stage where it is. */
  const zoomAt = (factor: number, x: number, y: number) =>
    setView((old) => {
      const scale = Math.min(scales[1], Math.max(scales[0], old.scale * factor));
      const ratio = scale / old.scale;
      return { x: x - (x - old.x) * ratio, y: y - (y - old.y) * ratio, scale };
    });
  const zoomBy = (factor: number) => {
    const { clientWidth, clientHeight } = stage.current as HTMLDivElement;
    zoomAt(factor, clientWidth / 2, clientHeight / 2);
  };
  useImperativeHandle(ref, () => ({ draw, zoomBy, fit: fitIn }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each picture
  useLayoutEffect(() => {
    show(layer.current, picture);
    if (backdrop) show(below.current, backdrop);
    stage.current?.focus();
    // Tells the size at once, too.
    const sizes = new ResizeObserver(fitIn);
    sizes.observe(stage.current as HTMLDivElement);
    return () => sizes.disconnect();
  }, [picture, backdrop]);
  useEffect(() => onZoom(view.scale), [view.scale, onZoom]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: React's own wheel handler could not keep the page from zooming
  useEffect(() => {
    const element = stage.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = (element as HTMLDivElement).getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), event.clientX - left, event.clientY - top);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  const placeOf = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) => {
    const { left, top } = (stage.current as HTMLDivElement).getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const touchOf = (event: globalThis.PointerEvent | PointerEvent): Touch => {
    const { x, y } = placeOf(event);
    const pressure = event.pointerType === 'pen' ? event.pressure : 1;
    return { x: (x - view.x) / view.scale, y: (y - view.y) / view.scale, pressure };
  };
  const begin = (touch: Touch) => {
    const seen = settings.tool === 'fill' && backdrop ? laidOn(backdrop, picture) : undefined;
    draw(session.begin(touch, settings, seen));
  };
  const end = () => {
    session.end();
    onGesture();
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, placeOf(event));
    const draws = event.button === 0 && !space.current && pointers.current.size === 1;
    if (draws) {
      drawing.current = event.pointerId;
      begin(touchOf(event));
    } else if (drawing.current !== undefined) {
      // A second finger moves the picture; what the first has drawn so far was not meant.
      draw(session.cancel());
      drawing.current = undefined;
    }
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const place = placeOf(event);
    if (nib.current) nib.current.style.translate = `${place.x}px ${place.y}px`;
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    if (drawing.current === event.pointerId) {
      const moves = event.nativeEvent.getCoalescedEvents?.() ?? [];
      for (const move of moves.length > 0 ? moves : [event.nativeEvent]) draw(session.move(touchOf(move)));
      return;
    }
    const [other] = [...pointers.current].flatMap(([id, at]) => (id === event.pointerId ? [] : [at]));
    pointers.current.set(event.pointerId, place);
    if (!other) return setView((old) => ({ ...old, x: old.x + place.x - before.x, y: old.y + place.y - before.y }));
    const spread = (at: typeof place) => Math.hypot(at.x - other.x, at.y - other.y) || 1;
    const middle = (at: typeof place) => ({ x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
    const [from, to] = [middle(before), middle(place)];
    setView((old) => ({ ...old, x: old.x + to.x - from.x, y: old.y + to.y - from.y }));
    zoomAt(spread(place) / spread(before), to.x, to.y);
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    pointers.current.delete(event.pointerId);
    if (drawing.current !== event.pointerId) return;
    drawing.current = undefined;
    end();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const arrow = arrows[event.key];
    const now = pen ?? { x: picture.width / 2, y: picture.height / 2, down: false };
    if (arrow) {
      const step = event.shiftKey ? 1 : 8;
      const next = { ...now, x: now.x + step * arrow[0], y: now.y + step * arrow[1] };
      if (next.down) draw(session.move({ ...next, pressure: 1 }));
      setPen(next);
    } else if (event.key === 'Enter') {
      if (now.down) end();
      else begin({ ...now, pressure: 1 });
      setPen({ ...now, down: !now.down });
    } else if (event.key === ' ') space.current = true;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onKeyUp = ({ key }: KeyboardEvent) => {
    if (key === ' ') space.current = false;
  };
  const onBlur = () => {
    space.current = false;
    if (pen?.down) end();
    setPen(undefined);
  };

  const { x, y, scale } = view;
  const [width, height] = [picture.width * scale, picture.height * scale];
  const round = settings.tool === 'fill' ? 0 : settings.size * scale;
  return (
    <div
      ref={stage}
      className={css.stage}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move a brush here
      tabIndex={0}
      aria-label={paint.stage}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
      onKeyUp={onKeyUp}
      onBlur={onBlur}
    >
      <div
        className={css.paper}
        style={{ width, height, translate: `${x}px ${y}px` }}
        data-sharp={scale >= 2 || undefined}
      >
        {backdrop && <canvas ref={below} width={picture.width} height={picture.height} />}
        <canvas ref={layer} width={picture.width} height={picture.height} style={{ opacity: shown }} />
        {pen && (
          <i
            className={css.pen}
            data-down={pen.down || undefined}
            style={{ left: pen.x * scale, top: pen.y * scale, width: round, height: round }}
          />
        )}
      </div>
      <div ref={nib} className={css.nib} style={{ width: round, height: round }} />
    </div>
  );
}
