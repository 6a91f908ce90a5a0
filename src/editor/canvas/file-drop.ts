import type { DragEvent } from 'react';
import { keepFile } from '../../storage/files';
import { openGraphFile } from '../files/session';
import { notify, notifyFailure } from '../notify';
import { registry } from '../registry';
import { addNode } from '../state/add-node';
import { uiStore } from '../state/ui-store';
import { graphPoint } from './reveal';

/** How a node's type travels while it is dragged out of the palette. */
export const nodeTransfer = 'application/x-weft-node';

const pictureNode = 'image/load-image';

/** Takes a file in: a graph is opened, a picture becomes a node that loads it. */
async function takeFile(file: File, at: readonly [number, number]) {
  if (/\.json$/i.test(file.name) || file.type === 'application/json') return openGraphFile(file);
  const definition = registry.get(pictureNode);
  if (!file.type.startsWith('image/') || !definition) {
    notify({
      tone: 'failure',
      title: `${file.name} is neither a graph nor a picture.`,
      text: 'Drop a *.weft.json file, or a PNG, JPEG or WebP picture.',
    });
    return;
  }
  try {
    addNode(definition, at, { params: { file: await keepFile(file, file.name) } });
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

const takes = (event: DragEvent) =>
  event.dataTransfer.types.includes('Files') || event.dataTransfer.types.includes(nodeTransfer);

/** What the canvas does with what is dropped on it: nodes from the palette, graph files, pictures. */
export const dropTarget = {
  onDragOver(event: DragEvent) {
    if (!takes(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    uiStore.setState({ dropping: event.dataTransfer.types.includes('Files') });
  },
  onDragLeave(event: DragEvent) {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) uiStore.setState({ dropping: false });
  },
  onDrop(event: DragEvent) {
    if (!takes(event)) return;
    event.preventDefault();
    uiStore.setState({ dropping: false });
    const at = graphPoint({ x: event.clientX, y: event.clientY });
    const definition = registry.get(event.dataTransfer.getData(nodeTransfer));
    if (definition) addNode(definition, at);
    else for (const file of event.dataTransfer.files) void takeFile(file, at);
  },
};
