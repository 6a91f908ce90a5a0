/**
 * `npm run bench -- --learn-full-size`: textual inversion of a model of Stable Diffusion 1.5's size, with random weights that are
 * made in memory, at latents of 64x64. Prints how much processor time its gradient graph takes to build and what it is predicted
 * to take, and makes one step in a process of its own. Needs 9 GB of memory. `--recompute block,head` or `--recompute nothing` makes the
 * step in another way than by `head`; `--step no` makes none.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildGradients, gradientOptions } from '../../../models/training/gradient-graph';
import { type StepSize, trainingMemory } from '../../../models/training/memory';
import { Graph, type Recomputable } from '../../../src/onnx/graph';
import { placeParameters, writeModel } from '../../../src/onnx/model';
import { fullSizeWord } from '../../full-size-word';
import { hollow } from '../../hollow-weights';
import { measureStep, type StepFigures } from './step';

const SIZE: StepSize = { batch: 1, shape: [4, 64, 64] };
const WAYS: readonly (readonly Recomputable[])[] = [[], ['head'], ['block'], ['block', 'head']];

const { values } = parseArgs({
  options: {
    'learn-full-size': { type: 'boolean' },
    recompute: { type: 'string', default: 'head' },
    step: { type: 'string', default: 'yes' },
    child: { type: 'boolean', default: false },
  },
});
const recompute = values.recompute
  .split(',')
  .filter((what): what is Recomputable => what === 'block' || what === 'head');

const say = (title: string, figure: string, goal = '') =>
  console.log(`${title.padEnd(70)} ${figure.padStart(12)}   ${goal}`);
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;
const again = (what: readonly Recomputable[]) =>
  what.length === 0 ? 'keeping everything' : `${what.join(' and ')} again`;
const verdict = (met: boolean) => (met ? 'met' : 'NOT MET');

function sayPredictions(): void {
  for (const precision of ['float32', 'float16'] as const) {
    for (const way of WAYS) {
      const settings = { ...fullSizeWord(hollow)(SIZE), recompute: way, precision };
      const begin = process.cpuUsage();
      const spent = () => {
        const { user, system } = process.cpuUsage(begin);
        return (user + system) / 1000;
      };
      const graph = new Graph(gradientOptions(settings));
      buildGradients(graph, settings);
      const built = spent();
      const bytes = writeModel(graph, placeParameters(graph), 'inputs').length;
      const written = spent();
      const { weights, activations, all } = trainingMemory(settings);
      say(`${precision}, ${again(way)}: gradient graph of ${graph.nodes.length} nodes`, `${built.toFixed(0)} ms`);
      const whole = `goal ≤ 2 s ${verdict(written <= 2000)}`;
      say(`  with its ${(bytes / 1e6).toFixed(1)} MB of ONNX`, `${written.toFixed(0)} ms`, whole);
      say(`  predicted: ${gigabytes(weights)} of weights, activations`, gigabytes(activations));
      say('  predicted: all', gigabytes(all));
    }
  }
}

/** In a process of its own, so that nothing else counts for its memory. */
function stepInProcess(): StepFigures {
  const program = [fileURLToPath(import.meta.url), '--child', '--recompute', values.recompute];
  const answer = spawnSync(process.execPath, program, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (answer.status !== 0) throw new Error(`The step failed (${answer.status ?? answer.signal}).`);
  return JSON.parse(answer.stdout.trim().split('\n').at(-1) ?? '');
}

if (values.child) console.log(JSON.stringify(await measureStep(SIZE, recompute)));
else {
  sayPredictions();
  if (values.step === 'yes') {
    const predicted = trainingMemory({ ...fullSizeWord(hollow)(SIZE), recompute }).all;
    const { before, loaded, peak, seconds, processor, loss } = stepInProcess();
    const part = (peak - before) / predicted;
    say(`node: one step, ${again(recompute)}, predicted`, gigabytes(predicted));
    say('  most memory until the session was made, above the start', gigabytes(loaded - before));
    say('  most memory of all, above the start', gigabytes(peak - before));
    say('  measured ÷ predicted', part.toFixed(2), `goal 0.8 to 1.2 ${verdict(part >= 0.8 && part <= 1.2)}`);
    say(
      '  the step',
      `${seconds.toFixed(0)} s`,
      `${processor.toFixed(0)} s of processor time, loss ${loss.toFixed(4)}`,
    );
  }
}
