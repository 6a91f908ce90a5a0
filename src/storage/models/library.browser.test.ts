import { proxy, wrap } from 'comlink';
import { beforeEach, describe, expect, it } from 'vitest';
import loraUrl from '../../../test/reference/loras/kohya.safetensors?url';
import vaeUrl from '../../../test/reference/models/sd1-fp32/vae/diffusion_pytorch_model.safetensors?url';
import { emptyDocument } from '../../core/document';
import { keepDocument } from '../documents';
import { findModel } from './find-model';
import type { ImportOrder, JobOutcome, LibraryApi } from './jobs';
import { changeModel, discardLeftovers, modelEntries, removeModel, storageUse } from './library';
import { storedNames } from './stored-files';
import { modelUses } from './uses';

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const library = wrap<LibraryApi>(worker);
const bytesOf = async (url: string) => (await fetch(url)).arrayBuffer();
const hexadecimal = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const sha256Of = async (bytes: BufferSource) => hexadecimal(await crypto.subtle.digest('SHA-256', bytes));

const lora = await bytesOf(loraUrl);
const vae = await bytesOf(vaeUrl);

const order = (name: string, bytes: BlobPart, more: Partial<ImportOrder> = {}): ImportOrder => ({
  name,
  files: [{ path: `${name}.safetensors`, blob: new File([bytes], `${name}.safetensors`) }],
  keepUnsupported: false,
  ...more,
});
const take = (wanted: ImportOrder, id = 'one'): Promise<JobOutcome> =>
  library.importModel(
    id,
    wanted,
    proxy(() => {}),
  );

beforeEach(async () => {
  for (const { hash } of await modelEntries()) await removeModel(hash);
  await discardLeftovers();
});

