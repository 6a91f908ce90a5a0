import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import controls from '../controls.module.css';
import { uiStore } from '../state/ui-store';
import { common } from '../text/common';
import css from './Flyout.module.css';

const close = () => uiStore.setState({ flyout: undefined });

interface Props {
  readonly label: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** A panel below the bar. The graph beside it stays in use; Escape inside of it closes it and gives the focus back. */
export function Flyout({ label, title, children }: Props) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <section
      ref={panel}
      className={css.flyout}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <header className={css.head}>
        <h2>{title}</h2>
        <button type="button" className={controls.icon} aria-label={common.closeNamed(label)} onClick={close}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </header>
      <div className={controls.scroll}>{children}</div>
    </section>
  );
}
