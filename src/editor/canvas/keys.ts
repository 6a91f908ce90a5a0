import { canvas } from '../text/canvas';
/** What the keys do inside the canvas, for the shortcut sheet; `src/editor/keyboard` does it. */
export const canvasKeys: readonly (readonly [title: string, keys: readonly string[]])[] = [
  [canvas.keys.next, ['tab']],
  [canvas.keys.along, ['arrowleft', 'arrowright']],
  [canvas.keys.inside, ['arrowup', 'arrowdown']],
  [canvas.keys.enter, ['enter']],
  [canvas.keys.back, ['escape']],
  [canvas.keys.take, ['shift+ ']],
  [canvas.keys.add, [' ']],
  [canvas.keys.remove, ['delete']],
];
