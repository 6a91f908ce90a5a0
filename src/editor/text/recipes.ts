import { wordsOf } from './words-of';

/** Colours, and why a change of the graph cannot be made. */
export const recipes = wordsOf('recipes', {
  colors: {
    red: 'Red',
    orange: 'Orange',
    yellow: 'Yellow',
    green: 'Green',
    teal: 'Teal',
    blue: 'Blue',
    purple: 'Purple',
  },
  expand: {
    none: 'This is no subgraph.',
    bypassed: 'A bypassed subgraph passes on other values than the nodes inside would. Take the bypass off first.',
  },
  make: {
    none: 'A subgraph is made of nodes; select at least one.',
    halfZone: (has: string, lacks: string) =>
      `The selection has the ${has} of a zone without its ${lacks}. Select both, or what is between them.`,
    unknown: (type: string) =>
      `Weft does not know the node ${type}, so its sockets have no kinds to stand on a border.`,
    vague: (node: string, port: string) => `What ${node} puts out at ${port} has no kind yet. Wire its inputs first.`,
    title: 'Subgraph',
    feedsItself: (title: string) =>
      `One node in place of the selection would feed itself: ${title} lies between the selected nodes. Select it too.`,
    cutsZone: (what: string) => `One node in place of the selection would cut a zone in two. ${what}`,
  },
  noLoop: {
    what: (inner: string, outer: string) =>
      `${inner} cannot stand inside of ${outer}: a subgraph does not hold itself.`,
    cure: 'Loops go through a denoise zone.',
  },
  zone: {
    none: 'Select the nodes that are to run once for each step.',
    noEnd: 'Weft has no node that ends such a zone.',
  },
});
