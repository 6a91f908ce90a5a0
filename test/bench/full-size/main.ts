/**
 * `npm run bench -- --full-size FOLDER`: Stable Diffusion 1.5 at its full size, as reference/make_full_size.py wrote it to
 * FOLDER. Needs 8 GB of memory and, once, 3.5 GB of disk in FOLDER for the session to compare with. `--only node`, `--only wasm`
 * or `--only webgpu` measures one of the three, `--only "private file system"` one way in.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from '../loop';
import { measureDiffusers, measureRaw, measureWeft, type NodeFigures, writeRaw } from './node';

const TIMES = 1;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const { values } = parseArgs({
  options: { 'full-size': { type: 'string' }, only: { type: 'string' }, child: { type: 'string' } },
});
const folder = path.resolve(values['full-size'] ?? '');
if (!existsSync(path.join(folder, 'checkpoint.safetensors'))) {
  throw new Error(
    `${folder} has no checkpoint.safetensors. Make it: python test/reference/make_full_size.py ${folder}`,
  );
}

const say = (title: string, figure: string, goal = '') =>
  console.log(`${title.padEnd(66)} ${figure.padStart(12)}   ${goal}`);
const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const s = (seconds: number) => `${seconds.toFixed(1)} s`;

/** A process of its own for each, so that nobody's memory counts for another. */
function inProcess(child: string): NodeFigures {
  const program = [fileURLToPath(import.meta.url), '--full-size', folder, '--child', child];
  const answer = spawnSync(process.execPath, program, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (answer.status !== 0) throw new Error(`The measurement "${child}" failed (${answer.status ?? answer.signal}).`);
  return JSON.parse(answer.stdout.trim().split('\n').at(-1) ?? '');
}

const timed = (figures: { seconds: readonly number[]; processor: number }) =>
  `${s(median(figures.seconds))}, ${s(figures.processor)} of processor time`;
const atMost = (title: string, figure: number, goal: number, shown: (figure: number) => string) =>
  say(title, shown(figure), `goal ≤ ${shown(goal)} ${figure <= goal ? 'met' : 'NOT MET'}`);

async function node(): Promise<void> {
  const weft = inProcess('weft');
  const { loading, difference } = weft;
  if (!loading || difference === undefined) throw new Error('The UNet was not loaded.');
  const most = Math.min(3 * loading.largest, 300e6);
  say('node: load the UNet of the 2.1 GB file', s(loading.load / 1000));
  say('node: its weights in float32, as the runtime needs them', mb(loading.weights));
  atMost('node: most memory while loading, above them', weft.loaded - weft.before - loading.weights, most, mb);
  atMost('node: largest difference from diffusers ÷ range', difference, 1e-3, (part) => part.toExponential(1));
  say('node: one evaluation at 64x64', timed(weft));
  const diffusers = measureDiffusers(root, folder, TIMES);
  if (diffusers) {
    say(`diffusers: the same, torch ${diffusers.torch}`, timed(diffusers));
    atMost('node ÷ diffusers', median(weft.seconds) / median(diffusers.seconds), 1, (ratio) => ratio.toFixed(2));
    say('node ÷ diffusers, processor time', (weft.processor / diffusers.processor).toFixed(2));
  } else say('diffusers was not measured: set PYTHON to a Python that has it', '');
  inProcess('write');
  const raw = inProcess('raw');
  say('ONNX Runtime alone: the same evaluation', timed(raw));
  say('ONNX Runtime alone: most memory', mb(raw.peak - raw.before));
  say('node: most memory', mb(weft.peak - weft.before));
  atMost('node: most memory above the runtime', weft.peak - weft.before - (raw.peak - raw.before), most, mb);
}

if (values.child === 'write') {
  await writeRaw(root, folder);
  console.log('{}');
} else if (values.child === 'weft') console.log(JSON.stringify(await measureWeft(root, folder, TIMES + 1)));
else if (values.child === 'raw') console.log(JSON.stringify(await measureRaw(folder, TIMES + 1)));
else {
  const { only } = values;
  if (only === undefined || only === 'node') await node();
  // Where no browser is measured, none is needed.
  if (only !== 'node') await (await import('./browser')).measureInBrowser(root, folder, only, say);
}
