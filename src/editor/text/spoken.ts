import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** "it", or how many there are. */
const them = (count: number) => (count === 1 ? 'it' : 'them');

/** The sentences for those who do not see the screen, and the hints for those who use no pointer. */
export const spoken = wordsOf('spoken', {
  // What an edit did. `names` are parted already.
  added: (names: string) => `Added: ${names}.`,
  deleted: (names: string) => `Deleted: ${names}.`,
  wired: (names: string) => `Wired: ${names}.`,
  unwired: (names: string) => `Unwired: ${names}.`,
  wire: (from: string, to: string) => `${from} to ${to}`,
  wires: (count: number) => countWords(count, 'wire'),
  nodes: (count: number) => countWords(count, 'node'),
  undone: (gesture: string) => `Undone: ${gesture}.`,
  redone: (gesture: string) => `Redone: ${gesture}.`,
  did: (gesture: string) => `${gesture}.`,
  at: (x: number, y: number) => `At ${x}, ${y}.`,
  moved: 'Moved.',
  selected: (title: string, all: number) => `${title} selected, ${countWords(all, 'part')} in all.`,
  deselected: (title: string, all: number) => `${title} no longer selected, ${countWords(all, 'part')} in all.`,

  // A run.
  runStarted: 'Run started.',
  runGoesOn: 'The run goes on.',
  runPaused: 'Paused.',
  runStops: 'Stopping after this step.',
  failedAt: (titles: string) => `Failed at ${titles}.`,
  pictures: (count: number, title: string) => `${countWords(count, 'picture')} in ${title}.`,

  // Walking along wires.
  notWired: 'Not wired.',
  nothingIn: 'Nothing comes in here.',
  nothingOut: 'Nothing goes out here.',
  ways: (count: number) => `${countWords(count, 'node')} this way; the sockets lead to the others.`,
  fork: (at: number, of: number) => `Wire ${at} of ${of}. Up and Down for the others.`,
  forkHint: (at: number, of: number, name: string) => `Wire ${at} of ${of}: ${name}. ↑ ↓ for the others`,

  // A wire in hand.
  held: (side: 'source' | 'target', socket: string) => `Wire ${side === 'source' ? 'from' : 'to'} ${socket}.`,
  heldKeys: (what: string, fitting: number) =>
    fitting > 0
      ? `${what} ${fitting === 1 ? 'One socket fits' : `${fitting} sockets fit`}. Tab goes to ${them(fitting)}, Enter wires, Escape lets go.`
      : `${what} No sockets fit. Space adds a node that does, Escape lets go.`,
  heldHint: (what: string) => `${what} Tab: what fits · Enter: wire · Space: new node · Escape: let go`,
  letGo: 'Let go.',
  region: 'Announcements',
});
