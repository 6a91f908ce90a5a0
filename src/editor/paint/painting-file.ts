import { decode, encode } from 'fast-png';
import { keepFile, keptFile } from '../../storage/files';
import { documentStore } from '../state/document-store';
import { runStore } from '../state/run-store';
import { type Bitmap, emptyBitmap, isEmpty } from './bitmap';

const number = (value: unknown, usual: number): number => (typeof value === 'number' ? value : usual);

function drawn(source: CanvasImageSource, width: number, height: number): Bitmap {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(source, 0, 0, width, height);
  return { width, height, data: context?.getImageData(0, 0, width, height).data ?? emptyBitmap(width, height).data };
}

async function bitmapOf(blob: Blob): Promise<Bitmap> {
  const image = await createImageBitmap(blob);
  const bitmap = drawn(image, image.width, image.height);
  image.close();
  return bitmap;
}

/**
 * The picture that comes to a node, as far as the page knows it: a file that is loaded, what arrived in the last run, or what
 * another node shows of the same wire.
 */
async function backdropOf(id: string): Promise<Bitmap | undefined> {
  const { graph } = documentStore.getState();
  const wire = graph.into.get(id)?.find(({ to }) => to[1] === 'image');
  if (!wire) return undefined;
  const source = graph.nodes.get(wire.from[0]);
  if (source?.type === 'image/load-image') {
    const blob = await keptFile(String(source.params.file ?? ''));
    if (blob) return bitmapOf(blob);
  }
  const { shown } = runStore.getState();
  const alike = graph.outOf.get(wire.from[0])?.filter(({ from }) => from[1] === wire.from[1]) ?? [];
  const seen = [id, ...alike.map(({ to }) => to[0])].map((node) => shown[node]?.pictures[0]).find(Boolean);
  return seen && { width: seen.width, height: seen.height, data: seen.pixels };
}

/** A PNG with the pixels as they are: a canvas would lose colours where little is opaque. */
async function paintingIn(blob: Blob): Promise<Bitmap> {
  const { width, height, channels, depth, data } = decode(new Uint8Array(await blob.arrayBuffer()));
  if (channels !== 4 || depth !== 8) return bitmapOf(blob);
  return { width, height, data: Uint8ClampedArray.from(data) };
}

export interface Opened {
  readonly picture: Bitmap;
  readonly backdrop: Bitmap | undefined;
  /** Only the mask of it is used. */
  readonly asMask: boolean;
}

/** What a node's painting is and lies on. It has the size of what lies under it. */
export async function openPainting(id: string, parameter: string): Promise<Opened> {
  const { graph } = documentStore.getState();
  const params: Readonly<Record<string, unknown>> = graph.nodes.get(id)?.params ?? {};
  const backdrop = await backdropOf(id);
  const { width, height } = backdrop ?? { width: number(params.width, 512), height: number(params.height, 512) };
  const blob = await keptFile(String(params[parameter] ?? ''));
  const kept = blob && (await paintingIn(blob));
  const ports = graph.outOf.get(id)?.map(({ from }) => from[1]) ?? [];
  const asMask = ports.includes('mask') && !ports.includes('image');
  if (!kept) return { picture: emptyBitmap(width, height), backdrop, asMask };
  if (kept.width === width && kept.height === height) return { picture: kept, backdrop, asMask };
  const canvas = new OffscreenCanvas(kept.width, kept.height);
  canvas.getContext('2d')?.putImageData(new ImageData(kept.data, kept.width, kept.height), 0, 0);
  return { picture: drawn(canvas, width, height), backdrop, asMask };
}

/** Keeps a painting in this browser; how graphs refer to it. An empty one is none. */
export async function keepPainting(picture: Bitmap): Promise<string | undefined> {
  if (isEmpty(picture)) return undefined;
  const { width, height, data } = picture;
  const png = encode({ width, height, data, channels: 4, depth: 8 });
  return keepFile(new Blob([Uint8Array.from(png)], { type: 'image/png' }), 'painting.png');
}
