/** `npm run bench -- --editor`: the editor beside bare React Flow, how fast it types and how fast it loads. */
import path from 'node:path';
import { measureEditor } from './measure';

const root = path.resolve(import.meta.dirname, '../..');

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(part * values.length))] ?? Number.NaN;

const milliseconds = (value: number) => `${value.toFixed(1)} ms`;

const say = (title: string, figure: string, note: string, goal?: { readonly text: string; readonly met: boolean }) =>
  console.log(
    `${title.padEnd(44)} ${figure.padStart(9)}  ${note.padEnd(52)} ${goal ? `goal ${goal.text} ${goal.met ? 'met' : 'NOT MET'}` : ''}`,
  );

const times = Number(process.env.TIMES ?? 3);
const counts = (process.env.COUNTS ?? '300,1000').split(',').map(Number);
const { typing, load } = await measureEditor(root, counts, times, (count, { name, ours, bare }) => {
  const ratio = quantile(ours, 0.5) / quantile(bare, 0.5);
  const each = (frames: readonly number[]) =>
    `${milliseconds(quantile(frames, 0.5))}, 95 % ${milliseconds(quantile(frames, 0.95))}`;
  say(`frame while ${name}, ${count} nodes, ours ÷ bare`, ratio.toFixed(2), `${each(ours)} ÷ ${each(bare)}`, {
    text: '≤ 1.3',
    met: ratio <= 1.3,
  });
});
const key = quantile(typing, 0.5);
say(
  `a key in a prompt at ${Math.max(...counts)} nodes`,
  milliseconds(key),
  `95 % ${milliseconds(quantile(typing, 0.95))}`,
  {
    text: '≤ 16 ms',
    met: key <= 16,
  },
);
say('load to interactive, warm cache', milliseconds(quantile(load, 0.5)), `slowest ${milliseconds(Math.max(...load))}`);
process.exitCode ??= 0;
