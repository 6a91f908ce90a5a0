import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { numberWords } from '../words';
import { arithmetic } from './arithmetic';
import { allowed, dragged, notch } from './drag-number';
import type { FieldProps } from './field';
import { useGesture } from './gesture';
import css from './widgets.module.css';

const arrows: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** A number: drag sideways, or press Enter (or click) and type; arithmetic is worked out. */
export function NumberField({ parameter, value, label, place, onChange }: FieldProps) {
  const number = typeof value === 'number' ? value : 0;
  const [typed, setTyped] = useState<string>();
  const drag = useRef<{ x: number; start: number; moved: boolean } | undefined>(undefined);
  const gesture = useGesture();

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, start: number, moved: false };
    gesture.begin();
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const held = drag.current;
    if (!held) return;
    const pixels = event.clientX - held.x;
    held.moved ||= Math.abs(pixels) > 3;
    if (held.moved) onChange(dragged(parameter, held.start, pixels, event.shiftKey), gesture.id());
  };
  const onPointerUp = () => {
    if (drag.current && !drag.current.moved) setTyped(String(number));
    drag.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const times = arrows[event.key];
    if (event.key === 'Enter' || event.key === 'F2') setTyped(String(number));
    else if (/^[-\d.(]$/.test(event.key) && !event.ctrlKey && !event.metaKey) setTyped(event.key);
    else if (times && (event.shiftKey || place === 'inspector')) {
      onChange(allowed(parameter, number + times * notch(parameter)));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const result = typed === undefined ? undefined : arithmetic(typed);
  const commit = () => {
    if (result !== undefined) onChange(allowed(parameter, result));
    setTyped(undefined);
  };
  const { minimum, maximum, unit } = parameter;
  const share =
    place === 'inspector' && minimum !== undefined && maximum !== undefined && maximum - minimum <= 10_000
      ? (number - minimum) / (maximum - minimum)
      : undefined;

  if (typed !== undefined)
    return (
      <div className={`${css.field} nodrag`}>
        {place === 'node' && <span>{label}</span>}
        <input
          // The user asked to type here, with a click or a key.
          // biome-ignore lint/a11y/noAutofocus: follows the user's own act
          autoFocus
          className={css.typing}
          aria-label={label}
          aria-invalid={result === undefined}
          inputMode="decimal"
          value={typed}
          onFocus={(event) => typed === String(number) && event.currentTarget.select()}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Enter') commit();
            if (event.key === 'Escape') setTyped(undefined);
          }}
        />
      </div>
    );
  return (
    <div
      className={`${css.field} ${css.number} nodrag`}
      role="spinbutton"
      tabIndex={place === 'node' ? -1 : 0}
      data-stop
      aria-label={label}
      aria-valuenow={number}
      aria-valuemin={minimum}
      aria-valuemax={maximum}
      aria-valuetext={unit ? `${numberWords(number)} ${unit}` : numberWords(number)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        drag.current = undefined;
      }}
      onKeyDown={onKeyDown}
    >
      {share !== undefined && <i className={css.share} style={{ width: `${share * 100}%` }} />}
      {place === 'node' && <span>{label}</span>}
      <b>
        {numberWords(number)}
        {unit && <em> {unit}</em>}
      </b>
    </div>
  );
}
