import { wordsOf } from './words-of';

/** Nodes to add, beside the canvas and at the pointer. */
export const palette = wordsOf('palette', {
  addNode: 'Add a node',
  searchToAdd: 'Search nodes to add',
  searchNodes: 'Search nodes',
  nodes: 'Nodes',
  addWire: 'add and wire',
  showFitting: 'show what fits',
  showAll: 'show all nodes',
  favourite: 'Favourite',
  unstar: 'Take the star away',
  star: 'Keep it among the favourites',
  found: 'Found nodes',
  none: 'No node is called that.',
  favourites: 'Favourites',
  recent: 'Recent',
  templates: 'Templates',
  history: 'History',
  fits: 'fits',
  noneFits: 'No node is called that and fits. Tab shows all.',
  add: 'add',
  forget: 'Take out of my palette',
  forgetHelp: 'Takes it out of your palette. Graphs that have it keep it.',
  subgraphs: 'subgraphs',
});
