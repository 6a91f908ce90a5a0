import type { DecodedImage, Folder, Host } from '../core/define-node';
import { type ModelReference, modelName } from '../core/model-reference';
import { ProblemError } from '../core/problem';
import { bytesOfBlob } from '../formats/bytes';
import { decodePng } from '../formats/png';
import type { PageServices } from './worker-api';

interface ManifestEntry {
  readonly path: string;
  readonly sha256: string;
}

/** The world of a graph in the page: model folders are served beside the app, other files are kept by the page. */
export function webHost(options: {
  /** Where models are served: an absolute URL that ends in a slash. */
  readonly models: string;
  readonly page: PageServices;
  readonly document: string;
}): Host {
  return {
    document: options.document,
    save: (file) => options.page.save(file),
    async open(reference) {
      const blob = typeof reference === 'string' ? await options.page.file(reference) : undefined;
      if (!blob)
        throw new ProblemError({
          what: `The file ${modelName(reference)} is not in this browser.`,
          cure: 'Choose it again from your disk.',
        });
      return bytesOfBlob(blob);
    },
    async folder(reference) {
      const folder = isServed(reference) ? await servedFolder(new URL(`${reference}/`, options.models)) : undefined;
      if (!folder)
        throw new ProblemError({
          what: `There is no model called ${modelName(reference)} here.`,
          cure: 'Choose "tiny", the model that is built in.',
        });
      return { ...folder, title: modelName(reference) };
    },
    async decodeImage(bytes) {
      // PNG is read by the same code everywhere, so that a graph gives the same numbers in the terminal.
      if (bytes[0] === 0x89) return decodePng(bytes);
      return decodeInBrowser(bytes);
    },
  };
}

const isServed = (reference: ModelReference): reference is string =>
  typeof reference === 'string' && /^[a-z0-9-]{1,64}$/.test(reference);

/** A folder with a manifest.json of its files, read over HTTP; undefined when there is none. */
async function servedFolder(base: URL): Promise<Folder | undefined> {
  const answer = await fetch(new URL('manifest.json', base));
  if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return undefined;
  const manifest = (await answer.json()) as ManifestEntry[];
  const listed = new Set(manifest.map((entry) => entry.path));
  return {
    key: manifest.map((entry) => entry.sha256.slice(0, 16)).join(''),
    title: base.pathname,
    paths: [...listed],
    async open(path) {
      if (!listed.has(path)) return undefined;
      const file = await fetch(new URL(path, base));
      if (!file.ok)
        throw new ProblemError({
          what: `The model file ${path} could not be read (${file.status}).`,
          cure: 'Check the connection and run again.',
        });
      return bytesOfBlob(await file.blob());
    },
  };
}

async function decodeInBrowser(bytes: Uint8Array): Promise<DecodedImage> {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)])).catch((cause: unknown) => {
    throw new ProblemError(
      { what: 'This file is not a picture that the browser can read.', cure: 'Use PNG, JPEG or WebP.' },
      { cause },
    );
  });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new ProblemError({ what: 'The browser gave no canvas to read the picture with.' });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data: pixels } = context.getImageData(0, 0, width, height);
  const plane = width * height;
  const alpha = Float32Array.from({ length: plane }, (_, i) => (pixels[4 * i + 3] ?? 0) / 255);
  const data = new Float32Array(3 * plane);
  // What is transparent lies on white.
  for (let i = 0; i < plane; i++)
    for (let c = 0; c < 3; c++) data[c * plane + i] = 1 - (alpha[i] ?? 0) * (1 - (pixels[4 * i + c] ?? 0) / 255);
  return alpha.every((value) => value === 1) ? { data, width, height } : { data, alpha, width, height };
}
