import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { inspect as words } from '../../text/inspect';
import css from './parts.module.css';

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: T; readonly title: ReactNode; readonly disabled?: boolean }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of a few. */
export function Segments<T extends string>({ label, options, value, onChange }: SegmentsProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a layout of its own
    <div className={css.segments} role="group" aria-label={label}>
      {options.map(({ id, title, disabled }) => (
        <button key={id} type="button" aria-pressed={id === value} disabled={disabled} onClick={() => onChange(id)}>
          {title}
        </button>
      ))}
    </div>
  );
}

interface StepperProps {
  readonly what: string;
  readonly at: number;
  readonly of: number;
  /** What the one that is shown is called. */
  readonly name?: string | undefined;
  readonly onChange: (at: number) => void;
}

/** Which of several: counted from 0, shown from 1. */
export function Stepper({ what, at, of, name, onChange }: StepperProps) {
  return (
    <span className={css.stepper}>
      <button
        type="button"
        aria-label={words.previous(what.toLowerCase())}
        disabled={at === 0}
        onClick={() => onChange(at - 1)}
      >
        <IconChevronLeft size={14} stroke={1.6} aria-hidden />
      </button>
      <span aria-live="polite">
        {what} {name ? `${name}, ` : ''}
        {words.place(at + 1, of)}
      </span>
      <button
        type="button"
        aria-label={words.next(what.toLowerCase())}
        disabled={at === of - 1}
        onClick={() => onChange(at + 1)}
      >
        <IconChevronRight size={14} stroke={1.6} aria-hidden />
      </button>
    </span>
  );
}
