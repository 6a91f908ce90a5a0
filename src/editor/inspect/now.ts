import { lookAgain, recordedAbout, recordedStore, recordedValue } from '../engine/recorded';
import type { MenuTarget } from '../menus/target';
import { notify } from '../notify';
import { documentStore } from '../state/document-store';
import { inspectStore, type Looked, lookAtSocket, lookAtWire } from '../state/inspect-store';
import { inspect as words } from '../text/inspect';
import { pinNow } from './pin';
import { placeOf } from './place';
import { saveValue } from './save';
import { sourceOf } from './source';
import { thingOf } from './target';
import { titleOf } from './title';
import { type Format, formatsOf } from './value-files';

/** The value that is looked at. */
async function readNow(looked: Looked) {
  await lookAgain();
  const { history, path } = documentStore.getState();
  const source = sourceOf(history.document, path, looked.output);
  const { address, detail } = placeOf(recordedStore.getState().index, source, inspectStore.getState());
  return { value: address && (await recordedValue(address)), detail, address };
}

export async function pinLooked(): Promise<void> {
  const { looked } = inspectStore.getState();
  if (!looked) return;
  const { value, detail, address } = await readNow(looked);
  if (value) pinNow({ value, detail }, address && (await recordedAbout(address))?.colors);
  else notify({ tone: 'warning', title: words.notRun });
}

/** Saves what came along a wire or at a socket, or what is looked at. */
export async function saveThing(format: Format, on?: MenuTarget): Promise<void> {
  const thing = thingOf(on);
  if (thing && 'wire' in thing) lookAtWire(thing.wire);
  else if (thing) lookAtSocket(thing.end, thing.side);
  const { looked } = inspectStore.getState();
  if (!looked) return notify({ tone: 'warning', title: words.notWired });
  const { value } = await readNow(looked);
  if (!value) return notify({ tone: 'warning', title: words.notRun });
  const [best] = formatsOf(value);
  if (!best) return notify({ tone: 'warning', title: words.notSaved(value.kind) });
  if (!formatsOf(value).includes(format))
    return notify({ tone: 'warning', title: words.notAs(value.kind, format, formatsOf(value).join(', ')) });
  await saveValue(value, titleOf(documentStore.getState().graph, looked.output), format);
}
