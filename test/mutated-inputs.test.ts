import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { unzlibSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { type Document, documentShape, parseDocument, writeDocument } from '../src/core/document';
import { ProblemError } from '../src/core/problem';
import { crc32 } from '../src/formats/crc32';
import { describedJpeg } from '../src/formats/jpeg';
import { type PngChunk, readChunks, textChunk, writeChunks } from '../src/formats/png-chunks';
import { describedWebp } from '../src/formats/webp';
import { exportWorkflow } from '../src/interop/comfyui/export';
import { workflowToPrompt } from '../src/interop/comfyui/prompt';
import { openGraph } from '../src/interop/import-file';
import { documentOfLink } from '../src/interop/link';
import { database } from '../src/storage/database';
import { keptDocument, libraryEntries } from '../src/storage/documents';
import { importLibrary } from '../src/storage/library-file';
import { mutatedBytes, mutatedJson, pick, type Roll, rollsOf } from './mutations';
import { workflows } from './workflows';

/** How many inputs are tried; WEFT_MUTATIONS=100000 is the long form. */
const count = Number(process.env.WEFT_MUTATIONS ?? 1500);
const seed = Number(process.env.WEFT_SEED ?? 1);

/** Milliseconds that one input may take, on a machine that does other things beside; a hang takes for ever. */
const PATIENCE = 20_000;
/** Bytes that all of them together may add to the process: those of the largest input, several times. */
const ROOM = 2 ** 30;

const at = (path: string) => new URL(path, import.meta.url);
const bytesOf = (path: string) => new Uint8Array(readFileSync(at(path)));
const utf8 = (text: string) => new TextEncoder().encode(text);

const graphs: readonly unknown[] = ['../graphs/', 'fixtures/documents/'].flatMap((folder) =>
  readdirSync(at(folder))
    .filter((name) => name.endsWith('.weft.json'))
    .map((name) => JSON.parse(readFileSync(at(folder + name), 'utf8'))),
);
const flows = fc.sample(workflows, { numRuns: 40, seed: 1 });
const prompts = flows.flatMap((flow) => {
  try {
    return [workflowToPrompt(structuredClone(flow))];
  } catch {
    return []; // Nodes that nobody knows, with values that have no names.
  }
});
const parameters =
  'a (red:1.2) house, <lora:sketch:0.8> [old:new:0.5]\nsecond line\nNegative prompt: rain, fog\nSteps: 22, Sampler: DPM++ 2M Karras, CFG scale: 6.5, Seed: 9007199254740993, Size: 512x768, Model hash: abc, Model: dreams, Clip skip: 2, Denoising strength: 0.4, Hires upscale: 1.5, Hires steps: 9, Hires upscaler: Latent, Lora hashes: "sketch: 1a2b", Version: v1.9.4';
const pieces = [
  'Steps: ',
  'Size: 9x',
  'Seed: -',
  ', ',
  ': ',
  '"',
  '\\"',
  '(',
  '<lora:',
  ':1e9>',
  '[',
  '\n',
  '99999999999999999999',
];

const picture = {
  png: writeChunks([
    { type: 'IHDR', data: Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0) },
    { type: 'IDAT', data: new Uint8Array(deflateSync(new Uint8Array(2))) },
    { type: 'IEND', data: new Uint8Array() },
  ]),
  webp: bytesOf('reference/picture-texts/plain.webp'),
  jpeg: bytesOf('reference/picture-texts/plain.jpg'),
};

/** More than any reader takes, packed: 96 MB that say the beginning of a graph. */
const bomb = Buffer.concat([Buffer.from('{"format":"weft",'), Buffer.alloc(96 * 2 ** 20, ' ')]);
const packedBombs = { raw: deflateRawSync(bomb, { level: 1 }), zlib: new Uint8Array(deflateSync(bomb, { level: 1 })) };
/** One input in so many is one. */
const BOMBS = 300;

/** A text that some program puts into pictures, and its keyword; whole or changed somewhere. */
function carried(roll: Roll): readonly [keyword: string, text: string] {
  const text = (value: unknown) => (roll(3) ? mutatedJson(value, roll) : JSON.stringify(value));
  const kind = roll(8);
  if (kind < 4) return ['weft', text(pick(roll, graphs))];
  if (kind < 6) return ['workflow', text(pick(roll, flows))];
  return kind < 7 ? ['prompt', text(pick(roll, prompts))] : ['parameters', changedText(parameters, roll)];
}

function changedText(text: string, roll: Roll): string {
  let next = text;
  for (let changes = 1 + roll(6); changes > 0; changes--) {
    const from = roll(next.length + 1);
    next = next.slice(0, from) + pick(roll, pieces) + next.slice(from + roll(2) * roll(9));
  }
  return next;
}

