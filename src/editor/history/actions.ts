import { type Document, parseDocument } from '../../core/document';
import { problemOf } from '../../core/problem';
import type { PictureRecord } from '../../storage/run-record';
import { deletePictures, keptPictures, keptRun, pictureFiles, starPicture } from '../../storage/runs';
import { closeDialog } from '../dialogs/Dialog';
import { takeSeeds, wouldReseed } from '../document/seeds';
import { download } from '../files/download';
import { openTemplate } from '../files/session';
import { notify } from '../notify';
import { editOpen, openDocument, showTab } from '../state/tabs';
import { commands } from '../text/commands';
import { history } from '../text/history';
import { historyStore } from './history-store';

/** Reads what is kept; the window shows it when it is there. */
export async function look(): Promise<void> {
  historyStore.setState({ pictures: await keptPictures() });
}

/** Tells what could not be done. */
export function told(thrown: unknown) {
  const { what, cure } = problemOf(thrown);
  historyStore.setState({ notice: { text: cure ? `${what} ${cure}` : what } });
}

const change = (step: (pictures: readonly PictureRecord[]) => readonly PictureRecord[]) =>
  historyStore.setState(({ pictures }) => (pictures ? { pictures: step(pictures) } : {}));

export const fileNameOf = ({ prompt, name, seeds }: PictureRecord): string => {
  const words = (prompt || name || history.title).replace(/[/\\:*?"<>|\n]+/g, ' ').slice(0, 60);
  const seed = seeds[0] ? ` ${seeds[0].value}` : '';
  return `${words.trim()}${seed}.png`;
};

/** The graph of a picture as it ran. Throws a sentence when it is not there. */
async function graphOfPicture({ run }: PictureRecord): Promise<Document> {
  const kept = await keptRun(run);
  if (!kept) throw new Error(history.graphGone);
  return parseDocument(kept.graph);
}

/** Opens the graph that made a picture in a tab of its own. */
export async function openGraphOf(picture: PictureRecord): Promise<void> {
  try {
    const graph = await graphOfPicture(picture);
    closeDialog();
    openTemplate(graph);
  } catch (thrown) {
    told(thrown);
  }
}

/** Whether the open graph that a picture came from has other seeds. */
export function hasOtherSeeds({ graphId, seeds }: PictureRecord): boolean {
  const open = openDocument(graphId);
  return open !== undefined && wouldReseed(open, seeds);
}

export function giveSeedsOf({ graphId, seeds, name }: PictureRecord) {
  editOpen(graphId, commands.useSeed.gesture, takeSeeds(seeds));
  closeDialog();
  showTab(graphId);
  void notify({ tone: 'done', title: history.seedUsed(name || history.untitled) });
}

async function withFile(picture: PictureRecord, use: (png: Blob) => void | Promise<void>): Promise<void> {
  try {
    const files = await pictureFiles(picture.id);
    if (!files) throw new Error(history.gone);
    await use(files.png);
  } catch (thrown) {
    told(thrown);
  }
}

export const savePicture = (picture: PictureRecord) => withFile(picture, (png) => download(png, fileNameOf(picture)));

export const copyPicture = (picture: PictureRecord) =>
  withFile(picture, async (png) => {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    historyStore.setState({ notice: { text: history.copied } });
  });

export async function toggleStar({ id, starred }: PictureRecord): Promise<void> {
  change((pictures) => pictures.map((one) => (one.id === id ? { ...one, starred: !starred } : one)));
  try {
    await starPicture(id, !starred);
  } catch (thrown) {
    change((pictures) => pictures.map((one) => (one.id === id ? { ...one, starred } : one)));
    told(thrown);
  }
}

/** Deletes pictures, with a way back. */
export async function remove(going: readonly PictureRecord[]): Promise<void> {
  const ids = new Set(going.map(({ id }) => id));
  try {
    const bringBack = await deletePictures([...ids]);
    change((pictures) => pictures.filter(({ id }) => !ids.has(id)));
    const undo = async () => {
      await bringBack();
      await look();
    };
    historyStore.setState({ notice: { text: history.deleted(ids.size), undo } });
  } catch (thrown) {
    told(thrown);
  }
}
