import { type Icon, IconArrowLeft, IconCheck, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { menus } from '../text/menus';
import css from './Menu.module.css';

/** One line of a menu. It does something, or it opens a menu beside it. */
export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly icon?: Icon | undefined;
  /** A colour that stands in place of the icon. */
  readonly swatch?: string | undefined;
  /** As they are written: "Ctrl C". */
  readonly keys?: string | undefined;
  /** Whether it is the chosen one among several. */
  readonly checked?: boolean | undefined;
  /** Why it cannot act now, as a sentence. */
  readonly why?: string | undefined;
  readonly run?: (() => void) | undefined;
  readonly groups?: (() => readonly MenuGroup[]) | undefined;
}

export interface MenuGroup {
  readonly label?: string | undefined;
  readonly entries: readonly MenuEntry[];
}

interface Place {
  readonly x: number;
  readonly y: number;
  /** Where it goes when there is no room to the right of `x`: its right edge. */
  readonly orRight?: number;
}

interface Props {
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  /** In pixels of the window; undefined at the lower edge of a small screen. */
  readonly at: Place | undefined;
  /** Where the focus goes: to the first line for the keyboard, to the menu itself for the pointer, or it stays. */
  readonly focus: 'first' | 'list' | 'stays';
  /** Back to the menu that opened this one. */
  readonly onBack?: (() => void) | undefined;
  readonly onChoose: (entry: MenuEntry) => void;
}

/** The pointer rests on an entry for so long before its menu opens, in milliseconds. */
const rest = 120;
/** Between a menu and the edge of the window, in pixels. */
const edge = 8;

const step: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at <= 0 ? count : at) - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Puts a menu where it was asked for, or as near as the window has room for it. */
function useRoom(at: Place | undefined) {
  const box = useRef<HTMLDivElement>(null);
  const [x, y, orRight] = [at?.x, at?.y, at?.orRight];
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || x === undefined || y === undefined) return;
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = x + width + edge > innerWidth && orRight !== undefined ? orRight - width : x;
    element.style.left = `${Math.max(edge, Math.min(left, innerWidth - width - edge))}px`;
    element.style.top = `${Math.max(edge, Math.min(y, innerHeight - height - edge))}px`;
  }, [x, y, orRight]);
  return box;
}

