import { parseDocument } from '../../core/document';
import type { Picture } from '../../engine/events';
import type { PictureRecord } from '../../storage/run-record';
import { keptRun, pictureFiles } from '../../storage/runs';
import { openCompare, type Side } from '../compare/open';
import { chosenPicture } from '../pictures/chosen';
import { runStore } from '../state/run-store';
import { history } from '../text/history';
import { told } from './actions';
import { timeWords } from './days';
import { captionOf } from './describe';
import { historyStore } from './history-store';
import { pixelsOf } from './pixels';

/** A picture of the history as the window that compares takes it. */
async function sideOf(record: PictureRecord): Promise<Side> {
  const [files, run] = await Promise.all([pictureFiles(record.id), keptRun(record.run)]);
  if (!files) throw new Error(history.gone);
  return {
    title: [captionOf(record) || record.name, timeWords(record.at)].filter(Boolean).join(', '),
    picture: await pixelsOf(files.png),
    document: run && parseDocument(run.graph),
    ...(record.axes && { among: { axes: record.axes, index: record.index } }),
  };
}

/** The picture that is chosen on the canvas, or the first that is shown there. */
function sideOnCanvas(): Side | undefined {
  const [first] = Object.values(runStore.getState().shown);
  const chosen = chosenPicture();
  const shown = chosen?.shown ?? first;
  const picture = chosen?.picture ?? first?.pictures[0];
  return shown && picture && { title: history.onCanvas, picture, document: shown.from };
}

export const canCompareWithCanvas = (): boolean => sideOnCanvas() !== undefined;

export async function compareWithCanvas(record: PictureRecord): Promise<void> {
  try {
    const canvas = sideOnCanvas();
    if (canvas) openCompare(await sideOf(record), canvas);
  } catch (thrown) {
    told(thrown);
  }
}

/** Compares a picture with what came of running its graph again. */
export async function compareWithNew(record: PictureRecord, picture: Picture): Promise<void> {
  try {
    const before = await sideOf(record);
    openCompare(before, { title: history.madeAgain, picture, document: before.document });
  } catch (thrown) {
    told(thrown);
  }
}

/** Marks a picture, or compares it with the one that is marked. */
export async function markOrCompare(record: PictureRecord): Promise<void> {
  const { marked } = historyStore.getState();
  if (!marked || marked.id === record.id) {
    historyStore.setState({
      marked: marked ? undefined : record,
      ...(!marked && { notice: { text: history.marked } }),
    });
    return;
  }
  try {
    const sides = await Promise.all([sideOf(marked), sideOf(record)]);
    historyStore.setState({ marked: undefined });
    openCompare(...sides);
  } catch (thrown) {
    told(thrown);
  }
}
