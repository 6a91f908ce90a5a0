import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { panels as words } from '../text/panels';
import css from './Separator.module.css';
import { keepSizes, mostOf, type Panel, panels, resize } from './sizes';
import { canvasLeft, holdView } from './steady';

/** How far an arrow moves the edge, in pixels; with Shift. */
const step = 8;
const far = 32;

/** Which way keys move it. */
const arrows: Readonly<Record<'x' | 'y', Readonly<Record<string, number>>>> = {
  x: { ArrowRight: 1, ArrowLeft: -1 },
  y: { ArrowDown: 1, ArrowUp: -1 },
};

/** An edge stands in the landmark that fills its panel, so that who goes from landmark to landmark finds it. */
const panelOf = (edge: HTMLElement | null) => edge?.parentElement?.parentElement;

/** The edge of a panel: it is dragged, or moved by keys, to make the panel wider or higher. */
export default function Separator({ panel }: { readonly panel: Panel }) {
  const { along, towards, least } = panels[panel];
  const edge = useRef<HTMLDivElement>(null);
  /** Where the pointer took the edge, and how large the panel was. */
  const held = useRef<{ readonly at: number; readonly size: number }>(undefined);
  const [size, setSize] = useState<number>(least);
  const sizeNow = () => {
    const box = panelOf(edge.current);
    return (along === 'x' ? box?.offsetWidth : box?.offsetHeight) ?? least;
  };
  // What the window and the design make of it, not only what was chosen.
  useEffect(() => {
    const box = panelOf(edge.current);
    if (!box) return;
    const observer = new ResizeObserver(() => {
      const now = along === 'x' ? box.offsetWidth : box.offsetHeight;
      if (now > 0) setSize(now);
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [along]);

  const change = (to: number | undefined) => {
    const before = canvasLeft();
    resize(panel, to);
    holdView(before);
  };
  const at = ({ clientX, clientY }: PointerEvent) => (along === 'x' ? clientX : clientY);
  const letGo = (cancelled: boolean) => {
    if (!held.current) return;
    if (cancelled) change(held.current.size);
    held.current = undefined;
    keepSizes();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = arrows[along][key];
    if (way) change(sizeNow() + way * towards * (shiftKey ? far : step));
    else if (key === 'Home') change(least);
    else if (key === 'End') change(mostOf(panel));
    else if (key === 'Escape' && held.current) letGo(true);
    else return;
    if (!held.current) keepSizes();
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line of text cannot be moved
    <div
      ref={edge}
      className={css.edge}
      data-side={along === 'x' ? (towards > 0 ? 'right' : 'left') : 'top'}
      role="separator"
      tabIndex={0}
      aria-orientation={along === 'x' ? 'vertical' : 'horizontal'}
      aria-label={words.size[panel]}
      aria-valuenow={size}
      aria-valuemin={Math.min(least, size)}
      aria-valuemax={Math.max(mostOf(panel), size)}
      aria-valuetext={words.pixels(size)}
      data-help={words.help}
      onKeyDown={onKeyDown}
      onDoubleClick={() => {
        change(undefined);
        keepSizes();
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = { at: at(event), size: sizeNow() };
      }}
      onPointerMove={(event) => {
        const { current } = held;
        const by = current && at(event) - current.at;
        if (current && by !== undefined && sizeNow() !== current.size + by * towards)
          change(current.size + by * towards);
      }}
      onPointerUp={() => letGo(false)}
      onPointerCancel={() => letGo(true)}
    />
  );
}
