import { type KeyboardEvent, type RefObject, useEffect } from 'react';

const stops = (list: Element) => [...list.querySelectorAll<HTMLButtonElement>('button')];

function choose(list: Element, button: HTMLButtonElement | undefined) {
  for (const other of stops(list)) other.tabIndex = other === button ? 0 : -1;
}

/** Buttons of a long list are one stop of Tab; arrows go from one to the next. They are drawn with `tabIndex={-1}`. */
export function useRoving(list: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const all = list.current && stops(list.current);
    if (list.current && !all?.some(({ tabIndex }) => tabIndex === 0)) choose(list.current, all?.[0]);
  });
  return {
    onFocus: ({ target }: { readonly target: Element }) => {
      if (list.current && target instanceof HTMLButtonElement) choose(list.current, target);
    },
    onKeyDown: (event: KeyboardEvent) => {
      const all = list.current ? stops(list.current) : [];
      const at = all.indexOf(event.target as HTMLButtonElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined || at < 0) return;
      event.preventDefault();
      all[to]?.focus();
    },
  };
}