/** The three forms in which a PNG file holds a text (PNG third edition, 11.3.3). */
function pngText([keyword, text]: readonly [string, string], roll: Roll): PngChunk {
  const name = [...utf8(keyword), 0];
  const packed = roll(BOMBS) === 0 ? packedBombs.zlib : roll(3) ? new Uint8Array(deflateSync(text)) : undefined;
  if (!packed) return textChunk(keyword, text);
  const head = roll(2) ? { type: 'zTXt', begin: [...name, 0] } : { type: 'iTXt', begin: [...name, 1, 0, 0, 0] };
  const data = new Uint8Array(head.begin.length + packed.length);
  data.set(head.begin);
  data.set(packed, head.begin.length);
  return { type: head.type, data };
}

/** Changed within its chunks, with checksums that fit, or anywhere. */
function png(roll: Roll): Uint8Array {
  const [header, ...rest] = readChunks(picture.png) as [PngChunk, ...PngChunk[]];
  let chunks = [header, pngText(carried(roll), roll), ...rest];
  for (let changes = roll(3); changes > 0; changes--) {
    const chunk = pick(roll, chunks);
    const kind = roll(4);
    if (kind === 0) chunks = chunks.flatMap((one) => (one === chunk ? [one, one] : [one]));
    else if (kind === 1) chunks = chunks.filter((one) => one !== chunk);
    else if (kind === 2)
      chunks = chunks.map((one) => (one === chunk ? { ...one, data: mutatedBytes(one.data, roll) } : one));
    else chunks = chunks.map((one) => (one === chunk ? { ...one, type: pick(roll, ['tEXt', 'zTXt', 'iTXt']) } : one));
  }
  const bytes = writeChunks(chunks);
  return roll(3) ? bytes : mutatedBytes(bytes, roll);
}

function exif(write: typeof describedWebp, plain: Uint8Array, roll: Roll): Uint8Array {
  const [keyword, text] = carried(roll);
  // A JPEG file takes 64 kB of text.
  const bytes = write(plain, `${keyword}:${text}`.slice(0, 40_000));
  return roll(4) ? mutatedBytes(bytes, roll) : bytes;
}

function link(roll: Roll): string {
  const letters = (bytes: Uint8Array) => `#graph=${Buffer.from(bytes).toString('base64url')}`;
  if (roll(BOMBS) === 0) return letters(packedBombs.raw);
  const graph = pick(roll, graphs);
  const packed = deflateRawSync(roll(2) ? mutatedJson(graph, roll) : JSON.stringify(graph));
  const whole = letters(roll(2) ? mutatedBytes(packed, roll) : packed);
  return roll(3) ? whole : changedText(whole, roll);
}

