import { produce } from 'immer';
import type { Document } from '../../core/document';
import { graphOf, upstream } from '../../core/graph';
import type { RunEvent } from '../../engine/events';
import type { NodeTime } from '../../storage/run-record';
import { revealInGraph } from '../canvas/reveal';
import { type Roll, rolledSeeds, rollSeeds, type Seed, setSeeds } from '../document/seeds';
import { notify, notifyFailure } from '../notify';
import { markTried, problemsNow } from '../problems/watch';
import { profileStore, takesProfile } from '../profile/profile-store';
import { definitionsOf } from '../registry';
import { runEnded, takePictures } from '../scrubber/steps';
import { documentStore, wholeDocument } from '../state/document-store';
import { after, begun, type Cells, edited, type Shown, withCell } from '../state/run-store';
import { editOpen, isOpen, openDocument, tabsStore, updateRun } from '../state/tabs';
import { uiStore } from '../state/ui-store';
import { runs } from '../text/runs';
import { cancelRun, execute } from './client';
import { append, type Entry, nextEntry, queueStore, removeWhere, runningEntry, update } from './queue-store';
import { reportOutcome } from './report';

const random = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

interface Wish {
  /** How many runs; their seeds follow one another. */
  readonly times?: number;
  /** What becomes of all seeds before each of them; as each is set by default. */
  readonly roll?: Roll | undefined;
}

/**
 * Runs the graph that is open up to `targets`, which are nodes that are shown; everything that shows or saves something by default: now, or when what was
 * asked for before is through. What cannot run is told, and left out.
 */
export function queueRun(targets?: readonly string[], { times = 1, roll }: Wish = {}): void {
  const { path } = documentStore.getState();
  const runnable = withoutBroken(targets?.map((id) => [...path, id].join('/')));
  if (!runnable) return;
  const document = wholeDocument();
  const whole = graphOf(document);
  const all = definitionsOf(document);
  const part = runnable.targets
    ? upstream(
        whole,
        runnable.targets.map((id) => id.split('/')[0] ?? id),
      )
    : new Set(whole.nodes.keys());
  pressed += 1;
  for (let time = 0; time < times; time++) {
    // Where others of this graph wait, the seeds go on from theirs.
    const last = queueStore
      .getState()
      .entries.findLast(({ state, graph }) => state === 'waiting' && graph.id === document.id);
    const from = last ? produce(document, setSeeds(last.seeds)) : document;
    const graph = produce(from, rollSeeds(all, part, random, roll));
    const seeds = rolledSeeds(graph, all, part, roll);
    const before = rolledSeeds(document, all, part, roll);
    append({ graph, targets: runnable.targets, seeds, before, gesture: `roll ${pressed}`, live: false });
  }
  void pump();
}

/** How often runs were asked for: the seeds of one time are one step back. */
let pressed = 0;

/** The targets that nothing stands in the way of; undefined where there are none. Tells what stands in the way of the others. */
function withoutBroken(
  targets: readonly string[] | undefined,
): { readonly targets: readonly string[] | undefined } | undefined {
  const { found, runnable, targets: asked } = problemsNow(targets);
  const problems = found.filter(({ hint }) => !hint);
  const [first] = problems;
  if (!first) return { targets };
  markTried();
  revealInGraph(first.node);
  const rest = runnable.length ? runs.othersRun(runnable.length, asked.length) : undefined;
  notify({
    tone: 'warning',
    title: problems.length === 1 ? first.what : runs.problems(problems.length, first.what),
    text: [first.cure, rest].filter(Boolean).join(' '),
    action: { label: runs.showAll, run: () => uiStore.setState({ flyout: 'problems' }) },
  });
  return runnable.length ? { targets: runnable } : undefined;
}

/** Runs the graph that is shown as it is, for the nodes that show something: in place of an earlier run of this kind. */
export function queueLive(graph: Document, targets: readonly string[]): void {
  removeWhere(({ live, state }) => live && state === 'waiting');
  append({ graph, targets, seeds: [], before: [], gesture: '', live: true });
  if (runningEntry()?.live) stopRunning();
  void pump();
}

/** Runs the graph that is shown as it is, one of its zones from a step of its last run on. */
export function queueFrom(from: NonNullable<Entry['from']>): void {
  if (!withoutBroken(undefined)) return;
  append({ graph: wholeDocument(), targets: undefined, seeds: [], before: [], gesture: '', live: false, from });
  void pump();
}

/** Ends the run that goes on after its evaluation; the next one of the queue follows. */
export function stopRunning(): void {
  const entry = runningEntry();
  if (!entry) return;
  updateRun(entry.graph.id, ({ phase }) => (phase === 'idle' ? {} : { phase: 'stopping' }));
  cancelRun();
}

