import type { WireEnd } from '../../core/document';
import type { Recipe } from './recipe';

/** An input has one wire, so the input names it. */
export const wireId = (to: WireEnd): string => to.join(' ');

/** Makes a wire, in place of the one that was at the input. */
export const connect =
  (from: WireEnd, to: WireEnd): Recipe =>
  (document) => {
    document.wires = document.wires.filter((wire) => wireId(wire.to) !== wireId(to));
    document.wires.push({ from: [...from], to: [...to] });
  };

export const disconnect =
  (ids: ReadonlySet<string>): Recipe =>
  (document) => {
    document.wires = document.wires.filter(({ to }) => !ids.has(wireId(to)));
  };
