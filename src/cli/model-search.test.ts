import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { searchModels } from './model-search';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'weft-models-'));
  for (const [name, text] of Object.entries({
    'loras/renamed.safetensors': 'the bytes of a LoRA',
    'loras/another.safetensors': 'the bytes of another',
    'sd/some-model/model_index.json': '{}',
    'sd/some-model/README.md': 'not part of the model',
    'sd/some-model/unet/config.json': '{"a": 1}',
    'sd/some-model/unet/diffusion_pytorch_model.safetensors': 'usual',
    'sd/some-model/unet/diffusion_pytorch_model.fp16.safetensors': 'half',
  })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
});

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
const hashOfFile = (file: string) => `sha256:${sha256(readFileSync(path.join(folder, file)))}`;

describe('a model that a graph names by its hash', () => {
  it('is found under any name', async () => {
    const reference = { hash: hashOfFile('loras/renamed.safetensors'), name: 'my-lora.safetensors' };
    const { paths, open } = searchModels(folder)(reference);
    expect(paths).toEqual(['renamed.safetensors']);
    const bytes = await open('renamed.safetensors');
    expect(Buffer.from(bytes?.read(0, 19) ?? []).toString()).toBe('the bytes of a LoRA');
  });

  it('is found as a folder, in the precision that the graph was made with', () => {
    const model = path.join(folder, 'sd/some-model');
    const files = ['model_index.json', 'unet/config.json', 'unet/diffusion_pytorch_model.fp16.safetensors'];
    // What `sha256sum FILES | sha256sum` prints.
    const listing = files.map((file) => `${sha256(readFileSync(path.join(model, file)))}  ${file}\n`).join('');
    const hash = `sha256:${sha256(listing)}`;
    expect([...searchModels(folder)({ hash, name: 'x' }).paths].sort()).toEqual(files);
  });

  it('is hashed once, and again when it has changed', () => {
    const file = path.join(folder, 'loras/renamed.safetensors');
    const reference = { hash: hashOfFile('loras/renamed.safetensors'), name: 'renamed', size: 19 };
    searchModels(folder)(reference);
    // What is remembered is the file of that size only: another was not read.
    const remembered = JSON.parse(readFileSync(path.join(folder, '.weft-hashes.json'), 'utf8'));
    expect(Object.keys(remembered)).toEqual(['loras/renamed.safetensors']);
    writeFileSync(file, 'THE BYTES OF A LORA');
    utimesSync(file, 1, 1);
    expect(() => searchModels(folder)(reference)).toThrow('No file or folder');
    expect(existsSync(file)).toBe(true);
  });

  it('that is not there is named, with where it came from', () => {
    const source = 'https://huggingface.co/a/b/resolve/main/c.safetensors';
    const reference = { hash: `sha256:${'0'.repeat(64)}`, name: 'dreamshaper-8', source };
    expect(() => searchModels(folder)(reference)).toThrow(
      /is the model dreamshaper-8 \(sha256:000000000000…\)\. It came from https:\/\/huggingface\.co\/a\/b\/resolve/,
    );
    expect(() => searchModels(undefined)(reference)).toThrow('Give the folder that holds it with --models');
    expect(() => searchModels(path.join(folder, 'nowhere'))(reference)).toThrow('There is no folder');
  });
});
