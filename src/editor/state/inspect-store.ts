import { createStore } from 'zustand/vanilla';
import type { Document, WireEnd } from '../../core/document';
import type { Kind } from '../../core/kinds';
import type { PlainValue } from '../../engine/recording/plain';
import type { Colors } from '../../engine/recording/projection';
import { wireId } from '../document/wires';
import { canvasStore } from './canvas-store';
import { currentDocument, documentStore } from './document-store';
import type { Side } from './wire-in-hand';

/** The output whose value is looked at, among the nodes that are shown. */
export interface Looked {
  readonly output: WireEnd;
  /** The socket it was asked at, where that is not the output itself. */
  readonly input?: WireEnd;
}

/** A value that stays while others are looked at, also when the graph runs again. */
export interface Pin {
  readonly id: number;
  /** "denoised of Sampler step". */
  readonly title: string;
  /** Which step and which item of a list: "step 17 of 48". */
  readonly detail: string;
  readonly kind: Kind;
  readonly value: PlainValue;
  /** In which latents of its model are shown. */
  readonly colors?: Colors | undefined;
  /** The graph that it came from. */
  readonly document: Document | undefined;
}

interface InspectState {
  readonly looked: Looked | undefined;
  /** The socket that was asked for has no wire. */
  readonly unwired: WireEnd | undefined;
  /** Row-major index of the item that is looked at, of values that are many. */
  readonly item: number;
  /** The evaluation of a zone that is looked at, counted from 0; the last one where none was chosen. */
  readonly evaluation: number | undefined;
  readonly pins: readonly Pin[];
}

export const inspectStore = createStore<InspectState>(() => ({
  looked: undefined,
  unwired: undefined,
  item: 0,
  evaluation: undefined,
  pins: [],
}));

export const lookAway = () => inspectStore.setState({ looked: undefined, unwired: undefined });

/** Looks at what an output gave. */
const lookAtOutput = (output: WireEnd, input?: WireEnd) =>
  inspectStore.setState({ looked: { output, ...(input && { input }) }, unwired: undefined });

/** Looks at what came along at a socket: out of an output, or into an input. */
export function lookAtSocket(end: WireEnd, side: Side) {
  if (side === 'source') return lookAtOutput(end);
  const wire = currentDocument().wires.find(({ to }) => wireId(to) === wireId(end));
  if (wire) lookAtOutput(wire.from, end);
  else inspectStore.setState({ looked: undefined, unwired: end });
}

export function lookAtWire(id: string) {
  const wire = currentDocument().wires.find(({ to }) => wireId(to) === id);
  if (wire) lookAtOutput(wire.from, wire.to);
}

let pinned = 0;

export const addPin = (pin: Omit<Pin, 'id'>) =>
  inspectStore.setState(({ pins }) => ({ pins: [...pins, { ...pin, id: ++pinned }] }));

export const removePin = (id: number) =>
  inspectStore.setState(({ pins }) => ({ pins: pins.filter((pin) => pin.id !== id) }));

/** What is selected on the canvas, as one text. */
let selected = '|';

/** A wire that is selected alone is looked at; what was looked at at a socket stays as long as its node is selected. */
canvasStore.subscribe(({ nodes, edges }) => {
  const parts = nodes.filter((node) => node.selected).map(({ id }) => id);
  const wires = edges.filter((edge) => edge.selected).map(({ id }) => id);
  const now = `${parts.join()}|${wires.join()}`;
  if (now === selected) return;
  selected = now;
  const [wire, ...others] = wires;
  if (wire !== undefined && others.length === 0 && parts.length === 0) return lookAtWire(wire);
  const { looked, unwired } = inspectStore.getState();
  const at = (looked?.input ?? looked?.output ?? unwired)?.[0];
  if (parts.length !== 1 || (parts[0] !== at && parts[0] !== looked?.output[0])) lookAway();
});

documentStore.subscribe(({ history, path }, before) => {
  if (history.document.id !== before.history.document.id || path.join() !== before.path.join()) lookAway();
});
