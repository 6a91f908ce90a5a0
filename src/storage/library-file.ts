import { z } from 'zod';
import type { ByteSource } from '../core/device';
import { type Document, limits, parseDocument, writeDocument } from '../core/document';
import { ProblemError } from '../core/problem';
import { bytesInMemory } from '../formats/bytes';
import { openZip, readMember } from '../formats/zip';
import { type NewMember, writeZip } from '../formats/zip-write';
import { database, type VersionRecord } from './database';
import { transact } from './desk/records';
import { changeEntry, isKept, keepDocument, keptDocument, libraryEntries } from './documents';
import { keepFile } from './files';
import type { PictureRecord, RunRecord } from './run-record';

const format = 'weft-library';

const listed = z.looseObject({ id: z.string().min(1).max(200) });

/** What `library.json` says; the graphs and files lie beside it. */
const manifestShape = z.object({
  format: z.literal(format),
  version: z.literal(1),
  graphs: z.array(
    z.object({
      id: z.string(),
      tags: z.array(z.string().max(100)).default([]),
      trashed: z.number().optional(),
    }),
  ),
  versions: z
    .array(
      z.object({
        key: z.string(),
        document: z.string(),
        at: z.number(),
        name: z.string().max(limits.text).optional(),
        why: z.looseObject({ is: z.enum(['opened', 'interval', 'before', 'restore', 'named']) }),
        nodes: z.number().default(0),
      }),
    )
    .default([]),
  subgraphs: z.array(z.string()).default([]),
  files: z.array(z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), type: z.string().default('') })).default([]),
  runs: z.array(listed).default([]),
  pictures: z.array(listed.extend({ run: z.string() })).default([]),
});
type Manifest = z.output<typeof manifestShape>;

const text = (content: string): Blob => new Blob([content]);

/** Everything that this browser keeps but models, as one zip file: graphs, versions, the files that they use, the own palette, and runs if wanted. */
export async function exportLibrary({ runs }: { readonly runs: boolean }): Promise<Blob> {
  const db = await database();
  const members: NewMember[] = [];
  const manifest: Manifest = {
    format,
    version: 1,
    graphs: [],
    versions: [],
    subgraphs: [],
    files: [],
    runs: [],
    pictures: [],
  };
  for (const { id, tags, trashed } of await libraryEntries()) {
    // What can no longer be read goes along as it is.
    const content = await keptDocument(id).then(
      (document) => document && writeDocument(document),
      async () => (await db.get('documents', id))?.text,
    );
    if (content === undefined) continue;
    manifest.graphs.push({ id, tags: [...tags], ...(trashed !== undefined && { trashed }) });
    members.push({ name: `graphs/${id}.weft.json`, bytes: text(content) });
  }
  for (const { text: content, ...version } of await db.getAll('versions')) {
    manifest.versions.push(version);
    members.push({ name: `versions/${version.key}.weft.json`, bytes: text(content) });
  }
  for (const { id, text: content } of await db.getAll('subgraphs')) {
    manifest.subgraphs.push(id);
    members.push({ name: `subgraphs/${id}.weft.json`, bytes: text(content) });
  }
  for (const { sha256, blob } of await db.getAll('files')) {
    manifest.files.push({ sha256, type: blob.type });
    members.push({ name: `files/${sha256}`, bytes: blob });
  }
  if (runs) {
    manifest.runs.push(...(await db.getAll('runs')).map((run) => ({ ...run })));
    manifest.pictures.push(...(await db.getAll('pictures')).map((picture) => ({ ...picture })));
    for (const { id, png, thumbnail } of await db.getAll('pictureFiles')) {
      members.push({ name: `pictures/${id}.png`, bytes: png });
      if (thumbnail) members.push({ name: `pictures/${id}.thumbnail`, bytes: thumbnail });
    }
  }
  members.unshift({ name: 'library.json', bytes: text(JSON.stringify(manifest, undefined, 1)) });
  return writeZip(members);
}

/** What became of what was in a library file. */
export interface Imported {
  graphs: number;
  /** Graphs that were here with other content: theirs are kept beside them. */
  beside: number;
  /** What was here already, as it is. */
  same: number;
  versions: number;
  files: number;
  subgraphs: number;
  runs: number;
  /** Names of what could not be taken in, with the reason. */
  readonly refused: string[];
}

const notALibrary = (reason: string, cause?: unknown) =>
  new ProblemError(
    {
      what: `This file is not a library of Weft: ${reason}.`,
      cure: 'Choose a file that "Save all to a file" made.',
    },
    { cause },
  );

/** Bytes of the largest file that is read out of an archive; a picture of 8192 x 8192 pixels has fewer. */
const LARGEST = 2 ** 28;

function opened(source: ByteSource) {
  try {
    return openZip(source);
  } catch (cause) {
    throw notALibrary('it is no zip archive, or a damaged one', cause);
  }
}

/** Other programs that packed the files anew may have compressed them. */
function membersOf(bytes: Uint8Array<ArrayBuffer>) {
  const source = bytesInMemory(bytes);
  const members = opened(source);
  const read = (name: string, most = LARGEST): Uint8Array<ArrayBuffer> | undefined => {
    const member = members.get(name);
    return member && readMember(source, member, most);
  };
  const words = (name: string, most: number = limits.bytes): string | undefined => {
    const found = read(name, most);
    return found && new TextDecoder().decode(found);
  };
  return { read, words };
}