describe('a model file', () => {
  it('is kept by the SHA-256 of its bytes, with what its header says it is', async () => {
    const hash = `sha256:${await sha256Of(lora)}`;
    expect(await take(order('paper-cut', lora))).toMatchObject({ ended: 'kept', before: false });
    expect(await modelEntries()).toMatchObject([{ hash, name: 'paper-cut', kind: 'lora', size: lora.byteLength }]);
    const found = await findModel({ hash, name: 'another name' });
    if ('problem' in found) throw new Error(found.problem.what);
    expect(await sha256Of((await found.files[0]?.blob.arrayBuffer()) as ArrayBuffer)).toBe(hash.slice(7));
  });

  it('that is there already keeps the name and the note that the user gave it', async () => {
    await take(order('a', lora));
    const [entry] = await modelEntries();
    await changeModel(entry?.hash ?? '', { name: 'Mine', note: 'Licence: MIT' });
    expect(await take(order('b', lora))).toMatchObject({ ended: 'kept', before: true });
    expect(await modelEntries()).toMatchObject([{ name: 'Mine', note: 'Licence: MIT' }]);
    expect(await storedNames()).toHaveLength(1);
  });

  it('that Weft cannot run says what it is, and is kept only on demand', async () => {
    const text = new TextEncoder().encode('this is no model');
    expect(await take(order('x', text))).toMatchObject({
      ended: 'unsupported',
      sentence: expect.stringMatching(/\.$/),
    });
    expect(await storedNames()).toEqual([]);
    expect(await take(order('x', text, { keepUnsupported: true }))).toMatchObject({ ended: 'kept' });
    expect(await modelEntries()).toMatchObject([{ kind: 'unsupported' }]);
  });

  it('is removed with its bytes, unless another model has them too', async () => {
    const files = [
      { path: 'config.json', blob: new Blob(['{}']) },
      { path: 'diffusion_pytorch_model.safetensors', blob: new Blob([vae]) },
    ];
    await take(order('vae', vae));
    await take({ name: 'folder', files, keepUnsupported: false });
    expect(await storedNames()).toHaveLength(2);
    const [folder, single] = await modelEntries();
    // What `sha256sum config.json diffusion_pytorch_model.safetensors | sha256sum` prints.
    const listing = `${await sha256Of(new TextEncoder().encode('{}'))}  config.json\n${await sha256Of(vae)}  diffusion_pytorch_model.safetensors\n`;
    expect(folder).toMatchObject({ kind: 'vae', hash: `sha256:${await sha256Of(new TextEncoder().encode(listing))}` });
    await removeModel(single?.hash ?? '');
    expect(await storedNames()).toHaveLength(2);
    expect(await findModel({ hash: folder?.hash ?? '', name: 'x' })).toHaveProperty('files');
    await removeModel(folder?.hash ?? '');
    expect(await storedNames()).toEqual([]);
  });

  it('is used where it lies without a copy, and noticed when it changed', async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('on-disk.safetensors', { create: true });
    const write = async (bytes: ArrayBuffer) => {
      const stream = await handle.createWritable();
      await stream.write(bytes);
      await stream.close();
    };
    await write(lora);
    const blob = await handle.getFile();
    await take({ ...order('on-disk', lora), files: [{ path: 'on-disk.safetensors', blob }], handle });
    const [entry] = await modelEntries();
    const named = { hash: entry?.hash ?? '', name: 'on-disk' };
    expect(await storedNames()).toEqual([]);
    expect(await findModel(named)).toMatchObject({ files: [{ path: 'on-disk.safetensors' }] });
    await write(lora.slice(1));
    expect(await findModel(named)).toMatchObject({
      problem: { what: 'The file on-disk.safetensors of on-disk has changed since it was added.' },
    });
    await root.removeEntry('on-disk.safetensors');
    expect(await findModel(named)).toMatchObject({
      problem: { what: 'The file on-disk.safetensors of on-disk is no longer where it was on the disk.' },
    });
  });

  it('that a graph names and nobody has says where it came from', async () => {
    const source = 'https://huggingface.co/a/b/resolve/main/c.safetensors';
    expect(await findModel({ hash: `sha256:${'0'.repeat(64)}`, name: 'c', source })).toMatchObject({
      problem: { what: 'The model c is not in this browser.', cure: expect.stringContaining(source) },
    });
  });

  it('knows the graphs that name it', async () => {
    await take(order('paper-cut', lora));
    const [entry] = await modelEntries();
    const { hash = '', name = '' } = entry ?? {};
    const node = {
      id: 'lora',
      type: 'models/lora',
      version: 1,
      at: [0, 0] as [number, number],
      params: { model: { hash, name } },
    };
    await keepDocument({ ...emptyDocument('uses', 'Neon train'), nodes: [node] });
    expect((await modelUses()).get(hash)).toMatchObject([{ id: 'uses', name: 'Neon train' }]);
  });
});

describe('an import that did not end', () => {
  const piece = new Uint8Array(2 ** 20);
  const large = new Blob(Array.from({ length: 96 }, () => piece));

  it('because it was stopped leaves nothing', async () => {
    const wanted = { name: 'large', files: [{ path: 'large.safetensors', blob: large }], keepUnsupported: true };
    const outcome = await library.importModel(
      'large',
      wanted,
      proxy(({ done }) => void (done > 0 && library.stop('large'))),
    );
    expect(outcome).toEqual({ ended: 'stopped' });
    expect(await modelEntries()).toEqual([]);
    expect(await storedNames()).toEqual([]);
  });

  it('because its worker was killed leaves what the next start discards', async () => {
    const other = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const wanted = { name: 'large', files: [{ path: 'large.safetensors', blob: large }], keepUnsupported: true };
    await new Promise<void>((resolve) => {
      void wrap<LibraryApi>(other).importModel(
        'large',
        wanted,
        proxy(({ done }) => void (done > 0 && resolve())),
      );
    });
    // While it is written nobody discards it.
    expect(await discardLeftovers()).toBe(0);
    other.terminate();
    await expect.poll(discardLeftovers, { timeout: 10_000 }).toBe(1);
    expect(await storedNames()).toEqual([]);
    expect(await modelEntries()).toEqual([]);
  });
});

it('tells how much room there is', async () => {
  const { used, quota } = await storageUse();
  expect(used).toBeLessThan(quota);
});
