import { createStore } from 'zustand/vanilla';
import type { Report } from '../../interop/comfyui/report';

/** What became of the file of another program that was opened last. */
export const importedStore = createStore<{ readonly report: Report | undefined }>(() => ({ report: undefined }));