/** A menu as assistive technology knows it: arrows, Home, End, the first letters, right and left into and out of menus. */
export function MenuList({ label, groups, at, focus, onBack, onChoose }: Props) {
  const id = useId();
  const box = useRoom(at);
  const list = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState<{ readonly entry: MenuEntry; readonly at: Place; readonly keys: boolean }>();
  const [told, setTold] = useState<string>();
  const entries = new Map(groups.flatMap((group) => group.entries.map((entry) => [entry.id, entry] as const)));
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    const first = focus === 'first' ? items()[0] : focus === 'list' ? list.current : undefined;
    first?.focus({ preventScroll: true });
    return () => clearTimeout(timer.current);
  }, []);

  const showMenu = (entry: MenuEntry, item: HTMLElement, keys: boolean) => {
    const { left, right, top } = item.getBoundingClientRect();
    setOpen({ entry, at: { x: right + 2, y: top - 6, orRight: left - 2 }, keys });
  };
  const choose = (entry: MenuEntry, item: HTMLElement) => {
    clearTimeout(timer.current);
    if (entry.groups) showMenu(entry, item, true);
    else if (entry.why === undefined) onChoose(entry);
  };
  const onPointerMove = (entry: MenuEntry, item: HTMLElement) => {
    if (document.activeElement === item || item.contains(document.activeElement)) return;
    item.focus({ preventScroll: true });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (document.activeElement !== item) return;
      if (entry.groups) showMenu(entry, item, false);
      else setOpen(undefined);
    }, rest);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const item = event.target as HTMLElement;
    const entry = entries.get(item.dataset.entry ?? '');
    const move = step[event.key];
    if (move) all[move(all.indexOf(item), all.length)]?.focus();
    else if ((event.key === 'Enter' || event.key === ' ') && entry) choose(entry, item);
    else if (event.key === 'ArrowRight' && entry?.groups) showMenu(entry, item, true);
    else if ((event.key === 'ArrowLeft' || event.key === 'Escape') && onBack) onBack();
    else if (/^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const from = all.indexOf(item) + 1;
      const titled = ({ dataset }: HTMLElement) =>
        entries
          .get(dataset.entry ?? '')
          ?.title.toLowerCase()
          .startsWith(event.key.toLowerCase());
      [...all.slice(from), ...all.slice(0, from)].find(titled)?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const back = () => {
    setOpen(undefined);
    list.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(open?.entry.id ?? '')}"]`)?.focus();
  };

  const inner = open && (
    <MenuList
      key={open.entry.id}
      label={open.entry.title}
      groups={open.entry.groups?.() ?? []}
      at={at && open.at}
      focus={open.keys || !at ? 'first' : 'stays'}
      onBack={back}
      onChoose={onChoose}
    />
  );
  // On a small screen a menu takes the place of the one that opened it.
  if (inner && !at) return inner;
  return (
    <>
      <div ref={box} className={at ? css.menu : css.sheet}>
        {!at && (
          <div className={css.head}>
            {onBack && (
              <button type="button" aria-label={menus.back} onClick={onBack}>
                <IconArrowLeft size={18} stroke={1.6} aria-hidden />
              </button>
            )}
            {label}
          </div>
        )}
        <div ref={list} className={css.list} role="menu" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
          {groups.map((group, i) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of a menu
            <div
              key={group.entries[0]?.id}
              role="group"
              className={css.group}
              aria-labelledby={group.label && `${id}-${i}`}
            >
              {group.label && (
                <div id={`${id}-${i}`} className={css.label} role="presentation">
                  {group.label}
                </div>
              )}
              {group.entries.map((entry) => (
                <Item
                  key={entry.id}
                  entry={entry}
                  expanded={entry.id === open?.entry.id}
                  onTell={setTold}
                  onPointerMove={onPointerMove}
                  onChoose={choose}
                />
              ))}
            </div>
          ))}
        </div>
        {told && (
          <p className={css.why} aria-hidden="true">
            {told}
          </p>
        )}
      </div>
      {inner}
    </>
  );
}

interface ItemProps {
  readonly entry: MenuEntry;
  readonly expanded: boolean;
  readonly onTell: (why: string | undefined) => void;
  readonly onPointerMove: (entry: MenuEntry, item: HTMLElement) => void;
  readonly onChoose: (entry: MenuEntry, item: HTMLElement) => void;
}

function Item({ entry, expanded, onTell, onPointerMove, onChoose }: ItemProps) {
  const { id, title, icon: Sign, swatch, keys, checked, why, groups } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the menu has the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: it has one of two roles
    <div
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      {...(checked !== undefined && { 'aria-checked': checked })}
      {...(groups && { 'aria-haspopup': 'menu', 'aria-expanded': expanded })}
      aria-disabled={why === undefined ? undefined : true}
      aria-description={why}
      tabIndex={-1}
      className={css.item}
      data-entry={id}
      onFocus={() => onTell(why)}
      onBlur={() => onTell(undefined)}
      onPointerMove={(event) => event.pointerType === 'mouse' && onPointerMove(entry, event.currentTarget)}
      onClick={(event) => onChoose(entry, event.currentTarget)}
    >
      {swatch !== undefined ? (
        <i className={css.swatch} style={{ background: swatch }} />
      ) : Sign ? (
        <Sign size={15} stroke={1.6} aria-hidden />
      ) : (
        <i />
      )}
      <span>{title}</span>
      {keys && <kbd>{keys}</kbd>}
      {checked && <IconCheck className={css.end} size={14} stroke={1.8} aria-hidden />}
      {groups && <IconChevronRight className={css.end} size={14} stroke={1.6} aria-hidden />}
    </div>
  );
}
