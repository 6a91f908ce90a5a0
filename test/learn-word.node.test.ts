import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { type DiffusersModel, openDiffusersFolder } from '../models/diffusers-folder';
import learnWord from '../nodes/training/learn-word';
import type { Host, Notebook } from '../src/core/define-node';
import type { Device } from '../src/core/device';
import type { LessonNews } from '../src/core/lesson';
import type { Embedding } from '../src/core/values';
import { createNodeDevice } from '../src/engine/device/node';
import { bytesInMemory } from '../src/formats/bytes';

const LATENT = [3, 4, 8, 8] as const;

let device: Device;
let model: DiffusersModel;
beforeAll(async () => {
  device = await createNodeDevice();
  const folder = {
    paths: [],
    async open(path: string) {
      try {
        return bytesInMemory(await readFile(new URL(`reference/models/sd1-fp32/${path}`, import.meta.url)));
      } catch {
        return undefined;
      }
    },
  };
  model = await openDiffusersFolder(folder, { key: 'micro', title: 'Micro' });
});

function memoryNotebook(): Notebook & { readonly pages: Map<string, Uint8Array<ArrayBuffer>> } {
  const pages = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    pages,
    read: async (key) => pages.get(key),
    write: async (key, bytes) => !!pages.set(key, bytes),
  };
}

interface Ask {
  readonly steps: number;
  readonly captions?: string;
  readonly start?: string;
  readonly seed?: string;
  readonly notebook?: Notebook;
  readonly reached?: (done: number, of: number, beforeHold?: () => Promise<void>) => Promise<void>;
  readonly learned?: (news: LessonNews) => Promise<void>;
}

/** The vectors of a word that is learned from three latents. */
async function learn({
  steps,
  captions = 'a photo of <new>',
  start = 'cat',
  seed = '1',
  notebook,
  reached,
  learned,
}: Ask): Promise<number[]> {
  const data = Float32Array.from({ length: 3 * 4 * 8 * 8 }, (_, i) => Math.sin(i * i * 0.1));
  const params = learnWord.params.parse({ captions, start, vectors: 2, steps, batch: 2, seed });
  const run = learnWord.run as NonNullable<typeof learnWord.run>;
  const { embedding } = (await run({
    in: {
      encoder: model.textEncoder,
      unet: model.unet,
      latent: { tensor: device.tensor(data, LATENT) },
      vae: undefined,
    },
    params,
    device,
    host: { ...(notebook && { notebook }) } as unknown as Host,
    kinds: {},
    signal: new AbortController().signal,
    title: 'Learn a word',
    state: undefined,
    reached: reached ?? (async () => {}),
    learned: learned ?? (async () => {}),
  })) as { embedding: Embedding };
  expect(embedding.word).toBe('<new>');
  expect(embedding.vectors).toHaveLength(2 * embedding.width);
  return [...embedding.vectors];
}

test('the same seed learns the same word, another seed another', async () => {
  const first = await learn({ steps: 3 });
  expect(await learn({ steps: 3 })).toEqual(first);
  expect(await learn({ steps: 3, seed: '2' })).not.toEqual(first);
});

test('a lesson that was stopped goes on where it was, and ends as if it had not been', async () => {
  const notebook = memoryNotebook();
  const stopped = new Error('stopped');
  const stopAtThird = async (done: number) => {
    if (done === 3) throw stopped;
  };
  await expect(learn({ steps: 6, notebook, reached: stopAtThird })).rejects.toBe(stopped);
  const done: number[] = [];
  const resumed = await learn({ steps: 6, notebook, reached: async (step) => void done.push(step) });
  expect(done).toEqual([4, 5, 6]);
  expect(resumed).toEqual(await learn({ steps: 6 }));
});

test('more steps go on from a lesson that ended; fewer begin again', async () => {
  const notebook = memoryNotebook();
  const counted = async (steps: number) => {
    let count = 0;
    await learn({ steps, notebook, reached: async () => void count++ });
    return count;
  };
  expect([await counted(2), await counted(5), await counted(5), await counted(1)]).toEqual([2, 3, 0, 1]);
});

test('a damaged page of the notebook is a new start', async () => {
  const notebook = memoryNotebook();
  await learn({ steps: 2, notebook });
  for (const key of notebook.pages.keys()) notebook.pages.set(key, new Uint8Array([1, 2, 3]));
  expect(await learn({ steps: 2, notebook })).toEqual(await learn({ steps: 2 }));
});

test('a caption without the word, and a number of captions that does not fit, are refused in words', async () => {
  await expect(learn({ steps: 1, captions: 'a photo' })).rejects.toThrow('does not have the word <new>');
  await expect(learn({ steps: 1, captions: 'a <new>\nthe <new>' })).rejects.toThrow('3 pictures and 2 captions');
});

test('who pauses a lesson and closes the page loses nothing', async () => {
  const notebook = memoryNotebook();
  const closed = new Error('closed');
  const pauseAtThird = async (done: number, _of: number, beforeHold?: () => Promise<void>) => {
    if (done !== 3) return;
    await beforeHold?.();
    // The page is gone before the lesson can keep anything more.
    notebook.write = async () => false;
    throw closed;
  };
  await expect(learn({ steps: 6, notebook, reached: pauseAtThird })).rejects.toBe(closed);
  const done: number[] = [];
  await learn({ steps: 6, notebook, reached: async (step) => void done.push(step) });
  expect(done).toEqual([4, 5, 6]);
});

test('where there is no room to keep how far it is, that is told; where another page learns the same, it does not begin', async () => {
  const told: LessonNews[] = [];
  const full: Notebook = { read: async () => undefined, write: async () => false };
  await learn({ steps: 1, notebook: full, learned: async (news) => void told.push(news) });
  expect(told.some(({ unkept }) => unkept)).toBe(true);
  const released: string[] = [];
  const alone: Notebook = { ...memoryNotebook(), claim: async (key) => () => void released.push(key) };
  await learn({ steps: 1, notebook: alone });
  expect(released).toHaveLength(1);
  const elsewhere: Notebook = { ...memoryNotebook(), claim: async () => undefined };
  await expect(learn({ steps: 1, notebook: elsewhere })).rejects.toThrow(
    'Another page of this browser learns the same',
  );
});

test('a start that the model reads in pieces, or that has more tokens than the word has vectors, is told', async () => {
  const remarksOn = async (start: string) => {
    const told: LessonNews[] = [];
    await learn({ steps: 1, start, learned: async (news) => void told.push(news) });
    return told.flatMap(({ needs }) => needs?.remarks ?? []);
  };
  const [broken, short] = await remarksOn('xyzzyxyzzy');
  expect(broken).toMatch(/^The model knows no word “xyzzyxyzzy”: it reads it as x.* · .*\.$/);
  expect(short).toMatch(/^The word has 2 vectors: of its start, \d+ tokens, it takes the first 2\.$/);
  const known = { params: { word: '<new>', captions: 'a <new>\na cat' }, sizes: {}, wired: new Set<string>() };
  expect(learnWord.foresee?.(known)).toEqual({
    problems: [expect.objectContaining({ port: 'captions', what: expect.stringContaining('“a cat”') })],
  });
});
