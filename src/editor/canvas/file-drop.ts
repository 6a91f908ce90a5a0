import type { DragEvent } from 'react';
import type { AnyNode } from '../../core/define-node';
import { fitsInto } from '../document/insert';
import { droppedItems } from '../files/local-files';
import { notifyFailure } from '../notify';
import { registry } from '../registry';
import { addNode } from '../state/add-node';
import { currentDocument } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { graphPoint } from './reveal';
import { wireAt } from './wire-under';

/** How a node's type travels while it is dragged out of the palette. */
export const nodeTransfer = 'application/x-weft-node';

/** The node that is being dragged out of the palette; the browser tells what it is only when it is dropped. */
let inHand: AnyNode | undefined;

export const holdNode = (definition: AnyNode | undefined) => {
  inHand = definition;
};

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
    else {
      // A drop holds its files only while its event is handled.
      const items = droppedItems(event.dataTransfer);
      void import('../files/drop-files').then(({ takeItems }) => takeItems(items, at)).catch(notifyFailure);
    }
  },
};
