import { IconMenu2 } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { topbar } from '../text/topbar';
import css from './TopBar.module.css';

const Menu = lazy(() => import('../menus/MainMenu'));

/** The button of the menu. */
export function MainMenu() {
  const [open, setOpen] = useState<{ readonly x: number; readonly y: number; readonly byKey: boolean }>();
  const show = (button: Element, byKey: boolean) => {
    const { left, bottom } = button.getBoundingClientRect();
    setOpen({ x: left, y: bottom + 6, byKey });
  };
  return (
    <>
      <button
        type="button"
        className={css.icon}
        aria-label={topbar.menu}
        aria-haspopup="menu"
        aria-expanded={!!open}
        onClick={(event) => {
          if (open) setOpen(undefined);
          else show(event.currentTarget, event.detail === 0);
        }}
      >
        <IconMenu2 size={16} stroke={1.6} aria-hidden />
      </button>
      {open && (
        <Suspense>
          <Menu {...open} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </>
  );
}
