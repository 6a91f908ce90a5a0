import { createStore } from 'zustand/vanilla';
import type { Document } from '../../core/document';
import type { Profile } from '../../engine/profile/profile';

interface ProfileState {
  /** Every run is profiled from now on. */
  readonly on: boolean;
  /** The next run is. */
  readonly next: boolean;
  /** The last one, with the graph that ran. */
  readonly last: { readonly profile: Profile; readonly graph: Document } | undefined;
}

export const profileStore = createStore<ProfileState>(() => ({ on: false, next: false, last: undefined }));

/** Whether the run that begins is to be profiled. */
export function takesProfile(): boolean {
  const { on, next } = profileStore.getState();
  if (next) profileStore.setState({ next: false });
  return on || next;
}
