import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { aboutTiny } from '../src/editor/words/tiny';

const model = path.join(import.meta.dirname, '../models/tiny/model');
const read = (name: string) => readFileSync(path.join(model, name));

/** Elements of all tensors, by the header of the file. */
function elementsIn(file: Buffer): number {
  const header = file.subarray(8, 8 + Number(file.readBigUInt64LE(0))).toString();
  const { __metadata__: _, ...tensors } = JSON.parse(header) as Record<string, { shape: number[] }>;
  return Object.values(tensors).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

test('what the editor says of the built-in model is so: the number of its parameters and the size of its pictures', () => {
  const files = readdirSync(model, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.safetensors'),
  );
  const parameters = files.reduce((sum, name) => sum + elementsIn(read(name)), 0);
  expect(aboutTiny).toContain(`${Math.round(parameters / 1e6)} M parameters`);
  const { sample_size: latent } = JSON.parse(read('unet/config.json').toString()) as { sample_size: number };
  const { block_out_channels: blocks } = JSON.parse(read('vae/config.json').toString()) as {
    block_out_channels: number[];
  };
  const side = latent * 2 ** (blocks.length - 1);
  expect(aboutTiny).toContain(`${side} × ${side}`);
});
