import { keepFile } from '../../storage/files';
import type { Point } from '../document/nodes';
import { notify, notifyFailure } from '../notify';
import { registry } from '../registry';
import { addNode } from '../state/add-node';
import { currentDocument } from '../state/document-store';
import { showTab } from '../state/tabs';
import { usesInPlace } from '../state/ui-store';
import { canvas } from '../text/canvas';
import { interop } from '../text/interop';
import type { LocalItem } from './local-files';
import { openFile } from './open-file';
import { openTemplate } from './session';

const pictureNode = 'image/load-image';

/** Kinds of pictures that may carry a graph. */
const carriers = /^image\/(png|webp|jpeg)$/;

/** Files that may hold a value: what was saved from a wire, or what numpy and ComfyUI wrote. */
const mayBeValue = /\.(npy|latent|safetensors)$/i;

const isModel = /\.(safetensors|ckpt|pt|pth|bin)$/i;

/** Takes files in: a graph is opened, a picture becomes a node that loads it, and so does a model. */
export async function takeItems(dropped: Promise<readonly LocalItem[]>, at: Point) {
  const items = await dropped;
  const models: LocalItem[] = [];
  for (const item of items) {
    const [{ blob } = {}] = item.folder ? [] : item.files;
    if (blob && mayBeValue.test(item.name) && (await takeValue(blob, at))) continue;
    if (item.folder || isModel.test(item.name)) models.push(item);
    else for (const file of item.files) await takeFile(file.blob, at);
  }
  if (models.length === 0) return;
  const { dropModels } = await import('../models/take-models');
  await dropModels(models, usesInPlace(), at);
}

/** A file that holds a value becomes the node that loads it; false where it holds something else. */
async function takeValue(file: File, at: Point): Promise<boolean> {
  try {
    if (/\.latent$/i.test(file.name) && (await openCarried(file, 'latent/load-latent', at))) return true;
    const { dropValue } = await import('./drop-value');
    return await dropValue(file, at);
  } catch (thrown) {
    // What is no sound file of numbers may be a model all the same, and is told there.
    if (isModel.test(file.name)) return false;
    notifyFailure(thrown);
    return true;
  }
}

async function takeFile(file: File, at: Point) {
  if (/\.json$/i.test(file.name) || file.type === 'application/json') return openFile(file);
  const definition = registry.get(pictureNode);
  if (!file.type.startsWith('image/') || !definition) {
    notify({
      tone: 'failure',
      title: canvas.notOurs(file.name),
      text: canvas.drop,
    });
    return;
  }
  try {
    if (carriers.test(file.type) && (await openCarried(file, pictureNode, at))) return;
    addNode(definition, at, { params: { file: await keepFile(file, file.name) } });
    if (carriers.test(file.type)) notify({ tone: 'done', title: interop.carriesNone, text: interop.carriesNoneText });
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** Opens the graph that a picture or a latent carries, and offers the node that loads the file; false where it carries none. */
async function openCarried(file: File, loader: string, at: Point): Promise<boolean> {
  const definition = registry.get(loader);
  if (!definition) return false;
  const { readForeign, showForeign } = await import('../interop/open');
  // What cannot be read as a graph is a picture all the same.
  const opened = await readForeign(file).catch(() => undefined);
  if (!opened) return false;
  const graph = currentDocument().id;
  if (opened.report) showForeign(opened);
  else openTemplate(opened.document);
  notify({
    tone: 'done',
    title: interop.carries(opened.report?.source ?? 'Weft'),
    action: {
      label: loader === pictureNode ? interop.asPicture : interop.asLatent,
      run: () =>
        void keepFile(file, file.name).then((kept) => {
          showTab(graph);
          addNode(definition, at, { params: { file: kept } });
        }, notifyFailure),
    },
  });
  return true;
}
