import type { RefObject } from 'react';
import { useStore } from 'zustand';
import type { Recipe } from '../document/recipe';
import { edit } from '../state/document-store';
import { outline } from '../text/outline';
import css from './Outline.module.css';
import { renamingStore, stopRenaming } from './renaming';

interface Props {
  readonly id: string;
  readonly title: string;
  readonly rename: (id: string, title: string) => Recipe;
  /** The line that gets the focus back. */
  readonly row: RefObject<HTMLDivElement | null>;
}

/** A title in the outline; F2 lets the user type another. */
export function Name({ id, title, rename, row }: Props) {
  const typing = useStore(renamingStore, (state) => state.id === id);
  if (!typing) return <b data-name>{title}</b>;
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: follows the user's own act
      autoFocus
      className={css.rename}
      aria-label={outline.title}
      defaultValue={title}
      maxLength={200}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => {
        const typed = event.currentTarget.value.trim();
        if (typed !== title) edit(outline.rename, rename(id, typed));
        stopRenaming();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') event.currentTarget.value = title;
        if (event.key === 'Enter' || event.key === 'Escape') row.current?.focus();
      }}
    />
  );
}
