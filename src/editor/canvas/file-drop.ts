import type { DragEvent } from 'react';
import type { AnyNode } from '../../core/define-node';
import { keepFile } from '../../storage/files';
import { fitsInto } from '../document/insert';
import { droppedItems, type LocalItem } from '../files/local-files';
import { openFile } from '../files/open-file';
import { openTemplate } from '../files/session';
import { notify, notifyFailure } from '../notify';
import { registry } from '../registry';
import { addNode } from '../state/add-node';
import { currentDocument } from '../state/document-store';
import { showTab } from '../state/tabs';
import { uiStore, usesInPlace } from '../state/ui-store';
import { canvas } from '../text/canvas';
import { interop } from '../text/interop';
import { graphPoint } from './reveal';
import { wireAt } from './wire-under';

/** How a node's type travels while it is dragged out of the palette. */
export const nodeTransfer = 'application/x-weft-node';

/** The node that is being dragged out of the palette; the browser tells what it is only when it is dropped. */
let inHand: AnyNode | undefined;

export const holdNode = (definition: AnyNode | undefined) => {
  inHand = definition;
};

const pictureNode = 'image/load-image';

/** Kinds of pictures that may carry a graph. */
const carriers = /^image\/(png|webp|jpeg)$/;

const isModel = /\.(safetensors|ckpt|pt|pth|bin)$/i;

/** Takes files in: a graph is opened, a picture becomes a node that loads it, and so does a model. */
async function takeItems(dropped: Promise<readonly LocalItem[]>, at: readonly [number, number]) {
  const items = await dropped;
  const models = items.filter(({ name, folder }) => folder || isModel.test(name));
  for (const item of items) for (const { blob } of models.includes(item) ? [] : item.files) await takeFile(blob, at);
  if (models.length === 0) return;
  const { dropModels } = await import('../models/take-models');
  await dropModels(models, usesInPlace(), at);
}

async function takeFile(file: File, at: readonly [number, number]) {
  if (/\.json$/i.test(file.name) || file.type === 'application/json') return openFile(file);
  if (/\.latent$/i.test(file.name)) return openFile(file);
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
    if (await openCarried(file, definition, at)) return;
    addNode(definition, at, { params: { file: await keepFile(file, file.name) } });
    if (carriers.test(file.type)) notify({ tone: 'done', title: interop.carriesNone, text: interop.carriesNoneText });
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** Opens the graph that a picture carries; false where it carries none. */
async function openCarried(file: File, definition: AnyNode, at: readonly [number, number]): Promise<boolean> {
  if (!carriers.test(file.type)) return false;
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
      label: interop.asPicture,
      run: () =>
        void keepFile(file, file.name).then((kept) => {
          showTab(graph);
          addNode(definition, at, { params: { file: kept } });
        }, notifyFailure),
    },
  });
  return true;
}

const takes = (event: DragEvent) =>
  event.dataTransfer.types.includes('Files') || event.dataTransfer.types.includes(nodeTransfer);

/** What the canvas does with what is dropped on it: nodes from the palette, graph files, pictures, models. */
export const dropTarget = {
  onDragOver(event: DragEvent) {
    if (!takes(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    const wire = inHand && wireAt(event.clientX, event.clientY);
    const intoWire =
      wire !== undefined && inHand && fitsInto(currentDocument(), registry, wire, inHand) ? wire : undefined;
    uiStore.setState({ dropping: event.dataTransfer.types.includes('Files'), intoWire });
  },
  onDragLeave(event: DragEvent) {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null))
      uiStore.setState({ dropping: false, intoWire: undefined });
  },
  onDrop(event: DragEvent) {
    if (!takes(event)) return;
    event.preventDefault();
    const into = uiStore.getState().intoWire;
    uiStore.setState({ dropping: false, intoWire: undefined });
    const at = graphPoint({ x: event.clientX, y: event.clientY });
    // What is on the shelf is in no registry; it was taken in hand in this page.
    const definition =
      event.dataTransfer.getData(nodeTransfer) === inHand?.type
        ? inHand
        : registry.get(event.dataTransfer.getData(nodeTransfer));
    if (definition) addNode(definition, at, { into });
    else void takeItems(droppedItems(event.dataTransfer), at).catch(notifyFailure);
  },
};
