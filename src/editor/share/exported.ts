import { createStore } from 'zustand/vanilla';
import type { Picture } from '../../engine/events';
import { uiStore } from '../state/ui-store';
import type { Origin } from './picture-file';

/** The picture that the window for exporting is about. */
export const exportedStore = createStore<{ readonly picture?: Picture; readonly origin?: Origin }>(() => ({}));

export function openExport(picture: Picture, origin: Origin) {
  exportedStore.setState({ picture, origin });
  uiStore.setState({ dialog: 'export-picture' });
}
