import { ProblemError } from '../../core/problem';
import { modelChoices } from '../../storage/models/choices';
import type { ImportOrder } from '../../storage/models/jobs';
import { type ModelEntry, referenceTo } from '../../storage/models/model-entry';
import type { Point } from '../document/nodes';
import type { LocalFile, LocalItem } from '../files/local-files';
import { notify, notifyFailure } from '../notify';
import { addNode } from '../state/add-node';
import { uiStore } from '../state/ui-store';
import { models } from '../text/models';
import { goOn, importModel, type Job, jobsStore } from './jobs';
import { loaderFor } from './loaders';
import { readModels } from './model-store';
import { showJobsInToasts } from './progress-toast';

type Order = Omit<ImportOrder, 'keepUnsupported'>;

/** What the file pickers offer. */
export const modelFileTypes = '.safetensors,.ckpt,.pt,.pth,.bin';

const stem = (path: string): string =>
  path.slice(path.lastIndexOf('/') + 1).replace(/\.(safetensors|ckpt|pt|pth|bin)$/i, '');

/** A model of one file, used where it lies if its handle is to be kept. */
const orderOfFile = ({ path, blob, handle }: LocalFile, inPlace: boolean): Order => ({
  name: stem(path),
  files: [{ path: path.slice(path.lastIndexOf('/') + 1), blob }],
  ...(inPlace && handle && { handle }),
});

/** The models in what was chosen: a file; a folder as a whole in its first precision, or else each of its single files. */
function ordersOf({ name, files, folder }: LocalItem, inPlace: boolean): Order[] {
  if (!folder) return files.map((file) => orderOfFile(file, inPlace));
  const choices = modelChoices(files.map((file) => ({ ...file, size: file.blob.size })));
  const whole = choices.find(({ what }) => what === 'folder');
  if (whole) {
    const { handle } = folder;
    return [
      { name, files: whole.files.map(({ path, blob }) => ({ path, blob })), ...(inPlace && handle && { handle }) },
    ];
  }
  if (choices.length === 0)
    throw new ProblemError({
      what: models.noneInFolder(name),
      cure: models.whatModelsAre,
    });
  return choices.flatMap((choice) => choice.files.map((file) => orderOfFile(file, inPlace)));
}

/** Says why a job did not end well, while the panel that would say it is closed. */
function tell({ id, name, state, problem }: Job, use: (entry: ModelEntry) => void) {
  if (uiStore.getState().dialog === 'models' || !problem) return;
  const run = () => void goOn(id).then((entry) => entry && use(entry), notifyFailure);
  if (state === 'unsupported')
    notify({ tone: 'warning', title: name, text: problem.what, action: { label: models.keepAnyway, run } });
  else if (state === 'failed') notify({ tone: 'failure', title: problem.what, text: problem.cure });
}

async function takeOrder(order: Order, use: (entry: ModelEntry) => void) {
  const id = crypto.randomUUID();
  showJobsInToasts();
  const entry = await importModel(id, { ...order, keepUnsupported: false });
  if (entry) return use(entry);
  const ended = jobsStore.getState().jobs.find((job) => job.id === id);
  if (ended) tell(ended, use);
}

/** Takes models in, one after the other, and hands on those that were kept. */
export async function takeModels(
  items: readonly LocalItem[],
  inPlace: boolean,
  use: (entry: ModelEntry) => void = () => {},
): Promise<void> {
  try {
    await readModels();
    for (const item of items) for (const order of ordersOf(item, inPlace)) await takeOrder(order, use);
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** Takes in what was dropped on the canvas, and adds the nodes that load it. */
export const dropModels = (items: readonly LocalItem[], inPlace: boolean, at: Point): Promise<void> =>
  takeModels(items, inPlace, (entry) => {
    const loader = loaderFor(entry.kind);
    if (loader) addNode(loader.definition, at, { params: { [loader.parameter]: { ...referenceTo(entry) } } });
    notify({
      tone: 'done',
      title: models.taken(entry.name),
      text: loader || entry.kind === 'unsupported' ? entry.sentence : models.noLoader(entry.sentence),
    });
  });