/** Ends the run that goes on, and takes out all that wait. */
export function stopAll(): void {
  removeWhere(({ state }) => state === 'waiting');
  stopRunning();
}

// A graph that was closed is run no more.
tabsStore.subscribe(() => {
  if (queueStore.getState().entries.some(({ graph }) => !isOpen(graph.id)))
    removeWhere(({ graph }) => !isOpen(graph.id));
});

let pumping = false;

/** What has the engine for itself before the next entry. */
const between: (() => Promise<void>)[] = [];

/** Runs something that is no entry of the queue as soon as the engine is free. */
export function betweenRuns<T>(work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    between.push(() => work().then(resolve, reject));
    void pump();
  });
}

/** Runs what waits, one after the other. */
async function pump(): Promise<void> {
  if (pumping) return;
  pumping = true;
  try {
    for (;;) {
      const work = between.shift();
      const entry = work ? undefined : nextEntry();
      if (work) await work();
      else if (entry) await runEntry(entry);
      else break;
    }
  } finally {
    pumping = false;
  }
}

/** The seeds on the screen become those of the run that begins, where nobody set others meanwhile. */
function showSeeds({ graph: { id }, seeds, before, gesture }: Entry) {
  const document = openDocument(id);
  if (!document) return;
  const own = applied.get(id);
  const untouched = seeds.filter(({ node, name }) => {
    const now = document.nodes.find((one) => one.id === node)?.params[name];
    const same = (list: readonly Seed[] | undefined) =>
      list?.some((seed) => seed.node === node && seed.name === name && seed.value === String(now));
    return now === undefined || same(before) || same(own);
  });
  applied.set(id, seeds);
  editOpen(id, runs.rollSeeds, setSeeds(untouched), gesture);
}

/** The seeds that were last put on the screen, by graph. */
const applied = new Map<string, readonly Seed[]>();

/** How often events are taken in, in milliseconds: about once a frame, also where the page is hidden. */
const frame = 16;

async function runEntry(entry: Entry): Promise<void> {
  const { id, graph, targets, live, from } = entry;
  update(id, { state: 'running' });
  showSeeds(entry);
  updateRun(graph.id, (state) => edited(begun(state, graph, performance.now()), openDocument(graph.id) ?? graph));
  const shown: Record<string, Shown> = {};
  const cells: Record<string, Cells> = {};
  const nodes: NodeTime[] = [];
  let milliseconds = 0;
  let waiting: { readonly event: RunEvent; readonly at: number }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const takeIn = () => {
    clearTimeout(timer);
    timer = undefined;
    const events = waiting;
    waiting = [];
    if (events.length === 0) return;
    updateRun(graph.id, (state) => events.reduce((next, { event, at }) => after(next, event, at), state));
    const pictures = events.flatMap(({ event }) => (event.type === 'shown' ? [event] : []));
    for (const { node, axes, pictures: of, plays } of pictures)
      shown[node] = { from: graph, axes, pictures: of, ...(plays && { plays }) };
    if (pictures.length) update(id, { shown: { ...shown } });
  };
  try {
    const take = (event: RunEvent) => {
      waiting.push({ event, at: performance.now() });
      if (event.type === 'pictured') takePictures(graph.id, event.pictures);
      if (event.type === 'profiled') profileStore.setState({ last: { profile: event.profile, graph } });
      if (event.type === 'remark') notify({ tone: 'warning', title: event.sentence });
      if (event.type === 'cell') cells[event.node] = withCell(cells[event.node], event, graph);
      if (event.type === 'shown') delete cells[event.node];
      if (event.type === 'done') {
        const { node, runs, cached } = event;
        nodes.push({ node, milliseconds: event.milliseconds, runs, cached });
      }
      if (event.type === 'finished') {
        milliseconds = event.milliseconds;
        takeIn();
        update(id, { milliseconds: event.milliseconds });
      } else timer ??= setTimeout(takeIn, frame);
    };
    const outcome = await execute(graph, targets, take, { profile: !live && takesProfile(), from });
    update(id, { state: outcome });
    if (!live) reportOutcome(graph);
    const made = { ...shown, ...cells };
    if (!live && Object.keys(made).length) {
      const { record } = await import('../history/record');
      void record({ graph, shown: made, outcome, milliseconds, nodes, resumed: from && from.evaluation + 1 });
    }
  } catch (thrown) {
    update(id, { state: 'failed' });
    notifyFailure(thrown);
  } finally {
    takeIn();
    runEnded(graph.id);
    if (live) removeWhere((one) => one.id === id);
    // Edits during the run were compared with this graph already; only the phase may be left over from a failed start.
    updateRun(graph.id, ({ phase }) => (phase === 'idle' ? {} : { phase: 'idle', steps: undefined }));
  }
}
