/** `npm run bench`: ratios that hold on any machine, each from one run. `npm run bench -- --training`: those of training alone. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import template from '../../graphs/text-to-image.weft.json?raw';
import { terminalHost } from '../../src/cli/host';
import { parseDocument } from '../../src/core/document';
import { createNodeDevice } from '../../src/engine/device/node';
import { type LoopFigures, measureLoop, median } from './loop';
import { measureLoraStrength, type StrengthFigures } from './lora-strength';
import { measureNoOps } from './no-ops';
import { measureRecording, type RecordingFigures } from './recording';
import { measureTraining, type TrainingFigures } from './training';
import { measureTrainingOnWasm, measureWasm } from './wasm';

const root = path.resolve(import.meta.dirname, '../..');
const model = path.join(root, 'models/tiny/model');
const times = 5;

const say = (title: string, figure: string, goal: string, met: boolean | undefined) =>
  console.log(
    `${title.padEnd(58)} ${figure.padStart(9)}   goal ${goal.padEnd(8)} ${met === undefined ? '' : met ? 'met' : 'NOT MET'}`,
  );
const atMost = (title: string, figure: number, goal: number) =>
  say(title, figure.toFixed(3), `≤ ${goal}`, figure <= goal);

const sayTraining = (figures: readonly TrainingFigures[], where: string) => {
  for (const { lesson, steps, forwards, sessions } of figures) {
    const ratios = steps.map((step, i) => step / (forwards[i] ?? Number.NaN));
    atMost(`a step of learning ${lesson} ÷ its forward pass, ${where}`, median(ratios), 2.6);
    const [made, step] = [sessions / 1000, (median(steps) / 1000).toFixed(2)];
    say(`  its sessions made, ${where}; a step takes ${step} s`, `${made.toFixed(2)} s`, '≤ 5 s', made <= 5);
  }
};
async function sayTrainingOnNode(): Promise<void> {
  const device = await createNodeDevice();
  const host = terminalHost({ beside: root, out: 'out', document: '', program: root });
  sayTraining(await measureTraining(device, host, 3 * times), 'node');
  await device.release();
}
if (process.argv.includes('--training')) {
  await sayTrainingOnNode();
  const { name, training } = await measureTrainingOnWasm(root, times);
  sayTraining(training, name);
  process.exit();
}

const overhead = (figures: readonly LoopFigures[]) => median(figures.map(({ loop, sessions }) => loop / sessions));

const noOps: Record<number, number[]> = { 1000: [], 10000: [] };
// Once each, so that what is measured is compiled code.
for (const count of [1000, 10_000]) await measureNoOps(count, -1);
for (let i = 0; i < times; i++) for (const count of [1000, 10_000]) noOps[count]?.push(await measureNoOps(count, i));
atMost('plan + run of 10,000 no-op nodes ÷ 1,000', median(noOps[10_000] ?? []) / median(noOps[1000] ?? []), 11);

const before = process.memoryUsage().rss;
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 2);
const device = await createNodeDevice();
const host = terminalHost({ beside: root, out: 'out', document: '', program: root });
const figures = await measureLoop(device, host, parseDocument(template), times);
clearInterval(watch);
await device.release();
atMost('denoise loop ÷ session.run inside it, node', overhead(figures), 1.02);

const sayRecording = ({ recording, pictures, memory, bytes }: RecordingFigures, where: string) => {
  atMost(`48 steps with every value recorded (${(bytes / 1e6).toFixed(1)} MB) ÷ without, ${where}`, recording, 1.1);
  atMost(`  with small pictures while it runs ÷ recording alone, ${where}`, pictures, 1.03);
  atMost(`  most that is held in memory ÷ what may be, ${where}`, memory, 1.2);
};
const recordingDevice = await createNodeDevice();
sayRecording(
  await measureRecording(recordingDevice, host, parseDocument(template), times, undefined, () => {}),
  'node',
);
await recordingDevice.release();

const strengths: StrengthFigures[] = [];
for (let i = 0; i < times; i++) strengths.push(await measureLoraStrength(createNodeDevice, host));
atMost(
  "a LoRA's strength changed ÷ first load and evaluation, node",
  median(strengths.map(({ first, changed }) => changed / first)),
  0.2,
);

await sayTrainingOnNode();

const wasm = await measureWasm(root, times);
atMost(`denoise loop ÷ session.run inside it, ${wasm.name}`, overhead(wasm.figures), 1.02);
sayRecording(wasm.recording, wasm.name);
sayTraining(wasm.training, wasm.name);
const seconds = (milliseconds = Number.NaN) => `${(milliseconds / 1000).toFixed(2)} s`;
for (const [i, what] of ['load and 20-step picture', 'the next 20-step picture'].entries()) {
  say(`${what} in Chromium, ${wasm.name}`, seconds(wasm.first[i]?.whole), '', undefined);
  say('  of it inside session.run', seconds(wasm.first[i]?.sessions), '', undefined);
}

const weights = readdirSync(model, { recursive: true, encoding: 'utf8' })
  .map((name) => path.join(model, name))
  .filter((name) => name.endsWith('.safetensors'))
  .reduce((sum, name) => sum + statSync(name).size, 0);
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
say(
  `peak memory of loading and running the model of ${megabytes(weights)} (fp16)`,
  megabytes(peak - before),
  '',
  undefined,
);

const python = process.env.PYTHON ?? 'python3';
const answer = spawnSync(python, [path.join(root, 'test/bench/diffusers_speed.py'), model, String(times)], {
  encoding: 'utf8',
});
if (answer.status === 0 && existsSync(model)) {
  const { seconds, torch } = JSON.parse(answer.stdout.trim().split('\n').at(-1) ?? '') as {
    seconds: number[];
    torch: string;
  };
  atMost(
    `text to image, Weft on node ÷ diffusers (torch ${torch})`,
    median(figures.map((f) => f.whole)) / 1000 / median(seconds),
    0.7,
  );
} else console.log('diffusers was not measured: set PYTHON to a Python that has torch, diffusers and transformers.');
process.exitCode ??= 0;
