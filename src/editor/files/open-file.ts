import { notify, notifyFailure } from '../notify';
import { files as words } from '../text/files';
import { openGraphFile } from './session';

/** Opens a file that holds a graph: Weft's, or that of another program, also inside of a picture. */
export async function openFile(file: File) {
  if (/"format"\s*:\s*"weft"/.test(await file.slice(0, 1000).text())) return openGraphFile(file);
  try {
    const { readForeign, showForeign } = await import('../interop/open');
    const opened = await readForeign(file);
    if (opened) return showForeign(opened);
    notify({ tone: 'failure', title: words.noGraph, text: words.noGraphHint });
  } catch (thrown) {
    notifyFailure(thrown);
  }
}
