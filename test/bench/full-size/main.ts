/**
 * `npm run bench -- --full-size FOLDER`: Stable Diffusion 1.5 at its full size, as reference/make_full_size.py wrote it to
 * FOLDER. Needs 8 GB of memory and, once, 3.5 GB of disk in FOLDER for the session to compare with. `--only node`, `--only wasm`
 * or `--only webgpu` measures one of the three.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from '../loop';
import { measureDiffusers, measureRaw, measureWeft, type NodeFigures, writeRaw } from './node';

const TIMES = 2;
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

async function node(): Promise<void> {
  inProcess('write');
  const weft = inProcess('weft');
  const diffusers = measureDiffusers(root, folder, TIMES);
  const raw = inProcess('raw');
  const { loading } = weft;
  if (!loading || weft.difference === undefined) throw new Error('The UNet was not loaded.');
  say('node: load the UNet of the 2.1 GB file', s(loading.load / 1000));
  say('node: its weights in float32, as the runtime needs them', mb(loading.weights));
  const above = weft.loaded - weft.before - loading.weights;
  const goal = Math.min(3 * loading.largest, 300e6);
  say(
    'node: most memory while loading, above those weights',
    mb(above),
    `goal ≤ ${mb(goal)} ${above <= goal ? 'met' : 'NOT MET'}`,
  );
  say('node: most memory until the evaluations ended', mb(weft.peak - weft.before));
  say('node: the same of ONNX Runtime alone, from an .onnx file', mb(raw.peak - raw.before));
  const beside = weft.peak - weft.before - (raw.peak - raw.before);
  say('node: most memory above the runtime', mb(beside), `goal ≤ ${mb(goal)} ${beside <= goal ? 'met' : 'NOT MET'}`);
  say(
    'node: largest difference from diffusers ÷ range',
    weft.difference.toExponential(1),
    `goal ≤ 1e-3 ${weft.difference <= 1e-3 ? 'met' : 'NOT MET'}`,
  );
  say('node: one evaluation at 64x64', s(median(weft.seconds)));
  say('node: the same by ONNX Runtime alone', s(median(raw.seconds)));
  if (!diffusers) return say('diffusers was not measured: set PYTHON to a Python that has it', '');
  const ratio = median(weft.seconds) / median(diffusers.seconds);
  say(
    `node: ÷ diffusers, ${s(median(diffusers.seconds))} (torch ${diffusers.torch})`,
    ratio.toFixed(2),
    `goal ≤ 1 ${ratio <= 1 ? 'met' : 'NOT MET'}`,
  );
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
