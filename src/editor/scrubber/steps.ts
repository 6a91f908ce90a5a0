import type { Picture } from '../../engine/events';
import type { PictureAddress, RecordedZone, RecordingIndex } from '../../engine/recording/address';
import { engine } from '../engine/client';
import { lookAgain, recordedStore, watchRecorded } from '../engine/recorded';
import { notifyFailure } from '../notify';
import { documentStore, wholeDocument } from '../state/document-store';
import { inspectStore } from '../state/inspect-store';
import { type Live, scrubStore } from './scrub-store';
import { recordingSettings } from './settings';
import { guidanceOf, viewsOf } from './views';

/** A small picture has at most so many cells on a side. */
const small = 64;

/** The zone that is looked at, in what was recorded. */
export const zoneNow = (index: RecordingIndex | undefined, wanted: string | undefined): RecordedZone | undefined =>
  index?.zones.find(({ end }) => end === wanted) ?? index?.zones[0];

/** Whether there are steps to be seen of the graph on the screen. */
function update() {
  const graph = wholeDocument().id;
  const { index, graph: of } = recordedStore.getState();
  const before = scrubStore.getState();
  const other = before.graph !== graph;
  const some = before.live?.graph === graph || (of === graph && (index?.zones.length ?? 0) > 0);
  scrubStore.setState({
    graph,
    shown: some && !before.hidden,
    ...(other && { step: undefined, zone: undefined, item: 0, playing: false, pictures: new Map() }),
  });
}

type Pictured = {
  readonly zone: string;
  readonly item: number;
  readonly evaluation: number;
  readonly of: number;
  readonly picture: Picture;
};

/** Takes in pictures of a graph that runs. */
export function takePictures(graph: string, pictures: readonly Pictured[]): void {
  let { live } = scrubStore.getState();
  const known = live;
  for (const { zone, item, evaluation, of, picture } of pictures) {
    const same: Live | undefined = live?.graph === graph && live.zone === zone && live.item === item ? live : undefined;
    const frames = same ? [...same.frames] : [];
    frames[evaluation] = picture;
    live = { graph, zone, item, of, frames };
  }
  scrubStore.setState({ live });
  if (live?.graph !== wholeDocument().id) return;
  if (live.zone !== known?.zone || live.graph !== known.graph) void lookAgain();
  update();
}

/** A run of a graph is over: its pictures are asked for like any others. */
export function runEnded(graph: string): void {
  if (scrubStore.getState().live?.graph === graph) scrubStore.setState({ live: undefined });
}

void Promise.resolve(engine.record(recordingSettings())).catch(notifyFailure);
watchRecorded();
recordedStore.subscribe(() => {
  update();
  void picture();
});
// Whoever looks at a value of another step looks at that step.
inspectStore.subscribe(({ evaluation, item }, before) => {
  const { step, item: shown } = scrubStore.getState();
  if (evaluation !== before.evaluation && evaluation !== step) showStep(evaluation);
  if (item !== before.item && item !== shown) showItem(item);
});
documentStore.subscribe(({ history }, before) => {
  if (history.document.id !== before.history.document.id) update();
});

/** The outputs of a zone that have pictures, by `node port`. */
function picturedOutputs(index: RecordingIndex, zone: RecordedZone): Map<string, Omit<PictureAddress, 'item'>> {
  const outputs = new Map<string, Omit<PictureAddress, 'item'>>();
  const kinds = new Set(['latent', 'prediction', 'image', 'mask']);
  for (const { node, port, kind } of index.ports)
    if (zone.members.includes(node) && node !== zone.end && kinds.has(kind))
      outputs.set(`${node} ${port}`, { node, port });
  const guidance = guidanceOf(zone);
  const difference = viewsOf(zone).get('difference');
  if (guidance && difference) outputs.set(`${guidance.node} c − u`, difference);
  return outputs;
}

let asking = false;

/** Gets the pictures of the step that is looked at; one step after the other while it changes. */
async function picture(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    for (;;) {
      const { index } = recordedStore.getState();
      const { step, item, zone: wanted, graph } = scrubStore.getState();
      const zone = zoneNow(index, wanted);
      if (step === undefined || !index || !zone) return;
      const outputs = picturedOutputs(index, zone);
      const addresses = [...outputs.values()].map((output) => ({ ...output, item, evaluation: step }));
      const made = await engine.previewsOf(graph, addresses, small);
      const pictures = new Map([...outputs.keys()].flatMap((name, i) => (made[i] ? [[name, made[i]] as const] : [])));
      const now = scrubStore.getState();
      if (now.graph === graph && now.step !== undefined) scrubStore.setState({ pictures });
      if (now.step === step && now.item === item && now.zone === wanted && recordedStore.getState().index === index)
        return;
    }
  } catch (thrown) {
    notifyFailure(thrown);
  } finally {
    asking = false;
  }
}

/** Small pictures of all evaluations of a zone, for the strip. */
export async function frames(
  graph: string,
  zone: RecordedZone,
  view: Omit<PictureAddress, 'item' | 'evaluation'>,
  item: number,
  count: number,
): Promise<readonly (Picture | undefined)[]> {
  const addresses = Array.from({ length: count }, (_, evaluation) => ({ ...view, item, evaluation }));
  return engine.previewsOf(graph, addresses, zone.count > 100 ? 24 : 40);
}

/** Shows the values of a step on every node of the zone, or of none. */
export function showStep(step: number | undefined): void {
  scrubStore.setState(step === undefined ? { step, playing: false, pictures: new Map() } : { step });
  inspectStore.setState({ evaluation: step });
  void picture();
}

export function showZone(zone: string): void {
  scrubStore.setState({ zone, item: 0, step: undefined, playing: false, pictures: new Map() });
}

export function showItem(item: number): void {
  scrubStore.setState({ item });
  inspectStore.setState({ item });
  void picture();
}

/** Steps a second while they are played. */
const rate = 8;

let timer: ReturnType<typeof setInterval> | undefined;

/** Plays the steps from the one that is shown, or from the first; stops at the last of `count`. */
export function play(count: number): void {
  clearInterval(timer);
  const { step, playing: before } = scrubStore.getState();
  if (before) {
    scrubStore.setState({ playing: false });
    return;
  }
  showStep(step === undefined || step >= count - 1 ? 0 : step);
  scrubStore.setState({ playing: true });
  timer = setInterval(() => {
    const { step: at = 0, playing } = scrubStore.getState();
    if (playing && at < count - 1) return showStep(at + 1);
    clearInterval(timer);
    scrubStore.setState({ playing: false });
  }, 1000 / rate);
}

export function hideSteps(hidden: boolean): void {
  if (hidden) showStep(undefined);
  scrubStore.setState({ hidden });
  update();
}
