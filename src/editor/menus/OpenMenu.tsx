import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { menus } from '../text/menus';
import css from './Menu.module.css';
import { type MenuEntry, type MenuGroup, MenuList } from './MenuList';

interface Props {
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  readonly x: number;
  readonly y: number;
  /** It was opened by a key, so its first line has the focus. */
  readonly byKey: boolean;
  readonly onClose: () => void;
}

/** Up to here, in CSS pixels, a menu is a sheet at the lower edge (UI.md, "Layout"). */
const small = 640;

/** A menu that is open until something is chosen, Escape is pressed or the pointer goes down beside it. */
export function OpenMenu({ label, groups, x, y, byKey, onClose }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const away = (event: Event) => {
      const target = event.target as Element;
      // The button of an open menu closes it by itself.
      if (!root.current?.contains(target) && !target.closest?.('[aria-haspopup=menu][aria-expanded=true]'))
        close.current();
    };
    const leave = () => close.current();
    document.addEventListener('pointerdown', away, true);
    document.addEventListener('wheel', away, { capture: true, passive: true });
    window.addEventListener('resize', leave);
    return () => {
      document.removeEventListener('pointerdown', away, true);
      document.removeEventListener('wheel', away, true);
      window.removeEventListener('resize', leave);
    };
  }, []);
  const giveBack = () => {
    flushSync(onClose);
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
  const choose = (entry: MenuEntry) => {
    giveBack();
    // The page has the focus again by then; what acts may move it.
    if (entry.run) requestAnimationFrame(entry.run);
  };
  const sheet = innerWidth <= small;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that the menus inside leave over
    <div
      ref={root}
      className={css.open}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape' && event.key !== 'Tab') return;
        event.preventDefault();
        giveBack();
      }}
    >
      {sheet && (
        <button type="button" className={css.shade} tabIndex={-1} aria-label={menus.closeMenu} onClick={giveBack} />
      )}
      <MenuList
        label={label}
        groups={groups}
        at={sheet ? undefined : { x, y }}
        focus={byKey ? 'first' : 'list'}
        onChoose={choose}
      />
    </div>
  );
}
