import type { FieldProps } from './field';
import { useGesture } from './gesture';
import css from './widgets.module.css';

/** One line of text. */
export function TextField({ value, label, place, onChange }: FieldProps) {
  const gesture = useGesture();
  return (
    <div className={`${css.field} nodrag`}>
      {place === 'node' && <span>{label}</span>}
      <input
        className={`${css.line} ${css.text}`}
        aria-label={label}
        data-stop
        tabIndex={place === 'node' ? -1 : 0}
        value={String(value ?? '')}
        onFocus={gesture.begin}
        onChange={(event) => onChange(event.currentTarget.value, gesture.id())}
      />
    </div>
  );
}

/** Several lines of text, such as a prompt. */
export function LinesField({ value, label, place, onChange }: FieldProps) {
  const gesture = useGesture();
  return (
    <textarea
      className={`${css.lines} nodrag nowheel`}
      aria-label={label}
      data-stop
      tabIndex={place === 'node' ? -1 : 0}
      cols={16}
      rows={place === 'node' ? 2 : 4}
      value={String(value ?? '')}
      spellCheck={false}
      onFocus={gesture.begin}
      onChange={(event) => onChange(event.currentTarget.value, gesture.id())}
    />
  );
}
