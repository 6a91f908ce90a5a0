import {
  type Area,
  type Bitmap,
  type Color,
  type Coverage,
  emptyCoverage,
  invert,
  lay,
  pixelsOf,
  putPixels,
  union,
  wholeOf,
  within,
} from './bitmap';
import { floodFill } from './flood-fill';
import { coverEllipse, coverRectangle, coverSegment, type Nib } from './strokes';

export const tools = ['brush', 'eraser', 'fill', 'line', 'rectangle', 'ellipse'] as const;

export type Tool = (typeof tools)[number];

export interface Settings {
  readonly tool: Tool;
  readonly color: Color;
  /** Width of a line in pixels of the picture. */
  readonly size: number;
  /** 0 to 1. */
  readonly hardness: number;
  /** 0 to 1. */
  readonly opacity: number;
  /** How much colours may differ where it is filled, 0 to 255. */
  readonly tolerance: number;
  /** Whether how hard a pen is pressed says how wide the line is. */
  readonly pressure: boolean;
}

/** Where the pointer is, in pixels of the picture, and how hard it is pressed, 0 to 1. */
export interface Touch {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/** What one gesture changed: the pixels of an area before and after it. */
interface Change {
  readonly area: Area;
  readonly before: Uint8ClampedArray;
  readonly after: Uint8ClampedArray;
}

/** Bytes of changes that are kept for undo; the oldest go first. */
const mostBytes = 128 * 2 ** 20;

interface Gesture {
  readonly settings: Settings;
  /** The picture before the gesture. */
  readonly base: Bitmap;
  readonly coverage: Coverage;
  readonly from: Nib;
  last: Nib;
  /** Pixels that are covered now. */
  area: Area;
}

/** A picture that is being painted, gesture by gesture. It knows no screen; each act returns what has to be drawn again. */
export class PaintSession {
  readonly picture: Bitmap;
  readonly #past: Change[] = [];
  #future: Change[] = [];
  #gesture: Gesture | undefined;

  constructor(picture: Bitmap) {
    this.picture = { ...picture, data: picture.data.slice() };
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Begins a gesture. `seen` is what fill looks at: the picture on what lies under it. */
  begin(touch: Touch, settings: Settings, seen: Bitmap = this.picture): Area {
    const { width, height } = this.picture;
    const coverage = emptyCoverage(width, height);
    const base = { width, height, data: this.picture.data.slice() };
    const nib = nibOf(touch, settings);
    const area = within(base, { left: 0, top: 0, right: 0, bottom: 0 });
    const gesture = { settings, base, coverage, from: nib, last: nib, area };
    this.#gesture = gesture;
    if (settings.tool !== 'fill') return this.move(touch);
    gesture.area = floodFill(coverage, seen, Math.floor(touch.x), Math.floor(touch.y), settings.tolerance);
    return this.#draw(gesture, gesture.area);
  }

  /** Goes on to where the pointer is now. */
  move(touch: Touch): Area {
    const gesture = this.#gesture;
    if (!gesture || gesture.settings.tool === 'fill')
      return within(this.picture, { left: 0, top: 0, right: 0, bottom: 0 });
    const { settings, coverage, from, last } = gesture;
    const nib = nibOf(touch, settings);
    gesture.last = nib;
    if (settings.tool === 'brush' || settings.tool === 'eraser') {
      const covered = coverSegment(coverage, last, nib, settings.hardness);
      gesture.area = union(gesture.area, covered);
      return this.#draw(gesture, covered);
    }
    // Shapes are drawn anew from where they began.
    const before = gesture.area;
    coverage.data.fill(0);
    gesture.area = cover(settings, coverage, from, nib);
    return this.#draw(gesture, union(before, gesture.area));
  }

  /** Ends the gesture, which then can be undone. */
  end(): void {
    const gesture = this.#gesture;
    this.#gesture = undefined;
    if (gesture) this.#keep(gesture.base, gesture.area);
  }

  /** Takes back what the gesture has done so far. */
  cancel(): Area {
    const gesture = this.#gesture;
    this.#gesture = undefined;
    if (gesture) this.picture.data.set(gesture.base.data);
    return gesture?.area ?? within(this.picture, { left: 0, top: 0, right: 0, bottom: 0 });
  }

  clear(): Area {
    return this.#whole((picture) => picture.data.fill(0));
  }

  invert(color: Color): Area {
    return this.#whole((picture) => invert(picture, color));
  }

  undo(): Area | undefined {
    const change = this.#past.pop();
    if (!change) return undefined;
    putPixels(this.picture, change.area, change.before);
    this.#future.push(change);
    return change.area;
  }

  redo(): Area | undefined {
    const change = this.#future.pop();
    if (!change) return undefined;
    putPixels(this.picture, change.area, change.after);
    this.#past.push(change);
    return change.area;
  }

  #whole(act: (picture: Bitmap) => void): Area {
    const base = { ...this.picture, data: this.picture.data.slice() };
    act(this.picture);
    this.#keep(base, wholeOf(base));
    return wholeOf(base);
  }

  #draw({ settings: { tool, color, opacity }, base, coverage }: Gesture, area: Area): Area {
    lay(this.picture, base, coverage, tool === 'eraser' ? undefined : color, opacity, area);
    return area;
  }

  #keep(base: Bitmap, area: Area): void {
    const [before, after] = [pixelsOf(base, area), pixelsOf(this.picture, area)];
    if (before.every((value, i) => value === after[i])) return;
    this.#past.push({ area, before, after });
    this.#future = [];
    const bytes = (changes: readonly Change[]) => changes.reduce((sum, change) => sum + 2 * change.before.length, 0);
    while (this.#past.length > 1 && bytes(this.#past) > mostBytes) this.#past.shift();
  }
}

const nibOf = ({ x, y, pressure }: Touch, settings: Settings): Nib => ({
  x,
  y,
  radius: (settings.size / 2) * (settings.pressure ? Math.max(0.05, pressure) : 1),
});

function cover({ tool, hardness }: Settings, coverage: Coverage, from: Nib, to: Nib): Area {
  if (tool === 'rectangle') return coverRectangle(coverage, from, to);
  if (tool === 'ellipse') return coverEllipse(coverage, from, to);
  return coverSegment(coverage, from, to, hardness);
}
