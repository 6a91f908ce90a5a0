import { useRef } from 'react';

let count = 0;

/** Names gestures for undo: all changes between two calls of `begin` are one. */
export function useGesture(): { readonly begin: () => void; readonly id: () => string } {
  const current = useRef('');
  const begin = () => {
    current.current = `gesture ${++count}`;
  };
  const id = () => {
    if (!current.current) begin();
    return current.current;
  };
  return { begin, id };
}
