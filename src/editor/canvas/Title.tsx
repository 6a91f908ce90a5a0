import { useRef } from 'react';
import type { Recipe } from '../document/recipe';
import { edit } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { useUi } from '../state/use';
import { canvas } from '../text/canvas';
import { useTypingFocus } from './typing-focus';
import css from './WeftNode.module.css';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly rename: (id: string, title: string) => Recipe;
}

const finish = (id: string) => {
  uiStore.setState({ renaming: undefined });
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
};

/** A title on the canvas; a double click or F2 lets the user type another. */
export function Title({ id, title, rename }: Props) {
  const typing = useUi(({ renaming }) => renaming === id);
  const field = useRef<HTMLInputElement>(null);
  useTypingFocus(field, typing);
  if (!typing)
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut to the command Rename
      <span onDoubleClick={() => uiStore.setState({ renaming: id })}>{title}</span>
    );
  return (
    <input
      ref={field}
      className={`${css.rename} nodrag`}
      aria-label={canvas.title}
      defaultValue={title}
      maxLength={200}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => {
        const typed = event.currentTarget.value.trim();
        if (typed !== title) edit(canvas.rename, rename(id, typed));
        uiStore.setState({ renaming: undefined });
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') event.currentTarget.value = title;
        if (event.key === 'Enter' || event.key === 'Escape') finish(id);
      }}
    />
  );
}
