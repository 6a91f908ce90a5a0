import { wordsOf } from './words-of';

/** Gestures that are no command’s. */
export const gestures = wordsOf('gestures', {
  add: (title: string) => `Add ${title}`,
  nudge: 'Nudge',
  duplicate: (parts: string) => `Duplicate ${parts}`,
  paste: (parts: string) => `Paste ${parts}`,
  wireNeedsBoth: 'A wire goes from an output to an input.',
  arrange: (parts: string) => `Arrange ${parts}`,
  wire: 'Wire',
  removeWire: 'Remove wire',
  removeWires: (count: number) => `Remove ${count} wires`,
});
