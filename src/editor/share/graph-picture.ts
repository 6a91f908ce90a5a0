import { writeDocument } from '../../core/document';
import { readChunks, textChunk, writeChunks } from '../../formats/png-chunks';
import { download } from '../files/download';
import { selectedParts, selectNodes } from '../state/canvas-store';
import { currentDocument, wholeDocument } from '../state/document-store';
import { common } from '../text/common';
import { drawGraph } from './graph-drawing';

/** A side of a picture that every browser can draw. */
const most = 8192;

/** Twice as many pixels as on the screen, where there is room for them. */
const scaleFor = (side: number): number => Math.min(2, most / side);

/** Saves the graph as it is drawn: as SVG, or as a PNG that carries the graph, so that dropping it opens it. */
export async function saveGraphPicture(form: 'png' | 'svg'): Promise<void> {
  // A ring around what is selected belongs to the editor and not to the graph.
  const selected = selectedParts();
  selectNodes([]);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const drawing = await drawGraph().finally(() => selectNodes(selected));
  const vector = new Blob([drawing.svg], { type: 'image/svg+xml' });
  const name = `${(currentDocument().name || common.untitled).replace(/[/\\:*?"<>|]/g, '-')}.${form}`;
  download(form === 'svg' ? vector : await pixelsOf(vector, drawing), name);
}

async function pixelsOf(vector: Blob, { width, height }: { readonly width: number; readonly height: number }) {
  const address = URL.createObjectURL(vector);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = scaleFor(Math.max(width, height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The browser could not make a picture of this size. Save the graph as SVG.');
    const [header, ...rest] = readChunks(new Uint8Array(await blob.arrayBuffer()));
    if (!header) throw new Error('The PNG encoder wrote nothing.');
    return new Blob([writeChunks([header, textChunk('weft', writeDocument(wholeDocument())), ...rest])], {
      type: 'image/png',
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
