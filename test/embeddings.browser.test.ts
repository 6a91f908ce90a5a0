import { expect, test } from 'vitest';
import { webHost } from '../src/engine/web-host';
import { bytesInMemory } from '../src/formats/bytes';
import { readEmbeddingPicture } from '../src/formats/embedding-picture';
import { openSafetensors } from '../src/formats/safetensors';

const urls = import.meta.glob<string>('./reference/embeddings/*', { query: '?url', import: 'default', eager: true });

const read = async (name: string) =>
  new Uint8Array(await (await fetch(urls[`./reference/embeddings/${name}`] as string)).arrayBuffer());

test('an embedding in the colours of a WebP picture is read as the browser shows the picture', async () => {
  const { decodeImage } = webHost({ models: 'http://localhost/', page: {} as never, document: '' });
  const { vectors, width, word } = await readEmbeddingPicture(await read('hidden.webp'), decodeImage, 'hidden');
  const expected = openSafetensors(bytesInMemory(await read('recorded.safetensors'))).read('hidden.png.vectors');
  expect({ word, width, vectors: [...vectors] }).toEqual({ word: 'hidden', width: 32, vectors: [...expected] });
});
