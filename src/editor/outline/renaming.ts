import { createStore } from 'zustand/vanilla';

/** The part whose title is typed in the outline; the canvas has its own. */
export const renamingStore = createStore<{ readonly id: string | undefined }>(() => ({ id: undefined }));

export const startRenaming = (id: string) => renamingStore.setState({ id });
export const stopRenaming = () => renamingStore.setState({ id: undefined });
