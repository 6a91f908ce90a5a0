import { wordsOf } from './words-of';

/** Wiring by names. */
export const connectDialog = wordsOf('connect-dialog', {
  removeWire: 'Remove wire',
  wire: 'Wire',
  node: (title: string) => `Connect ${title}`,
  doesNotFit: 'Does not fit',
  which: 'Which socket?',
  whichOfNode: 'Which socket of this node?',
  socketsNodes: 'Sockets and nodes',
  none: 'This node has no sockets.',
  connect: 'Connect',
  notWired: 'not wired',
  outputs: 'Outputs',
  parameters: 'Parameters',
  inputs: 'Inputs',
  becomes: 'becomes a socket',
  inPlaceOf: (socket: string) => `in place of ${socket}`,
  removeHint: 'remove this wire',
  wiredNow: 'Wired now',
  fits: 'Fits',
  addNode: 'Add a node',
  socket: (socket: string, side: 'source' | 'target') => `Connect ${socket}, ${side === 'source' ? 'to' : 'from'}`,
  peers: (side: 'source' | 'target', names: string) => `${side === 'source' ? 'to' : 'from'} ${names}`,
  fresh: 'new',
});