function library(roll: Roll): Uint8Array {
  const [one, two] = [pick(roll, graphs), pick(roll, graphs)] as [{ id: string }, { id: string }];
  const version = { key: 'v', document: one.id, at: 1, why: { is: 'named' }, name: 'First', nodes: 1 };
  const file = { sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', type: 'image/png' };
  const manifest = {
    format: 'weft-library',
    version: 1,
    graphs: [
      { id: one.id, tags: ['night'] },
      { id: two.id, trashed: 5 },
    ],
    versions: [version],
    subgraphs: ['mine'],
    files: [file],
    runs: [{ id: 'r', at: 1 }],
    pictures: [{ id: 'p', run: 'r' }],
  };
  const text = (value: unknown) => utf8(roll(4) ? JSON.stringify(value) : mutatedJson(value, roll));
  const level = pick(roll, [0, 6] as const);
  const bytes = zipSync(
    {
      'library.json': text(manifest),
      [`graphs/${one.id}.weft.json`]: text(one),
      [`graphs/${two.id}.weft.json`]: roll(BOMBS) ? text(two) : new Uint8Array(bomb),
      'versions/v.weft.json': text(one),
      'subgraphs/mine.weft.json': text(two),
      [`files/${file.sha256}`]: utf8('abc'),
      'pictures/p.png': utf8('no picture'),
    },
    { level },
  );
  return roll(3) ? mutatedBytes(bytes, roll) : bytes;
}

/** What became of an input. */
type Outcome = 'graph' | 'no graph in it' | 'refused';

const options = { id: 'x', title: 'x' };

/** A graph that was let in is one by its schema, and the same after it was written and read. */
function checked(document: Document): Outcome {
  const shape = documentShape.safeParse(document);
  if (!shape.success) throw new Error(`What was let in is no graph: ${shape.error.message}`);
  const text = writeDocument(document);
  if (writeDocument(parseDocument(text)) !== text)
    throw new Error('What was let in is another graph after it is kept.');
  return 'graph';
}

/** A failure that nobody foresaw is no sentence for the person who opens a file. */
function refused(thrown: unknown): Outcome {
  const cause = thrown instanceof ProblemError ? thrown.cause : thrown;
  const unforeseen = thrown instanceof ProblemError && thrown.problem.what.startsWith('This file cannot be read:');
  if (!(thrown instanceof ProblemError) || (unforeseen && cause instanceof Error && cause.constructor !== Error))
    throw cause;
  expect(thrown.problem.what).toMatch(/^[A-Z][\s\S]{8,600}[.?]$/);
  return 'refused';
}

const opened = (bytes: Uint8Array): Outcome => {
  const { document } = openGraph(bytes, options) ?? {};
  return document ? checked(document) : 'no graph in it';
};

/** Opens what ComfyUI wrote, and writes it again, which may be refused by name. */
function openedAndExported(text: string): Outcome {
  const { document } = openGraph(utf8(text), options) ?? {};
  if (!document) return 'no graph in it';
  try {
    exportWorkflow(parseDocument(writeDocument(document)));
  } catch (thrown) {
    refused(thrown);
  }
  return checked(document);
}

async function emptied() {
  const db = await database();
  for (const store of db.objectStoreNames) await db.clear(store);
}

async function takenIn(bytes: Uint8Array): Promise<Outcome> {
  await emptied();
  await importLibrary(new Blob([bytes.slice()]), (name) => `${name}, copy`);
  for (const { id } of await libraryEntries()) checked((await keptDocument(id)) as Document);
  return 'graph';
}

const textual = (roll: Roll, value: unknown): string =>
  roll(4) ? mutatedJson(value, roll) : new TextDecoder().decode(mutatedBytes(utf8(JSON.stringify(value)), roll));

/** The share of each kind of input, how one is made, and what opens it. */
const kinds: Readonly<Record<string, readonly [share: number, attempt: (roll: Roll) => Outcome | Promise<Outcome>]>> = {
  'graph files': [24, (roll) => checked(parseDocument(textual(roll, pick(roll, graphs))))],
  'PNG files': [18, (roll) => opened(png(roll))],
  'WebP files': [14, (roll) => opened(exif(describedWebp, picture.webp, roll))],
  'JPEG files': [8, (roll) => opened(exif(describedJpeg, picture.jpeg, roll))],
  links: [14, async (roll) => checked(await documentOfLink(link(roll)))],
  'ComfyUI workflows': [8, (roll) => openedAndExported(textual(roll, pick(roll, flows)))],
  'ComfyUI prompts': [6, (roll) => openedAndExported(textual(roll, pick(roll, prompts)))],
  'A1111 texts': [5, (roll) => opened(utf8(changedText(parameters, roll)))],
  libraries: [3, (roll) => takenIn(library(roll))],
};

test(`${count} mutated files, pictures, links and libraries each give a valid graph or a sentence, soon, and reach no prototype`, {
  timeout: 120_000 + 200 * count,
}, async () => {
  expect(unzlibSync(packedBombs.zlib).length).toBe(bomb.length);
  expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
  const keys = Object.getOwnPropertyNames(Object.prototype).sort();
  const before = process.memoryUsage().rss;
  const lines: string[] = [];
  let [slowest, largest, total] = [0, before, 0];
  for (const [kind, [share, attempt]] of Object.entries(kinds)) {
    const roll = rollsOf(seed);
    const outcomes = { graph: 0, 'no graph in it': 0, refused: 0 };
    const begun = performance.now();
    const tries = Math.ceil((share * count) / 100);
    for (let i = 0; i < tries; i++) {
      const started = performance.now();
      try {
        outcomes[await attempt(roll)]++;
      } catch (thrown) {
        try {
          outcomes[refused(thrown)]++;
        } catch (cause) {
          throw new Error(`Input ${i} of the ${kind} gave no sentence.`, { cause });
        }
      }
      const took = performance.now() - started;
      slowest = Math.max(slowest, took);
      if (took > PATIENCE) throw new Error(`Input ${i} of the ${kind} took ${Math.round(took)} ms.`);
      if (({} as Record<string, unknown>).polluted !== undefined || 'polluted' in [])
        throw new Error(`Input ${i} of the ${kind} reached a prototype.`);
      if (i % 50 === 0) largest = Math.max(largest, process.memoryUsage().rss);
    }
    total += tries;
    expect(outcomes.refused, kind).toBeGreaterThan(0);
    expect(outcomes.graph, kind).toBeGreaterThan(0);
    lines.push(`${kind}: ${JSON.stringify(outcomes)} in ${Math.round(performance.now() - begun)} ms`);
  }
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(keys);
  expect(total).toBeGreaterThanOrEqual(count);
  expect(largest - before).toBeLessThan(ROOM);
  await emptied();
  if (process.env.WEFT_MUTATIONS)
    console.log(
      [
        ...lines,
        `${total} inputs; the slowest took ${Math.round(slowest)} ms; the process grew by ${Math.round((largest - before) / 2 ** 20)} MB.`,
      ].join('\n'),
    );
});
