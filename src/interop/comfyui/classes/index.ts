import type { JsonObject } from '../json';
import { sameJson } from '../json';
import type { NodeClass } from '../node-class';
import { conditioning } from './conditioning';
import { image } from './image';
import { kept } from './kept';
import { latent } from './latent';
import { loaders } from './loaders';
import { mask } from './mask';
import { sampling } from './sampling';
import { values } from './values';
import { written } from './written';

/** What a node of ComfyUI is, by its class. One line here for each family of nodes; a class is mentioned nowhere else. */
export const classes: ReadonlyMap<string, NodeClass> = new Map(
  [...loaders, ...conditioning, ...latent, ...sampling, ...image, ...mask, ...values, ...kept].map((one) => [
    one.name,
    one,
  ]),
);

/** The class that a node of Weft is written as. */
export function classOf(type: string, params: JsonObject): NodeClass | undefined {
  return [...classes.values(), ...written].find(({ weft }) => {
    if (weft?.type !== type) return false;
    const own = weft.params ?? {};
    return weft.fits?.(params) ?? Object.entries(own).every(([name, value]) => sameJson(params[name], value));
  });
}
