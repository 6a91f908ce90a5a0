import { type Document, emptyDocument, parseDocument, writeDocument } from '../../core/document';
import { migrateNodes } from '../../core/migrate';
import { type DocumentEntry, keepDocument, keptDocument, keptDocuments } from '../../storage/documents';
import { fitSoon } from '../canvas/reveal';
import { newDocumentId } from '../document/ids';
import { notify, notifyFailure } from '../notify';
import { registry } from '../registry';
import { currentDocument, documentStore, markInFile, showDocument } from '../state/document-store';
import { forgetRun } from '../state/run-store';
import { countWords } from '../words';
import { download } from './download';
import { firstTemplate } from './templates';

/** The one write that waits for the one that goes on: later states of a graph replace earlier ones. */
let waiting: Document | undefined;
let writing: Promise<void> | undefined;

async function write() {
  try {
    while (waiting) {
      const next = waiting;
      waiting = undefined;
      await keepDocument(next);
    }
  } catch (thrown) {
    notify({
      tone: 'failure',
      title: 'This graph cannot be kept in this browser.',
      text: `${thrown instanceof Error ? thrown.message : thrown} Save it to a file.`,
    });
  } finally {
    writing = undefined;
  }
}

/** Keeps every state of the graph in this browser. Resolves when the last one is written. */
function autosave(document: Document): Promise<void> {
  waiting = document;
  writing ??= write();
  return writing;
}

function show(document: Document, inFile: boolean) {
  const { document: current, changed } = migrateNodes(document, registry);
  forgetRun();
  showDocument(current, inFile ? current : undefined);
  void autosave(current);
  fitSoon();
  if (changed.length)
    notify({ tone: 'done', title: `Updated from an older version, ${countWords(changed.length, 'node')} changed.` });
}

/** Opens what was open last; at the first start, the first template. */
export async function restoreSession() {
  try {
    const [last] = await keptDocuments();
    const document = last && (await keptDocument(last.id));
    if (document) show(document, false);
    else show(firstTemplate() ?? emptyDocument(newDocumentId(), 'Untitled'), false);
  } catch (thrown) {
    notifyFailure(thrown);
    show(emptyDocument(newDocumentId(), 'Untitled'), false);
  }
  documentStore.subscribe(({ document }, before) => {
    if (document !== before.document) void autosave(document);
  });
}

export const newGraph = () => show(emptyDocument(newDocumentId(), 'Untitled'), false);

/** Opens a copy of a template: it is a graph of its own from the start. */
export const openTemplate = (template: Document) => show({ ...template, id: newDocumentId() }, false);

export async function openKept({ id }: DocumentEntry) {
  try {
    const document = await keptDocument(id);
    if (document) show(document, false);
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** Opens a graph file. One that cannot be read changes nothing and says why. */
export async function openGraphFile(file: Blob) {
  try {
    const document = parseDocument(await file.text());
    show(document, true);
  } catch (thrown) {
    notifyFailure(thrown);
  }
}

/** The name of the file that Save makes: "Neon train" becomes `neon-train.weft.json`. */
function graphFileName(name: string): string {
  const stem = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return `${stem || 'untitled'}.weft.json`;
}

export function saveGraphFile() {
  const document = currentDocument();
  const name = graphFileName(document.name);
  download(new Blob([writeDocument(document)], { type: 'application/json' }), name);
  markInFile();
  notify({ tone: 'done', title: `Saved to ${name}`, text: 'The graph only; pictures are not in it.' });
}
