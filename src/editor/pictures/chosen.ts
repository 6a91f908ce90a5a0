import type { Picture } from '../../engine/events';
import type { MenuTarget } from '../menus/target';
import { selectedNodes } from '../state/canvas-store';
import { type Cells, runStore } from '../state/run-store';

interface Chosen {
  readonly node: string;
  readonly shown: Cells;
  readonly picture: Picture;
}

/** The picture that a menu was opened on; without one the first that the selected node shows. */
export function chosenPicture(on?: MenuTarget): Chosen | undefined {
  const node = on?.place === 'picture' ? on.node : selectedNodes()[0];
  const { shown: whole, cells } = runStore.getState();
  // What is being made stands in place of what was.
  const shown = node === undefined ? undefined : (cells[node] ?? whole[node]);
  const picture = shown?.pictures[on?.place === 'picture' ? on.index : 0];
  return node === undefined || !shown || !picture ? undefined : { node, shown, picture };
}
