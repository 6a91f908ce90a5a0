import { describe, expect, test } from 'vitest';
import { webHost } from '../src/engine/web-host';
import { bytesInMemory } from '../src/formats/bytes';
import { readEmbeddingPicture } from '../src/formats/embedding-picture';
import { openSafetensors } from '../src/formats/safetensors';
import { testEmbeddings } from './embeddings';
import { webDevice } from './web-device';

const urls = import.meta.glob<string>('./reference/{models,embeddings}/**/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function read(path: string): Promise<Uint8Array | undefined> {
  const url = urls[`./reference/${path}`];
  return url === undefined ? undefined : new Uint8Array(await (await fetch(url)).arrayBuffer());
}

describe('on wasm,', () => testEmbeddings(webDevice('wasm'), read, ['bad-hands.pt']));

test('an embedding in the colours of a WebP picture is read as the browser shows the picture', async () => {
  const { decodeImage } = webHost({ models: 'http://localhost/', page: {} as never, document: '' });
  const picture = (await read('embeddings/hidden.webp')) as Uint8Array;
  const { vectors, width, word } = await readEmbeddingPicture(picture, decodeImage, 'hidden');
  const recorded = bytesInMemory((await read('embeddings/recorded.safetensors')) as Uint8Array);
  const expected = openSafetensors(recorded).read('hidden.png.vectors');
  expect({ word, width, vectors: [...vectors] }).toEqual({ word: 'hidden', width: 32, vectors: [...expected] });
});
