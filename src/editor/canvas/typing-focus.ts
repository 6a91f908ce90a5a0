import { type RefObject, useEffect } from 'react';

/** A part that was just made is hidden until React Flow has measured it, which takes a few frames; so long it takes no focus. */
const frames = 30;

/** Gives the focus to a field that the user asked for, as soon as it can be had. */
export function useTypingFocus(field: RefObject<HTMLElement | null>, typing: boolean) {
  useEffect(() => {
    if (!typing) return;
    let left = frames;
    let next = 0;
    const take = () => {
      field.current?.focus();
      if (document.activeElement !== field.current && left-- > 0) next = requestAnimationFrame(take);
    };
    take();
    return () => cancelAnimationFrame(next);
  }, [field, typing]);
}
