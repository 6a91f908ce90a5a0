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
      // Right goes to the buttons that stand beside one, left comes back; up and down go on from the one.
      const line = [...(target.parentElement?.querySelectorAll('button') ?? [])];
      const at = all.indexOf(target.dataset.beside === undefined ? target : (line[0] ?? target));
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (at >= 0 && step && line.some(({ dataset }) => dataset.beside !== undefined)) {
        event.preventDefault();
        line[line.indexOf(target) + step]?.focus();
        return;
      }
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined || at < 0) return;
      event.preventDefault();
      all[to]?.focus();
    },
  };
}
