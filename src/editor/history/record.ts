import { version } from '../../../package.json';
import { type Document, writeDocument } from '../../core/document';
import type { Outcome, Picture } from '../../engine/events';
import { expandSubgraphs } from '../../engine/expand';
import { keepThumbnail } from '../../storage/documents';
import type { NodeTime, PictureRecord, RunRecord } from '../../storage/run-record';
import { beyond, deletePictures, type KeptPicture, keepRun, keptPictures } from '../../storage/runs';
import { seedsOf } from '../document/seeds';
import { deviceStore } from '../engine/client';
import { notify } from '../notify';
import { pngOf } from '../pictures/png';
import { definitionsOf } from '../registry';
import type { Cells, Shown } from '../state/run-store';
import { uiStore } from '../state/ui-store';
import { history } from '../text/history';
import { labelsOf, modelsBehind, promptBehind, textsOf } from './describe';
import { historyStore, keptLimits } from './history-store';
import { usedModel } from './model-hashes';
import { pixelHash, thumbnailOf } from './pixels';

/** A run that is over, as the queue knows it. */
export interface Ran {
  readonly graph: Document;
  /** Pictures by node; of a sweep that was stopped those that it made. */
  readonly shown: Readonly<Record<string, Shown | Cells>>;
  readonly outcome: Outcome;
  readonly milliseconds: number;
  readonly nodes: readonly NodeTime[];
  /** It went on from this step of an earlier run, counted from 1. */
  readonly resumed?: number | undefined;
}

let last: Promise<void> = Promise.resolve();
let waiting = 0;

/** Keeps a run in the history, when the page has time for it. What goes wrong is told; the runs go on. */
export function record(ran: Ran): Promise<void> {
  const at = Date.now();
  waiting += 1;
  last = last
    .then(() => keep(ran, at))
    .catch(tell)
    .finally(() => {
      waiting -= 1;
    });
  return last;
}

/** Whether a run computed anything, or only showed again what it had. */
function made({ graph, nodes }: Ran): boolean {
  const { document, registry } = expandSubgraphs(graph, definitionsOf(graph));
  const types = new Map(document.nodes.map(({ id, type }) => [id, type]));
  return nodes.some(({ node, cached }) => !cached && registry.get(types.get(node) ?? '')?.shows === undefined);
}

async function keep(ran: Ran, at: number): Promise<void> {
  if (ran.outcome === 'done' && !made(ran)) return;
  const pictures = await picturesOf(ran, at);
  if (pictures.length === 0) return;
  const run = await runOf(ran, at, pictures);
  const named = pictures.map(({ record: picture, files }) => ({
    record: { ...picture, models: run.models.map(({ name }) => name) },
    files,
  }));
  await keepRun(run, named);
  const [first] = named;
  if (first) await keepThumbnail(ran.graph.id, first.files.thumbnail ?? first.files.png);
  // A window that was opened meanwhile has read it already.
  historyStore.setState(({ pictures: listed }) =>
    listed && !listed.some((picture) => picture.run === run.id)
      ? { pictures: [...named.map((one) => one.record), ...listed] }
      : {},
  );
  // One look at everything for several runs that follow each other.
  if (waiting === 1) await makeRoom();
}

/** Lets go what is beyond the limits that the user set. */
export async function makeRoom(): Promise<void> {
  const going = beyond(await keptPictures(), keptLimits());
  if (going.length === 0) return;
  const ids = new Set(going.map(({ id }) => id));
  await deletePictures([...ids]);
  historyStore.setState(({ pictures }) =>
    pictures ? { pictures: pictures.filter((picture) => !ids.has(picture.id)) } : {},
  );
}

async function runOf(
  { graph, outcome, milliseconds, nodes, resumed }: Ran,
  at: number,
  pictures: readonly KeptPicture[],
) {
  const { document, registry } = expandSubgraphs(graph, definitionsOf(graph));
  const shownBy = pictures.map(({ record: { node } }) => node);
  return {
    id: pictures[0]?.record.run ?? '',
    at,
    graph: writeDocument(graph),
    graphId: graph.id,
    name: graph.name,
    device: deviceStore.getState().name,
    version,
    outcome,
    milliseconds,
    ...(resumed !== undefined && { resumed }),
    models: await Promise.all(modelsBehind(document, registry, shownBy).map(usedModel)),
    nodes,
  } satisfies RunRecord;
}

/** The pictures of a run with their files. One that several nodes show is kept once. */
async function picturesOf({ graph, shown }: Ran, at: number): Promise<KeptPicture[]> {
  const { document, registry } = expandSubgraphs(graph, definitionsOf(graph));
  const run = crypto.randomUUID();
  const kept: KeptPicture[] = [];
  const known = new Set<string>();
  for (const [node, { axes, pictures, ...how }] of Object.entries(shown)) {
    const frames = 'plays' in how && how.plays && pictures.length > 1 ? pictures.length : undefined;
    const type = document.nodes.find(({ id }) => id === node)?.type ?? '';
    // What a node merely sees, such as the picture that is painted over, is not made by the run for its own sake.
    if (registry.get(type)?.shows === undefined) continue;
    const prompt = promptBehind(document, registry, node);
    const typed = textsOf(document, registry, [node]);
    const seeds = seedsOf(graph, definitionsOf(graph), node.split('/')[0] ?? node);
    for (const [index, picture] of pictures.entries()) {
      if (!picture || (frames !== undefined && index < frames - 1)) continue;
      await idle();
      const sha256 = await pixelHash(picture);
      const labels = labelsOf(axes, index);
      const key = `${sha256} ${labels.join('\n')}`;
      if (known.has(key)) continue;
      known.add(key);
      const files = await filesOf(picture, `${run}-${kept.length}`);
      const { width, height } = picture;
      const description: PictureRecord = {
        id: files.id,
        run,
        at,
        order: kept.length,
        node,
        index,
        labels,
        ...(labels.length > 0 && { axes }),
        ...(frames !== undefined && { frames }),
        seeds,
        graphId: graph.id,
        name: graph.name,
        models: [],
        prompt,
        text: [graph.name, ...typed, ...labels].join('\n').toLowerCase(),
        width,
        height,
        sha256,
        bytes: files.png.size + (files.thumbnail?.size ?? 0),
        starred: false,
      };
      kept.push({ record: description, files });
    }
  }
  return kept;
}

async function filesOf(picture: Picture, id: string) {
  const [png, thumbnail] = await Promise.all([pngOf(picture), thumbnailOf(picture)]);
  return { id, png, ...(thumbnail && { thumbnail }) };
}

/** Resolves when the page has nothing better to do, or after this many milliseconds. */
const patience = 1000;
const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: patience });
    else setTimeout(resolve, 20);
  });

const isFull = (thrown: unknown): boolean => thrown instanceof DOMException && thrown.name === 'QuotaExceededError';

function tell(thrown: unknown) {
  void notify({
    tone: 'failure',
    title: isFull(thrown) ? history.full : history.notKept,
    text: isFull(thrown)
      ? history.fullCure
      : history.notKeptCure(thrown instanceof Error ? thrown.message : `${thrown}`),
    action: { label: history.open, run: () => uiStore.setState({ dialog: 'history' }) },
  });
}
