import type { Host } from '../src/core/define-node';
import { type ModelReference, modelName } from '../src/core/model-reference';
import { embeddingName } from '../src/core/named-embedding';
import type { Embedding } from '../src/core/values';
import { isPicture, readEmbeddingPicture } from '../src/formats/embedding-picture';
import { readTextualInversion } from '../src/formats/textual-inversion';

/** The learned word in a file of diffusers, AUTOMATIC1111 or a trainer, or in a picture of AUTOMATIC1111's. Throws a sentence. */
export async function openEmbedding(host: Host, reference: ModelReference): Promise<Embedding> {
  const source = await host.open(reference);
  const name = embeddingName(modelName(reference).split('/').at(-1) ?? '');
  const picture = isPicture(source.read(0, Math.min(4, source.size)));
  const stored = picture
    ? await readEmbeddingPicture(source.read(0, source.size), (bytes) => host.decodeImage(bytes), name)
    : readTextualInversion(source, name);
  return { ...stored, key: typeof reference === 'string' ? reference : reference.hash };
}
