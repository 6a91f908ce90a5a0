import { type Opened, openGraph } from '../../interop/import-file';
import { newDocumentId } from '../document/ids';
import { openNew } from '../files/session';
import { modelStore, readModels } from '../models/model-store';
import { uiStore } from '../state/ui-store';
import { importedStore } from './imported';
import { modelNamed } from './name-choices';

/** What a file of another program holds; undefined for a picture or a latent that holds no graph. */
export async function readForeign(file: Blob & { readonly name?: string }): Promise<Opened | undefined> {
  await readModels();
  const entries = modelStore.getState().entries ?? [];
  return openGraph(new Uint8Array(await file.arrayBuffer()), {
    id: newDocumentId(),
    title: (file.name ?? '').replace(/\.[^.]+$/, '').slice(0, 200),
    model: (name, kinds, hash) => modelNamed(entries, name, kinds, hash),
  });
}

/** Opens it in a tab of its own and says what became of it. */
export function showForeign({ document, report }: Opened): void {
  openNew(document);
  importedStore.setState({ report });
  if (report) uiStore.setState({ dialog: 'imported' });
}
