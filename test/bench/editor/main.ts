/** `npm run bench -- --editor`: the editor beside bare React Flow, how fast it types and how fast it loads. */
import path from 'node:path';
import { measureEditor } from './measure';
import type { Cost } from './meter';

const root = path.resolve(import.meta.dirname, '../..');

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(part * values.length))] ?? Number.NaN;
const median = (values: readonly number[]) => quantile(values, 0.5);

const milliseconds = (value: number) => `${value.toFixed(1)} ms`;

const say = (title: string, figure: string, note: string, goal?: { readonly text: string; readonly met: boolean }) =>
  console.log(
    `${title.padEnd(44)} ${figure.padStart(9)}  ${note.padEnd(60)} ${goal ? `goal ${goal.text} ${goal.met ? 'met' : 'NOT MET'}` : ''}`,
  );

const times = Number(process.env.TIMES ?? 5);
const counts = (process.env.COUNTS ?? '300,1000').split(',').map(Number);
/** A part of the lines, by their names. */
const only = new RegExp(process.env.ONLY ?? '');

console.log(
  'Processor time of the main thread for each step, ours ÷ bare React Flow; in brackets: of all processes; on the clock until it is drawn.',
);
const { drawn, ready } = await measureEditor(root, counts, times, only, ({ name, count, costs, elements }) => {
  const of = (side: 'ours' | 'bare', what: keyof Cost) => median(costs[side].map((cost) => cost[what]));
  const ratio = of('ours', 'main') / of('bare', 'main');
  const each = (side: 'ours' | 'bare') =>
    `${of(side, 'main').toFixed(2)} (${of(side, 'whole').toFixed(1)}; ${of(side, 'frame').toFixed(1)}) ms`;
  const title = `${name}, ${count} nodes`;
  const note = `${each('ours')} ÷ ${each('bare')}`;
  if (name === 'a key in a prompt')
    say(title, milliseconds(of('ours', 'main')), note, { text: '≤ 16 ms', met: of('ours', 'main') <= 16 });
  else say(title, ratio.toFixed(2), note, { text: '≤ 1.3', met: ratio <= 1.3 });
  if (process.env.DETAILS)
    for (const side of ['ours', 'bare'] as const)
      console.log(
        `    ${side}: script ${milliseconds(of(side, 'script'))}, style ${milliseconds(of(side, 'style'))}, layout ${milliseconds(of(side, 'layout'))}, ${elements[side]} elements`,
      );
});
if (ready.length > 0) {
  say(
    'load until the graph is drawn, warm cache',
    milliseconds(median(drawn.ours)),
    `÷ ${milliseconds(median(drawn.bare))} of bare React Flow`,
  );
  say('load to interactive, warm cache', milliseconds(median(ready)), `slowest ${milliseconds(Math.max(...ready))}`);
}
process.exitCode ??= 0;
