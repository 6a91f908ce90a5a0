import { version } from '../../../package.json';
import { parseDocument } from '../../core/document';
import { migrateNodes } from '../../core/migrate';
import { type Problem, ProblemError } from '../../core/problem';
import type { Picture } from '../../engine/events';
import { expandSubgraphs } from '../../engine/expand';
import type { PictureRecord, RunRecord } from '../../storage/run-record';
import { keptRun, pictureFiles } from '../../storage/runs';
import { cancelRun, deviceStore, execute, stopRunOf } from '../engine/client';
import { betweenRuns } from '../engine/queue';
import { definitionsOf, registry } from '../registry';
import { history } from '../text/history';
import { modelsBehind } from './describe';
import { usedModel } from './model-hashes';
import { differenceOf, pixelHash, pixelsOf } from './pixels';

/** What came of running a picture's graph again. */
export interface Verdict {
  readonly same: boolean;
  readonly sentence: string;
  /** Why it may differ, as sentences. */
  readonly reasons: readonly string[];
  readonly picture: Picture;
}

/** How far it is; nothing while it waits for the engine. */
export type Progress = { readonly done: number; readonly of: number } | undefined;

/** Stands for the run in the engine, so that what a graph of the page keeps is not touched. */
const runId = 'again';

/**
 * Makes a picture again: its graph with its seeds, everything anew, when the engine is free. Throws a sentence when it cannot.
 * `signal` stops it.
 */
export async function runAgain(
  record: PictureRecord,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Verdict> {
  const kept = await keptRun(record.run);
  if (!kept) throw new ProblemError({ what: history.graphGone });
  const { document } = migrateNodes(parseDocument(kept.graph), registry);
  const graph = { ...document, id: runId };
  onProgress(undefined);
  const picture = await betweenRuns(async () => {
    let made: Picture | undefined;
    let problem: Problem | undefined;
    if (signal.aborted) throw new ProblemError({ what: history.stopped });
    signal.addEventListener('abort', cancelRun);
    try {
      onProgress({ done: 0, of: 1 });
      const outcome = await execute(
        graph,
        [record.node],
        (event) => {
          if (event.type === 'progress') onProgress({ done: event.done, of: event.of });
          if (event.type === 'failed') problem ??= event.problem;
          if (event.type === 'shown' && event.node === record.node) made = event.pictures[record.index];
        },
        { anew: true },
      );
      if (outcome === 'cancelled') throw new ProblemError({ what: history.stopped });
      if (!made) throw new ProblemError(problem ?? { what: history.notMade });
      return made;
    } finally {
      signal.removeEventListener('abort', cancelRun);
      stopRunOf(runId);
    }
  });
  return compared(record, kept, picture);
}

async function compared(record: PictureRecord, kept: RunRecord, picture: Picture): Promise<Verdict> {
  const pixels = picture.width * picture.height;
  if ((await pixelHash(picture)) === record.sha256)
    return { same: true, sentence: history.identical(pixels), reasons: [], picture };
  const files = await pictureFiles(record.id);
  const difference = files && differenceOf(await pixelsOf(files.png), picture);
  const size = ({ width, height }: { width: number; height: number }) => history.sizeOf(width, height);
  return {
    same: false,
    sentence: difference
      ? history.differs(difference.differ, difference.pixels, difference.most)
      : history.otherSize(size(record), size(picture)),
    reasons: await reasonsOf(record, kept),
    picture,
  };
}

/** What is not as it was when a picture was made. */
async function reasonsOf({ node }: PictureRecord, kept: RunRecord): Promise<readonly string[]> {
  const { name: device } = deviceStore.getState();
  const graph = parseDocument(kept.graph);
  const { document, registry: all } = expandSubgraphs(graph, definitionsOf(graph));
  const now = new Map(
    (await Promise.all(modelsBehind(document, all, [node]).map(usedModel))).map(({ name, hash }) => [name, hash]),
  );
  const reasons = [
    ...(kept.resumed === undefined ? [] : [history.resumed(kept.resumed)]),
    ...(device === kept.device ? [] : [history.otherDevice(kept.device, device)]),
    ...kept.models
      .filter(({ name, hash }) => now.has(name) && now.get(name) !== hash)
      .map(({ name }) => history.otherModel(name)),
    ...(kept.version === version ? [] : [history.otherVersion(kept.version, version)]),
  ];
  return reasons.length ? reasons : [history.noReason];
}
