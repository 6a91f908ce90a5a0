import { type Document, parseDocument } from '../../core/document';
import { migrateNodes } from '../../core/migrate';
import { readingProblem } from '../../storage/desk/storage-problem';
import { forgetSubgraph, keepSubgraph, keptSubgraphs } from '../../storage/subgraphs';
import { excerpt } from '../document/clipboard';
import { newDocumentId } from '../document/ids';
import { notify, notifyFailure } from '../notify';
import { definitionsOf } from '../registry';
import { currentDocument } from '../state/document-store';
import { common } from '../text/common';
import { keeping } from '../text/keeping';
import { subgraphPanel } from '../text/subgraph-panel';
import { type Offer, offerOf, shelfStore } from './shelf';

const texts = import.meta.glob<string>('/subgraphs/*.weft.json', { eager: true, query: '?raw', import: 'default' });

const builtIn: readonly Document[] = Object.values(texts).map(parseDocument);

/** Reads what is on the shelf: what comes with Weft, and what the user keeps. */
export async function fillShelf() {
  const offers: (Offer | undefined)[] = builtIn.map((document) => offerOf(document.id, document, false));
  try {
    for (const { id, excerpt: kept } of await keptSubgraphs())
      offers.push(offerOf(id, migrateNodes(kept, definitionsOf(kept)).document, true));
  } catch (thrown) {
    notifyFailure(readingProblem(thrown, keeping.noShelf));
  }
  shelfStore.setState({ offers: offers.filter((offer) => offer !== undefined) });
}

/** Keeps the subgraph of an instance in the user's own palette, in place of one of the same title. */
export async function keepInPalette(instance: string) {
  const document = currentDocument();
  const { wires: _, ...rest } = excerpt(document, [instance]);
  const [node] = rest.nodes;
  if (!node) return;
  const title = definitionsOf(document).get(node.type)?.title ?? subgraphPanel.subgraph;
  const before = shelfStore.getState().offers.find(({ own, definition }) => own && definition.title === title);
  try {
    // As the subgraph is, without what this instance sets.
    const bare = { id: node.id, type: node.type, version: node.version, at: node.at, params: {} };
    await keepSubgraph({
      id: before?.id ?? newDocumentId(),
      excerpt: { ...rest, name: title, wires: [], nodes: [bare] },
    });
    await fillShelf();
    notify({
      tone: 'done',
      title: subgraphPanel.kept(title),
      text: subgraphPanel.keptHint,
    });
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** Takes a subgraph out of the user's palette, with a way back. Graphs that have it keep it. */
export async function takeFromPalette({ id, definition }: Offer) {
  try {
    const bringBack = await forgetSubgraph(id);
    await fillShelf();
    notify({
      tone: 'warning',
      title: subgraphPanel.gone(definition.title),
      text: subgraphPanel.goneHint,
      action: { label: common.undo, run: () => void bringBack().then(fillShelf, notifyFailure) },
    });
  } catch (thrown) {
    notifyFailure(thrown);
  }
}
