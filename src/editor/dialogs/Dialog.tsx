import { type ReactNode, useEffect, useRef } from 'react';
import { uiStore } from '../state/ui-store';
import css from './Dialog.module.css';

export const closeDialog = () => uiStore.setState({ dialog: undefined });

interface Props {
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A window over the page, for as long as it is drawn. Escape and a press beside it close it. */
export function Dialog({ label, className = '', children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog
    <dialog
      ref={dialog}
      className={`${css.dialog} ${className}`}
      aria-label={label}
      onClose={closeDialog}
      onClick={(event) => event.target === dialog.current && closeDialog()}
    >
      {children}
    </dialog>
  );
}
