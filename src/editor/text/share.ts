import { countWords } from './count-words';
import { wordsOf } from './words-of';

const number = (value: number): string => value.toLocaleString('en');

/** Graphs that leave as a link or inside of a picture, and those that come in by a link. */
export const share = wordsOf('share', {
  link: 'Share as a link',
  about: 'The whole graph is in the link itself. It is never sent to a server: whoever has the link has the graph.',
  making: 'Making the link.',
  address: 'Link',
  copy: 'Copy',
  copied: 'Copied',
  size: (letters: number) =>
    letters <= 2000
      ? `${number(letters)} characters: fits wherever links do.`
      : letters <= 32_000
        ? `${number(letters)} characters: browsers take it, but some messengers cut links after 2,000. Send the file there.`
        : `${number(letters)} characters: too long for most places. Save the graph as a file instead.`,
  qr: 'The link as a QR code',
  noQr: 'Too long for a QR code, which holds 2,953 characters.',
  leftBehind: (names: readonly string[]) =>
    `${countWords(names.length, 'file')} of yours ${names.length === 1 ? 'does' : 'do'} not travel in a link: ${names.join(', ')}. Whoever opens it is asked for ${names.length === 1 ? 'it' : 'them'}.`,
  incoming: 'A graph in a link',
  fromAddress: 'A graph at an address',
  ask: (host: string) => `This link wants to fetch a graph from ${host}. Nothing was fetched yet.`,
  askText: 'Fetching tells that server your address on the internet, and nothing else.',
  fetch: (host: string) => `Fetch from ${host}`,
  fetching: 'Fetching.',
  holds: (nodes: number, wires: number) => `${countWords(nodes, 'node')}, ${countWords(wires, 'wire')}`,
  nodes: 'What is in it',
  times: (title: string, count: number) => (count > 1 ? `${count} × ${title}` : title),
  unknown: (types: readonly string[]) =>
    `Not known here: ${types.join(', ')}. They are kept as placeholders, and do not run.`,
  needs: (names: readonly string[]) => `Needs files that are not in it: ${names.join(', ')}.`,
  harmless: 'It opens in a tab of its own. Nothing of yours is replaced, and nothing runs before you press Run.',
  open: 'Open',
  drawing: 'The graph, drawn small',
  cancel: 'Leave it',
  notAnAddress: 'This link names no address that a graph can be fetched from.',
  notAnAddressCure: 'It must begin with https:// or http://.',
  unreachable: (host: string) => `${host} did not hand out the graph.`,
  unreachableCure:
    'It may not be reachable, or does not allow other pages to read it (CORS). Download the file and drop it here.',
  refused: (host: string, status: number) => `${host} answered ${status} instead of a graph.`,
  tooLarge: (host: string) => `What ${host} sends is larger than 32 MB, which no graph is.`,
  picture: 'Export picture',
  form: 'File',
  forms: { png: 'PNG, exact', webp: 'WebP, small', jpeg: 'JPEG' },
  quality: 'Quality',
  carries: 'What the file carries',
  carried: {
    graph: { title: 'The whole graph', help: 'Dropping the picture on Weft brings it all back.' },
    prompt: { title: 'The prompt', help: 'As a description that other programs show.' },
    nothing: { title: 'Nothing', help: 'Only pixels.' },
  },
  fileSize: (size: string) => `${size} on the disk`,
  save: 'Save',
});
