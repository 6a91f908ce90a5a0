import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { registry } from '../../nodes/registry';
import type { Device } from '../core/device';
import { writeDocument } from '../core/document';
import { type Problem, ProblemError } from '../core/problem';
import { OutputCache } from '../engine/cache';
import { RunControl } from '../engine/control';
import { createNodeDevice } from '../engine/device/node';
import type { RunEvent } from '../engine/events';
import { expandSubgraphs } from '../engine/expand';
import { type KeptCells, keptCells } from '../engine/kept-cells';
import { cellBudget } from '../engine/notebook-budget';
import { isZone, plan } from '../engine/plan';
import { findProblems } from '../engine/problems/find-problems';
import { chromeTrace } from '../engine/profile/chrome-trace';
import { Profiler } from '../engine/profile/profiler';
import { Recordings } from '../engine/recording/recordings';
import { writeSteps } from '../engine/recording/steps-file';
import { run } from '../engine/run';
import { TensorUse } from '../engine/tensor-use';
import { Dump } from './dump';
import { readGraph, withModel, withParameters } from './graph-file';
import { terminalHost } from './host';
import { memoryOfComputer } from './memory';
import { terminalNotebook } from './notebook';
import { animationFormat, savePictures, writeAnimation, writeGrid } from './pictures';
import { ProgressLine } from './progress-line';
import { resumeFromFile } from './steps';
import { duration, sentence } from './words';

/** dist/cli/main.js, in the program's folder. */
const program = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export interface RunOptions {
  readonly set: readonly string[];
  readonly dump: readonly string[];
  readonly model?: string | undefined;
  readonly models?: string | undefined;
  readonly device: string;
  readonly out: string;
  /** Files for all pictures as a table, and as an animation. */
  readonly grid?: string | undefined;
  readonly animate?: string | undefined;
  /** Takes the cells of a sweep that an earlier run finished. */
  readonly resume: boolean;
  /** A file for what zones need to go on from any of their steps. */
  readonly record?: string | undefined;
  /** Such a file and the step to go on from: `FILE:12`. */
  readonly fromStep?: string | undefined;
  readonly json: boolean;
  /** File for how the run spent its time. */
  readonly profile?: string | undefined;
}

/** What sweeps came to, kept for later runs of this very program; taken only where that is wanted. */
function cellsOf(device: Device, resume: boolean): KeptCells {
  const stamp = path.join(program, 'dist/cli.sources');
  const name = [existsSync(stamp) ? readFileSync(stamp, 'utf8') : String(Date.now()), device.name].join('\n');
  const kept = keptCells(device, terminalNotebook('cells', cellBudget), async () => name);
  return resume ? kept : { ...kept, get: async () => undefined };
}

/** Runs a graph file; pictures and dumps go to files. Status 0 when every node that was wanted ran. */
export async function runGraph(file: string, options: RunOptions): Promise<number> {
  if (options.device !== 'cpu')
    throw new ProblemError({
      what: `There is no device "${options.device}" in the terminal.`,
      cure: 'Use --device cpu.',
    });
  if (options.record !== undefined && options.fromStep !== undefined)
    throw new ProblemError({
      what: '--record and --from-step do not go together.',
      cure: 'Record a run that begins at its first step.',
    });
  if (options.animate !== undefined) animationFormat(options.animate);
  let document = readGraph(file);
  if (options.model !== undefined) document = withModel(document, path.resolve(options.model));
  document = withParameters(document, options.set);
  const { document: written, titleOf } = expandSubgraphs(document, registry);
  const dump = new Dump(options.dump, written);
  const planned = plan(document, registry);
  const asked = dump.nodes.length ? plan(document, registry, [...planned.targets, ...dump.nodes]) : planned;

  // All of them at once, before anything is computed; what does not depend on them runs.
  const foreseen = findProblems(document, registry, { targets: [...asked.targets] }).found.filter(({ hint }) => !hint);
  for (const problem of foreseen) process.stderr.write(`${sentence(problem)}\n`);
  const told = new Set(foreseen.map(({ node }) => node));

  const device = await createNodeDevice({ memory: memoryOfComputer() });
  const use = new TensorUse(device);
  const control = new RunControl();
  const stop = () => control.cancel();
  process.once('SIGINT', stop);
  const host = terminalHost({
    beside: path.dirname(path.resolve(file)),
    out: options.out,
    document: writeDocument(document),
    program,
    models: options.models,
  });
  const kept = cellsOf(device, options.resume);
  const ends = asked.units.flatMap((unit) => (isZone(unit) ? [unit.end.id] : []));
  const resume = options.fromStep === undefined ? undefined : resumeFromFile(options.fromStep, ends);
  const recordings = new Recordings();
  const recorder = options.record === undefined ? undefined : recordings.begin(document.id, device);
  const line = new ProgressLine(process.stderr, titleOf);
  const shown: Extract<RunEvent, { type: 'shown' }>[] = [];
  const report = new Map<string, Record<string, unknown>>();
  let milliseconds = 0;
  const emit = (event: RunEvent) => {
    line.take(event);
    if (event.type === 'shown') shown.push(event);
    if (event.type === 'finished') milliseconds = event.milliseconds;
    if ('node' in event && (event.type === 'done' || event.type === 'failed' || event.type === 'skipped')) {
      const { node, type, ...rest } = event;
      report.set(node, { status: type, ...rest });
    }
  };
  const profiler = options.profile === undefined ? undefined : new Profiler(device);
  const outcome = await run(
    asked,
    {
      device,
      host,
      use,
      control,
      emit,
      kept,
      profiler,
      recorder,
      resume,
      observe: dump.nodes.length ? (value) => dump.observe(device, value) : undefined,
    },
    new OutputCache(use, { gpu: 0, host: 2 ** 30 }),
  );
  process.removeListener('SIGINT', stop);
  line.end();
  const profiled = profiler && options.profile !== undefined ? [options.profile] : [];
  if (profiler && options.profile !== undefined)
    writeFileSync(options.profile, JSON.stringify(chromeTrace(profiler.end(), titleOf)));

  const stem = path.basename(file).replace(/(\.weft)?\.json$/, '');
  // A node that saves its picture did so already.
  const savesItself = (node: string) => registry.get(written.nodes.find((n) => n.id === node)?.type ?? '')?.effect;
  await savePictures(
    shown.filter(({ node }) => !savesItself(node)),
    stem,
    host,
  );
  const whole = outcome === 'done';
  const grids = whole && options.grid !== undefined ? await writeGrid(shown, options.grid, host.document) : [];
  const films = whole && options.animate !== undefined ? [await writeAnimation(shown, options.animate)] : [];
  const dumped = outcome === 'done' ? dump.write() : [];
  const steps = whole && options.record !== undefined ? [options.record] : [];
  for (const name of steps) writeFileSync(name, await writeSteps(recordings.of(document.id), recordings.blocks));
  const files = [...host.saved, ...steps, ...grids, ...films, ...dumped, ...profiled];
  for (const [node, { problem }] of report)
    if (problem && !told.has(node)) process.stderr.write(`${sentence({ ...(problem as Problem), node })}\n`);
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ outcome, milliseconds, device: device.name, nodes: Object.fromEntries(report), files }, undefined, 2)}\n`,
    );
  else for (const name of files) process.stdout.write(`${name}\n`);
  if (outcome === 'done') process.stderr.write(`Done in ${duration(milliseconds)} on ${device.name}.\n`);
  if (outcome === 'cancelled') process.stderr.write('Stopped.\n');
  return outcome === 'done' ? 0 : outcome === 'cancelled' ? 130 : 1;
}
