import type { CSSProperties, KeyboardEvent, PointerEvent, ReactNode } from 'react';
import css from './parts.module.css';

interface Props {
  readonly className: string | undefined;
  readonly style?: CSSProperties | undefined;
  readonly label: string;
  readonly onPoint: (event: PointerEvent) => void;
  readonly onLeave: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}

/** What is read by pointing at it, or with the arrow keys. */
export const Explorable = ({ className, style, label, onPoint, onLeave, onKeyDown, children }: Props) => (
  <div
    className={className}
    style={style}
    role="application"
    aria-label={label}
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move over it
    tabIndex={0}
    onPointerMove={onPoint}
    onPointerDown={onPoint}
    onPointerLeave={onLeave}
    onKeyDown={onKeyDown}
    onBlur={onLeave}
  >
    {children}
  </div>
);

/** What is read there, on the side where there is room; `left` and `top` in percent. */
export const Tip = ({ left, top, children }: { left: number; top: number; children: ReactNode }) => (
  <div
    className={css.tip}
    style={{ left: `${left}%`, top: `${top}%` }}
    data-left={left > 50 ? '' : undefined}
    data-up={top > 50 ? '' : undefined}
    aria-hidden
  >
    {children}
  </div>
);