function manifestOf(read: () => string | undefined): Manifest {
  let data: unknown;
  try {
    data = JSON.parse(read() ?? 'null');
  } catch (cause) {
    throw notALibrary('its library.json is damaged', cause);
  }
  if (data === null) throw notALibrary('it has no library.json');
  const result = manifestShape.safeParse(data);
  if (!result.success) throw notALibrary(`its library.json says something else (${result.error.issues[0]?.message})`);
  return result.data;
}

const content = ({ id: _, view: __, ...document }: Document): string =>
  writeDocument({ ...document, id: 'x' } as Document);

/**
 * Takes in what a library file holds. Nothing that is here is changed: a graph of the same id and other content becomes a copy, named
 * by `copyName`. Throws a `ProblemError` for what is no such file, and what the storage throws.
 */
export async function importLibrary(file: Blob, copyName: (name: string) => string): Promise<Imported> {
  const { read, words } = membersOf(new Uint8Array(await file.arrayBuffer()));
  const manifest = manifestOf(() => words('library.json', LARGEST));
  const done: Imported = {
    graphs: 0,
    beside: 0,
    same: 0,
    versions: 0,
    files: 0,
    subgraphs: 0,
    runs: 0,
    refused: [],
  };
  const db = await database();
  /** What is damaged keeps nothing else from being taken in; a storage that fails does. */
  const sound = <T>(name: string, find: () => T): T | undefined => {
    try {
      return find();
    } catch (thrown) {
      done.refused.push(`${name}: ${thrown instanceof Error ? thrown.message : thrown}`);
      return undefined;
    }
  };
  /** Ids of graphs here, by the ids in the file. */
  const ids = new Map<string, string>();
  for (const { sha256, type } of manifest.files) {
    if ((await db.getKey('files', sha256)) !== undefined) continue;
    const bytes = sound(`files/${sha256}`, () => read(`files/${sha256}`));
    if (!bytes) continue;
    const reference = await keepFile(new Blob([bytes], { type }), 'file');
    // Kept under the hash of its bytes, whatever the list says.
    if (reference.includes(sha256)) done.files++;
    else done.refused.push(`files/${sha256}`);
  }
  for (const { id, tags, trashed } of manifest.graphs) {
    const document = sound(`graphs/${id}`, () => parseDocument(words(`graphs/${id}.weft.json`) ?? ''));
    if (!document) continue;
    const outcome = await takeIn(document, tags, copyName);
    ids.set(id, outcome.id);
    done[outcome.is]++;
    if (outcome.is !== 'same' && trashed !== undefined) await changeEntry(outcome.id, { trashed });
  }
  for (const version of manifest.versions) {
    const owner = ids.get(version.document);
    if (owner === undefined || (await db.getKey('versions', version.key)) !== undefined) continue;
    const found = sound(`versions/${version.key}`, () => words(`versions/${version.key}.weft.json`));
    if (found === undefined) continue;
    await db.put('versions', { ...version, document: owner, text: found } as VersionRecord);
    done.versions++;
  }
  for (const id of manifest.subgraphs) {
    const found = sound(`subgraphs/${id}`, () => words(`subgraphs/${id}.weft.json`));
    const before = await db.get('subgraphs', id);
    if (found === undefined || before?.text === found) continue;
    await db.put('subgraphs', { id: before ? crypto.randomUUID() : id, text: found });
    done.subgraphs++;
  }
  for (const run of manifest.runs as unknown as readonly RunRecord[]) {
    if ((await db.getKey('runs', run.id)) !== undefined) continue;
    const pictures = (manifest.pictures as unknown as readonly PictureRecord[]).filter((one) => one.run === run.id);
    await transact(db, ['runs', 'pictures', 'pictureFiles'] as const, async (transaction) => {
      await transaction.objectStore('runs').put(run);
      for (const picture of pictures) {
        const [png, small] = ['png', 'thumbnail'].map((form) => {
          const name = `pictures/${picture.id}.${form}`;
          return sound(name, () => read(name));
        });
        if (!png) continue;
        await transaction.objectStore('pictures').put(picture);
        await transaction.objectStore('pictureFiles').put({
          id: picture.id,
          png: new Blob([png], { type: 'image/png' }),
          ...(small && { thumbnail: new Blob([small]) }),
        });
      }
    });
    done.runs++;
  }
  return done;
}

async function takeIn(
  document: Document,
  tags: readonly string[],
  copyName: (name: string) => string,
): Promise<{ readonly is: 'graphs' | 'beside' | 'same'; readonly id: string }> {
  const { id, name } = document;
  if (!(await isKept(id))) {
    await keepDocument(document, { tags });
    return { is: 'graphs', id };
  }
  const here = await keptDocument(id).catch(() => undefined);
  if (here && content(here) === content(document)) return { is: 'same', id };
  // The same copy may have been taken in before.
  const copy = { ...document, id: crypto.randomUUID(), name: copyName(name).slice(0, limits.text) };
  for (const entry of await libraryEntries()) {
    if (entry.name !== copy.name) continue;
    const other = await keptDocument(entry.id).catch(() => undefined);
    if (other && content(other) === content(copy)) return { is: 'same', id: entry.id };
  }
  await keepDocument(copy, { tags });
  return { is: 'beside', id: copy.id };
}
