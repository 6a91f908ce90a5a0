import { expect, test } from 'vitest';
import { createNodeDevice } from '../src/engine/device/node';
import { readEmbeddingPicture } from '../src/formats/embedding-picture';
import { decodePng } from '../src/formats/png';
import { testEmbeddings } from './embeddings';
import { readReference } from './reference.node';

testEmbeddings(createNodeDevice, readReference);

test('a picture without an embedding, or with a damaged one, is refused in a sentence', async () => {
  const decode = async (bytes: Uint8Array) => decodePng(bytes);
  const sentence = 'The picture "start" carries no textual inversion embedding; editing it may have destroyed it.';
  const start = (await readReference('pictures/start.png')) as Uint8Array;
  await expect(readEmbeddingPicture(start, decode, 'start')).rejects.toThrow(sentence);
  const hidden = (await readReference('embeddings/hidden.png')) as Uint8Array;
  const brighter = async (bytes: Uint8Array) => {
    const picture = decodePng(bytes);
    return { ...picture, data: picture.data.map((value) => Math.min(1, value * 1.1)) };
  };
  await expect(readEmbeddingPicture(hidden, brighter, 'start')).rejects.toThrow(sentence);
});
