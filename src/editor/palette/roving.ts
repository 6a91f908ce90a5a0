import { type KeyboardEvent, type RefObject, useEffect } from 'react';

const stops = (list: Element) => [...list.querySelectorAll<HTMLButtonElement>('button:not([data-beside])')];

function choose(list: Element, button: HTMLButtonElement | undefined) {
  for (const other of stops(list)) other.tabIndex = other === button ? 0 : -1;
}

/** Buttons of a long list are one stop of Tab; arrows go from one to the next, and to what is marked `data-beside`. They are drawn with `tabIndex={-1}`. */
export function useRoving(list: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const all = list.current && stops(list.current);
    if (list.current && !all?.some(({ tabIndex }) => tabIndex === 0)) choose(list.current, all?.[0]);
  });
  return {
    onFocus: ({ target }: { readonly target: Element }) => {
      if (list.current && target instanceof HTMLButtonElement && target.dataset.beside === undefined)
        choose(list.current, target);
    },
    onKeyDown: (event: KeyboardEvent) => {
      const all = list.current ? stops(list.current) : [];
      const target = event.target as HTMLButtonElement;
      // Right goes to the button that stands beside one, left and all others come back from it.
      const beside = target.parentElement?.querySelector<HTMLButtonElement>('[data-beside]');
      const at = all.indexOf(target === beside ? (beside.parentElement?.querySelector('button') ?? target) : target);
      if (at >= 0 && beside && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
        event.preventDefault();
        (event.key === 'ArrowRight' ? beside : all[at])?.focus();
        return;
      }
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined || at < 0) return;
      event.preventDefault();
      all[to]?.focus();
    },
  };
}
