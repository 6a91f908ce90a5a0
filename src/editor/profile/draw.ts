import type { Profile } from '../../engine/profile/profile';
import { durationWords } from '../words';
import type { Bar } from './rows';

/** In pixels. */
export const measures = { axis: 22, row: 24, gap: 4, memory: 64 } as const;

/** The part of the run that is seen, in milliseconds. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export const rowTop = (row: number): number => measures.axis + row * (measures.row + measures.gap);

export const chartHeight = (rows: number): number => rowTop(rows) + measures.memory + measures.gap;

const colors = {
  step: ['--line-2', '--text-2'],
  node: ['--kind-latent', '--on-latent'],
  session: ['--kind-unet', '--on-unet'],
  load: ['--kind-conditioning', '--on-conditioning'],
  'warm-up': ['--kind-conditioning', '--on-conditioning'],
  read: ['--kind-image', '--on-image'],
} as const satisfies Record<Bar['kind'], readonly [string, string]>;

/** What stands for a kind of bar in the legend. */
export const colorOf = (kind: Bar['kind']): string => `var(${colors[kind][0]})`;

export interface Picture {
  readonly profile: Profile;
  readonly rows: readonly (readonly Bar[])[];
  readonly window: Window;
  readonly selected: Bar | undefined;
  readonly hovered: Bar | undefined;
  readonly titleOf: (bar: Bar) => string;
}

/** Distances between marks of the time axis: 1, 2, 5, 10… */
function tickStep(span: number, most: number): number {
  const least = span / most;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

/** Draws the chart into a canvas of `width` CSS pixels. */
export function draw(canvas: HTMLCanvasElement, width: number, picture: Picture) {
  const { profile, rows, window, selected, hovered, titleOf } = picture;
  const height = chartHeight(rows.length);
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (!context) return;
  const style = getComputedStyle(canvas);
  const color = (token: string) => style.getPropertyValue(token).trim();
  const x = (at: number) => ((at - window.from) / (window.to - window.from)) * width;
  context.scale(scale, scale);
  context.font = `11px ${color('--font')}`;
  context.textBaseline = 'middle';

  const step = tickStep(window.to - window.from, width / 90);
  for (let at = Math.ceil(window.from / step) * step; at <= window.to; at += step) {
    context.fillStyle = color('--line-1');
    context.fillRect(x(at), 0, 1, height);
    context.fillStyle = color('--text-3');
    const label = at === 0 ? '0' : durationWords(at);
    if (x(at) + 4 + context.measureText(label).width <= width) context.fillText(label, x(at) + 4, measures.axis / 2);
  }

  for (const [index, row] of rows.entries()) {
    const top = rowTop(index);
    let painted = -1;
    for (const bar of row) {
      const left = x(bar.begin);
      const right = x(bar.begin + bar.milliseconds);
      if (right < 0 || left > width) continue;
      const special = bar === selected || bar === hovered;
      // Many bars in one pixel are one.
      if (right - left < 0.5 && Math.floor(left) === painted && !special) continue;
      painted = Math.floor(left);
      const [fill, ink] = colors[bar.kind];
      const wide = Math.max(1, right - left - 0.5);
      context.fillStyle = color(fill);
      context.fillRect(left, top, wide, measures.row);
      const [from, to] = [Math.max(0, left), Math.min(width, right)];
      if (to - from > 34) {
        context.save();
        context.beginPath();
        context.rect(from, top, to - from - 4, measures.row);
        context.clip();
        context.fillStyle = color(ink);
        context.fillText(titleOf(bar), from + 6, top + measures.row / 2 + 0.5);
        context.restore();
      }
      if (special) {
        context.strokeStyle = color(bar === selected ? '--ring' : '--text-1');
        context.lineWidth = bar === selected ? 2 : 1;
        context.strokeRect(left + 1, top + 1, Math.max(2, wide - 2), measures.row - 2);
      }
    }
  }
  drawMemory(context, profile, { top: rowTop(rows.length), width, x, color });
}

function drawMemory(
  context: CanvasRenderingContext2D,
  { memory, milliseconds }: Profile,
  on: {
    readonly top: number;
    readonly width: number;
    readonly x: (at: number) => number;
    readonly color: (token: string) => string;
  },
) {
  const { top, width, x, color } = on;
  const most = memory.reduce((peak, { bytes }) => Math.max(peak, bytes), 1);
  const bottom = top + measures.memory;
  const y = (bytes: number) => bottom - (bytes / most) * (measures.memory - 4);
  context.beginPath();
  context.moveTo(x(0), bottom);
  let last = y(memory[0]?.bytes ?? 0);
  for (const { at, bytes } of memory) {
    context.lineTo(x(at), last);
    last = y(bytes);
    context.lineTo(x(at), last);
  }
  context.lineTo(x(milliseconds), last);
  context.lineTo(x(milliseconds), bottom);
  context.closePath();
  context.fillStyle = color('--accent-wash');
  context.fill();
  context.strokeStyle = color('--ring');
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = color('--line-2');
  context.fillRect(0, bottom, width, 1);
}
