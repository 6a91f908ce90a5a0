import type { WireEnd } from '../../core/document';
import { type MenuTarget, targetOf } from '../menus/target';
import { selectedWires } from '../state/canvas-store';
import type { Side } from '../state/wire-in-hand';

type Thing = { readonly wire: string } | { readonly end: WireEnd; readonly side: Side };

/** The wire or socket that a menu was opened on, that has the focus, or the wire that is selected. */
export function thingOf(on?: MenuTarget): Thing | undefined {
  const target = on ?? targetOf(document.activeElement);
  if (target.place === 'port') return { end: [target.node, target.port], side: target.side };
  if (target.place === 'wire') return { wire: target.id };
  const [wire, ...others] = selectedWires();
  return wire !== undefined && others.length === 0 ? { wire } : undefined;
}
