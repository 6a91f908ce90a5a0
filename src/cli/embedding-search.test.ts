import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { writeSafetensors } from '../formats/safetensors';
import { embeddingsNamed } from './embedding-search';

const vectors = writeSafetensors({ emb_params: { shape: [1, 768], data: new Float32Array(768) } });

it('finds the embeddings that a graph has the names of, with the hash of their content, and nothing else', () => {
  const program = mkdtempSync(path.join(tmpdir(), 'weft-'));
  const models = path.join(program, 'my-models');
  for (const [file, bytes] of Object.entries({
    'my-models/embeddings/Bad-Hands.safetensors': vectors,
    'my-models/moon.safetensors': 'not a model at all',
    'my-models/sun.safetensors': vectors,
    'models/tiny/fine-tunes/blueprint.json': '{"kind": "embedding"}',
    'models/tiny/fine-tunes/canny.json': '{"kind": "controlnet"}',
  })) {
    mkdirSync(path.dirname(path.join(program, file)), { recursive: true });
    writeFileSync(path.join(program, file), bytes);
  }
  const document = '{"text": "a moon with <bad-hands>, <canny>, <blueprint>"}';
  const key = `sha256:${createHash('sha256').update(vectors).digest('hex')}`;
  expect(embeddingsNamed({ document, models, program })).toEqual([
    { name: 'blueprint', reference: 'tiny/blueprint', key: 'tiny/blueprint' },
    {
      name: 'Bad-Hands',
      reference: { hash: key, name: 'Bad-Hands.safetensors', size: vectors.length },
      key,
    },
  ]);
  expect(embeddingsNamed({ document, program })).toHaveLength(1);
});
