import type { Picture } from '../../engine/events';
import type { MenuTarget } from '../menus/target';
import { selectedNodes } from '../state/canvas-store';
import { runStore, type Shown } from '../state/run-store';

interface Chosen {
  readonly node: string;
  readonly shown: Shown;
  readonly picture: Picture;
}

/** The picture that a menu was opened on; without one the first that the selected node shows. */
export function chosenPicture(on?: MenuTarget): Chosen | undefined {
  const node = on?.place === 'picture' ? on.node : selectedNodes()[0];
  const shown = node === undefined ? undefined : runStore.getState().shown[node];
  const picture = shown?.pictures[on?.place === 'picture' ? on.index : 0];
  return node === undefined || !shown || !picture ? undefined : { node, shown, picture };
}
